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
    """Return ``loc`` without the steps pydantic adds for its own unions and keys, which no file has."""
    loc = tuple(step for step in loc if step != "[key]")
    kept: Path = ()
    for step in loc:
        if (*path, *kept, step) in where.lines:
            kept = (*kept, step)
    last = loc[-1] if loc else None
    return kept if last is None or (kept and kept[-1] == last) else (*kept, last)


def _sentence(fault: dict[str, Any], path: Path, known: tuple[str, ...]) -> Message:
    name = ".".join(str(step) for step in path) or "?"
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "said":
        parts = {key: _shown(part) for key, part in context["parts"].items()}
        return say("mục “{name}”: {fault}", name=name, fault=say(context["text"], **parts))
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return unknown_key(str(path[-1]), ".".join(map(str, path[:-1])), known)
    allowed = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    text = _SENTENCES.get(kind, "mục “{name}”: “{given}” không dùng được ở đây. Xem lại cách viết.")
    return say(text, name=name, given=_shown(fault.get("input")), allowed=allowed)


def _shown(given: object) -> object:
    """Return what was written as a sentence shows it: an empty place as such, a whole part only hinted at."""
    return "" if given is None else "…" if isinstance(given, (dict, list)) else given


_MISSING = "thiếu mục “{name}”. Thêm mục này."
_NOT_LISTED = "mục “{name}”: không có giá trị “{given}”. Dùng một trong: {allowed}."
_NO_INTEGER = "mục “{name}”: “{given}” không phải là số nguyên. Viết bằng chữ số."
_NO_TRUTH = "mục “{name}”: “{given}” không phải là true hoặc false."
_OUT_OF_RANGE = "mục “{name}”: “{given}” ngoài khoảng cho phép. Kiểm tra lại số này."
_NO_MAPPING = "mục “{name}” phải gồm các mục con “tên: giá trị”."
_NO_LIST = "mục “{name}” phải là một danh sách, như [a, b]."
_SENTENCES = {
    "missing": _MISSING, "missing_argument": _MISSING,
    "enum": _NOT_LISTED, "literal_error": _NOT_LISTED,
    "int_parsing": _NO_INTEGER, "int_type": _NO_INTEGER, "int_from_float": _NO_INTEGER,
    "bool_parsing": _NO_TRUTH, "bool_type": _NO_TRUTH,
    "greater_than_equal": _OUT_OF_RANGE, "greater_than": _OUT_OF_RANGE,
    "less_than_equal": _OUT_OF_RANGE, "less_than": _OUT_OF_RANGE,
    "dict_type": _NO_MAPPING, "dataclass_type": _NO_MAPPING, "mapping_type": _NO_MAPPING,
    "list_type": _NO_LIST, "tuple_type": _NO_LIST, "frozen_set_type": _NO_LIST,
}  # fmt: skip


def unknown_key(key: str, parent: str, known: tuple[str, ...] = ()) -> Message:
    """Return the sentence for a key nobody reads; it names the nearest one where there is one."""
    place = say(" trong “{parent}”", parent=parent) if parent else say("")
    if key in known:
        return say(
            "mục “{key}” không đặt ở đây{place}. Chuyển về đúng chỗ của nó, hoặc xóa đi.",
            key=key,
            place=place,
        )
    near = get_close_matches(key, known, n=1)
    if near:
        return say("không có mục “{key}”{place}. Có phải “{near}”?", key=key, place=place, near=near[0])
    return say("không có mục “{key}”{place}. Xóa đi hoặc sửa lại tên mục.", key=key, place=place)
