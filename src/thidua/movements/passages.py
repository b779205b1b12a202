"""What a document says under the heading that an item is: the paragraphs up to the next item or heading."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua.movements.models import Plan, PlanItem

# Items that begin something of their own; a deadline or a target stands within the words of another.
BEGINNING = frozenset(
    {
        "contents", "solutions", "implementation", "purposes", "requirements", "phases", "subjects", "awards",
        "criteria", "funding", "responsibilities",
    }
)  # fmt: skip
SECTION = re.compile(r"[IVX]+\s*[.)\-–—]\s?\S|(?:Phần|PHẦN|Mục|MỤC)\s|Nơi nhận")
MOST_PARAGRAPHS = 8

Span = tuple[int, int]


def passages(plan: Plan, items: Sequence[PlanItem]) -> dict[UUID, tuple[Span, ...]]:
    """Return for each content the places of the paragraphs under it; ``items`` are all of the plan's living ones."""
    blocks = [
        (start, end, bold or centred, row) for start, end, _kind, bold, centred, row, _col in plan.blocks
    ]
    stops = {item.start for item in items if item.field in BEGINNING and item.start is not None}
    found = {}
    for item in items:
        if item.field == "contents" and item.start is not None:
            found[item.pk] = under(item.start, plan.text, blocks, stops)
    return found


def under(
    start: int, text: str, blocks: Sequence[tuple[int, int, bool, int | None]], stops: set[int]
) -> tuple[Span, ...]:
    """Return the paragraphs after the one around ``start``, up to one that begins something else."""
    place = next((n for n, (first, end, *_) in enumerate(blocks) if first <= start < end), len(blocks))
    spans: list[Span] = []
    for first, end, is_heading, row in blocks[place + 1 :]:
        begins = any(first <= stop < end for stop in stops)
        if (
            begins
            or is_heading
            or row is not None
            or SECTION.match(text, first)
            or text[first:end].isupper()
            or len(spans) == MOST_PARAGRAPHS
        ):
            break
        spans.append((first, end))
    return tuple(spans)


def words_of(plan: Plan, spans: Sequence[Span]) -> list[str]:
    return [
        words for first, end in spans if (words := " ".join(plan.text[first:end].split()).lstrip("-–+• "))
    ]


def lies_in(item: PlanItem, found: Mapping[UUID, Sequence[Span]]) -> UUID | None:
    """Return the content under which the item's own words stand."""
    if item.start is None:
        return None
    start = item.start
    return next((pk for pk, spans in found.items() if any(a <= start < b for a, b in spans)), None)
