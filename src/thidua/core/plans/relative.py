"""Deadlines without a date of their own: so many days before or after an event, together with one, or repeated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from thidua.core.plans.actors import actor_of
from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.items import Deadline, Relation
from thidua.core.plans.passages import Passage, Passages
from thidua.core.plans.roles import Role
from thidua.core.text.dates import Every, Partial, Recurrence, find_recurrences

_DAYS = r"\d{1,3}\s+(?:ngày(?:\s+làm\s+việc)?|giờ|tuần|tháng)(?!\s+(?:đầu|cuối))"
# An event may be a list of its kind ("kỳ thi, hội thi, hội thao"); another comma ends it.
_OCCASION = r"(?:hội|kỳ|cuộc|lễ|buổi|ngày|đợt|kỷ\s+niệm|sự\s+kiện|đại\s+hội)"
_EVENT = rf"(?!\d)[^,;.:()\n]{{4,110}}(?:,\s+(?={_OCCASION}\s)[^,;.:()\n]{{2,40}})*"
_AFTER = re.compile(
    rf"""(?<!\w)(?:(?i:(?:chậm|muộn)\s+nhất(?:\s+là)?|trong\s+vòng|trong\s+thời\s+(?:hạn|gian)|thời\s+hạn|sau|không\s+quá)\s+)?
    (?P<offset>{_DAYS})\s*,?\s*
    (?:(?:kể\s+|tính\s+)?từ\s+(?:ngày\s+|khi\s+|thời\s+điểm\s+)?|sau\s+(?:khi\s+|ngày\s+)?|khi\s+)
    (?P<event>{_EVENT})""",
    re.VERBOSE,
)
_BEFORE = re.compile(
    rf"""(?<!\w)(?i:(?:chậm\s+nhất|tối\s+thiểu|ít\s+nhất|muộn\s+nhất)(?:\s+là)?\s+)?
    (?:(?i:trước)\s+(?:ít\s+nhất\s+|tối\s+thiểu\s+)?(?P<offset>{_DAYS})
        (?:\s*,?\s*(?:so\s+với|tính\s+đến|trước|đến)\s+(?P<event>{_EVENT}))?
    |(?i:trước)\s+(?P<event_mid>{_OCCASION}\s[^,;.:()\d\n]{{2,60}}?)\s+(?:ít\s+nhất|tối\s+thiểu)\s+(?P<offset_last>{_DAYS})
    |(?i:trước)\s+(?P<event_each>(?:mỗi|từng)\s[^,;.:()\d]{{2,60}}?)\s+(?P<offset_each>{_DAYS})
    |(?P<offset_first>{_DAYS})\s+trước\s+(?:khi\s+|ngày\s+)?(?P<event_last>{_EVENT}))""",
    re.VERBOSE,
)
# "Sau mỗi đợt thi đua 05 ngày, …": the event first, then the days.
_AFTER_EACH = re.compile(
    rf"""(?<!\w)sau\s+(?:khi\s+)?(?P<event>(?:mỗi|từng|kết\s+thúc|hoàn\s+thành)\s[^,;.:()\d]{{2,60}}?)\s+
    (?P<offset>{_DAYS})(?=\s*(?:[,;.]|$|\s(?:báo\s+cáo|gửi|nộp|tổng\s+hợp|hoàn\s+thành|phải|các)(?!\w)))""",
    re.IGNORECASE | re.VERBOSE,
)
# "Sau khi nhận được công văn này, …": the event leads, the days follow later in the sentence.
_LEADING_EVENT = re.compile(
    r"(?:ngay\s+)?(?:sau\s+khi|khi|kể\s+từ\s+(?:khi|ngày)|từ\s+khi)?\s*"
    r"(?P<event>(?:nhận\s+được|có|kết\s+thúc|hoàn\s+thành|ban\s+hành)\s[^,;.:]{4,90}),",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn)|chậm\s+nhất(?:\s+là)?|không\s+quá)\s+(?P<offset>{_DAYS})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_NO_EVENT = re.compile(
    r"(?:thời\s+hạn|hạn|đây|đó|kế\s+hoạch|quy\s+định|tiến\s+độ|chỉ\s+tiêu|cùng\s+kỳ)(?!\w)", re.IGNORECASE
)
_TOGETHER = re.compile(
    r"""(?P<what>(?:tổ\s+chức\s+)?(?:sơ\s+kết|tổng\s+kết|báo\s+cáo|tuyên\s+dương)[^,;.]{0,80}?)\s+
    (?:(?:vào|nhân|trong|cùng)\s+dịp|cùng\s+(?:với|thời\s+gian\s+với|lúc\s+với)|kết\s+hợp\s+(?:với|trong|cùng)|lồng\s+ghép\s+(?:với|trong|vào))\s+
    (?P<event>(?:(?:hội\s+nghị|buổi|đợt|lễ)\s+)?
      (?:sơ\s+kết|tổng\s+kết|kỷ\s+niệm|bế\s+giảng|khai\s+giảng|ngày|lễ|đại\s+hội|hội\s+nghị|kỳ\s+họp|phiên\s+họp
      |buổi|cuộc\s+họp|đánh\s+giá)\s[^,;.()]{3,120})""",
    re.IGNORECASE | re.VERBOSE,
)
# "Tổ chức hội nghị sơ kết sau khi kết thúc Đợt 2": right behind an event, without so many days.
_ONCE_OVER = re.compile(
    r"""(?<!\w)(?:tổ\s+chức|sơ\s+kết|tổng\s+kết|họp|báo\s+cáo|gửi|nộp|bình\s+xét|đánh\s+giá|rút\s+kinh\s+nghiệm|trao|chấm)
    (?!\w)[^,;.:()]{0,90}?\s(?P<term>(?:ngay\s+)?sau\s+(?:khi\s+|ngày\s+)?(?P<event>(?:kết\s+thúc|bế\s+mạc|tổng\s+kết|sơ\s+kết|hoàn\s+thành)
    \s[^,;.:()]{2,80}))""",
    re.IGNORECASE | re.VERBOSE,
)
# A conference on the work of a year may well be held before it: its year is no day of the conference.
_OF_NEXT_WORK = re.compile(
    r"(?:triển\s+khai|phương\s+hướng|nhiệm\s+vụ)[^,;.()]{0,40}năm\s+\d{4}$", re.IGNORECASE
)
_MEETING = re.compile(
    r"(?<!\w)(?:họp|giao\s+ban|kiểm\s+tra|sơ\s+kết|tổng\s+kết|sinh\s+hoạt|đánh\s+giá|bình\s+xét|rà\s+soát)(?!\w)",
    re.IGNORECASE,
)
# Among duties these come again too; among the contents they would be figures to reach.
_CHARGED = re.compile(
    r"(?<!\w)(?:khảo\s+sát|công\s+bố|công\s+khai|chấm|cập\s+nhật|thống\s+kê|tuyên\s+dương|biểu\s+dương|phúc\s+tra)(?!\w)",
    re.IGNORECASE,
)
_TERM_WORD = re.compile(r"[\s,(]+(?:vào|trước|chậm\s+nhất|định\s+kỳ)(?:\s+(?:vào|là))?[\s(]*$", re.IGNORECASE)
# One of these is in whatever comes again.
TURN_WORDS = ("hằng ", "hàng ", "mỗi ", "từng ", "lần", "định kỳ", "quý")
_SHORT_TURNS = (Every.WEEK, Every.MONTH, Every.QUARTER)
_REPORTING = re.compile(r"báo\s+cáo|số\s+liệu|thông\s+tin|tin,?\s+bài", re.IGNORECASE)
_DUTIES = (Role.IMPLEMENTATION, Role.RESPONSIBILITIES, Role.TASKS, Role.REVIEWS)
_CALENDAR_DAYS = re.compile(r"(?P<days>\d{1,3})\s+ngày")
RELATION_OF: dict[Every, Relation] = {
    Every.WEEK: "weekly",
    Every.MONTH: "monthly",
    Every.QUARTER: "quarterly",
    Every.YEAR: "yearly",
}


@dataclass(frozen=True, slots=True)
class _Offset:
    """So long before or after an event, as a clause says it."""

    start: int
    end: int
    relation: Relation
    length: str
    event: str | None
    behind_event: int = 0
    """Where the event ends that leads the sentence; 0 where the event follows."""


def after_or_before_event(passages: Passages, passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield "chậm nhất 05 ngày sau khi kết thúc đợt" and "trước 30 ngày làm việc so với ngày tổ chức"."""
    for offset in _offsets(passage, clause):
        yield _relative(passages, passage, clause, offset)


