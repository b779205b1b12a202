"""The document of a plan read again, as it stands or with changes made to its words."""

from collections.abc import Sequence
from functools import lru_cache

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import PlanReading, read
from thidua.core.plans.source import Block, Source
from thidua.movements.amending_edits import Cut, with_cuts
from thidua.movements.amending_reading import Reader
from thidua.movements.models import Plan, PlanItem
from thidua.movements.services.intake import items_of


def source_of(plan: Plan) -> Source:
    """Return the document as it was read when it came in."""
    return Source(plan.text, tuple(Block(*block) for block in plan.blocks))


@lru_cache(maxsize=32)  # the page of a draft is opened again after every proposal taken
def reading_of(source: Source) -> PlanReading | None:
    try:
        return read(source)
    except UnreadableTextError:
        return None


def reader_of(plan: Plan) -> Reader | None:
    """Return what reads the plan with changes made to its words; nothing where it has no document."""
    if not plan.text:
        return None
    source = source_of(plan)

    def again(cuts: Sequence[Cut]) -> list[PlanItem]:
        changed = with_cuts(source, cuts)
        reading = reading_of(changed)
        return list(items_of(plan, changed, reading)) if reading else []

    return again
