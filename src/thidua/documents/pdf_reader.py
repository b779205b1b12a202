"""Reads a PDF: lines put back into paragraphs, page numbers and running heads taken out of sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

from thidua.core.plans.source import Source
from thidua.documents.errors import (
    BrokenFileError,
    EmptyFileError,
    EncryptedFileError,
    PictureFileError,
    ScannedFileError,
)
from thidua.documents.layout import Layout
from thidua.documents.notices import notice
from thidua.documents.pdf_columns import columns_in_order
from thidua.documents.pdf_furniture import furniture_of
from thidua.documents.pdf_lines import PdfLine, lines_of
from thidua.documents.pdf_paragraphs import Margins, goes_on, joined, margins_of, pitch_of
from thidua.documents.pdf_tables import Grid, grids_of
from thidua.documents.recognition import can_recognise, recognised_page, recognised_picture

KIND = "PDF"
_PASSWORD_ERRORS = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})
_CENTRED = 8.0  # points off the middle that still count as centred


@dataclass(slots=True)
class _Page:
    lines: list[PdfLine]
    grids: list[Grid]
    drawn: bool
    width: float = 0.0

    def grid_of(self, line: PdfLine) -> Grid | None:
        """Return the table that ``line`` stands in."""
        return next((grid for grid in self.grids if grid.cell_of(line) is not None), None)


def read_pdf(content: bytes, name: str, *, recognise: bool = False) -> Source:
    """Read the whole document. Raises a DocumentError for what cannot be read.

    ``recognise`` lets pages without text be read by optical recognition, where this machine has it.
    """
    document = _opened(content, name)
    try:
        pages = [_page(document, number) for number in range(len(document))]
        notices = _scanned(document, pages, name, recognise=recognise)
    finally:
        document.close()
    composer = _Composer(pages)
    composer.compose()
    return composer.layout.source([*notices, *composer.notices])


def _opened(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise EncryptedFileError(name=name, kind=KIND) from error
        raise BrokenFileError(name=name, kind=KIND) from error


def _page(document: pdfium.PdfDocument, number: int) -> _Page:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return _Page([], [], drawn=False)
    try:
        grids = grids_of(page)
        lines = lines_of(
            page, number, lambda height: [edge for grid in grids for edge in grid.edges_at(height)]
        )
        return _Page(lines, grids, raw.FPDFPage_CountObjects(page.raw) > 0, page.get_width())
    finally:
        page.close()


def _scanned(document: pdfium.PdfDocument, pages: list[_Page], name: str, *, recognise: bool) -> list[str]:
    """Tell of pages without text, or have them recognised; raise where no page has any text."""
    bare = [number for number, page in enumerate(pages) if page.drawn and not page.lines]
    if not bare and not any(page.lines for page in pages):
        raise EmptyFileError(name=name)
    if not bare:
        return []
    if recognise and can_recognise():
        for number in bare:
            pages[number].lines = recognised_page(document[number], number)
        return [notice("read_by_ocr")]
    if not any(page.lines for page in pages):
        raise ScannedFileError(name=name, pages=len(pages), recognisable=int(can_recognise()))
    return [notice("scanned_pages", pages=", ".join(str(number + 1) for number in bare))]


def read_picture(content: bytes, name: str, kind: str) -> Source:
    """Read a picture of one page by optical recognition. Raises PictureFileError where no text is seen."""
    lines, width = recognised_picture(content) if can_recognise() else ([], 0.0)
    if not lines:
        raise PictureFileError(name=name, kind=kind, recognisable=int(can_recognise()))
    composer = _Composer([_Page(lines, [], drawn=True, width=width)])
    composer.compose()
    return composer.layout.source([notice("read_by_ocr"), *composer.notices])


class _Composer:
    """Puts the lines of all pages together."""

    def __init__(self, pages: list[_Page]) -> None:
        self._pages = pages
        self._furniture = furniture_of(
            [[line for line in page.lines if page.grid_of(line) is None] for page in pages]
        )
        self._body = [
            columns_in_order([line for line in page.lines if not self._furniture.holds(line)])
            for page in pages
        ]
        loose = [line for lines in self._body for line in lines if line.size > 0]
        self._margins = margins_of(loose, max((page.width for page in pages), default=0.0))
        self._pitch = pitch_of(loose)
        self._rows_before = 0
        self._last_columns: tuple[float, ...] = ()
        self.layout = Layout()
        self.notices: list[str] = []

    def compose(self) -> None:
        for line in self._furniture.heads:
            self.layout.add(line.text, "header", bold=line.bold)
        for grid, lines in self._stretches():
            if grid is None:
                self._last_columns = ()
                for group in self._paragraphs(lines, self._margins):
                    self._add(group)
            else:
                self._table(grid, lines)
        for line in self._furniture.feet:
            self.layout.add(line.text, "footer", bold=line.bold)
        if self._furniture.numbers:
            self.notices.append(notice("page_numbers_left_out", count=len(self._furniture.numbers)))
        if self._furniture.repeated:
            self.notices.append(notice("running_heads_moved"))

    def _stretches(self) -> Iterator[tuple[Grid | None, list[PdfLine]]]:
        """Return the body as stretches inside one table, and outside of any: these go on over pages."""
        placed = (
            (page.grid_of(line), line)
            for page, lines in zip(self._pages, self._body, strict=True)
            for line in lines
        )
        for grid, group in groupby(placed, key=lambda pair: pair[0]):
            yield grid, [line for _, line in group]

    def _paragraphs(self, lines: Iterable[PdfLine], margins: Margins) -> list[list[PdfLine]]:
        groups: list[list[PdfLine]] = []
        for line in lines:
            if groups and goes_on(groups[-1][-1], line, margins, self._pitch):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _add(self, group: list[PdfLine]) -> None:
        self.layout.add(
            joined(group),
            "paragraph" if len(group) > 1 else "line",
            bold=all(line.bold for line in group),
            centred=all(_is_centred(line, self._margins) for line in group),
        )

    def _table(self, grid: Grid, lines: list[PdfLine]) -> None:
        """Add the cells row by row; a table that goes on over the page goes on counting its rows."""
        goes_on_here = self._last_columns == tuple(map(round, grid.columns))
        first_row = self._rows_before if goes_on_here else 0
        cells: dict[tuple[int, int], list[PdfLine]] = {}
        for line in lines:
            if (cell := grid.cell_of(line)) is not None:
                cells.setdefault(cell, []).append(line)
        for (row, column), inside in sorted(cells.items()):
            inside.sort(key=lambda line: (-round(line.base), line.left))
            for group in self._paragraphs(inside, Margins(*grid.columns[column : column + 2])):
                self.layout.add(
                    joined(group),
                    "cell",
                    bold=all(line.bold for line in group),
                    row=first_row + row,
                    column=column,
                )
        self._last_columns = tuple(map(round, grid.columns))
        self._rows_before = first_row + len(grid.rows) - 1


def _is_centred(line: PdfLine, margins: Margins) -> bool:
    middle = (margins.left + margins.right) / 2
    stands_in = line.left > margins.left + 2 * _CENTRED
    return stands_in and abs((line.left + line.right) / 2 - middle) <= _CENTRED