def _offsets(passage: Passage, clause: Span) -> Iterator[_Offset]:
    if not _FIGURE.search(passage.text, *clause):
        return
    taken = clause[0]
    for match in _BEFORE.finditer(passage.text, *clause) if passage.says("trước") else ():
        if any(date.start < match.end() and match.start() < date.end for date in passage.dates):
            continue  # "trước 17 giờ 00 ngày 10/6" is an hour, no offset
        length = match["offset"] or match["offset_first"] or match["offset_last"] or match["offset_each"]
        event = (
            match["event"]
            or match["event_last"]
            or match["event_mid"]
            or match["event_each"]
            or _event_before(passage.text[clause[0] : match.start()])
        )
        told = event or not passage.outline.is_launch_plan  # a plan's "báo trước 03 ngày" is no deadline
        if told and not (event and _NO_EVENT.match(event)):
            yield _Offset(match.start(), match.end(), "before", length, event)
            taken = match.end()
    for match in _AFTER.finditer(passage.text, taken, clause[1]) if passage.says("từ", "sau", "khi") else ():
        yield _Offset(match.start(), match.end(), "after", match["offset"], match["event"])
        taken = match.end()
    if taken == clause[0]:
        each = (_after_each(match) for match in _AFTER_EACH.finditer(passage.text, *clause))
        leading = _after_leading_event(passage.text, clause)
        yield from (leading,) if leading else each


