"""The reader of plans: one text in, one reading out, every item with its place in the text."""

from dataclasses import dataclass
from typing import Any

from thidua.core.plans.items import Item
from thidua.core.plans.outline import Outline, outline_of
from thidua.core.plans.source import Source


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What was read from one document; ``lists`` holds the items of each field of the contract."""

    source: Source
    is_launch_plan: bool
    doc_type: str | None
    lists: dict[str, tuple[Item, ...]]

    def to_json(self) -> dict[str, Any]:
        """Return the reading as one JSON object."""
        printed: dict[str, Any] = {"is_launch_plan": self.is_launch_plan}
        if self.doc_type:
            printed["doc_type"] = self.doc_type
        return printed | {
            field: [item.to_json() for item in items] for field, items in self.lists.items() if items
        }


def read(source: Source) -> PlanReading:
    """Read the document that ``source`` holds."""
    return read_outline(outline_of(source))


def read_outline(outline: Outline) -> PlanReading:
    return PlanReading(outline.source, outline.is_launch_plan, outline.part.kind, {})
