"""Ruled tables on PDF pages: the lines drawn around cells tell which text belongs to which."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from thidua.documents.pdf_lines import PdfLine

_THIN = 3.0  # points: a rule is no thicker
_SHORTEST = 6.0
_NEAR = 3.0
_MOST_OBJECTS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, as the box it fills."""

    left: float
    low: float
    right: float
    high: float

    @property
    def is_flat(self) -> bool:
        return self.high - self.low <= _THIN < self.right - self.left

    @property
    def is_upright(self) -> bool:
        return self.right - self.left <= _THIN < self.high - self.low


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns' edges from left to right and the rows' edges from top to bottom."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def cell_of(self, line: PdfLine) -> tuple[int, int] | None:
        """Return the row and column that ``line`` stands in, None outside the table."""
        column = bisect_right(self.columns, (line.left + min(line.right, line.left + line.size)) / 2) - 1
        row = self._row_at(line.base + line.size / 3)
        return (row, column) if row is not None and 0 <= column < len(self.columns) - 1 else None

    def edges_at(self, height: float) -> tuple[float, ...]:
        """Return the columns' edges where the table reaches ``height``."""
        return () if self._row_at(height) is None else self.columns

    def _row_at(self, height: float) -> int | None:
        row = bisect_right([-edge for edge in self.rows], -height) - 1
        return row if 0 <= row < len(self.rows) - 1 else None


def grids_of(page: pdfium.PdfPage) -> list[Grid]:
    """Return the tables of ``page`` that have at least two cells."""
    rules = list(_rules(page))
    return [grid for group in _touching(rules) if (grid := _grid(group)) is not None]


def _rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    count = raw.FPDFPage_CountObjects(page.raw)
    for place in range(min(count, _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, place)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(item, left, low, right, high):
            yield from _sides(Rule(left.value, low.value, right.value, high.value))


def _sides(box: Rule) -> Iterator[Rule]:
    """Return the rule itself, or the four sides of a box drawn in one stroke."""
    if box.is_flat or box.is_upright:
        yield box
    elif box.right - box.left > _SHORTEST and box.high - box.low > _SHORTEST:
        yield Rule(box.left, box.low, box.right, box.low)
        yield Rule(box.left, box.high, box.right, box.high)
        yield Rule(box.left, box.low, box.left, box.high)
        yield Rule(box.right, box.low, box.right, box.high)


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """Part the rules into drawings that go on without a break, from the top of the page down."""
    groups: list[list[Rule]] = []
    lowest = 0.0
    for rule in sorted(rules, key=lambda rule: -rule.high):
        if groups and rule.high >= lowest - _NEAR:
            groups[-1].append(rule)
            lowest = min(lowest, rule.low)
        else:
            groups.append([rule])
            lowest = rule.low
    return groups


def _grid(rules: list[Rule]) -> Grid | None:
    columns = _edges(rule.left for rule in rules if rule.is_upright)
    rows = _edges(rule.low for rule in rules if rule.is_flat)
    cells = (len(columns) - 1) * (len(rows) - 1)
    return Grid(columns, tuple(reversed(rows))) if len(columns) > 1 and len(rows) > 1 and cells > 1 else None


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """Join places that are nearly the same, as the two borders of neighbouring cells are."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return tuple(edges)
