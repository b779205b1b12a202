"""Targets set out as a table: a name, its unit of measure and the figure to reach, each in its own cell."""

import re
from collections.abc import Iterator

from thidua.core.plans.figures import figure_of, operation_of
from thidua.core.plans.items import Target
from thidua.core.plans.paragraphs import Cell
from thidua.core.plans.passages import Passage
from thidua.core.plans.roles import Role
from thidua.core.text.folding import fold
from thidua.core.text.numbers import find_measures

_TARGETS = re.compile(r"\bchi tieu\b|\bmuc tieu\b")
_NAME = re.compile(r"\b(?:chi tieu|muc tieu|noi dung|tieu chi)\b")
_UNIT = re.compile(
    r"\b(?:don vi(?: tinh)?(?! (?:duoc|thuc hien|chu tri|phu trach|giao|dau moi))|dvt|dv tinh)\b"
)
_AIMED = re.compile(r"\b(?:ke hoach|phan dau|muc tieu|giao|can dat|ca nam|chi tieu (?:nam|dat))\b")
_NO_FIGURE = re.compile(r"\b(?:stt|tt|so tt|diem|thang diem|thoi han|thoi gian|kinh phi|ghi chu)\b")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_PART = re.compile(r"(?<!\d)20\d\d(?!\d)|(?:giai\s+đoạn|đợt|học\s+kỳ)\s+[\dIV]+", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:thuc hien|ket qua|uoc|da dat|hien trang|so voi|tang|giam)\b"
)  # of the time before
_FIGURE = re.compile(
    r"(?:(?:≥|≤|>|<|từ|trên|dưới|tối thiểu|ít nhất|không quá)\s*)?"
    r"[\d.,]+\s*%?(?:\s*[-–]\s*[\d.,]+\s*%?)?(?:\s+\D{0,25})?"
)


def targets_of_row(passage: Passage, years: tuple[int, ...] = ()) -> Iterator[Target]:
    """Yield the targets that a row tells, one for each year with a column of its own.

    A row of another kind of table tells none; ``years`` are the plan's: what was before is no aim.
    """
    row = passage.node.row
    if row is None or not any(_TARGETS.search(fold(cell.heading)) for cell in row.cells):
        return
    if passage.is_within(Role.AWARDS, Role.AWARD_COUNT):
        return
    name = next(
        (cell for cell in row.cells if _NAME.search(fold(cell.heading)) and not _is_figure(cell)), None
    )
    unit = next((cell for cell in row.cells if _UNIT.search(fold(cell.heading))), None)
    figures = [cell for cell in row.cells if cell not in (name, unit) and _is_figure(cell)]
    aimed = _of_years(figures, years) or _aimed(figures)
    for cell in aimed if name else ():
        said = f"{cell.text} {unit.text}" if unit else cell.text
        measure = next(iter(find_measures(said)), None)
        if measure is not None and name is not None:
            when = f" ({cell.heading})" if len(aimed) > 1 else ""
            yield Target(
                place=passage.outline.cite_node(passage.node),
                text=f"{name.text}{when}: {said}",
                op=operation_of(measure),
                value=figure_of(measure),
                unit=measure.unit or (unit.text if unit else None),
            )


def _is_figure(cell: Cell) -> bool:
    return _NO_FIGURE.search(fold(cell.heading)) is None and _FIGURE.fullmatch(cell.text) is not None


def _aimed(figures: list[Cell]) -> list[Cell]:
    """Return the cell of the plan, not of the year before; without a heading that says so the last."""
    named = [cell for cell in figures if _AIMED.search(fold(cell.heading))]
    return (named or figures)[-1:]


def _of_years(figures: list[Cell], years: tuple[int, ...]) -> list[Cell]:
    """Return the cells of the years to come where each has its column, or each of several rounds."""
    first = min(years, default=0)
    parted = [
        cell for cell in figures if _PART.search(cell.heading) and not _REACHED.search(fold(cell.heading))
    ]
    coming = [
        cell for cell in parted if not (year := _YEAR.search(cell.heading)) or int(year.group()) >= first
    ]
    return coming if len(parted) > 1 and len({cell.heading for cell in coming}) == len(coming) else []
