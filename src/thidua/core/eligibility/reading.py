"""A case out of a file or a parsed document, strictly: what nobody reads is named, not passed over."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from thidua.core.eligibility.case import Case, Subject
from thidua.core.law.messages import Message, say
from thidua.core.law.validation import adapter, problems_of
from thidua.core.law.yamltext import FileProblemsError, Located, Path, Problem, read_yaml

_WRITTEN = {
    "from_day": "from",
    "to_day": "to",
    "on_day": "on",
    "disciplined_from_warning": "disciplined_from_CANH_CAO",
    "disciplined_from_reprimand": "disciplined_from_KHIEN_TRACH",
}
_TITLES = frozenset({"LDTT", "CSTDCS", "CSTDB", "CSTDTQ", "TTLDTT", "TTLDXS", "CO_BO", "CO_CP"})
_MAY_LIE_AHEAD = {
    ("subject", "leave"),
    ("subject", "discipline"),
    ("movement",),
    ("published",),
    ("subject", "service"),
}


def read_case(text: str, file: str) -> Case:
    """Return the case written in ``text``, YAML or JSON; ``file`` only names it in sentences.

    Raises FileProblemsError with everything found.
    """
    return case_from(read_yaml(text, file))


def case_from(where: Located, path: Path = ()) -> Case:
    """Return the case that stands at ``path`` of a file already read.

    Raises FileProblemsError with everything found.
    """
    given = where.value
    for step in path:
        given = given[step]
    try:
        found: Case = adapter(Case).validate_python(given)
    except ValidationError as error:
        raise FileProblemsError(problems_of(error, where, path, known=_KNOWN)) from error
    if problems := [where.problem((*path, *place), said) for place, said in contradictions(found)]:
        raise FileProblemsError(problems)
    return found


def case_from_values(given: Mapping[str, Any], name: str = "?") -> Case:
    """Return the case held in plain values, as a page or the API has them.

    Raises FileProblemsError with everything found.
    """
    return case_from(Located(name, given, {}, ()))


def contradictions(case: Case) -> Iterator[tuple[Path, Message]]:
    """Yield what cannot be true together: days ahead of the decision, a title twice for one year, odd counts."""
    yield from _days_ahead(case)
    yield from _doubled_titles(case.subject)
    yield from _reversed_spans(case)
    yield from _odd_members(case.subject)
    yield from _odd_votes(case)


def _days_ahead(case: Case) -> Iterator[tuple[Path, Message]]:
    for path, day in _days(case, ()):
        if day > case.on and path[-1] != "revoked_on" and not _may_lie_ahead(path):
            yield (
                path,
                say(
                    "ngày {day} sau ngày đang hỏi {on}. Sửa ngày, hoặc bỏ mục này vì lúc đó chưa có.",
                    day=day,
                    on=case.on,
                ),
            )
    for year in case.subject.ratings or ():
        if year > case.on.year:
            yield (
                ("subject", "ratings", str(year)),
                say("xếp loại năm {year} sau năm đang hỏi {on}. Sửa năm.", year=year, on=case.on.year),
            )
    for place, honour in enumerate(case.subject.honours or ()):
        if honour.period and honour.period[1] > case.on.year:
            said = say(
                "thành tích đến năm {year} sau năm đang hỏi {on}. Sửa năm.",
                year=honour.period[1],
                on=case.on.year,
            )
            yield ("subject", "honours", place, "period"), said


def _may_lie_ahead(path: Path) -> bool:
    """Return whether a planned or running end may be named: a leave, a discipline, a movement, a publication."""
    return path[-1] == "to" and any(path[: len(head)] == head for head in _MAY_LIE_AHEAD)


def _days(held: Any, path: Path) -> Iterator[tuple[Path, date]]:
    if isinstance(held, date):
        yield path, held
    elif is_dataclass(held) and not isinstance(held, type):
        for item in fields(held):
            name = _WRITTEN.get(item.name, item.name)
            yield from _days(getattr(held, item.name), (*path, name))
    elif isinstance(held, tuple):
        for place, item in enumerate(held):
            yield from _days(item, (*path, place))


def _doubled_titles(subject: Subject) -> Iterator[tuple[Path, Message]]:
    seen: Counter[tuple[object, ...]] = Counter()
    for place, honour in enumerate(subject.honours or ()):
        if honour.award not in _TITLES or honour.revoked_on or honour.last_year is None:
            continue
        key = (honour.award, honour.first_year, honour.last_year, honour.type, honour.issuer)
        seen[key] += 1
        if seen[key] == 2:  # noqa: PLR2004 - said once, at the second
            said = say(
                "danh hiệu {award} năm {year} ghi hai lần. Giữ lại một, hoặc ghi revoked_on cho quyết định đã bị hủy.",
                award=honour.award, year=honour.last_year,
            )  # fmt: skip
            yield ("subject", "honours", place), said


def _reversed_spans(case: Case) -> Iterator[tuple[Path, Message]]:
    spans: list[tuple[Path, Any]] = [(("movement",), case.movement), (("published",), case.published)]
    for part in ("service", "discipline", "leave"):
        spans += [
            (("subject", part, place), item) for place, item in enumerate(getattr(case.subject, part) or ())
        ]
    for path, span in spans:
        if span and span.from_day and span.to_day and span.to_day < span.from_day:
            said = say(
                "ngày hết {last} trước ngày đầu {first}. Sửa một trong hai.",
                first=span.from_day,
                last=span.to_day,
            )
            yield (*path, "to"), said


def _odd_members(subject: Subject) -> Iterator[tuple[Path, Message]]:
    members = subject.members
    for item in fields(members) if members else ():
        count = getattr(members, item.name)
        if members and count is not None and members.total is not None and count > members.total:
            said = say(
                "{count} người nhiều hơn cả tập thể ({total}). Kiểm tra lại.",
                count=count,
                total=members.total,
            )
            yield ("subject", "members", _WRITTEN.get(item.name, item.name)), said
    cluster = subject.cluster
    if cluster and cluster.rank and cluster.size and cluster.rank > cluster.size:
        said = say("xếp thứ {rank} trong {size} đơn vị. Kiểm tra lại.", rank=cluster.rank, size=cluster.size)
        yield ("subject", "cluster", "rank"), said


def _odd_votes(case: Case) -> Iterator[tuple[Path, Message]]:
    vote = case.vote
    if vote is None:
        return
    answers = (vote.present or 0) + vote.written
    if vote.seats is not None and answers > vote.seats:
        said = say(
            "{answers} người dự và góp ý nhiều hơn {seats} thành viên. Kiểm tra lại.",
            answers=answers,
            seats=vote.seats,
        )
        yield ("vote", "present"), said
    cast = (vote.in_favour or 0) + vote.against + vote.blank
    if (vote.seats is not None and cast > vote.seats) or (vote.present is not None and cast > answers):
        said = say("{cast} phiếu nhiều hơn số người bỏ phiếu. Kiểm tra lại.", cast=cast)
        yield ("vote", "in_favour"), said


def _key_names(kind: Any) -> Iterator[str]:
    for item in fields(kind):
        yield _WRITTEN.get(item.name, item.name)


_KNOWN = (*_key_names(Case), *_key_names(Subject))
__all__ = ["FileProblemsError", "Problem", "case_from", "case_from_values", "contradictions", "read_case"]
