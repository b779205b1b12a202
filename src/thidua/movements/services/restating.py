"""The words of a unit's own plan are given the figure its target has now."""

from typing import Any
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.movements.models import Plan, PlanItem
from thidua.movements.own_figures import restated
from thidua.movements.selectors.stale_figures import StalePlace, stale_figures
from thidua.movements.services.checking import kept, lock, refuse_what_is_held, settle
from thidua.records.ids import uuid7


@transaction.atomic
def restate(plan: Plan, target: UUID, *, by: Account) -> int:
    """Write the target's figure wherever words still say the one before, as one act; return how many items changed.

    Raises PlanLaunchedError, PlanHeldError.
    """
    lock(plan)
    by_item: dict[UUID, list[StalePlace]] = {}
    for stale in stale_figures(plan, target=target):
        for place in stale.places:
            if place.is_literal:
                by_item.setdefault(place.item.pk, []).append(place)
    items = [places[0].item for places in by_item.values()]
    refuse_what_is_held(plan, items)
    act = uuid7()
    for item in items:
        before = kept(item)
        item.value = with_figures(item, by_item[item.pk])
        item.version += 1
        item.state = PlanItem.State.EDITED
        settle(item, before, by, "movement.restate", act=act)
    return len(items)


def with_figures(item: PlanItem, places: list[StalePlace]) -> dict[str, Any]:
    value: dict[str, Any] = dict(item.value)
    for place in places:
        value = restated(value, [place.figure])
    return value
