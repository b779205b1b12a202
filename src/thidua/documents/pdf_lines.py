"""The lines of a PDF page with their places on paper, in points from the lower left corner."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from re import compile as pattern

import pypdfium2 as pdfium
from pypdfium2 import raw

#: A blank so many times the letter's size parts two columns rather than two words.
_COLUMN_GAP = 1.6
#: Letters stand closer than this on average (in their size) unless something wide is between them.
_USUAL_ADVANCE = 0.56
_BEYOND_STRETCHED = 2.5
_TELLING_BLANKS = 4
_NEAR = 1.0
#: PDFium puts this for a hyphen at the end of a line and leaves out the line's end.
_HYPHEN_AT_END = "\ufffe"
_LINES = pattern("[^\n\ufffe]*(?:\n|\ufffe)|[^\n\ufffe]+$")
_BOLD_WEIGHT = 600
_FONT_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line, or the part of one that stands in one column."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool

    @property
    def advance(self) -> float:
        """The mean width of a letter."""
        return (self.right - self.left) / max(len(self.text), 1)


#: Tells at which places from left to right a table's rules cross a line at this height.
Edges = Callable[[float], Sequence[float]]


def lines_of(page: pdfium.PdfPage, number: int, edges: Edges = lambda _: ()) -> list[PdfLine]:
    """Return the lines of ``page`` (``number`` from 0) in the order they were written, cut at ``edges``."""
    text_page = page.get_textpage()
    try:
        reader = _LineReader(text_page, number, edges)
        return [line for start, end in reader.spans() for line in reader.lines(start, end)]
    finally:
        text_page.close()


class _LineReader:
    def __init__(self, text_page: pdfium.PdfTextPage, number: int, edges: Edges) -> None:
        self._edges = edges
        self._page = text_page.raw
        self._number = number
        self._text: str = text_page.get_text_range()
        self._left, self._right, self._low, self._high = (ctypes.c_double() for _ in range(4))
        self._font = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._flags = ctypes.c_int()
        # A letter beyond the basic plane would shift all places after it; such pages go without exact places.
        self._exact = len(self._text) == text_page.count_chars()

    def spans(self) -> Iterator[tuple[int, int]]:
        """Return where each line begins and ends, blanks around it left out."""
        start = 0
        for piece in _LINES.findall(self._text):
            line = piece.strip()
            if line:
                begin = start + piece.index(line)
                yield begin, begin + len(line)
            start += len(piece)

    def lines(self, start: int, end: int) -> Iterator[PdfLine]:
        whole = self._line(start, end)
        if not self._exact or whole.size <= 0:
            yield whole
            return
        crossing = [edge for edge in self._edges(whole.base) if whole.left < edge < whole.right]
        # PDFium takes short texts of a table for one line even when they stand in two rows.
        level = abs(self._box(end - 1)[2] - whole.base) < whole.size / 2
        if level and not crossing and 0 <= whole.advance < _USUAL_ADVANCE * whole.size:
            yield whole
            return
        blanks = [place for place in range(start + 1, end - 1) if self._text[place] == " "]
        widest = max(_COLUMN_GAP * whole.size, self._stretched(blanks) * _BEYOND_STRETCHED)
        begin = start
        for place in blanks:
            if self._parts(place, whole.size, widest, crossing):
                yield self._line(begin, place)
                begin = place + 1
        yield whole if begin == start else self._line(begin, end)

    def _stretched(self, blanks: list[int]) -> float:
        """Return the usual width of the blanks of a line, which may be stretched to fill it; 0 for few."""
        widths = sorted(self._box(place + 1)[0] - self._box(place - 1)[1] for place in blanks)
        return widths[len(widths) // 2] if len(widths) >= _TELLING_BLANKS else 0.0

    def _parts(self, place: int, size: float, widest: float, crossing: list[float]) -> bool:
        """Whether the blank at ``place`` stands between two columns or rows."""
        _, left, base = self._box(place - 1)
        right, _, after = self._box(place + 1)
        return (
            abs(after - base) > size / 2
            or right - left > widest
            or any(left - _NEAR <= edge <= right + _NEAR for edge in crossing)
        )

    def _line(self, start: int, end: int) -> PdfLine:
        text = self._text[start:end].strip().replace(_HYPHEN_AT_END, "-")
        if not self._exact:
            return PdfLine(text, self._number, 0, 0, 0, 0, bold=False)
        left, _, base = self._box(start)
        right = self._box(end - 1)[1]
        size = raw.FPDFText_GetFontSize(self._page, start)
        return PdfLine(
            text, self._number, left, right, base, size, self._is_bold(start) and self._is_bold(end - 1)
        )

    def _box(self, place: int) -> tuple[float, float, float]:
        """Return left, right and base of one letter."""
        raw.FPDFText_GetCharBox(self._page, place, self._left, self._right, self._low, self._high)
        left, right = self._left.value, self._right.value
        raw.FPDFText_GetCharOrigin(self._page, place, self._low, self._high)
        return left, right, self._high.value

    def _is_bold(self, place: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._page, place) >= _BOLD_WEIGHT:
            return True
        length = raw.FPDFText_GetFontInfo(
            self._page, place, self._font, _FONT_NAME_BYTES, ctypes.byref(self._flags)
        )
        return 0 < length <= _FONT_NAME_BYTES and b"bold" in self._font.value.lower()