def _after_each(match: re.Match[str]) -> _Offset:
    return _Offset(match.start(), match.end(), "after", match["offset"], match["event"])


def _after_leading_event(text: str, clause: Span) -> _Offset | None:
    lead = _LEADING_EVENT.match(text, *clause)
    within = _WITHIN.search(text, lead.end(), clause[1]) if lead else None
    if lead is None or within is None:
        return None
    return _Offset(within.start(), within.end(), "after", within["offset"], lead["event"], lead.end())


def together_with_event(passages: Passages, passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield "tổ chức sơ kết cùng với sơ kết công tác 06 tháng đầu năm": due with another event."""
    if not passage.says("sơ kết", "tổng kết", "báo cáo", "tuyên dương"):
        return
    for match in _TOGETHER.finditer(passage.text, *clause):
        dates = passage.dates_in(*match.span("event")) if not _OF_NEXT_WORK.search(match["event"]) else []
        yield Deadline(
            place=passage.cite(*trimmed(passage.text, match.start(), match.end())),
            what=_capital(match["what"].strip()),
            who=actor_of(passage, clause),
            due=(passages.date_of(passage, dates[-1]).iso or None) if dates else None,
            due_event=match["event"].strip(),
            relation="with",
        )


def once_over(passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield "sơ kết sau khi kết thúc Đợt 2": due after an event, however soon."""
    for match in _ONCE_OVER.finditer(passage.text, *clause):
        if not passage.dates_in(*match.span("term")):
            yield Deadline(
                place=passage.cite(*trimmed(passage.text, match.start(), match.end())),
                what=_capital(passage.text[match.start() : match.start("term")].strip()),
                who=actor_of(passage, clause),
                due_event=match["event"].strip(),
                relation="after",
            )


def repeated(passage: Passage, clause: Span) -> Iterator[Deadline]:
    """Yield the meetings and checks held again and again; the repeated reports of a plan are read as reports."""
    text = passage.text[clause[0] : clause[1]]
    asks = _REPORTING.search(text) is not None
    if asks and passage.outline.is_launch_plan:
        return
    meets = asks or _MEETING.search(text) is not None
    if not meets and not (passage.is_within(*_DUTIES) and _CHARGED.search(text)):
        return
    for again in find_recurrences(text):
        left = text.rfind(", ", 0, again.start) + 1
        right = text.find(", ", again.end)
        near = text[left : right if right > 0 else len(text)]
        held = (
            _MEETING.search(near)
            or (asks and _REPORTING.search(near))
            or (again.every in _SHORT_TURNS and _CHARGED.search(near))
        )
        if again.every in RELATION_OF and held:
            yield _turn(passage, clause, again)
            return


def _turn(passage: Passage, clause: Span, again: Recurrence) -> Deadline:
    text = passage.text[clause[0] : clause[1]]
    start, end = trimmed(passage.text, clause[0], clause[0] + again.end)
    what = _TERM_WORD.sub("", passage.text[start : clause[0] + again.start]).strip(" (,")
    return Deadline(
        place=passage.cite(start, end),
        what=what or text[again.end :].strip(),
        who=actor_of(passage, clause),
        relation=RELATION_OF[again.every],
        recurring=again.text,
    )


def _relative(passages: Passages, passage: Passage, clause: Span, offset: _Offset) -> Deadline:
    text = passage.text
    dated = [date.end for date in passage.dates_in(clause[0], offset.start)]
    start, end = trimmed(text, max([clause[0], offset.behind_event, *dated]), offset.start)
    before = text[start:end]
    left, right = trimmed(text, offset.start, offset.end)
    behind = trimmed(text, right, clause[1])
    due = _counted_from(passages, offset)
    return Deadline(
        place=passage.cite(left, right),
        what=before or text[slice(*behind)] or text[left:right],
        who=actor_of(passage, clause, behind),
        relation=offset.relation,
        due=due,
        due_event=offset.event.strip() if offset.event else None,
        offset=" ".join(offset.length.split()),
        derived=due is not None,
        confidence="sure" if due is None else "check",
    )


def _counted_from(passages: Passages, offset: _Offset) -> str | None:
    """Return the day so many days after the document's own, where the event is its launch or its signing."""
    own = passages.day_of_event(offset.event or "")
    days = _CALENDAR_DAYS.fullmatch(offset.length)
    if not own or not days or offset.relation != "after":
        return None
    start = Partial.parse(own)
    return (start.first_day() + timedelta(days=int(days["days"]))).isoformat() if start.day else None


def _event_before(words: str) -> str | None:
    """Return the event of "hồ sơ phục vụ trao thưởng tại hội nghị … gửi trước 25 ngày làm việc", said first."""
    match = re.search(r"(?:hội\s+nghị|lễ|sự\s+kiện|kỷ\s+niệm|đại\s+hội)[^,;.]{0,80}", words, re.IGNORECASE)
    return match.group().strip() if match else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
