"""Optical recognition of scans by tesseract with its Vietnamese data, where this machine has both.

Recognised lines come with their places on paper, so that all that is made for lines of a PDF serves them.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium

from thidua.documents.pdf_lines import PdfLine

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
_MOST_DOTS = 24_000_000
#: Of the height of a line of text, from its lowest tail to its highest accent, so much is the letters' size.
_SIZE_SHARE = 0.8
_TAIL_SHARE = 0.25
_LEAST_CONFIDENCE = 25  # of 100; below it tesseract has seen specks
_WORD = "5"
_WHOLE_PAGE = "1\t"
_COLUMNS = 12
_COLUMN_GAP = 1.5  # times the height of letters


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as seen, its box in dots from the upper left corner."""

    line: tuple[str, ...]
    left: int
    right: int
    top: int
    height: int
    text: str


def can_recognise() -> bool:
    """Whether tesseract and its Vietnamese data are here."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False)  # noqa: S603 -- fixed
    return b"vie" in listed.stdout.split()


def recognised_page(page: pdfium.PdfPage, number: int) -> list[PdfLine]:
    """Return the lines seen on ``page`` (``number`` from 0), with places in points."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True)
    try:
        rows = bytes(picture.buffer)
        grey = b"".join(rows[at : at + picture.width] for at in range(0, len(rows), picture.stride))
        header = f"P5 {picture.width} {picture.height} 255\n".encode()
        return _lines(_seen(header + grey), number, 1 / scale, height)
    finally:
        picture.close()


def recognised_picture(content: bytes) -> tuple[list[PdfLine], float]:
    """Return the lines seen on a photograph or a scan saved as a picture, and its width."""
    table = _seen(content)
    points = _POINTS_PER_INCH / _DOTS_PER_INCH
    page = next((row.split("\t") for row in table.splitlines() if row.startswith(_WHOLE_PAGE)), None)
    return _lines(table, 0, points, 0.0), int(page[8]) * points if page else 0.0


def _seen(picture: bytes) -> str:
    """Return tesseract's table of words."""
    # On few and busy cores its threads wait for each other many times longer than they work.
    done = subprocess.run(  # noqa: S603 -- the picture goes in as bytes, no part of the command
        ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", str(_DOTS_PER_INCH), "tsv"],  # noqa: S607 -- found by can_recognise
        input=picture,
        capture_output=True,
        check=False,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", errors="replace")


def _lines(table: str, number: int, points: float, height: float) -> list[PdfLine]:
    """Build lines from the table's words; ``points`` is the size of a dot, ``height`` that of the page."""
    words = [word for row in table.splitlines()[1:] if (word := _word(row.split("\t"))) is not None]
    if not words:
        return []
    # One size for the page: how high a line stands depends on the accents and tails it happens to have.
    tall = sorted(word.height for word in words)[len(words) // 2]
    return [
        PdfLine(
            " ".join(word.text for word in part),
            number,
            part[0].left * points,
            part[-1].right * points,
            height - (max(word.top for word in part) + tall * (1 - _TAIL_SHARE)) * points,
            tall * _SIZE_SHARE * points,
            bold=False,
        )
        for _, line in groupby(words, key=lambda word: word.line)
        for part in _columns(list(line), _COLUMN_GAP * tall)
    ]


def _columns(line: list[_Word], gap: float) -> Iterator[list[_Word]]:
    """Part a line where a wide blank stands in it."""
    begin = 0
    for place in range(1, len(line)):
        if line[place].left - line[place - 1].right > gap:
            yield line[begin:place]
            begin = place
    yield line[begin:]


def _word(row: list[str]) -> _Word | None:
    """Read one row: level, page, block, paragraph, line, word, box (four), confidence, text."""
    if len(row) != _COLUMNS or row[0] != _WORD or not row[-1].strip() or float(row[10]) < _LEAST_CONFIDENCE:
        return None
    left, top, width, height = map(int, row[6:10])
    return _Word(tuple(row[1:5]), left, left + width, top, height, row[-1])
