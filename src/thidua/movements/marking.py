"""A document's text cut where items begin and end, so that a sentence and its items can point to each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol
from uuid import UUID

PART_LENGTH = 120_000
MARK_LENGTH = 10  # of the id's random end: enough within one plan


def mark_of(pk: UUID) -> str:
    """Return the short name by which a page ties an item to its words."""
    return f"m{pk.hex[-MARK_LENGTH:]}"


class Placed(Protocol):
    """Anything with a place in the text."""

    pk: UUID
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same items; ``start`` is its place."""

    start: int
    text: str
    items: tuple[UUID, ...]

    @property
    def marks(self) -> str:
        return " ".join(map(mark_of, self.items))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text; ``start`` is its place there."""

    start: int
    segments: tuple[Segment, ...]
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class TextPart:
    """A stretch of a long document, from one line's start to another's end."""

    number: int
    total: int
    start: int
    end: int


def parts_of(text: str) -> list[TextPart]:
    """Cut a very long text between lines, so that a page stays a page."""
    cuts = [0]
    while len(text) - cuts[-1] > PART_LENGTH:
        found = text.find("\n", cuts[-1] + PART_LENGTH)
        if found < 0:
            break
        cuts.append(found + 1)
    ends = [*cuts[1:], len(text)]
    return [
        TextPart(n, len(cuts), start, end) for n, (start, end) in enumerate(zip(cuts, ends, strict=True), 1)
    ]


def paragraphs(
    text: str, items: Iterable[Placed], blocks: Sequence[Sequence[object]], part: TextPart
) -> Iterator[Paragraph]:
    """Yield the lines of ``part``, each cut where an item begins or ends; empty lines are left out.

    Linear in the text and the items: both are walked once, in order.
    """
    placed = sorted(
        ((i.start, i.end, i.pk) for i in items if i.start is not None and i.end is not None),
        key=lambda place: place[0],
    )
    looks = {int(str(b[0])): (bool(b[3]), bool(b[4])) for b in blocks}
    first, place = 0, part.start
    for line in text[part.start : part.end].split("\n"):
        end = place + len(line)
        while first < len(placed) and placed[first][1] <= place:
            first += 1
        if line.strip():
            here = [p for p in within(placed, first, end) if p[1] > place]
            bold, centred = looks.get(place, (False, False))
            yield Paragraph(place, tuple(segments(text, place, end, here)), bold, centred)
        place = end + 1


def within(placed: Sequence[tuple[int, int, UUID]], first: int, end: int) -> Iterator[tuple[int, int, UUID]]:
    for index in range(first, len(placed)):
        if placed[index][0] >= end:
            return
        yield placed[index]


def segments(text: str, start: int, end: int, placed: Sequence[tuple[int, int, UUID]]) -> Iterator[Segment]:
    cuts = {start, end}
    for begins, ends, _pk in placed:
        cuts |= {max(begins, start), min(ends, end)}
    for left, right in pairwise(sorted(cuts)):
        covering = tuple(pk for begins, ends, pk in placed if begins < right and ends > left)
        yield Segment(left, text[left:right], covering)
