"""Numbers of awards set out as a table: a column for collectives, one for individuals, or one for each form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.figures import figure_of
from thidua.core.plans.forms import Form, find_forms
from thidua.core.plans.groups import Kind
from thidua.core.plans.items import Figure, Place, cite
from thidua.core.plans.outline import Node
from thidua.core.plans.paragraphs import Cell
from thidua.core.plans.passages import Passage
from thidua.core.text.folding import fold
from thidua.core.text.numbers import Comparison, Measure, find_measures

_NUMBERS = re.compile(r"\b(?:tap the|ca nhan|ho gia dinh|so luong|(?:giay|bang) khen|co thi dua|danh hieu)\b")
_NO_NUMBER = re.compile(
    r"(?:s?tt|so tt|ghi chu|don vi(?: tinh)?|mau|diem)\b|.*\b(?:tien|dong|muc thuong|diem)\b"
)
_ORDINAL = re.compile(r"\b(?:s?tt|so tt)\b")
_TOTAL = re.compile(
    r"(?:tong(?: (?:cong|so))?|cong|toan (?:tinh|nganh|so))\b(?! (?:ty|cuc|an|dong|doan|chuc))"
)
_FIGURE = re.compile(
    r"(?:không\s+(?:quá|vượt\s+quá)|tối\s+đa|≤)?\s*\d{1,4}(?:\s*[-–]\s*\d{1,4})?(?:\s*[^\W\d]+){0,3}",
    re.IGNORECASE,
)
_EITHER: tuple[Kind, ...] = ("collective", "individual")
_NAMES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("tập thể", ("collective",)),
    ("cá nhân", ("individual",)),
    ("hộ gia đình", ("household",)),
)


@dataclass(frozen=True, slots=True)
class RowCount:
    """One number of a row that ``name`` heads: for whom, of which form, for which unit, as far as the table tells."""

    name: str
    text: str
    measure: Measure
    kinds: tuple[Kind, ...]
    form: Form | None
    per: str | None

    @property
    def is_ceiling(self) -> bool:
        return self.measure.op in (Comparison.AT_MOST, Comparison.LESS)

    @property
    def figure(self) -> Figure:
        return figure_of(self.measure)


def is_row_of_numbers(node: Node) -> bool:
    """Whether a row stands in a table whose columns give numbers of awards."""
    return node.row is not None and any(_column_counts(cell) for cell in node.row.cells)


def place_of_row(passage: Passage) -> Place:
    """Return where the cells of a row stand, without the bars around them."""
    row = passage.node.row
    if row is None:
        return passage.outline.cite_node(passage.node)
    return cite(passage.outline.source, row.start, row.end)


def counts_of_row(node: Node, bearer: tuple[Kind, ...] = ()) -> Iterator[RowCount]:
    """Yield the numbers of a row of a table, none of a row of totals; ``bearer`` is whom the heading above names."""
    cells = node.row.cells if node.row else ()
    figures = [cell for cell in cells if _column_counts(cell) and _FIGURE.fullmatch(cell.text)]
    name = next((cell.text for cell in cells if cell not in figures and _is_name(cell)), "")
    if any(_TOTAL.match(fold(cell.text)) for cell in cells if cell not in figures):
        return
    own = next(iter(find_forms(name, 0, len(name))), None)
    for cell in figures:
        measure = next(iter(find_measures(cell.text)), None)
        if measure is not None:
            kinds = _kinds_of_column(cell.heading)
            headed = next(iter(find_forms(cell.heading, 0, len(cell.heading))), None)
            text = _said(name, cell.text, kinds)
            per = None if own else name
            yield RowCount(name, text, measure, kinds or bearer or _EITHER, own or headed, per)


def _column_counts(cell: Cell) -> bool:
    words = fold(cell.heading)
    return _NUMBERS.search(words) is not None and _NO_NUMBER.match(words) is None


def _is_name(cell: Cell) -> bool:
    return bool(cell.text) and _ORDINAL.search(fold(cell.heading)) is None


def _kinds_of_column(heading: str) -> tuple[Kind, ...]:
    words = heading.lower()
    return tuple(kind for name, kinds in _NAMES if name in words for kind in kinds)


def _said(name: str, figure: str, kinds: tuple[Kind, ...]) -> str:
    """Return the number in words that stand alone: "Các phòng: 02 tập thể"."""
    counted = next((word for word, one in _NAMES if one == kinds), "")
    behind = "" if not counted or counted in figure.lower() else f" {counted}"
    return f"{name}: {figure}{behind}"
