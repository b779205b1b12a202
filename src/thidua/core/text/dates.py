"""Dates, ranges of dates and repeated dates in Vietnamese text, each with its place; nothing is corrected.

The text is expected in NFC. Every function is linear in its length.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from thidua.core.text.partial import Partial

__all__ = [
    "DateMention",
    "DateRange",
    "Edge",
    "Every",
    "Partial",
    "RangeKind",
    "Recurrence",
    "find_dates",
    "find_ranges",
    "find_recurrences",
    "years_within",
]


class Edge(StrEnum):
    """Which part of the date the words single out: "đầu năm", "giữa tháng 5", "hết quý III"."""

    NONE = ""
    START = "start"
    MIDDLE = "middle"
    END = "end"


class RangeKind(StrEnum):
    PERIOD = "period"
    ANNIVERSARY = "anniversary"
    """The same day in two years, "(28/8/1945-28/8/2020)": one event, never a period."""
    YEARS = "years"
    """Two years, "giai đoạn 2021 - 2025", "năm học 2023-2024"."""


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as written, at the precision stated; ``time`` is "17:00" where an hour stands by it."""

    start: int
    end: int
    partial: Partial
    edge: Edge = Edge.NONE
    time: str = ""

    @property
    def value(self) -> str:
        return self.partial.iso

    @property
    def impossible(self) -> bool:
        return not self.partial.possible


