"""The days put right on the check page, as far as they still stand."""

from thidua.movements.models import Plan, PlanChange, PlanItem
from thidua.movements.selectors.items import living
from thidua.movements.twin_days import FIELDS, Correction, corrections_in


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
