"""The pieces of a header or closing: lines cut where they stand in columns side by side, the motto taken out."""

import re
from collections.abc import Iterator, Sequence

from thidua.core.plans.lines import Clean, Line, cleaned, joined
from thidua.core.plans.outline import Outline
from thidua.core.plans.paragraphs import is_upper
from thidua.core.plans.source import Source
from thidua.core.text.letters import CAPITALS

# Wide blanks part columns, but not where a figure is left to be written in: «ngày      tháng 9», «Số:      /KH».
_LEFT_TO_WRITE = "".join(f"(?<!{word})" for word in ("ngày", "tháng", "năm", "Số", "Số:", "số", "số:"))
_COLUMNS = re.compile(rf"{_LEFT_TO_WRITE}(?:\t+|(?<!\s)\s{{3,}}|(?<!\s)\s*\|\s*)")
_MOTTOS = (
    "cộng (?:hòa|hoà) xã hội chủ nghĩa việt nam",
    r"độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc",
    "đảng cộng sản việt nam",
    r"(?<!thành )đoàn tncs hồ chí minh\Z",
)
_MOTTO = re.compile("|".join(_MOTTOS), re.IGNORECASE)
_WORD = rf"[{CAPITALS}][\w.’']*"
_END_OF_BROKEN_NAME = re.compile(rf"{_WORD}\s*,\s*ngày")
_START_OF_BROKEN_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD})?")
_BEGUN_DAY = re.compile(r"ngày\s*\d{1,2}(?:\s*tháng(?:\s*\d{1,2})?)?\Z", re.IGNORECASE)
_REST_OF_DAY = re.compile(r"(?:tháng\s*)?(?:\d{1,2}\s*)?năm\s*(?:19|20)\d{2}", re.IGNORECASE)
_BELOW_TITLE = 3


def columns(source: Source, lines: Sequence[Line]) -> list[Clean]:
    """Return the pieces of ``lines`` in the order they are read."""
    pieces: list[Clean] = []
    for line in lines:
        start = line.start
        for gap in _COLUMNS.finditer(source.text, line.start, line.end):
            pieces.append(cleaned(source.text, start, gap.start()))
            start = gap.end()
        pieces.append(cleaned(source.text, start, line.end))
    whole = _with_whole_motto(pieces)
    return [part for piece in whole for part in _without_motto(source, piece) if part.text]


def _with_whole_motto(pieces: Sequence[Clean]) -> list[Clean]:
    """Join the motto where a line breaks it: «CỘNG» / «HÒA XÃ HỘI …»."""
    kept: list[Clean] = []
    for piece in pieces:
        if kept and not _MOTTO.search(piece.text) and _MOTTO.fullmatch(f"{kept[-1].text} {piece.text}"):
            kept.append(joined([kept.pop(), piece]))
        else:
            kept.append(piece)
    return kept


def _without_motto(source: Source, piece: Clean) -> Iterator[Clean]:
    motto = _MOTTO.search(piece.text)
    if motto is None:
        yield piece
        return
    if motto.start():
        yield cleaned(source.text, piece.place(0), piece.place(motto.start() - 1) + 1)
    if motto.end() < len(piece.text):
        yield cleaned(source.text, piece.place(motto.end()), piece.place(len(piece.text) - 1) + 1)


def header_pieces(outline: Outline) -> Iterator[list[Clean]]:
    """Yield the pieces of each place where number and day may stand: header, just below the title, closing."""
    yield columns(outline.source, outline.part.header)
    yield columns(outline.source, outline.part.body[:_BELOW_TITLE])
    yield signature_pieces(outline)


def signature_pieces(outline: Outline) -> list[Clean]:
    """Return the pieces of the closing that name no recipient."""
    lines = [line for line in outline.part.closing if not line.text.startswith(("-", "–", "+", "*"))]
    return columns(outline.source, lines)


def with_broken_names(pieces: Sequence[Clean]) -> list[Clean]:
    """Join a place's name or day broken over two lines: «Sơn» / «Hà, ngày …»."""
    kept: list[Clean] = []
    for piece in pieces:
        if kept and _REST_OF_DAY.fullmatch(piece.text) and _BEGUN_DAY.search(kept[-1].text):
            kept.append(joined([kept.pop(), piece]))  # «…, ngày 05 tháng 6» / «năm 2024»
            continue
        broken = (
            kept
            and _END_OF_BROKEN_NAME.match(piece.text)
            and _START_OF_BROKEN_NAME.fullmatch(kept[-1].text)
            and not is_upper(kept[-1].text)
        )
        kept.append(joined([kept.pop(), piece]) if broken else piece)
    return kept


def starts_of(pieces: Sequence[Clean]) -> set[int]:
    """Return where each piece begins in the text of all, joined."""
    starts, at = set(), 0
    for piece in pieces:
        starts.add(at)
        at += len(piece.text) + 1
    return starts
