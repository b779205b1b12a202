"""Stretches of time as plans say them: "từ … đến …", whose ends are dates or events."""

import re
from dataclasses import dataclass

from thidua.core.plans.passages import Passage, Passages
from thidua.core.text.dates import DateMention, DateRange, RangeKind

_FROM_WORD = re.compile(r"(?:kể\s+từ|tính\s+từ|bắt\s+đầu\s+từ|từ)\s*$", re.IGNORECASE)
_OPEN = re.compile(
    r"""(?<!\w)(?:kể\s+|tính\s+|bắt\s+đầu\s+)?từ\s+(?:ngày\s+)?(?P<from>[^,;:()“”]{2,90}?)
    \s+(?:(?:cho\s+)?(?:đến|tới)\s+(?:khi\s+)?|(?:và\s+)?kết\s+thúc\s+(?:vào\s+)?(?=(?:ngày\s+)?\d))
    (?P<to>[^,;:()“”]{2,90}?)(?=[,;:()“”]|\.(?:\s|/|$)|\s(?:chào|nhằm|thi|với|để|lập|hướng|gồm|và|theo|tại)\s|\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
_ONE_END = re.compile(
    r"(?<!\w)(?:(?P<since>kể\s+từ|bắt\s+đầu\s+từ|từ)|(?P<until>(?:cho\s+)?đến\s+hết|đến|kết\s+thúc(?:\s+vào)?(?:\s+ngày)?))\s*$",
    re.IGNORECASE,
)
# An end in words must speak of time: not "từ tỉnh đến cơ sở", "từ khâu gieo trồng đến thu hoạch".
_TIME_WORDS = re.compile(
    r"""(?<!\w)(?:học\s+kỳ|năm\s+học|đầu\s+năm|cuối\s+năm|hết\s+năm|kết\s+thúc|khi|nay|ngày\s+(?:ký|ban\s+hành|phát\s+động
    |khai\s+giảng|khai\s+mạc)|ký|phát\s+động|ban\s+hành|khai\s+giảng|bế\s+giảng|tổng\s+kết|sơ\s+kết|đại\s+hội|khai\s+mạc
    |bế\s+mạc|thành\s+công|hoàn\s+thành|tết|vụ\s+(?:đông|xuân|hè|mùa)|ngày\s+bầu\s+cử|hết\s+dịch)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_AND = re.compile(r"\s*(?:,|và)\s*", re.IGNORECASE)
_TRAILING = re.compile(r"\s*(?:hết\s+)?(?:ngày\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of time in a paragraph; an end is a date, or an event in words, or open."""

    start: int
    end: int
    from_: str | None = None
    to: str | None = None
    from_event: str | None = None
    to_event: str | None = None
    derived: bool = False


def spans_in(passages: Passages, passage: Passage, start: int, end: int) -> list[TimeSpan]:
    """Return the stretches of time in ``passage.text[start:end]``, in order; anniversaries are none."""
    dated = [_of_range(passages, passage, span) for span in passage.ranges_in(start, end) if _is_period(span)]
    taken = [(span.start, span.end) for span in dated]
    worded = [
        _of_words(passages, passage, match)
        for match in (
            _OPEN.finditer(passage.text, start, end) if passage.says("đến", "tới", "kết thúc") else ()
        )
        if not any(left < match.end() and match.start() < right for left, right in taken)
    ]
    return sorted([*dated, *(span for span in worded if span is not None)], key=lambda span: span.start)


def one_date_in(passages: Passages, passage: Passage, start: int, end: int) -> TimeSpan | None:
    """Return the first date as a stretch of its own: "quý III/2025" lasts from its start to its end."""
    for mention in passage.dates_in(start, end):
        if mention.impossible:
            continue  # 31/02/2025: told as a slip, no end of anything
        value = passages.date_of(passage, mention).iso or None
        side = _ONE_END.search(passage.text, start, mention.start)
        if side is not None and value:
            since = side["since"] is not None
            return TimeSpan(side.start(), mention.end, value if since else None, None if since else value)
        if value and mention.partial.day is None:
            last = _joined_with(passage, mention)
            until = passages.date_of(passage, last).iso if last else value
            return TimeSpan(mention.start, last.end if last else mention.end, value, until)
    return None


def _joined_with(passage: Passage, mention: DateMention) -> DateMention | None:
    """Return the quarter that "quý I và quý II" names last."""
    after = next((one for one in passage.dates if one.start >= mention.end), None)
    joined = after is not None and _AND.fullmatch(passage.text, mention.end, after.start) is not None
    return after if joined and after and after.partial.quarter and mention.partial.quarter else None


def _is_period(span: DateRange) -> bool:
    return span.kind is RangeKind.PERIOD and not (span.first.impossible or span.last.impossible)


def _of_range(passages: Passages, passage: Passage, span: DateRange) -> TimeSpan:
    since = _FROM_WORD.search(passage.text, max(0, span.start - 14), span.start)
    return TimeSpan(
        since.start() if since else span.start,
        span.end,
        passages.date_of(passage, span.first).iso or None,
        passages.date_of(passage, span.last).iso or None,
    )


def _of_words(passages: Passages, passage: Passage, match: re.Match[str]) -> TimeSpan | None:
    first = _date_in_group(passage, match, "from")
    last = _date_in_group(passage, match, "to")
    words = [match[name] for name, mention in (("from", first), ("to", last)) if mention is None]
    if not all(_TIME_WORDS.search(side) for side in words) or (
        first is None and last is None and _vague(match)
    ):
        return None
    from_ = passages.date_of(passage, first).iso if first else None
    to = passages.date_of(passage, last).iso if last else None
    own_day = passages.day_of_event(match["from"]) if first is None else None
    derived = own_day is not None
    return TimeSpan(
        match.start(),
        match.end("to"),
        own_day or from_,
        to,
        None if first or derived else match["from"].strip(),
        None if last else match["to"].strip(),
        derived,
    )


def _vague(match: re.Match[str]) -> bool:
    return re.search(r"học\s+kỳ|phát\s+động|ngày|kết\s+thúc", match.group(), re.IGNORECASE) is None


def _date_in_group(passage: Passage, match: re.Match[str], name: str) -> DateMention | None:
    """Return the date that one end is: it stands at the start of the end's words, "hết ngày" aside."""
    start, end = match.span(name)
    for mention in passage.dates:
        if mention.impossible:
            continue
        if start - len("ngày ") <= mention.start < end and not passage.text[start : mention.start].strip():
            return mention
        if start <= mention.start < end and _TRAILING.fullmatch(passage.text, start, mention.start):
            return mention
    return None
