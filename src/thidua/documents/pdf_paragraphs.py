"""Lines of a page back to paragraphs, from where they end and begin on paper.

A line was broken by the margin when the first word of the next one would not have fitted on it any more.
Where it would have fitted, the writer broke the line: a new paragraph.
"""

from dataclasses import dataclass
from itertools import pairwise
from re import compile as pattern

from thidua.documents.pdf_lines import PdfLine

_ITEM = pattern(
    r"(?:[-–+*•●○▪■◦➢✓]\s|[IVXLC]{1,6}[.)/-]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]?\s+\S|[a-zđ][.)]\s|"
    r"(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+|"
    r"Căn cứ\s|Nơi nhận|Kính gửi|Số:)"
)
_ENDED = pattern(r"[.;:!?…][”\"’')\]]*$")
_CUT_NUMBER = pattern(r"\w[-/]$")  # «NĐ-» at the end of a line goes on without a blank
_INDENT = 6.0  # points by which a first line stands in
_DEEPEST_INDENT = 60.0
_FAR_IN = 0.3  # of the width: a line that begins farther in is no first line of a paragraph
_TOLERANCE = 3.0
_TELLING_LINES = 4
_REACHING_SHARE = 0.1
_USUAL_RIGHT = 0.9  # of the page's width: 20 mm on A4
_LEADING = 1.5  # a step so many times the usual one begins a paragraph
_FARTHEST_STEP = 4  # times the letters' size; beyond it no two lines follow each other
_CAPITALS_SHARE = 0.8
_TELLING_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of the document begins and ends on a line."""

    left: float
    right: float


def margins_of(lines: list[PdfLine], width: float) -> Margins:
    """Return the margins that lines keep to, on pages of ``width``; a few longer lines do not count.

    Where too few lines reach the right margin to show it, it is taken to be as narrow as papers have it.
    """
    if not lines:
        return Margins(0, width)
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    right = rights[-1 - len(rights) // 50]
    reaching = sum(1 for each in rights if abs(each - right) <= _INDENT)
    shown = reaching >= max(_TELLING_LINES, len(rights) * _REACHING_SHARE)
    return Margins(lefts[len(lefts) // 20], right if shown else max(right, width * _USUAL_RIGHT))


def goes_on(line: PdfLine, after: PdfLine, margins: Margins, pitch: float) -> bool:
    """Whether ``after`` continues the paragraph of ``line``, in a column between ``margins``.

    ``pitch`` is the usual distance between the lines of a paragraph; it does not count across pages.
    """
    if line.size <= 0 or after.size <= 0 or not _may_follow(line, after, pitch):
        return False
    stands_in = after.left > line.left + _INDENT
    if _ITEM.match(after.text) and (stands_in or _ENDED.search(line.text)):
        return False
    if not _is_full(line, after, margins.right) or _set_at_the_right(line, after, margins):
        return False
    return not (stands_in and _ENDED.search(line.text))


def _set_at_the_right(line: PdfLine, after: PdfLine, margins: Margins) -> bool:
    """Whether ``line`` reaches the right margin because it was set there, not because it was full."""
    far_in = line.left > margins.left + _FAR_IN * (margins.right - margins.left)
    return far_in and (after.left < line.left - _DEEPEST_INDENT or abs(line.right - after.right) < _INDENT)


def _may_follow(line: PdfLine, after: PdfLine, pitch: float) -> bool:
    if abs(line.size - after.size) > 1 or {_is_upper(line.text), _is_upper(after.text)} == {True, False}:
        return False
    if after.page != line.page:
        return True
    down = line.base - after.base
    overlap = min(line.right, after.right) - max(line.left, after.left)
    return 0 < down <= _LEADING * max(pitch, line.size) and overlap > 0


def _is_full(line: PdfLine, after: PdfLine, right: float) -> bool:
    """Whether the first word of ``after`` would have gone beyond ``right`` on ``line``."""
    word = after.text.split(" ", 1)[0]
    return line.right + (len(word) + 1) * min(after.advance, after.size) > right - _TOLERANCE


def _is_upper(text: str) -> bool | None:
    """Whether ``text`` is in capitals; None where a few letters tell nothing."""
    letters = [letter for letter in text if letter.isalpha()]
    return (
        sum(map(str.isupper, letters)) > _CAPITALS_SHARE * len(letters)
        if len(letters) >= _TELLING_LETTERS
        else None
    )


def joined(lines: list[PdfLine]) -> str:
    """Return the text of one paragraph, a number cut after its hyphen put together again."""
    text = ""
    for line in lines:
        cut = _CUT_NUMBER.search(text) and line.text[:1].isalnum()
        text += line.text if cut or not text else f" {line.text}"
    return text


def pitch_of(lines: list[PdfLine]) -> float:
    """Return the distance from line to line that most lines of the document keep."""
    steps = sorted(
        step
        for line, after in pairwise(lines)
        if line.page == after.page
        and 0 < (step := line.base - after.base) < _FARTHEST_STEP * max(line.size, 1)
    )
    return steps[len(steps) // 2] if steps else 0.0
