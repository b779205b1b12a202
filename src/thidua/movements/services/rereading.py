"""The document of a plan read again, as it stands or with changes made to its words."""

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import PlanReading, read
from thidua.core.plans.source import Block, Source
from thidua.movements.amending import Reading, read_amendments
from thidua.movements.amending_edits import Cut, with_cuts
from thidua.movements.amending_reading import Reader
from thidua.movements.models import Plan, PlanItem, PlanRevision
from thidua.movements.services.intake import items_of


def source_of(plan: Plan) -> Source:
    """Return the document as it was read when it came in."""
    return Source(plan.text, tuple(Block(*block) for block in plan.blocks))


@lru_cache(maxsize=8)  # every amending sentence is compared with the plan as it stands
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


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amending document, its plan and the items it may change; alike where all that is read of them is."""

    digest: str
    text: str = field(compare=False)
    plan: Plan = field(compare=False)
    items: Sequence[PlanItem] = field(compare=False)


def amendments_read(revision: PlanRevision, items: Sequence[PlanItem]) -> Reading:
    """Return what the draft's document asks to change in ``items`` of its plan."""
    plan = revision.plan
    rows = [(str(i.pk), i.field, i.value, i.quote, i.start, i.end, str(i.origin_id)) for i in items]
    told = json.dumps([revision.text, plan.text, plan.blocks, rows])
    digest = sha256(told.encode()).hexdigest()
    return deepcopy(reading_against(Amendment(digest, revision.text, plan, items)))


@lru_cache(maxsize=8)  # the page of a draft is opened again after every proposal taken
def reading_against(one: Amendment) -> Reading:
    return read_amendments(one.text, one.items, one.plan.text, reader_of(one.plan))
