"""What must be done by when: dated, relative to an event, or repeated; other documents' dates are no deadlines."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from thidua.core.plans.actors import actor_of, words_from
from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.due_rows import deadlines_of_row
from thidua.core.plans.due_words import LOOK_BACK, REGISTERING, TO_DO, Cue, cue_of
from thidua.core.plans.items import Deadline
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, Passages, passages_of
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.relative import (
    TURN_WORDS,
    after_or_before_event,
    once_over,
    repeated,
    together_with_event,
)
from thidua.core.plans.roles import Role
from thidua.core.plans.spans import spans_in
from thidua.core.text.dates import (
    DateMention,
    Edge,
    RangeKind,
)

_YEARLY = re.compile(r"[\s,]*(?:hằng|hàng|mỗi)\s+năm", re.IGNORECASE)
_POSTMARK = re.compile(r"\s*\([^()]*bưu\s+(?:điện|chính)[^()]*\)", re.IGNORECASE)
_SAYS_WHAT = re.compile(r"\w{2,}\s+\w")
_FOR_WHOM = re.compile(
    r"\s+(?:đối\s+với|áp\s+dụng\s+cho)\s+[^,;.()]{3,110}?(?=\s+và\s+(?:trước|chậm|ngày)|\s*(?:[,;.(]|$))",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:và|hoặc)\s+", re.IGNORECASE)
_REMARK = re.compile(r"\([^()]{1,40}\)\s*")  # "trước ngày 05/9 (sơ kết) và trước ngày 01/12 (tổng kết)"
# The beginning of a stretch whose end is the deadline: "nộp về Văn phòng từ 01 đến 15/11".
_SINCE = re.compile(r"[\s:,]+(?:bắt\s+đầu\s+)?từ(?:\s+ngày)?(?:\s+\d{1,2})?$", re.IGNORECASE)
_SENT_LAST = re.compile(r":\s*(?:gửi|nộp)$", re.IGNORECASE)  # "Báo cáo tổng kết: gửi trước ngày …"
# A stretch in which something is handed in ends with its last day: "nhận bài từ ngày 02/6 đến ngày 13/6".
_HANDED_IN = re.compile(r"(?<!\w)(?:nộp|gửi|nhận|tiếp\s+nhận|đăng\s+ký)(?!\w)[^,;.]{0,60}$", re.IGNORECASE)
_AND_DATE = re.compile(r"\s*(?:,|và|,\s*và|hoặc)\s*(?:trước\s+)?", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|triệu|tỷ|căn|hộ|km)|không\s+quá|đạt", re.IGNORECASE)
_REVIEWED = re.compile(r"(?:sơ\s+kết|tổng\s+kết)[^,;.]{0,40}$", re.IGNORECASE)  # "tổng kết vào cuối năm 2025"
_AS_OF = re.compile(r"(?<!\w)(?:tính|lấy|chốt|cập\s+nhật|số\s+liệu)\s*$", re.IGNORECASE)
_CONGRESS = re.compile(r"(?:đại\s+hội|lần\s+thứ\s+\w+)[^,;]{0,60}$", re.IGNORECASE)
# A congress that a body has to prepare is its work, no mere occasion.
_PREPARES = re.compile(
    r"\W*(?:(?:chủ\s+trì|phối\s+hợp|tham\s+mưu|giúp|trình)[^,;.]{0,60}?\s)?(?:tổ\s+chức|chuẩn\s+bị)\s",
    re.IGNORECASE,
)
_LAUNCHES = re.compile(r"phát\s+động\s+(?:phong\s+trào|đợt|cuộc|tháng)(?!\w)", re.IGNORECASE)
_WITHOUT_DEADLINES = (
    Role.BASIS,
    Role.CRITERIA,
    Role.AWARD_WINDOW,
    Role.PURPOSES,
    Role.FUNDING,
)
# Without a date a deadline hangs on an event or comes again and again.
_UNDATED = (
    "ngày",
    "giờ",
    "tuần",
    "tháng",
    "quý",
    "dịp",
    "cùng",
    "kết hợp",
    "lồng ghép",
    "sau khi",
    "hằng năm",
    "hàng năm",
)
_LONG_CLAUSE = 60
_LEAST_WORDS = 20
_LONG_BRACKET = 45


def read_deadlines(outline: Outline) -> list[Deadline]:
    """Return every deadline in the order of the document."""
    return list(deadlines_of(outline))


@lru_cache(maxsize=1)
def deadlines_of(outline: Outline) -> tuple[Deadline, ...]:
    """Return every deadline; kept for the reader of reports, who looks for their dates."""
    passages = passages_of(outline)
    period = read_period(outline)
    whole = [period] if period and not period.derived else []
    taken = _Taken([(one.place.start, one.place.end) for one in (*read_phases(outline), *whole)])
    without = _WITHOUT_DEADLINES if outline.is_launch_plan else (Role.BASIS,)
    found = [
        deadline
        for passage in passages
        if _may_tell(passage, without) and not passage.is_basis
        for deadline in (deadlines_of_row if passage.node.row else _in_paragraph)(passages, passage)
        if not taken.meets(deadline.place.start, deadline.place.end)
    ]
    return tuple(sorted(found, key=lambda deadline: deadline.place.start))


class _Taken:
    """Stretches of the document that tell a round or the period: dates in them are no deadlines."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def meets(self, start: int, end: int) -> bool:
        """Whether ``start``-``end`` has a place in common with one of them."""
        nearest = self._spans[max(0, bisect_left(self._starts, end) - 2) : bisect_left(self._starts, end)]
        return any(start < right and left < end for left, right in nearest)


