"""The items of a plan that hold today."""

from django.db.models import QuerySet

from thidua.movements.models import Plan, PlanItem


def living(plan: Plan) -> QuerySet[PlanItem]:
    """Return the items that hold today: not removed, not ended by a revision."""
    return PlanItem.objects.filter(plan=plan, until=None).exclude(state=PlanItem.State.REMOVED)


def overlaps(item: PlanItem, other: PlanItem) -> bool:
    """Say whether both stand in the same place of the document."""
    if item.start is None or other.start is None:
        return False
    return other.start < (item.end or item.start) and item.start < (other.end or other.start)
