"""The items of a plan that hold today, or on another day."""

from datetime import date

from django.db.models import Q, QuerySet

from thidua.movements.models import Plan, PlanItem, PlanRevision


def living(plan: Plan) -> QuerySet[PlanItem]:
    """Return the items that hold today: not removed, not ended by a revision."""
    return PlanItem.objects.filter(plan=plan, until=None).exclude(state=PlanItem.State.REMOVED)


def in_force(plan: Plan, on: date) -> QuerySet[PlanItem]:
    """Return the items in force on a day: a revision that takes effect later has neither made nor ended any yet."""
    begun = Q(since=None) | Q(since__number=1) | Q(since__effective_on__lte=on)
    standing = Q(until=None) | Q(until__effective_on__gt=on)
    return PlanItem.objects.filter(begun, standing, plan=plan).exclude(state=PlanItem.State.REMOVED)


def held(on: date) -> Q:
    """Return what limits rows made by revisions to those in force on a day, as ``in_force`` does items."""
    begun = (
        Q(made_by_revision=None) | Q(made_by_revision__number=1) | Q(made_by_revision__effective_on__lte=on)
    )
    return begun & not_over(on)


def not_over(on: date) -> Q:
    """Return what limits rows to those in force on a day, or made already for a later one."""
    return Q(ended_by_revision=None) | Q(ended_by_revision__effective_on__gt=on)


def amendments(plan: Plan, on: date) -> QuerySet[PlanRevision]:
    """Return the revisions in force on a day, the launch itself left out."""
    issued = plan.revisions.exclude(issued_at=None).filter(number__gt=1, effective_on__lte=on)
    return issued.order_by("number")


def overlaps(item: PlanItem, other: PlanItem) -> bool:
    """Say whether both stand in the same place of the document."""
    if item.start is None or other.start is None:
        return False
    return other.start < (item.end or item.start) and item.start < (other.end or other.start)
