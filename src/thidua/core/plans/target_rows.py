"""Targets set out as a table: a name, its unit of measure and the figure to reach, each in its own cell."""

import re

from thidua.core.plans.figures import figure_of, operation_of
from thidua.core.plans.items import Target
from thidua.core.plans.paragraphs import Cell
from thidua.core.plans.passages import Passage
from thidua.core.text.folding import fold
from thidua.core.text.numbers import find_measures

_TARGETS = re.compile(r"\bchi tieu\b|\bmuc tieu\b")
_NAME = re.compile(r"\b(?:chi tieu|muc tieu|noi dung|tieu chi)\b")
_UNIT = re.compile(r"\b(?:don vi(?: tinh)?|dvt|dv tinh)\b")
_AIMED = re.compile(r"\b(?:ke hoach|phan dau|muc tieu|giao|can dat|ca nam|chi tieu (?:nam|dat))\b")
_NO_FIGURE = re.compile(r"\b(?:stt|tt|so tt|diem|thang diem|thoi han|thoi gian|kinh phi|ghi chu)\b")
_FIGURE = re.compile(
    r"(?:(?:≥|≤|>|<|từ|trên|dưới|tối thiểu|ít nhất|không quá)\s*)?"
    r"[\d.,]+\s*%?(?:\s*[-–]\s*[\d.,]+\s*%?)?(?:\s+\D{0,25})?"
)


def target_of_row(passage: Passage) -> Target | None:
    """Return the target that a row tells; None for a row of another kind of table."""
    row = passage.node.row
    if row is None or not any(_TARGETS.search(fold(cell.heading)) for cell in row.cells):
        return None
    name = next(
        (cell for cell in row.cells if _NAME.search(fold(cell.heading)) and not _is_figure(cell)), None
    )
    unit = next((cell for cell in row.cells if _UNIT.search(fold(cell.heading))), None)
    aimed = _aimed([cell for cell in row.cells if cell not in (name, unit) and _is_figure(cell)])
    if name is None or aimed is None:
        return None
    said = f"{aimed.text} {unit.text}" if unit else aimed.text
    measure = next(iter(find_measures(said)), None)
    if measure is None:
        return None
    return Target(
        place=passage.outline.cite_node(passage.node),
        text=f"{name.text}: {said}",
        op=operation_of(measure),
        value=figure_of(measure),
        unit=measure.unit or (unit.text if unit else None),
    )


def _is_figure(cell: Cell) -> bool:
    return _NO_FIGURE.search(fold(cell.heading)) is None and _FIGURE.fullmatch(cell.text) is not None


def _aimed(figures: list[Cell]) -> Cell | None:
    """Return the cell of the plan, not of the year before; without a heading that says so the last."""
    named = [cell for cell in figures if _AIMED.search(fold(cell.heading))]
    return (named or figures)[-1] if figures else None
