"""The text of a document and the blocks it is laid out in: what every reader starts from."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, Self

BlockKind = Literal["line", "paragraph", "cell", "header", "footer"]

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\u0085\f\v]")
_LINE = re.compile(r"[^\n]+")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text laid out together; ``start`` and ``end`` are character places.

    A ``line`` may be part of a paragraph that goes on in the next block; a ``paragraph`` and a ``cell``
    are whole, unless a page break cut them. ``row`` and ``column`` (from 0) are given for cells only.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    bold: bool = False
    centred: bool = False
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A whole document: its text in normal form C, its blocks in reading order, what went wrong on the way in."""

    text: str
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str, notices: tuple[str, ...] = ()) -> Self:
        """Take a plain or markdown text as it is, but for its normal form and its line ends."""
        normal = normalise(text)
        blocks = tuple(
            Block(match.start(), match.end(), "line")
            for match in _LINE.finditer(normal)
            if not match.group().isspace()
        )
        return cls(normal, blocks, notices)


def normalise(text: str) -> str:
    """Return ``text`` in normal form C with line feeds alone between its lines."""
    return unicodedata.normalize("NFC", _NEWLINES.sub("\n", text.removeprefix(_BYTE_ORDER_MARK)))