@dataclass(frozen=True, slots=True)
class DateRange:
    """Two dates joined by "đến" or a dash; a year said once counts for both."""

    start: int
    end: int
    first: DateMention
    last: DateMention
    kind: RangeKind


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A repeated date in words: "ngày 20 hằng tháng", "chiều thứ Sáu hằng tuần", "mỗi quý một lần"."""

    start: int
    end: int
    text: str
    every: Every


YEAR = r"(?:19|20)\d{2}"
_SEP = r"\s?[/.\-]\s?"
_DASH = r"\s*[-–—−]\s*"
_TO = r"(?:\s*[-–—−]\s*|\s+(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?)"
_QUARTER = "IV|I{1,3}|[1-4]"
_NOT_EACH = r"(?<!mỗi\s)(?<!hằng\s)(?<!hàng\s)(?<!từng\s)"
_NOT_COUNTED = r"(?!\s*(?:lần|buổi|cuộc|kỳ|tin|bài|phiên)\b)"
_FULL = r"\d{1,2}(?:/\d{1,2}/|\s+tháng\s+\d{1,2})"


def _of_year(name: str) -> str:
    return rf"(?:(?:\s*[/.\-]\s*|,?\s+năm\s+|\s+)(?P<{name}>{YEAR})(?!\d))?"


def _edge_named(name: str) -> str:
    parts = r"đầu|giữa|cuối|hết|kết\s+thúc|tuần\s+(?:đầu|cuối|thứ\s+\w+|\d)|(?:thượng|trung|hạ)\s+tuần"
    return rf"(?:(?P<{name}>{parts})\s+(?:của\s+)?)?"


# Forms that begin with a figure. The names end in a letter of their own, since one expression holds them all.
_NUMERIC = "|".join(
    (
        # 30/6/2020; 19-5-2026; 28.02.2026
        rf"(?P<d_a>\d{{1,2}}){_SEP}(?P<m_a>\d{{1,2}}){_SEP}(?P<y_a>{YEAR})(?![\d/])(?!-[^\W\d])",
        # 13 tháng 7 năm 2021; 20 tháng 11
        rf"(?<!tuần\s)(?P<d_b>\d{{1,2}})\s+tháng\s+(?P<m_b>\d{{1,2}})\b{_NOT_COUNTED}{_of_year('y_b')}",
        # 6 tháng cuối năm 2024
        rf"0?6\s+tháng\s+(?P<half_c>đầu|cuối)\s+năm\b(?!\s+học)(?:\s+(?P<y_c>{YEAR})(?!\d))?",
        # 2021 - 2025
        rf"(?P<y_d>{YEAR}){_DASH}(?P<y2_d>{YEAR})(?![\d/])",
        # 7/1981
        rf"(?P<m_e>0?[1-9]|1[0-2])/(?P<y_e>{YEAR})(?![\d/])(?!-[^\W\d])",
        # 20/11
        r"(?P<d_f>\d{1,2})/(?P<m_f>\d{1,2})(?![\d/])(?!\s*%)(?!\s*\(?âm\s+lịch)",
        # ngày 20-11; từ ngày 1-5 đến ngày 2-9-2026
        r"(?P<d_n>\d{1,2})[-.](?P<m_n>\d{1,2})(?![\d/.\-]\d|\d|\s*(?:%|/|tháng|h[ằà]ng)|[-/][^\W\d])",
        # 01 - 30/10/2025, the first of them
        rf"(?P<d_g>\d{{1,2}})(?={_TO}(?:ngày\s+)?{_FULL})",
    )
)
_WORDED = "|".join(
    (
        # tháng 6/2021; tuần đầu tháng 12-2026; tháng 3
        rf"{_edge_named('edge_h')}{_NOT_EACH}tháng\s+(?P<m_h>\d{{1,2}})\b{_NOT_COUNTED}{_of_year('y_h')}",
        # quý III năm 2020; quý I/2026; quý 2
        rf"{_edge_named('edge_i')}{_NOT_EACH}quý\s+(?P<q_i>{_QUARTER})\b{_NOT_COUNTED}{_of_year('y_i')}",
        # sáu tháng đầu năm
        rf"sáu\s+tháng\s+(?P<half_j>đầu|cuối)\s+năm\b(?!\s+học)(?:\s+(?P<y_j>{YEAR})(?!\d))?",
        # đầu năm; kết thúc năm 2023
        rf"(?P<edge_k>đầu|giữa|cuối|hết|kết\s+thúc)\s+năm\b(?!\s+học)(?:\s+(?P<y_k>{YEAR})(?!\d))?",
        # năm 2011 – 2016; năm học 2023-2024
        rf"năm\s+(?:học\s+)?(?P<y_l>{YEAR}){_DASH}(?P<y2_l>{YEAR})(?![\d/])",
        # năm 2020
        rf"năm\s+(?P<y_m>{YEAR})(?![\d/])",
    )
)
# What a date can begin with, looked at first: the forms are tried only there. Its first sign alone, without
# regard to case, rules out most places at a fraction of the cost.
_FIRST = r"(?=(?-i:[\dcđghkmnqstCĐGHKMNQST]))"
_BEGINS = (
    rf"{_FIRST}(?=\d|ngày\s|m[ùồ]ng\s|tháng\s|quý\s|năm\s|đầu\s|giữa\s|cuối\s|hết\s|kết\s|tuần\s|sáu\s"
    r"|(?:thượng|trung|hạ)\s+tuần\s)"
)
_ANY = re.compile(
    rf"{_BEGINS}(?:(?<![\d/.,])(?:(?=[mn])(?:ngày\s+(?:m[ùồ]ng\s+)?|m[ùồ]ng\s+))?(?=\d)(?:{_NUMERIC})|\b(?:{_WORDED}))",
    re.IGNORECASE,
)
# The groups of each form, by the letter their names end in: what each is called without it.
_PARTS = {
    form: [(name[:-2], name) for name in _ANY.groupindex if name[-1] == form] for form in "abcdefghijklmn"
}
_TWO_FIGURES = re.compile(r"\d\s*[/.\-–—−]\s*\d")
_WORDS_OF_TIME = ("tháng", "quý", "năm")
_NUMBER_SIGN = re.compile(r"\bsố\s*:?\s*$", re.IGNORECASE)
_TIME_BEFORE = re.compile(
    r"(?i)(?<!\d)(?P<hour>\d{1,2})\s*(?:giờ|h|g)\s*(?P<minute>\d{2})?(?:\s*phút)?(?:\s*,?\s*thứ\s+\w+)?\s*,?\s*$"
)
_LOOK_BACK = 28

_SURE_BEFORE = re.compile(r"(?:\bngày|\()[\s*]*$", re.IGNORECASE)
_CUE_BEFORE = re.compile(
    r"(?:\b(?:trước|sau|từ|đến|tới|hết|dịp|lễ|tết|vào|hạn|nhất|là|và|qua)|[-–—])[\s*]*$", re.IGNORECASE
)
_NO_NOUN_AFTER = re.compile(
    r"[\s*]*(?:[-–—,.;:)\]|(]|$|\n|(?:đến|tới|và|hằng|hàng|năm|tại|gửi|để|của|này|tới|là|về|phải|thì|nhằm)\b)",
    re.IGNORECASE,
)
_EDGES = {"đầu": Edge.START, "giữa": Edge.MIDDLE, "cuối": Edge.END, "hết": Edge.END, "kết": Edge.END}
_EDGES |= {"thượng": Edge.START, "hạ": Edge.END}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MINUTES_IN_HOUR = 60
_HOURS_IN_DAY = 24


def find_dates(text: str) -> list[DateMention]:
    """Find every date in ``text`` in order; dates without a year keep none.

    Impossible dates such as 31/02/2025 are among them and say so. A fraction (12/12, 1/3) or a document's
    number (06/2022/QH15) is no date.
    """
    return list(_mentions(text))


def find_ranges(text: str, dates: Sequence[DateMention] | None = None) -> list[DateRange]:
    """Find the pairs of dates joined by "đến" or a dash; ``dates`` may be given when already found."""
    mentions = find_dates(text) if dates is None else dates
    ranges: list[DateRange] = []
    for first, last in pairwise(mentions):
        if _joined(text, first, last) and not (ranges and ranges[-1].last.start == first.start):
            ranges.append(_range(text, first, last))
    return ranges


def years_within(first: Partial, last: Partial) -> tuple[Partial, Partial]:
    """Give each end of a range the parts said only at the other: "từ tháng 11 đến hết tháng 3/2022"."""
    if first.day is not None and first.month is None and last.month is not None:
        first = replace(first, month=last.month)
    if first.year is None and last.year is not None:
        later = first.iso and first.first_month > last.last_month
        first = first.with_year(last.year - 1 if later else last.year)
    elif last.year is None and first.year is not None:
        earlier = last.iso and last.last_month < first.first_month
        last = last.with_year(first.year + 1 if earlier else first.year)
    return first, last


def _mentions(text: str) -> Iterator[DateMention]:
    if not _may_hold_a_date(text):
        return
    previous_end = -1
    for match in _ANY.finditer(text):
        form = match.lastgroup[-1] if match.lastgroup else ""
        if form in _GUARDS and not _GUARDS[form](text, match, previous_end):
            continue
        parts = {short: value for short, name in _PARTS[form] if (value := match[name]) is not None}
        yield from _READERS[form](text, match, parts)
        previous_end = match.end()


def _may_hold_a_date(text: str) -> bool:
    """Whether two figures are joined, or a word of time is there: without either no form fits."""
    if _TWO_FIGURES.search(text):
        return True
    small = text.lower()
    return any(word in small for word in _WORDS_OF_TIME)


def _one(text: str, match: re.Match[str], parts: dict[str, str]) -> Iterator[DateMention]:
    half = parts.get("half")
    partial = Partial(
        year=int(parts["y"]) if "y" in parts else None,
        month=int(parts["m"]) if "m" in parts else None,
        day=int(parts["d"]) if "d" in parts else None,
        quarter=_quarter(parts["q"]) if "q" in parts else None,
        half=None if half is None else 1 if half.lower() == "đầu" else 2,
    )
    start, time = _with_time(text, match.start())
    yield DateMention(start, match.end(), partial, _edge(parts.get("edge")), time)


def _two_years(_text: str, match: re.Match[str], parts: dict[str, str]) -> Iterator[DateMention]:
    middle = match.end() - len(parts["y2"])
    first_end = match.start() + match.group().index(parts["y"]) + len(parts["y"])
    yield DateMention(match.start(), first_end, Partial(year=int(parts["y"])))
    yield DateMention(middle, match.end(), Partial(year=int(parts["y2"])))


_READERS: dict[str, Callable[[str, re.Match[str], dict[str, str]], Iterator[DateMention]]] = {
    form: _two_years if form in "dl" else _one for form in _PARTS
}


def _edge(words: str | None) -> Edge:
    if words is None:
        return Edge.NONE
    first, *_, last = (words.lower().split() * 2)[:2]
    return _EDGES.get(last if first == "tuần" else first, Edge.MIDDLE)


def _quarter(figure: str) -> int:
    return int(figure) if figure.isdigit() else _ROMAN[figure.upper()]


def _with_time(text: str, start: int) -> tuple[int, str]:
    """Return where the date begins with its hour, and the hour as "HH:MM"."""
    match = _TIME_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if match is None:
        return start, ""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > _HOURS_IN_DAY or minute >= _MINUTES_IN_HOUR:
        return start, ""
    return match.start(), f"{hour:02}:{minute:02}"


def _no_document_number(text: str, match: re.Match[str], _previous_end: int) -> bool:
    return _NUMBER_SIGN.search(text, max(0, match.start() - _LOOK_BACK), match.start()) is None


def _day_rather_than_fraction(text: str, match: re.Match[str], previous_end: int) -> bool:
    """Whether "20/11" is a day: after "ngày", in brackets, in a range, after a word of time, no noun next."""
    start, end = match.span("d_f")[0], match.end()
    if match.start() < start or _SURE_BEFORE.search(text, max(0, start - _LOOK_BACK), start):
        return True
    if _RANGE_AHEAD.match(text, end) or (previous_end >= 0 and _JOIN.fullmatch(text, previous_end, start)):
        return True
    cue = _CUE_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return cue is not None and _NO_NOUN_AFTER.match(text, end) is not None


def _first_day_of_range(text: str, match: re.Match[str], _previous_end: int) -> bool:
    start = match.start("d_g")
    return match.start() < start or _FROM_BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None


def _called_a_day(_text: str, match: re.Match[str], _previous_end: int) -> bool:
    """Whether "20-11" is a day: "ngày" stands before it and the calendar has it."""
    partial = Partial(month=int(match["m_n"]), day=int(match["d_n"]))
    return match.start() < match.start("d_n") and partial.possible


_GUARDS: dict[str, Callable[[str, re.Match[str], int], bool]] = {
    "e": _no_document_number,
    "f": _day_rather_than_fraction,
    "g": _first_day_of_range,
    "n": _called_a_day,
}
_FROM_BEFORE = re.compile(r"(?:\btừ|\()[\s*]*$", re.IGNORECASE)
_RANGE_AHEAD = re.compile(rf"{_TO}(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}\b", re.IGNORECASE)
_JOIN = re.compile(
    r"\)?[\s*]*(?:[-–—−]|(?:cho\s+)?(?:đến|tới)\b|,?\s*(?:và\s+)?kết\s+thúc\b(?:\s+vào\b)?)"
    r"[\s*]*(?:hết\s+|trước\s+)?(?:ngày\s+)?",
    re.IGNORECASE,
)
_LONG_SPAN = 5
_YEARS_ONLY = Partial(year=0)


def _joined(text: str, first: DateMention, last: DateMention) -> bool:
    return _JOIN.fullmatch(text, first.end, last.start) is not None


def _range(text: str, first: DateMention, last: DateMention) -> DateRange:
    start, end = years_within(first.partial, last.partial)
    return DateRange(
        start=first.start,
        end=last.end,
        first=replace(first, partial=start),
        last=replace(last, partial=end),
        kind=_range_kind(text[max(0, first.start - 1) : first.start], start, end),
    )


def _range_kind(before: str, first: Partial, last: Partial) -> RangeKind:
    if first.year is None or last.year is None:
        return RangeKind.PERIOD
    years = last.year - first.year
    same_day = (first.month, first.day) == (last.month, last.day)
    if years and same_day and first.month is not None:
        return RangeKind.ANNIVERSARY
    if before == "(" and years >= _LONG_SPAN and (first.month is not None or last.month is not None):
        return RangeKind.ANNIVERSARY
    only_years = replace(first, year=0) == replace(last, year=0) == _YEARS_ONLY
    return RangeKind.YEARS if only_years and years else RangeKind.PERIOD


_EVERY = {
    "ngày": Every.DAY,
    "tuần": Every.WEEK,
    "tháng": Every.MONTH,
    "quý": Every.QUARTER,
    "năm": Every.YEAR,
}
_REPEATED = re.compile(
    r"\b(?:(?:hằng|hàng|mỗi|từng)\s+(?P<every>ngày|tuần|tháng|quý|năm)\b(?!\s+học)(?:\s+(?:một|hai|\d{1,2})\s+lần)?"
    r"(?:,?\s+(?:(?:vào|trước|chậm\s+nhất(?:\s+là|\s+vào)?)\s+)?(?:ngày|mùng|mồng)\s+\d{1,2}(?![\d/.]|\s+tháng\s+\d))?"
    r"|(?:một|0?1)\s+(?P<each>tuần|tháng|quý|năm)\s+(?:một|hai|\d{1,2})\s+lần"
    r"|(?P<half>(?:0?6|sáu)\s+tháng\s+(?:một|0?1)\s+lần|định\s+kỳ\s+(?:0?6|sáu)\s+tháng)"
    r"|định\s+kỳ\s+(?P<regular>tuần|tháng|quý|năm)(?!\w)"
    r"|(?:ngày|mùng|mồng)\s+\d{1,2}\s+(?:của\s+)?tháng\s+(?:cu[ốôổó]i|đầu(?:\s+tiên)?)\s+(?:của\s+)?(?:mỗi\s+)?(?P<within>quý))",
    re.IGNORECASE,
)
_WHICH_DAY = re.compile(
    r"""(?:\b(?:sáng|chiều|tối)\s+)?
    \b(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)
      |(?:ngày\s+\d{1,2}\s*(?:,|và)\s*)*(?:ngày\s+(?:m[ùồ]ng\s+)?|m[ùồ]ng\s+)\d{1,2}(?:/\d{1,2}|\s+tháng\s+\d{1,2})?
      |\d{1,2}/\d{1,2}
      |(?:ngày|tuần|tháng)\s+(?:cuối\s+cùng|đầu\s+tiên|cuối|đầu)(?:\s+của)?
      |đầu|cuối)\s+$""",
    re.IGNORECASE | re.VERBOSE,
)


def find_recurrences(text: str) -> list[Recurrence]:
    """Find what is repeated: each with its words and how often."""
    return [_recurrence(text, match) for match in _REPEATED.finditer(text)]


def _unit_of(match: re.Match[str]) -> str:
    return (match["every"] or match["each"] or match["regular"] or match["within"]).lower()


def _recurrence(text: str, match: re.Match[str]) -> Recurrence:
    day = _WHICH_DAY.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    start = day.start() if day else match.start()
    every = Every.HALF if match["half"] else _EVERY[_unit_of(match)]
    return Recurrence(start, match.end(), text[start : match.end()], every)
