"""Tables of tasks: rows of cells under headings, from markdown bars or from a word processor's cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, zip_longest

from thidua.core.plans.lines import Clean, Line, cleaned, joined
from thidua.core.plans.paragraphs import Cell, Paragraph, Row, is_upper
from thidua.core.plans.source import Source
from thidua.core.text.folding import fold

_BARRED = re.compile(r"\|.*\|")
_BARS_INSIDE = re.compile(r"[^|]+(?: \|[^|]*){2,}")  # «1 | Lễ ra quân | Các thôn | 08/3»: no bars at the ends
_BAR = re.compile(r"\|")
_HEADING_WORDS = (
    "s?tt", "so tt", "noi dung", "cong viec", "nhiem vu", "hoat dong", "chu tri", "phoi hop", "thoi gian",
    "thoi han", "tien do", "don vi", "ghi chu", "chi tieu", "muc tieu", "san pham", "ket qua", "dau moi",
    "nguoi phu trach", "co quan", "hoan thanh", "tieu chi", "diem", "dia diem",
)  # fmt: skip
_HEADINGS = re.compile(rf"\b(?:{'|'.join(_HEADING_WORDS)})\b")
# Heads that are common words elsewhere: only a cell that says nothing else counts.
_HEADING_NAMES = (
    "dot", "giai doan", "chang", "hoc ky", "cao diem", "dot cao diem", "thang", "quy", "buoc", "chu de", "chu diem",
    "ten goi", "khau hieu", "hang muc", "phan viec", "cong trinh", "truoc ngay", "ngay",
)  # fmt: skip
_WHOLE_HEADING = re.compile(
    rf"(?:(?:cac|ten) )*(?:{'|'.join(_HEADING_NAMES)})(?: (?:thi dua|thuc hien|phat dong|cua dot))*[ .:]*"
)
# Whose number a column gives, the whole cell: «Tập thể», «Số lượng cá nhân», «Giấy khen».
_KINDS = (
    r"tap the|ca nhan|ho(?: gia dinh)?|(?:giay|bang) khen(?: [^,;.]{1,40})?|danh hieu(?: [^,;.]{1,30})?"
    r"|hinh thuc(?: khen(?: thuong)?)?"
)
_KIND_CELL = re.compile(rf"(?:so luong|so|cac)?(?: cac)? ?(?:{_KINDS})(?: ?[,/] ?(?:{_KINDS}))?|so luong")
_LEAST_HEADINGS = 2
_TAB = re.compile(r"\t")
_LEAST_TABS = 2
_HEADING_LINES = 3  # of an annex: «PHỤ LỤC», its name and the name's second line

TableRow = tuple[list[Clean], list[Line]]


def with_layout_tables_opened(source: Source, lines: Sequence[Line]) -> list[Line]:
    """Return the lines, the rows of barred tables that only lay out a header or a signature cut into cells."""
    opened: list[Line] = []
    for barred, group in groupby(lines, key=is_barred):
        table = list(group)
        if barred and not _has_headings(_barred_cells(source.text, table[0])):
            opened.extend(cell for line in table for cell in _cell_lines(source.text, line))
        else:
            opened.extend(table)
    return opened


def _cell_lines(text: str, line: Line) -> Iterator[Line]:
    for cell in _barred_cells(text, line):
        if cell.text:
            start, end = cell.span(0, len(cell.text))
            yield replace(line, start=start, end=end, clean=cell)


def is_barred(line: Line) -> bool:
    """Say whether a line is a row of a markdown table."""
    text = line.text
    if "|" not in text or line.is_cell:
        return False
    return (_BARRED.fullmatch(text) or _BARS_INSIDE.fullmatch(text)) is not None


def is_tabbed(text: str, line: Line) -> bool:
    """Say whether a line is a row pasted from a word processor, its cells parted by tabs."""
    return not line.is_cell and text.count("\t", line.start, line.end) >= _LEAST_TABS


def layout_of(text: str, line: Line) -> str:
    """Return what kind of table a line is a row of; empty where it is none."""
    if line.is_cell:
        return "cells"
    return "bars" if is_barred(line) else "tabs" if is_tabbed(text, line) else ""


def annexed_tables(text: str, lines: Sequence[Line]) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Yield the tables set out in an annex, each with the words above it; its other text and its forms are left."""
    above: list[Line] = []
    for tabular, group in groupby(lines, key=lambda line: layout_of(text, line)):
        each = list(group)
        if not tabular:
            above = each
        elif above and (rows := table_of(text, each)):
            named = [line for line in above if is_upper(line.text)][-_HEADING_LINES:] or above[:1]
            yield Paragraph(joined([line.clean for line in named]), tuple(named)), rows


