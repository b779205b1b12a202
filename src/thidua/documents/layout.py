"""Puts a document's text together, block by block, so that every block knows its place in it."""

from collections.abc import Iterable
from dataclasses import replace
from re import compile as pattern

from thidua.core.plans.source import Block, BlockKind, Source
from thidua.core.text.legacy import detect, repair
from thidua.core.text.normal import normal
from thidua.documents.notices import notice

_TABS = pattern(r" *\t[ \t]*")
#: What a tab stands for inside a line: enough for the eye and for a reader to see two columns.
_WIDE_BLANK = " " * 4
_TELLING_LINES = 400
_MARK = pattern(r"^\S{1,6}(?=\t)\t+")


class Layout:
    """Gathers blocks in reading order; the text is theirs, a line each."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        *,
        bold: bool = False,
        centred: bool = False,
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        """Add one block; several lines of one paragraph become ``line`` blocks, blank ones are left out."""
        lines = [line for each in clean(text).split("\n") if (line := each.strip(" \t"))]
        if kind == "paragraph" and len(lines) > 1:
            kind = "line"
        for line in lines:
            self._blocks.append(Block(*self._put(line), kind, bold, centred, row, column))

    def source(self, notices: Iterable[str] = ()) -> Source:
        """Return the document; letters typed in an encoding of before Unicode are repaired."""
        encoding = detect("\n".join(self._lines[:_TELLING_LINES]))
        if encoding is None:
            return Source("\n".join(self._lines), tuple(self._blocks), tuple(notices))
        repaired = Layout()
        # Repairing keeps line ends, and every block is one line.
        lines = normal(repair("\n".join(self._lines)).text).split("\n")
        for line, like in zip(lines, self._blocks, strict=True):
            start, end = repaired._put(line)
            repaired._blocks.append(replace(like, start=start, end=end))
        told = notice("legacy_letters_repaired", encodings=encoding.value)
        return Source("\n".join(lines), tuple(repaired._blocks), (*notices, told))

    def _put(self, line: str) -> tuple[int, int]:
        """Add a line to the text; return where it begins and ends."""
        start = self._length
        self._lines.append(line)
        self._length += len(line) + 1
        return start, start + len(line)


def clean(text: str) -> str:
    """Return ``text`` in the normal form, a tab after a short mark as one blank, any other as a wide one."""
    if "\t" not in text:
        return normal(text)
    tabbed = "\n".join(
        _TABS.sub(_WIDE_BLANK, _MARK.sub(lambda found: found[0].rstrip() + " ", line))
        for line in text.split("\n")
    )
    return normal(tabbed)
