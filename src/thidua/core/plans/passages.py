"""The paragraphs of a plan with the dates in them, and the year a date without one must mean."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from thidua.core.plans.clauses import Span
from thidua.core.plans.items import Place
from thidua.core.plans.outline import Node, Outline
from thidua.core.text.dates import DateMention, DateRange, Partial, RangeKind, find_dates, find_ranges

_SCHOOL_YEAR = re.compile(r"năm\s+học", re.IGNORECASE)
_NEXT_YEAR = re.compile(
    r"\s*(?:của\s+)?năm\s+(?:sau|tới|kế\s+tiếp|tiếp\s+theo|liền\s+kề)(?!\w)", re.IGNORECASE
)
_SCHOOL_YEAR_BEGINS = 8
_OF_PLACE = re.compile(r"[^\W\d_]\s*,\s*$")


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One paragraph, mark included; places are those of ``text``."""

    outline: Outline
    node: Node
    text: str
    dates: tuple[DateMention, ...]
    ranges: tuple[DateRange, ...]

    @property
    def start(self) -> int:
        """Where the words after the mark begin."""
        return self.node.text_at

    def cite(self, start: int, end: int) -> Place:
        return self.outline.cite(self.node.clean, start, end)

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        return [date for date in self.dates if start <= date.start and date.end <= end]

    def ranges_in(self, start: int, end: int) -> list[DateRange]:
        return [span for span in self.ranges if start <= span.start and span.end <= end]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """All paragraphs between title and closing, and the years the plan is for."""

    outline: Outline
    years: tuple[int, ...]
    school_year: bool
    own_day: str | None
    all: tuple[Passage, ...]

    def __iter__(self) -> Iterator[Passage]:
        return iter(self.all)

    def dated(self, partial: Partial) -> Partial:
        """Give ``partial`` the plan's year if it has none; left as it is when the plan's year is not one."""
        if partial.year is not None or not self.years:
            return partial
        first, last = self.years[0], self.years[-1]
        if self.school_year and partial.iso:
            return partial.with_year(first if partial.first_month >= _SCHOOL_YEAR_BEGINS else last)
        return partial.with_year(first) if first == last or not partial.iso else partial

    def date_of(self, passage: Passage, mention: DateMention) -> Partial:
        """Return the date ``mention`` stands for in the plan: its own year, the next ("năm sau"), or the plan's."""
        dated = self.dated(mention.partial)
        if mention.partial.year is None and dated.year and _NEXT_YEAR.match(passage.text, mention.end):
            return replace(dated, year=dated.year + 1)
        return dated


@lru_cache(maxsize=1)
def passages_of(outline: Outline) -> Passages:
    """Return the passages of ``outline``. Several readers ask for them in turn: the last answer is kept."""
    years, school_year = years_of(outline)
    passages = tuple(_passage(outline, node) for node in outline.nodes)
    day = own_day_of(outline)
    return Passages(outline, years, school_year, day.iso if day else None, passages)


def _passage(outline: Outline, node: Node) -> Passage:
    text = node.clean.text
    dates = find_dates(text)
    return Passage(outline, node, text, tuple(dates), tuple(find_ranges(text, dates)))


def years_of(outline: Outline) -> tuple[tuple[int, ...], bool]:
    """Return the years the document is for, and whether they are a school year.

    They stand in the title; a launching document without them is for the year of its own date, else for
    the year it names most.
    """
    title = " ".join(line.text for line in outline.part.title)
    years = _years_in_title(title)
    school_year = _SCHOOL_YEAR.search(title) is not None
    if years or not outline.is_launch_plan:
        return years, school_year
    own = own_day_of(outline)
    return ((own.year,) if own and own.year else _most_named(outline)), school_year


def _years_in_title(title: str) -> tuple[int, ...]:
    dates = find_dates(title)
    spans = find_ranges(title, dates)
    anniversaries = [(span.start, span.end) for span in spans if span.kind is RangeKind.ANNIVERSARY]
    years = {
        date.partial.year
        for date in dates
        if date.partial.year and date.partial.day is None and not _inside(date, anniversaries)
    }
    return tuple(sorted(years))


def _inside(date: DateMention, spans: list[Span]) -> bool:
    return any(start <= date.start < end for start, end in spans)


def own_day_of(outline: Outline) -> Partial | None:
    """Return the day the document bears beside its place ("Hà Nội, ngày …"), or None."""
    days = [
        (not _OF_PLACE.search(line.text, 0, date.start), date.partial)
        for line in (*outline.header, *outline.part.closing)
        for date in find_dates(line.text)
        if date.partial.day and date.partial.year and not date.impossible
    ]
    return min(days, key=lambda day: day[0])[1] if days else None


def _most_named(outline: Outline) -> tuple[int, ...]:
    named = Counter(
        date.partial.year
        for node in outline.nodes
        for date in find_dates(node.clean.text)
        if date.partial.year
    )
    return (named.most_common(1)[0][0],) if named else ()