def table_of(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """Return the rows of one table, all of ``lines``, below its headings; nothing where it has no headings."""
    if lines[0].is_cell:
        rows = list(_grid(lines))
    else:
        parts = _barred_cells if is_barred(lines[0]) else _tabbed_cells
        rows = [(parts(text, line), [line]) for line in lines]
    if not rows or not _has_headings(rows[0][0]):
        return []
    names = [cell.text for cell in rows[0][0]]
    if rows[1:] and _names_kinds(rows[1][0]):
        parting = [cell.text for cell in rows.pop(1)[0]]
        names = [" ".join(filter(None, parts)) for parts in zip_longest(names, parting)]
    return [_row_paragraph(row, names) for row in rows[1:] if _is_filled(row, names)]


def _has_headings(cells: Sequence[Clean]) -> bool:
    return sum(1 for cell in cells if cell.text and _is_heading(fold(cell.text))) >= _LEAST_HEADINGS


def _is_heading(words: str) -> bool:
    return any((_HEADINGS.search(words), _WHOLE_HEADING.fullmatch(words), _KIND_CELL.fullmatch(words)))


def _names_kinds(cells: Sequence[Clean]) -> bool:
    """Say whether a row below the headings parts them further: «Giấy khen» into «Tập thể», «Cá nhân»."""
    words = [fold(cell.text) for cell in cells if cell.text]
    return len(words) >= _LEAST_HEADINGS and all(map(_KIND_CELL.fullmatch, words))


def _is_filled(row: TableRow, names: Sequence[str]) -> bool:
    """Say whether a row holds anything; headings repeated on a further page do not count."""
    texts = [cell.text for cell in row[0]]
    return any(texts) and texts != list(names)


def _row_paragraph(row: TableRow, names: Sequence[str]) -> Paragraph:
    cells, lines = row
    filled = [cell for cell in cells if cell.text]
    start, end = filled[0].place(0), filled[-1].place(len(filled[-1].text) - 1) + 1
    named = zip(cells, [*names, *[""] * len(cells)], strict=False)
    return Paragraph(
        joined(filled), tuple(lines), None, Row(tuple(Cell(cell, name) for cell, name in named), start, end)
    )


def _barred_cells(text: str, line: Line) -> list[Clean]:
    bars = [match.start() for match in _BAR.finditer(text, line.start, line.end)]
    if not line.text.startswith("|"):
        bars = [line.start - 1, *bars]
    if not line.text.endswith("|"):
        bars = [*bars, line.end]
    return [cleaned(text, bar + 1, after) for bar, after in pairwise(bars)]


def _tabbed_cells(text: str, line: Line) -> list[Clean]:
    tabs = [match.start() for match in _TAB.finditer(text, line.start, line.end)]
    return [cleaned(text, start, end) for start, end in pairwise([line.start, *tabs, line.end])]


def _grid(lines: Sequence[Line]) -> Iterator[TableRow]:
    """Yield the rows of a word processor's table; the lines of one cell are joined."""
    for _, group in groupby(lines, key=lambda line: line.block.row):
        row = list(group)
        cells: dict[int, list[Clean]] = {}
        for line in row:
            cells.setdefault(line.block.column or 0, []).append(line.clean)
        yield [joined(cells[at]) if at in cells else Clean("", (), ()) for at in range(max(cells) + 1)], row
