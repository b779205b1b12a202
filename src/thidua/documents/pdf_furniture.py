"""What stands on PDF pages beside the text: page numbers, and heads and feet that come back on every page."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE
from re import compile as pattern

from thidua.documents.pdf_lines import PdfLine

_NUMBER = pattern(r"[-–—\s]*(?:trang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", IGNORECASE)
_DIGITS = pattern(r"\d+")
_EDGE_LINES = 4
_LEAST_SHARE = 0.4  # heads may differ on odd and even pages
_SAME_HEIGHT = 4.0  # points


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that are no part of the text; heads and feet once each."""

    numbers: frozenset[PdfLine]
    heads: tuple[PdfLine, ...]
    feet: tuple[PdfLine, ...]
    repeated: frozenset[PdfLine]

    def holds(self, line: PdfLine) -> bool:
        return line in self.numbers or line in self.repeated


def furniture_of(pages: list[list[PdfLine]]) -> Furniture:
    numbers = frozenset(_page_numbers(pages))
    heads, head_lines = _repeated(pages, numbers, top=True)
    feet, foot_lines = _repeated(pages, numbers, top=False)
    return Furniture(numbers, heads, feet, frozenset(head_lines + foot_lines))


def _edge(lines: list[PdfLine], *, top: bool) -> list[PdfLine]:
    """Return the outermost lines of a page, the outermost first."""
    return sorted(lines, key=lambda line: line.base, reverse=top)[:_EDGE_LINES]


def _page_numbers(pages: list[list[PdfLine]]) -> Iterator[PdfLine]:
    """Return lone numbers at the edge of pages that go up page by page.

    On a single page, and where numbers do not agree, only the page's own number is one.
    """
    found: dict[int, list[PdfLine]] = defaultdict(list)
    for place, lines in enumerate(pages):
        for line in {*_edge(lines, top=True)[:1], *_edge(lines, top=False)[:1]}:
            if (number := _NUMBER.fullmatch(line.text)) is not None:
                found[int(number[1]) - place].append(line)
    for offset, lines in found.items():
        if len(lines) > 1 or offset == 1:
            yield from lines


def _repeated(
    pages: list[list[PdfLine]], numbers: frozenset[PdfLine], *, top: bool
) -> tuple[tuple[PdfLine, ...], list[PdfLine]]:
    """Return the wordings that come back at one edge of the pages, once each, and all their lines."""
    bearing: dict[str, list[PdfLine]] = defaultdict(list)
    for lines in pages:
        for line in _edge([line for line in lines if line not in numbers], top=top):
            bearing[_DIGITS.sub("#", line.text)].append(line)
    least = max(2, round(_LEAST_SHARE * len(pages)))
    kept: list[PdfLine] = []
    all_lines: list[PdfLine] = []
    for lines in bearing.values():
        level = _at_one_height(lines)
        if len({line.page for line in level}) >= least:
            kept.append(level[0])
            all_lines.extend(level)
    return tuple(kept), all_lines


def _at_one_height(lines: list[PdfLine]) -> list[PdfLine]:
    """Return the lines that stand at the height most of them share."""
    common = Counter(round(line.base / _SAME_HEIGHT) for line in lines).most_common(1)[0][0]
    return [line for line in lines if abs(round(line.base / _SAME_HEIGHT) - common) <= 1]
