"""The items of a plan that hold today."""

from django.db.models import QuerySet

from thidua.movements.models import Plan, PlanItem


def living(plan: Plan) -> QuerySet[PlanItem]:
    """Return the items that hold today: not removed, not ended by a revision."""
    return PlanItem.objects.filter(plan=plan, until=None).exclude(state=PlanItem.State.REMOVED)