def _may_tell(passage: Passage, without: tuple[Role, ...]) -> bool:
    """Whether a term may stand here; one for the dossier may, wherever "Hồ sơ gồm: …" is put."""
    own = passage.node.own_roles[:1] == (Role.DOSSIER,) and not passage.is_within(Role.BASIS)
    return own or not passage.is_within(*without)


def _in_paragraph(passages: Passages, passage: Passage) -> Iterator[Deadline]:
    if not passage.dates and not passage.says(*_UNDATED):
        return
    start = words_from(passage)
    over, turns = passage.says("sau khi", "sau ngày", "ngay sau", "sau kết"), passage.says(*TURN_WORDS)
    for clause in passage.clauses if start == passage.start else clauses(passage.text, start):
        said = [*_dated(passages, passage, clause), *after_or_before_event(passages, passage, clause)]
        said += together_with_event(passages, passage, clause)
        said = said or (list(once_over(passage, clause)) if over else [])
        yield from said or (repeated(passage, clause) if turns else ())


def _dated(passages: Passages, passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield the deadlines of one clause that name a date."""
    start, end = clause
    periods = [(span.start, span.end) for span in passage.ranges_in(start, end)]
    periods += [(span.start, span.end) for span in spans_in(passages, passage, start, end)]
    last: tuple[Cue, DateMention] | None = None
    what = passage.node.label
    yield from _windows(passages, passage, clause)
    for mention in passage.dates_in(start, end):
        if mention.impossible or any(left <= mention.start < right for left, right in periods):
            continue
        cue = cue_of(passage.text, (start, end), mention) or _shared(passage.text, last, mention)
        if cue and _fits(passages, passage, cue, mention, (start, end)):
            found = _deadline(passages, passage, mention, cue, (start, end), clause)
            what = found.what if _SAYS_WHAT.search(found.what) else what
            yield replace(found, what=what)
            start, last = max(mention.end, _tail(passage.text, mention, end)), (cue, mention)


def _windows(passages: Passages, passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield the last day of each stretch in which something is to be handed in."""
    for span in passage.ranges_in(*clause):
        if span.kind is RangeKind.PERIOD and _HANDED_IN.search(passage.text, clause[0], span.start):
            cue = Cue(span.start, "until")
            yield _deadline(passages, passage, span.last, cue, clause, clause)


def _shared(text: str, last: tuple[Cue, DateMention] | None, mention: DateMention) -> Cue | None:
    """Return the cue that "trước ngày 20/6 và ngày 20/12" says once for both."""
    if last is None or not _AND_DATE.fullmatch(text, last[1].end, mention.start):
        return None
    return Cue(mention.start, last[0].relation)


def _fits(passages: Passages, passage: Passage, cue: Cue, mention: DateMention, clause: Span) -> bool:
    """Whether the date can be a deadline of this plan: precise enough, not long past, not the date of a figure."""
    date = passages.date_of(passage, mention)
    if cue.relation == "at_start":
        return True
    happened = cue.relation == "on" and date.day and passages.own_day and date.iso < passages.own_day
    long_past = date.year and passages.years and date.year < passages.years[0] - 1
    if (
        happened or long_past or (cue.relation == "on" and _of_movement(passage, clause, cue))
    ):  # "Ngày 15/6/2022, Quốc hội ban hành Luật …"
        return False
    if cue.relation == "until" and (
        _FIGURE.search(passage.text, mention.end, min(clause[1], mention.end + 3 * LOOK_BACK))
        or _AS_OF.search(passage.text, max(clause[0], cue.start - LOOK_BACK), cue.start)
    ):
        return False
    if date.is_year_alone:
        return bool(date.iso) and _fits_year(passages, passage, cue, mention, clause)
    if cue.relation != "on" or _is_work(passage, clause, cue):
        return True
    return _CONGRESS.search(passage.text, max(clause[0], cue.start - 2 * LOOK_BACK), cue.start) is None


def _fits_year(passages: Passages, passage: Passage, cue: Cue, mention: DateMention, clause: Span) -> bool:
    """Whether a year alone can be a deadline: its end, or the year of a review in a plan of many years."""
    reviewed = _REVIEWED.search(passage.text, clause[0], cue.start) is not None
    if mention.edge is Edge.NONE:
        return cue.relation == "on" and reviewed and passages.years != (mention.partial.year,)
    return cue.relation in ("before", "by", "until") or (mention.edge is Edge.END and reviewed)


def _of_movement(passage: Passage, clause: Span, cue: Cue) -> bool:
    """Whether the date is the movement's own time: "… phát động đợt thi đua “…” trong quý IV/2024"."""
    return passage.in_preamble and _LAUNCHES.search(passage.text, clause[0], cue.start) is not None


def _is_work(passage: Passage, clause: Span, cue: Cue) -> bool:
    """Whether what the date is for is a duty of a body: "Sở Nội vụ tham mưu tổ chức Đại hội … trong quý III"."""
    charged = passage.is_within(Role.IMPLEMENTATION, Role.RESPONSIBILITIES, Role.TASKS)
    return charged and _PREPARES.match(passage.text, clause[0], cue.start) is not None


def _deadline(
    passages: Passages, passage: Passage, mention: DateMention, cue: Cue, clause: Span, whole: Span
) -> Deadline:
    """Return the deadline told in ``clause``, a rest of the ``whole`` behind earlier dates."""
    text = passage.text
    yearly = _YEARLY.match(text, _end_of_row(passage, mention, clause)) or _said_yearly(
        passage, mention, clause
    )
    behind = _tail(text, mention, clause[1])
    inferred = mention.partial.year is None and not yearly
    start, end = _quoted(text, clause, cue, behind)
    what = _what(text, (clause[0], cue.start), (behind, end)) or passage.node.label
    return Deadline(
        place=passage.cite(start, end),
        what=what,
        who=actor_of(passage, clause, whole),
        due=(mention.partial if yearly else passages.date_of(passage, mention)).iso,
        relation=cue.relation,
        recurring="yearly" if yearly else None,
        time=mention.time or None,
        derived=inferred,
        confidence="check" if inferred else "sure",
    )


def _said_yearly(passage: Passage, mention: DateMention, clause: Span) -> re.Match[str] | None:
    """Return the "hằng năm" behind the last date of "sơ kết trước 15/7, tổng kết trước 15/12 hằng năm"."""
    dates = passage.dates_in(mention.end, clause[1])
    days = [mention.partial, *(date.partial for date in dates)]
    if not dates or not all(day.day and day.year is None for day in days):
        return None
    return _YEARLY.match(passage.text, dates[-1].end)


def _end_of_row(passage: Passage, mention: DateMention, clause: Span) -> int:
    """Return where a row of dates ends that begins with ``mention``: "ngày 20/6 và ngày 20/12 hằng năm"."""
    end = mention.end
    for date in passage.dates_in(end, min(clause[1], end + 2 * LOOK_BACK)):
        if not _AND_DATE.fullmatch(passage.text, end, date.start):
            break
        end = date.end
    return end


def _tail(text: str, mention: DateMention, end: int) -> int:
    """Return where what belongs to a date ends: "hằng năm", the postmark, "đối với khen thưởng sơ kết"."""
    behind = mention.end
    for words in (_YEARLY, _FOR_WHOM, _POSTMARK):
        if match := words.match(text, behind, end):
            behind = match.end()
    return behind


def _quoted(text: str, clause: Span, said: Cue, behind: int) -> Span:
    """Return the piece that tells a deadline: what is to be done and the date, no more than that."""
    cue = said.start
    start, _ = trimmed(text, clause[0], behind)
    if joined := _AND.match(text, start, cue):
        start = joined.end()
    if said.relation == "at_start" and (match := REGISTERING.search(text, start, cue)):
        return match.start(), behind
    if not text[start:cue].strip(" ,"):
        # The date comes first and what is to be done behind it.
        comma = text.find(", ", min(behind + _LONG_CLAUSE, clause[1]), clause[1])
        return trimmed(text, start, comma if comma > 0 else clause[1])
    if text[start:cue].rstrip().endswith(")") and cue - text.rfind("(", start, cue) > _LONG_BRACKET:
        return trimmed(text, cue, behind)
    while (
        behind - start > _LONG_CLAUSE
        and (comma := text.find(", ", start, max(start, cue - _LEAST_WORDS))) > 0
    ):
        start = comma + 2
    if behind - start > _LONG_CLAUSE:
        acts = (match.start() for match in TO_DO.finditer(text, start, cue))
        start = next((at for at in acts if behind - at <= _LONG_CLAUSE + _LEAST_WORDS), start)
    return trimmed(text, start, behind)


def _what(text: str, before: Span, behind: Span) -> str:
    """Return the work named before the date, else behind it, without a leading "và" and a bracket left open."""
    start, end = trimmed(text, *before)
    if start >= end:
        start, end = trimmed(text, *behind)
    for opening in (_REMARK, _AND):
        if match := opening.match(text, start, end):
            start = match.end()
    return _SENT_LAST.sub("", _SINCE.sub("", text[start:end].rstrip(" (")))
