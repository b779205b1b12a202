"""The days put right on the check page, as far as they still stand."""

from collections.abc import Iterator

from thidua.movements.models import Plan, PlanChange, PlanItem, PlanRevision
from thidua.movements.selectors.items import living
from thidua.movements.twin_days import FIELDS, Correction, corrections_in, twins_of


def corrections_of(plan: Plan) -> list[Correction]:
    """Return every day that was another in the item before some correction, each once; two queries."""
    changes = PlanChange.objects.filter(
        plan=plan,
        undone_at=None,
        before__field__in=FIELDS,
        after__state__in=(PlanItem.State.EDITED, PlanItem.State.READ),  # what was typed may be asked about
    )
    rows = list(changes.order_by("-at", "-id").values_list("item_id", "before"))
    items = living(plan).in_bulk([pk for pk, _before in rows]) if rows else {}
    return [
        one
        for pk, before in rows
        if pk in items and before
        for one in corrections_in(items[pk], before["value"], items[pk].value)
    ]


def left_by(revision: PlanRevision) -> Iterator[tuple[PlanItem, Correction]]:
    """Yield each item the draft leaves as it is, though it says the old day of work whose day the draft moves."""
    rows = (
        list(living(revision.plan).filter(field__in=FIELDS).order_by("order", "id"))
        if revision.changes
        else []
    )
    by_id = {str(row.pk): row for row in rows}
    changed = {change["item"] for change in revision.changes}
    left = [row for row in rows if str(row.pk) not in changed]
    for change in revision.changes:
        row, after = by_id.get(change["item"]), change["after"]
        for one in corrections_in(row, change["before"], after) if row and after else ():
            twins = {twin.pk for twin in twins_of(one, left, revision.plan.text)}
            yield from ((item, one) for item in left if item.pk in twins)
