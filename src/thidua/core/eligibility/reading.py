"""A case out of a file or a parsed document, strictly: what nobody reads is named, not passed over."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from thidua.core.eligibility.case import Case, Subject, stated
from thidua.core.law.messages import Message, say
from thidua.core.law.validation import adapter, problems_of
from thidua.core.law.words import TITLES_OF_COLLECTIVES, TITLES_OF_PEOPLE, times_held
from thidua.core.law.yamltext import FileProblemsError, Located, Path, Problem, read_yaml
from thidua.core.text.folding import fold

_WRITTEN = {
    "from_day": "from",
    "to_day": "to",
    "on_day": "on",
    "disciplined_from_warning": "disciplined_from_CANH_CAO",
    "disciplined_from_reprimand": "disciplined_from_KHIEN_TRACH",
}
_TITLES = frozenset((*TITLES_OF_PEOPLE, *TITLES_OF_COLLECTIVES))
_MAY_LIE_AHEAD = {
    ("subject", "leave"),
    ("subject", "discipline"),
    ("movement",),
    ("published",),
    ("subject", "service"),
}


def read_case(text: str, file: str, authorities: Collection[str] = ()) -> Case:
    """Return the case written in ``text``, YAML or JSON; ``file`` only names it in sentences.

    An authority without rules of its own is no fault, but one written almost like one of ``authorities`` is.
    Raises FileProblemsError with everything found.
    """
    return read_with_notices(text, file, authorities)[0]


def read_with_notices(text: str, file: str, authorities: Collection[str] = ()) -> tuple[Case, list[Problem]]:
    """Return the case of ``read_case`` and what is no fault in it but will not count."""
    where = read_yaml(text, file)
    case = case_from(where)
    asked = case.authority or ""
    if near := misspelt_authority(asked, authorities):
        said = say("không có cơ quan “{given}”. Có phải “{near}”?", given=asked, near=near)
        raise FileProblemsError([where.problem(("authority",), said)])
    notices = [where.problem(path, said) for path, said in _not_counted(case)]
    if asked and authorities and asked not in authorities:
        notices.append(where.problem(("authority",), no_own_rules(asked)))
    return case, notices


def misspelt_authority(asked: str, authorities: Collection[str]) -> str | None:
    """Return the one of ``authorities`` that ``asked`` is a slip of the pen for."""
    near = fold(asked).upper().replace(" ", "_")
    return near if asked not in authorities and near in authorities else None


def no_own_rules(authority: str) -> Message:
    """Return what to know of an answer for an authority none of whose rules are known: the national ones alone."""
    return say(
        "không biết quy định riêng nào của cơ quan “{given}”: chỉ trả lời theo quy định chung. Kiểm tra lại mã cơ "
        "quan bằng “thidua law list”.",
        given=authority,
    )


def _not_counted(case: Case) -> Iterator[tuple[Path, Message]]:
    for place, honour in enumerate(case.subject.honours or ()):
        if honour.revoked_on and honour.revoked_on <= case.on:
            said = say(
                "{award} đã bị hủy ngày {day} nên không tính. Đã được khôi phục thì bỏ revoked_on.",
                award=honour.award,
                day=honour.revoked_on,
            )
            yield ("subject", "honours", place), said


def case_from(where: Located, path: Path = ()) -> Case:
    """Return the case that stands at ``path`` of a file already read.

    Raises FileProblemsError with everything found.
    """
    given = where.value
    for step in path:
        given = given[step]
    if said := _no_single_case(given):
        raise FileProblemsError([where.problem(path, said)])
    try:
        found: Case = adapter(Case).validate_python(stated(given))
    except ValidationError as error:
        raise FileProblemsError(problems_of(error, where, path, known=_KNOWN)) from error
    if problems := [where.problem((*path, *place), said) for place, said in contradictions(found)]:
        raise FileProblemsError(problems)
    return found


def _no_single_case(given: Any) -> Message | None:
    """Return what to do with a file that holds no case, or more than one."""
    if isinstance(given, list) or (isinstance(given, dict) and {"cases", "given"} & set(given)):
        return say(
            "ở đây có nhiều trường hợp, hoặc một trường hợp mẫu. Mỗi lần hỏi một: lưu từng trường hợp (phần “given” "
            "của trường hợp mẫu) thành một tệp riêng."
        )
    if not isinstance(given, dict):
        return say("một trường hợp gồm các mục “tên: giá trị”: on, award, subject… Xem lại tệp.")
    return None


def case_from_values(given: Mapping[str, Any], name: str = "?") -> Case:
    """Return the case held in plain values, as a page or the API has them.

    Raises FileProblemsError with everything found.
    """
    return case_from(Located(name, given, {}, ()))


def contradictions(case: Case) -> Iterator[tuple[Path, Message]]:
    """Yield what cannot be true together: days ahead of the decision, a title twice for one year, odd counts."""
    yield from _days_ahead(case)
    yield from _doubled_titles(case.subject)
    yield from _revoked_too_soon(case.subject)
    yield from _reversed_spans(case)
    yield from _odd_members(case.subject)
    yield from _odd_votes(case)


def _days_ahead(case: Case) -> Iterator[tuple[Path, Message]]:
    for path, day in _days(case, ()):
        if day > case.on and path[-1] not in {"revoked_on", "dissolved_on"} and not _may_lie_ahead(path):
            yield (
                path,
                say(
                    "ngày {day} sau ngày đang hỏi {on}. Sửa ngày, hoặc bỏ mục này vì lúc đó chưa có.",
                    day=day,
                    on=case.on,
                ),
            )
    if case.year and case.year[1] > case.on.year:
        yield (
            ("year",),
            say("năm thành tích {year} sau năm đang hỏi {on}. Sửa năm.", year=case.year[1], on=case.on.year),
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
        first, last = honour.first_year, honour.last_year
        if honour.award not in _TITLES or honour.revoked_on or first is None or last is None:
            continue
        keys = times_held(honour.award, first, last, honour.type, honour.issuer)
        seen.update(keys)
        if twice := [year for year, *key in keys if seen[year, *key] == 2]:  # noqa: PLR2004 - said at the second
            said = say(
                "danh hiệu {award} năm {year} ghi hai lần. Giữ lại một, hoặc ghi revoked_on cho quyết định đã bị hủy.",
                award=honour.award, year=twice[0],
            )  # fmt: skip
            yield ("subject", "honours", place), said


def _revoked_too_soon(subject: Subject) -> Iterator[tuple[Path, Message]]:
    for place, honour in enumerate(subject.honours or ()):
        if honour.revoked_on and honour.decided_on and honour.revoked_on < honour.decided_on:
            said = say(
                "ngày hủy {revoked} trước ngày quyết định {decided}. Sửa một trong hai.",
                revoked=honour.revoked_on,
                decided=honour.decided_on,
            )
            yield ("subject", "honours", place, "revoked_on"), said


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
__all__ = [
    "FileProblemsError",
    "Problem",
    "case_from",
    "case_from_values",
    "contradictions",
    "misspelt_authority",
    "no_own_rules",
    "read_case",
    "read_with_notices",
]
