"""Lines of a document as they are read: marks of markdown taken away, each character still knowing its place."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from thidua.core.plans.markers import Marker, marker_of
from thidua.core.plans.source import Block, Source
from thidua.core.text.lookalikes import legible

_FOREIGN = re.compile(
    r"[^\S ]+|\s{2,}|\*+|_{2,}|`+|\[bookmark:[^\]]*\]|<br\s*/?>|\\(?=[*_#.()\-\[\]])|[\u00ad\u200b-\u200f\u2060\ufeff]"
)
# What one of these can begin with but for two blanks, as one set of letters: quick to pass over.
_MAY_BE_FOREIGN = re.compile(
    r"[*_`\[<\\\u00ad\u200b-\u200f\u2060\ufeff\t-\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_LOOK_ALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_LOOKS_ALIKE = re.compile("[ÐƉðɖ]")
_HASHES = re.compile(r"\s*(?:>\s*)*(#{1,6})\s*(?=\S)")
_STAR_BULLET = re.compile(r"\s*\*\s+(?=\S)")
_BOLD_MARKDOWN = re.compile(r"\s*(?:[-+•]\s+)?(?:\*\*|__)(?P<inside>(?:(?!\*\*|__).)+)(?:\*\*|__)\W*")


@dataclass(frozen=True, slots=True)
class Clean:
    """A stretch of text with single blanks and without marks of layout, and where each of its characters stands.

    ``marks`` pairs places in ``text`` with places in the document; between two pairs both run on together.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, index: int) -> int:
        """Return the place in the document of character ``index`` of ``text``."""
        run = bisect_right(self.starts, index) - 1
        return self.places[run] + index - self.starts[run]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's places of ``text[start:end]``, which must not be empty."""
        return self.place(start), self.place(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line or block, cleaned; ``after_gap`` says that an empty line stands before it."""

    start: int
    end: int
    clean: Clean
    bold: bool
    centred: bool
    hashes: int
    after_gap: bool
    block: Block
    marker: Marker | None = field(init=False)
    """The mark that numbers it, where it begins with one."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "marker", marker_of(self.clean.text))

    @property
    def text(self) -> str:
        return self.clean.text

    @property
    def is_cell(self) -> bool:
        return self.block.kind == "cell"


def lines_of(source: Source) -> list[Line]:
    """Return the lines of ``source`` that hold text, without its page headers and footers."""
    lines = []
    previous_end = 0
    for block in source.blocks:
        if block.kind in ("header", "footer"):
            continue
        for start, end in _rows(source.text, block):
            if line := _line(source, block, start, end, previous_end):
                lines.append(line)
                previous_end = end
    return lines


def _rows(text: str, block: Block) -> list[tuple[int, int]]:
    """Return the places of the lines inside one block: a block of a word processor may hold line breaks."""
    rows = []
    start = block.start
    for part in text[block.start : block.end].split("\n"):
        rows.append((start, start + len(part)))
        start += len(part) + 1
    return rows


def _line(source: Source, block: Block, start: int, end: int, previous_end: int) -> Line | None:
    start, end = _without_lone_bar(source.text, start, end)
    raw = source.text[start:end]
    hashes = _HASHES.match(raw)
    clean = cleaned(source.text, start + (hashes.end() if hashes else 0), end)
    if not clean.text:
        return None
    bold = _BOLD_MARKDOWN.fullmatch(raw[hashes.end() :] if hashes else raw) is not None
    return Line(
        start=clean.place(0),
        end=clean.place(len(clean.text) - 1) + 1,
        clean=clean,
        bold=block.bold or bold,
        centred=block.centred,
        hashes=len(hashes[1]) if hashes else 0,
        after_gap=source.text.count("\n", previous_end, start) > 1,
        block=block,
    )


def _without_lone_bar(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the one bar at an end of a line that a table of layout left behind."""
    if text.count("|", start, end) == 1:
        bar = text.index("|", start)
        if not text[bar + 1 : end].strip():
            return start, bar
        if not text[start:bar].strip():
            return bar + 1, end
    return start, end


def cleaned(text: str, start: int, end: int) -> Clean:
    """Return ``text[start:end]`` with single blanks, without marks of layout."""
    while start < end and text[start].isspace():
        start += 1
    if _MAY_BE_FOREIGN.search(text, start, end) is None and text.find("  ", start, end) < 0:  # most lines
        return _legible(text[start:end], (0,), (start,))
    return _without_foreign(text, start, end)


def _without_foreign(text: str, start: int, end: int) -> Clean:
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0

    def keep(piece: str, place: int) -> None:
        nonlocal length
        starts.append(length)
        places.append(place)
        pieces.append(piece)
        length += len(piece)

    star = _STAR_BULLET.match(text, start, end)
    here = start
    if star:
        keep("*", text.index("*", start))
        here = star.end() - 1
    for foreign in _FOREIGN.finditer(text, here, end):
        if foreign.start() > here:
            keep(text[here : foreign.start()], here)
        if foreign.group().isspace() and pieces and not pieces[-1].endswith(" "):
            keep(" ", foreign.start())
        here = foreign.end()
        while here < end and text[here] == " " and pieces and pieces[-1].endswith(" "):
            here += 1
    if here < end:
        keep(text[here:end], here)
    return _legible("".join(pieces), tuple(starts), tuple(places))


def _legible(text: str, starts: tuple[int, ...], places: tuple[int, ...]) -> Clean:
    """Return a cleaned stretch with the letters that look alike, and those of blurred dates, as they are meant."""
    text = text.rstrip()
    if not text:
        return Clean("", (), ())
    if not text.isascii() and _LOOKS_ALIKE.search(text):
        text = text.translate(_LOOK_ALIKES)
    return Clean(legible(text), starts, places)


def joined(parts: list[Clean]) -> Clean:
    """Return the parts of one paragraph as one text, a blank between them."""
    if len(parts) == 1:
        return parts[0]
    text = " ".join(part.text for part in parts)
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for part in parts:
        if length:
            starts.append(length)
            places.append(places[-1] + length - starts[-2])
            length += 1
        starts.extend(length + start for start in part.starts)
        places.extend(part.places)
        length += len(part.text)
    return Clean(text, tuple(starts), tuple(places))
