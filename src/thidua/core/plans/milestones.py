"""Anniversaries, festivals, congresses and elections that a movement greets; of an anniversary, this year's day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.clauses import trimmed
from thidua.core.plans.items import Milestone
from thidua.core.plans.lines import joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, Passages, passages_of
from thidua.core.plans.roles import Role
from thidua.core.text.dates import Partial, RangeKind, find_dates, find_ranges
from thidua.core.text.folding import fold

# What greets: after these words stands the name of an event.
_GREETING = re.compile(
    r"(?<!\w)(?:chào\s+mừng|kỷ\s+niệm|kỉ\s+niệm|mừng|nhân\s+dịp|hướng\s+tới|hướng\s+đến|tiến\s+tới|đón|dịp)(?!\w)",
    re.IGNORECASE,
)
_GREETING_WORDS = ("mừng", "niệm", "dịp", "tới", "hướng đến", "đón")
# What the name of an event begins with; the day itself has a capital or its age before it.
_EVENT = re.compile(
    r"""(?:(?:lần\s+thứ\s+)?\d{1,4}\s+năm\s+\w|Ngày\s+[^\W\d_]|ngày\s+(?=[A-ZĐ])|ngày\s+(?:thành\s+lập|truyền\s+thống|sinh|giải\s+phóng)
    |Quốc\s+khánh|Quốc\s+tế|Tết\s|Xuân\s|Tháng\s+Thanh\s+niên|Lễ\s+hội|(?:cuộc\s+)?[Bb]ầu\s+cử|Cách\s+mạng\s+[Tt]háng
    |(?:[Tt]hành\s+công\s+(?:của\s+)?)?[ĐđD]ại\s+hội\s|Chiến\s+thắng|Đại\s+lễ|Festival|SEA\s+Games|Năm\s+[A-ZĐ]
    |\d{1,4}\s+NĂM\s|NGÀY\s+(?!\d)|QUỐC\s+(?:KHÁNH|TẾ)|ĐẠI\s+HỘI\s)""",
    re.VERBOSE,
)
_BEFORE_NAME = re.compile(
    r"""(?:\s|[“"*]|(?:kỷ|kỉ)\s+niệm\b|mừng\b|nhân\s+dịp\b|cuộc\b|thành\s+công\b|của\b|các\b|những\b|lễ\b
    |(?:ngày\s+lễ|sự\s+kiện)(?:\s+(?:lớn|trọng\s+đại|quan\s+trọng|chính\s+trị|lịch\s+sử|của\s+[^,;:.(]{2,40}))*\b|,(?=\s+sự\s+kiện)
    |(?<=\w):|dịp\b){0,12}""",
    re.IGNORECASE | re.VERBOSE,
)
_BRACKET = re.compile(r"\s*(?P<bracket>\([^()]{3,70}\))")
# Where a name that has no bracket behind it ends.
_NAME_ENDS = re.compile(
    r"""[;:()…|]|\.{2,}|[.](?=\s|$)|(?=[”"])
    |,\s+(?=(?:\d+\s+năm|lập\s+thành|thi\s+đua|góp|gắn|thực|phấn|nâng|tạo|với|các|hướng|chào|kỷ|nhân|tiến|trong|trên|từ|đến|bằng
      |và|hội\s+nghị|đại\s+hội|ngày|tổ|mừng|đưa|phát|hoàn|đồng|theo|tập|nhằm|quyết|toàn|xây|đẩy|quốc|tết|lễ)(?!\w))
    |\s(?=(?:và(?!\s+đại\s+biểu\s)|hướng\s+tới|tiến\s+tới|gắn|nhằm|để|vào|do|bằng|lập\s+thành|được|đã|sẽ|tổ\s+chức|dự\s+kiến|với)(?!\w))
    |\s(?=(?:tại|theo)\s+(?:đơn\s+vị|cơ\s+quan|các|quy)|trong\s+(?:tháng|quý|năm|toàn)|năm\s+(?:học\s+)?(?:19|20)\d\d)
    |$""",
    re.IGNORECASE | re.VERBOSE,
)
_TRAILING_DAY = re.compile(r"\s+\(?(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})\)?$")
_NEXT_OF_LIST = re.compile(r"\s*(?:[,;]|(?<!\w)và(?!\w))\s*", re.IGNORECASE)
_HELD_ON = re.compile(r"\s*(?:được\s+|dự\s+kiến\s+|sẽ\s+)*tổ\s+chức\s+(?:vào|trong)\s+", re.IGNORECASE)
_LONGEST_NAME = 200
_SHORTEST_NAME = 8
# Left out of a key: what one name of the same event has and another has not.
_KEY_LEAD = re.compile(r"(?:(?:cuoc|thanh cong|ngay|le) |\d+ nam )+")
_WITHOUT_GREETINGS = (Role.FUNDING, Role.CRITERIA, Role.BASIS, Role.CONTACTS)


@dataclass(frozen=True, slots=True)
class Event:
    """An event named in a text: its name, and up to where its day is said."""

    start: int
    name_end: int
    end: int
    date: str | None

    def name(self, text: str) -> str:
        return text[self.start : self.name_end]


def read_milestones(outline: Outline) -> list[Milestone]:
    """Return each anniversary, festival and congress once, with its day where one is said."""
    if not outline.is_launch_plan:
        return []
    found: dict[str, Milestone] = {}
    for milestone in _named(outline):
        key = _key(milestone.name)
        same = next((known for known in found if key.startswith(known) or known.startswith(key)), None)
        if same is None or (found[same].date is None and milestone.date is not None):
            found[same or key] = milestone
    return sorted(found.values(), key=lambda milestone: milestone.place.start)


def find_events(text: str, passages: Passages) -> list[Event]:
    """Return the events that ``text`` greets or gives the day of, in order."""
    events: list[Event] = []
    place = 0
    low = text.lower()
    greetings = _GREETING.finditer(text) if any(word in low for word in _GREETING_WORDS) else ()
    for greeting in greetings:
        if greeting.start() >= place:
            events += _list_of_events(text, greeting.end(), passages)
            place = events[-1].end if events else place
    return [*events, *_with_day(text, events, passages)]


def _named(outline: Outline) -> Iterator[Milestone]:
    passages = passages_of(outline)
    for clean in [joined([line.clean for line in outline.part.title])] if outline.part.title else []:
        for event in find_events(clean.text, passages):
            place = outline.cite(clean, event.start, event.end)
            yield Milestone(place=place, name=event.name(clean.text), date=event.date)
    for passage in passages:
        if not passage.is_within(*_WITHOUT_GREETINGS):
            yield from _in_passage(passage, passages)


def _in_passage(passage: Passage, passages: Passages) -> Iterator[Milestone]:
    for event in find_events(passage.text, passages):
        place = passage.cite(event.start, event.end)
        yield Milestone(place=place, name=event.name(passage.text), date=event.date)


def _list_of_events(text: str, place: int, passages: Passages) -> list[Event]:
    """Return the events that follow one another from ``place``, parted by commas, semicolons or "và"."""
    events: list[Event] = []
    while event := _event_at(text, place, passages):
        events.append(event)
        after = _NEXT_OF_LIST.match(text, event.end)
        if after is None:
            break
        place = after.end()
    return events


def _event_at(text: str, place: int, passages: Passages) -> Event | None:
    lead = _BEFORE_NAME.match(text, place)
    start = lead.end() if lead else place
    if _EVENT.match(text, start) is None:
        return None
    end = _NAME_ENDS.search(text, start + _SHORTEST_NAME, start + _LONGEST_NAME)
    start, name_end = trimmed(text, start, end.start() if end else start + _LONGEST_NAME)
    return _with_its_day(text, start, name_end, passages)


def _with_its_day(text: str, start: int, name_end: int, passages: Passages) -> Event:
    trailing = _TRAILING_DAY.search(text, start, name_end)
    if trailing:
        day = passages.dated(Partial(month=int(trailing["month"]), day=int(trailing["day"])))
        return Event(start, trailing.start(), name_end, day.iso if day.possible else None)
    bracket = _BRACKET.match(text, name_end)
    if bracket:
        date = day_of_bracket(bracket["bracket"], passages)
        return Event(start, name_end, bracket.end() if date else name_end, date)
    held = _HELD_ON.match(text, name_end)
    dates = find_dates(text[held.end() : held.end() + 40]) if held else []
    if held and dates and dates[0].start == 0:
        return Event(start, name_end, held.end() + dates[0].end, passages.dated(dates[0].partial).iso)
    return Event(start, name_end, name_end, None)


def day_of_bracket(bracket: str, passages: Passages) -> str | None:
    """Return the day a bracket behind a name gives: this year's of "(19/8/1945 - 19/8/2025)", or "(20/11)"."""
    dates = find_dates(bracket)
    for span in find_ranges(bracket, dates):
        if (
            span.kind is RangeKind.ANNIVERSARY
            or (span.last.partial.year or 0) - (span.first.partial.year or 0) > 1
        ):
            is_term = passages.years and (span.last.partial.year or 0) > passages.years[-1]
            return (
                None if is_term else _this_year(span.first.value, span.last.value)
            )  # «khóa X (2023 - 2028)»
    if len(dates) == 1 and dates[0].partial.month is not None:
        return passages.dated(dates[0].partial).iso
    return None


def _this_year(first: str, last: str) -> str:
    """Return the later end; "(03/02/1930 - 2025)" takes day and month from the earlier."""
    return last + first[4:] if len(last) == len("2025") else last


def _with_day(text: str, known: list[Event], passages: Passages) -> Iterator[Event]:
    """Yield "Ngày … (20/11)" and the like that nothing greets."""
    for bracket in _BRACKET.finditer(text):
        if any(event.start < bracket.end() <= event.end for event in known):
            continue
        dates = find_dates(bracket["bracket"])
        before = list(_DAY_NAME.finditer(text, max(0, bracket.start() - _LONGEST_NAME), bracket.start()))
        if dates and before:
            date = day_of_bracket(bracket["bracket"], passages)
            start, name_end = trimmed(text, before[-1].start(), bracket.start())
            if date:
                yield Event(start, name_end, bracket.end(), date)


_DAY_NAME = re.compile(r"(?:\d+\s+năm\s+)?(?:Ngày\s+(?!\d)[^\W\d_]|Quốc\s+khánh)")


def _key(name: str) -> str:
    """Return what tells one event from another, however its name begins."""
    return re.sub(r"\W+", " ", _KEY_LEAD.sub("", fold(name), count=1)).strip()
