"""The paragraphs of a plan with the dates in them, and the year a date without one must mean."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from thidua.core.plans.areas import Area, area_of
from thidua.core.plans.clauses import Span, clauses
from thidua.core.plans.header import read_issued_on, read_promulgation
from thidua.core.plans.items import Place
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.roles import Role
from thidua.core.plans.titles import read_years
from thidua.core.text.dates import DateMention, DateRange, Partial, find_dates, find_ranges

_SCHOOL_YEAR = re.compile(r"năm\s+học", re.IGNORECASE)
_NEXT_YEAR = re.compile(
    r"\s*(?:của\s+)?năm\s+(?:sau|tới|kế\s+tiếp|tiếp\s+theo|liền\s+kề)(?!\w)", re.IGNORECASE
)
_SCHOOL_YEAR_BEGINS = 8
_LAUNCHING_WORDS = ("LOI_PHAT_DONG", "NOI_DUNG_PHAT_DONG")
_LAUNCH = re.compile(r"(?:(?:ngày|lễ|buổi|khi|được)\s+)*(?:phát\s+động|hôm\s+nay|nay)(?!\w)", re.IGNORECASE)
_OWN_ISSUE = re.compile(
    r"(?:ngày\s+)?(?:ký(?:\s+ban\s+hành)?|ban\s+hành|nay|hôm\s+nay)"
    r"(?:\s+(?:ban\s+hành\s+)?(?:kế\s+hoạch|văn\s+bản|công\s+văn|chỉ\s+thị|quyết\s+định|thông\s+báo|hướng\s+dẫn)(?:\s+này)?){0,2}",
    re.IGNORECASE,
)

_BASIS = re.compile(
    r"(?:căn\s+cứ|thực\s+hiện|theo|xét)\s+(?:đề\s+nghị|luật|nghị|quyết|thông|kế|công|chỉ|hướng|văn)",
    re.IGNORECASE,
)


def _begins(mention: DateMention | DateRange) -> int:
    return mention.start


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One paragraph, mark included; places are those of ``text``."""

    outline: Outline
    node: Node
    text: str
    low: str
    dates: tuple[DateMention, ...]
    ranges: tuple[DateRange, ...]
    clauses: tuple[Span, ...]
    area: Area
    in_preamble: bool

    @property
    def start(self) -> int:
        """Where the words after the mark begin."""
        return self.node.text_at

    @property
    def is_basis(self) -> bool:
        """Whether the paragraph tells what the document rests on: its dates are those of other documents."""
        return self.in_preamble and _BASIS.match(self.text) is not None

    def says(self, *words: str) -> bool:
        """Whether the paragraph holds one of ``words``, in small letters: asked before any dearer search."""
        low = self.low
        for word in words:  # noqa: SIM110 -- asked some thousand times a document: half the time of any()
            if word in low:
                return True
        return False

    def is_within(self, *roles: Role) -> bool:
        """Whether a heading above (or the paragraph's own label) says one of ``roles``."""
        return not self.area.within.isdisjoint(roles)

    def cite(self, start: int, end: int) -> Place:
        return self.outline.cite(self.node.clean, start, end)

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        first = bisect_left(self.dates, start, key=_begins)
        return [
            date for date in self.dates[first : bisect_left(self.dates, end, key=_begins)] if date.end <= end
        ]

    def ranges_in(self, start: int, end: int) -> list[DateRange]:
        first = bisect_left(self.ranges, start, key=_begins)
        return [
            span
            for span in self.ranges[first : bisect_left(self.ranges, end, key=_begins)]
            if span.end <= end
        ]


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

    def day_of_event(self, words: str) -> str | None:
        """Return the day of an event that is the document's own: its signing, or the launch a letter speaks at."""
        launches = self.outline.part.kind in _LAUNCHING_WORDS and _LAUNCH.match(words)
        return self.own_day if launches or _OWN_ISSUE.fullmatch(words.strip()) else None

    def date_of(self, passage: Passage, mention: DateMention) -> Partial:
        """Return the date ``mention`` stands for in the plan: its own year, the next ("năm sau"), or the plan's."""
        dated = self.dated(mention.partial)
        if mention.partial.year is None and dated.year and _NEXT_YEAR.match(passage.text, mention.end):
            return replace(dated, year=dated.year + 1)
        return dated


@lru_cache(maxsize=1)
def passages_of(outline: Outline) -> Passages:
    """Return the passages of ``outline``. Several readers ask for them in turn: the last answer is kept."""
    years = read_years(outline)
    preamble = {id(node) for node in outline.preamble}
    every = tuple(_passage(outline, node, in_preamble=id(node) in preamble) for node in outline.nodes)
    return Passages(
        outline=outline,
        years=tuple(years[0]) if years else _commonest_year(every),
        school_year=any(_SCHOOL_YEAR.search(line.text) for line in outline.part.title),
        own_day=_own_day(outline),
        all=every,
    )


def _own_day(outline: Outline) -> str | None:
    """Return the day a document was signed, else that of the decision it is issued with."""
    if day := read_issued_on(outline):
        return str(day.value)
    promulgation = read_promulgation(outline)
    return promulgation.date if promulgation else None


def _commonest_year(passages: Iterable[Passage]) -> tuple[int, ...]:
    """Return the year most days of a document bear that names none for itself."""
    days = (date.partial for passage in passages for date in passage.dates if date.partial.day)
    years = Counter(day.year for day in days if day.year is not None)
    return (years.most_common(1)[0][0],) if years else ()


def _passage(outline: Outline, node: Node, *, in_preamble: bool) -> Passage:
    text = node.clean.text
    dates = find_dates(text)
    return Passage(
        outline=outline,
        node=node,
        text=text,
        low=node.low,
        dates=tuple(dates),
        ranges=tuple(find_ranges(text, dates)),
        clauses=tuple(clauses(text, node.text_at)),
        area=area_of(node),
        in_preamble=in_preamble,
    )
