"""Rounds set out as a table: a column of ordinals or names, one of the time, perhaps one of the theme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.clauses import Span
from thidua.core.plans.paragraphs import Cell, Row
from thidua.core.plans.passages import Passage, Passages
from thidua.core.plans.rounds import HEAD
from thidua.core.plans.spans import TimeSpan, one_date_in, spans_in
from thidua.core.text.folding import fold

_KINDS = "dot|giai doan|chang|cao diem|chien dich|hoc ky|buoc|quy|thang"
# The head of the column that tells the round: «Đợt», «Các đợt thi đua», «Tên giai đoạn».
_ROUND_HEADING = re.compile(
    rf"(?P<lead>(?:(?:cac|ten) )*)(?P<kind>{_KINDS})(?: (?:thi dua|cao diem|so|thu))*"
)
_THEME_HEADING = re.compile(r"\b(?:chu de|chu diem|khau hieu|ten goi|ten (?:dot|phong trao|giai doan))\b")
_TIME_HEADING = re.compile(r"\b(?:thoi (?:gian|diem|ky)|tien do|tu ngay|ngay|thang)\b")
_OTHER_TIME = re.compile(r"\b(?:ho so|nop|gui|bao cao|hoan thanh|thoi han|han)\b")
_BARE_ORDINAL = re.compile(r"(?:số\s+|thứ\s+)?(?:0?\d{1,2}|[IVX]{1,4}|một|hai|ba|bốn|nhất|tư)", re.IGNORECASE)
_CALLED_BY_NUMBER = ("thang", "quy")  # of a calendar every plan has: rounds only where they have a theme
_ROUND_WORDS = re.compile(r"thi\s+đua|đợt|cao\s+điểm|chiến\s+dịch|giai\s+đoạn|ngày\s+đêm", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"](?P<name>[^”\"]+)[”\"]")


@dataclass(frozen=True, slots=True)
class RoundRow:
    """The round of one row: what it is called, its theme where a column tells one, and when it is."""

    name: str
    theme: str | None
    span: TimeSpan


def round_of_row(passages: Passages, passage: Passage) -> RoundRow | None:
    """Return the round a row of a table tells of; None for a row about anything else."""
    row = passage.node.row
    if row is None or not passage.dates:
        return None
    headed = _under_its_heading(row)
    return _headed(passages, passage, row, headed) if headed else _named(passages, passage, row)


def _under_its_heading(row: Row) -> tuple[Cell, re.Match[str]] | None:
    for cell in row.cells:
        if cell.text and (heading := _ROUND_HEADING.fullmatch(fold(cell.heading).strip(" .:"))):
            return cell, heading
    return None


def _headed(
    passages: Passages, passage: Passage, row: Row, headed: tuple[Cell, re.Match[str]]
) -> RoundRow | None:
    cell, heading = headed
    theme = next((one for one in row.cells if _THEME_HEADING.search(fold(one.heading))), None)
    if heading["kind"] in _CALLED_BY_NUMBER and theme is None:
        return None
    span = _time(passages, passage, row)
    if span is None:
        return None
    quoted = _QUOTED.search(cell.text)
    said = theme.text.strip(' “”".;') if theme and theme is not cell else quoted["name"] if quoted else ""
    return RoundRow(_name(cell, heading), said or None, span)


def _name(cell: Cell, heading: re.Match[str]) -> str:
    """Return the name in a cell: «Đợt 1» of «1» below «Đợt», else its own words."""
    if _BARE_ORDINAL.fullmatch(cell.text):
        words = cell.heading.split()[len(heading["lead"].split()) :][: len(heading["kind"].split())]
        return f"{' '.join(words).capitalize()} {cell.text}"
    head = HEAD.match(cell.text)
    return " ".join((head["name"] if head else cell.text).split())


def _time(passages: Passages, passage: Passage, row: Row) -> TimeSpan | None:
    """Return the stretch of time in the cell below a heading of time, else the only one of the row."""
    other = False
    for cell, place in _places(row):
        heading = fold(cell.heading)
        if _OTHER_TIME.search(heading):
            other = True
        elif _TIME_HEADING.search(heading):
            spans = spans_in(passages, passage, *place)
            return spans[0] if spans else one_date_in(passages, passage, *place)
    spans = [] if other else spans_in(passages, passage, 0, len(passage.text))
    return spans[0] if len(spans) == 1 else None


def _places(row: Row) -> Iterator[tuple[Cell, Span]]:
    """Yield each filled cell with its place in the text of the row."""
    at = 0
    for cell in row.cells:
        if cell.text:
            yield cell, (at, at + len(cell.text))
            at += len(cell.text) + 1


def _named(passages: Passages, passage: Passage, row: Row) -> RoundRow | None:
    """Return the round of a row in which some cell speaks of one: «Đợt cao điểm “…”»."""
    spans = spans_in(passages, passage, 0, len(passage.text))
    named = [cell for cell in row.cells if _ROUND_WORDS.search(cell.text)]
    if len(spans) != 1 or not named:
        return None
    quoted = _QUOTED.search(named[0].text)
    return RoundRow(quoted["name"] if quoted else named[0].text, None, spans[0])
