"""Tables of tasks: rows of cells under headings, from markdown bars or from a word processor's cells."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from thidua.core.plans.lines import Clean, Line, cleaned, joined
from thidua.core.plans.paragraphs import Cell, Paragraph, Row
from thidua.core.text.folding import fold

_BARRED = re.compile(r"\|.*\|")
_BAR = re.compile(r"\|")
_HEADINGS = re.compile(
    r"\b(?:s?tt|so tt|noi dung|cong viec|nhiem vu|hoat dong|chu tri|phoi hop|thoi (?:gian|han)|tien do|don vi|ghi chu|"
    r"chi tieu|muc tieu|san pham|ket qua|dau moi|nguoi phu trach|co quan|hoan thanh|tieu chi|diem|dia diem)\b"
)
_LEAST_HEADINGS = 2


def is_barred(line: Line) -> bool:
    """Say whether a line is a row of a markdown table."""
    return not line.is_cell and _BARRED.fullmatch(line.text) is not None


def table_of(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """Return the rows of one table, all of ``lines``, as paragraphs; layout tables give their cells' paragraphs."""
    rows = [_barred_cells(text, line) for line in lines] if is_barred(lines[0]) else list(_grid(lines))
    headings = [fold(cell.text) for cell in rows[0]] if rows else []
    if sum(1 for heading in headings if _HEADINGS.search(heading)) < _LEAST_HEADINGS:
        return []
    names = [cell.text for cell in rows[0]]
    return [_row_paragraph(cells, names, lines) for cells in rows[1:] if any(cell.text for cell in cells)]


def _row_paragraph(cells: Sequence[Clean], names: Sequence[str], lines: Sequence[Line]) -> Paragraph:
    filled = [cell for cell in cells if cell.text]
    start, end = filled[0].place(0), filled[-1].place(len(filled[-1].text) - 1) + 1
    own = tuple(line for line in lines if line.start < end and line.end > start)
    row = Row(
        tuple(Cell(cell, name) for cell, name in zip(cells, [*names, *[""] * len(cells)], strict=False)),
        start,
        end,
    )
    return Paragraph(joined(filled), own, None, row)


def _barred_cells(text: str, line: Line) -> list[Clean]:
    bars = [match.start() for match in _BAR.finditer(text, line.start, line.end)]
    return [cleaned(text, bar + 1, after) for bar, after in pairwise(bars)]


def _grid(lines: Sequence[Line]) -> Iterator[list[Clean]]:
    """Yield the rows of a word processor's table; the lines of one cell are joined."""
    for _, row in groupby(lines, key=lambda line: line.block.row):
        cells: dict[int, list[Clean]] = {}
        for line in row:
            cells.setdefault(line.block.column or 0, []).append(line.clean)
        yield [joined(cells[at]) if at in cells else Clean("", (), ()) for at in range(max(cells) + 1)]
