"""pydantic's faults as sentences that name the file, the line and what to do."""

from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from thidua.core.law.messages import Message, say
from thidua.core.law.yamltext import Located, Path, Problem


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the validator of a dataclass; built once, it is the slow part of pydantic."""
    return TypeAdapter(kind)


def problems_of(
    error: ValidationError, where: Located, path: Path = (), *, known: tuple[str, ...] = ()
) -> list[Problem]:
    """Return one problem for each fault of ``error``, whose own paths start at ``path`` of the file."""
    return [_problem(dict(fault), where, path, known) for fault in error.errors(include_url=False)]


def _problem(fault: dict[str, Any], where: Located, path: Path, known: tuple[str, ...]) -> Problem:
    full = (*path, *_place(fault["loc"], where, path))
    return where.problem(full, _sentence(fault, full, known))


def _place(loc: Path, where: Located, path: Path) -> Path:
    """Return ``loc`` without the steps pydantic adds for its own unions, which no file has."""
    kept: Path = ()
    for step in loc:
        if (*path, *kept, step) in where.lines:
            kept = (*kept, step)
    last = loc[-1] if loc else None
    return kept if last is None or (kept and kept[-1] == last) else (*kept, last)


def _sentence(fault: dict[str, Any], path: Path, known: tuple[str, ...]) -> Message:
    name = ".".join(str(step) for step in path) or "?"
    given = fault.get("input")
    context = fault.get("ctx", {})
    match fault["type"]:
        case "said":
            return say("mục “{name}”: {fault}", name=name, fault=say(context["text"], **context["parts"]))
        case "extra_forbidden" | "unexpected_keyword_argument":
            return unknown_key(str(path[-1]), ".".join(map(str, path[:-1])), known)
        case "missing" | "missing_argument":
            return say("thiếu mục “{name}”. Thêm mục này.", name=name)
        case "enum" | "literal_error":
            return say(
                "mục “{name}”: không có giá trị “{given}”. Dùng một trong: {allowed}.",
                name=name, given=given, allowed=str(context.get("expected", "")).replace(" or ", ", ").replace("'", ""),
            )  # fmt: skip
        case "int_parsing" | "int_type" | "int_from_float":
            return say(
                "mục “{name}”: “{given}” không phải là số nguyên. Viết bằng chữ số.", name=name, given=given
            )
        case "bool_parsing" | "bool_type":
            return say("mục “{name}”: “{given}” không phải là true hoặc false.", name=name, given=given)
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            return say(
                "mục “{name}”: “{given}” ngoài khoảng cho phép. Kiểm tra lại số này.", name=name, given=given
            )
        case "dict_type" | "dataclass_type" | "mapping_type" | "model_type":
            return say("mục “{name}” phải gồm các mục con “tên: giá trị”.", name=name)
        case "list_type" | "tuple_type" | "set_type" | "frozen_set_type":
            return say("mục “{name}” phải là một danh sách, như [a, b].", name=name)
        case _:
            return say(
                "mục “{name}”: “{given}” không dùng được ở đây. Xem lại cách viết.", name=name, given=given
            )


def unknown_key(key: str, parent: str, known: tuple[str, ...] = ()) -> Message:
    """Return the sentence for a key nobody reads; it names the nearest one where there is one."""
    near = get_close_matches(key, known, n=1)
    place = say(" trong “{parent}”", parent=parent) if parent else say("")
    if near:
        return say("không có mục “{key}”{place}. Có phải “{near}”?", key=key, place=place, near=near[0])
    return say("không có mục “{key}”{place}. Xóa đi hoặc sửa lại tên mục.", key=key, place=place)
