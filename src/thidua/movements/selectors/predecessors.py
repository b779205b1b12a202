"""What units that ended left in a movement to those that took over from them: their own plans."""

from uuid import UUID

from django.db.models import F, Q

from thidua.movements.models import Movement, Participation
from thidua.movements.permissions import visible
from thidua.organisations.models import UnitSuccession
from thidua.organisations.permissions import User
from thidua.records.days import today


def plans_before(user: User, unit_id: UUID) -> Q:
    """Return the condition on parts whose units came to be ``unit_id`` and had issued a plan the user may open."""
    ended = UnitSuccession.objects.filter(
        successor=unit_id, event__on=F("predecessor__dissolved_on"), event__on__lte=today()
    )
    return Q(
        unit__in=ended.values("predecessor"),
        own__in=Movement.objects.filter(visible(user)),
        own__plan__issued_at__isnull=False,
    )


def part_and_plans_before(
    movement: Movement, who: Q, user: User, unit_id: UUID
) -> tuple[Participation | None, list[Participation]]:
    """Return the unit's part, where ``who`` sees it, and those of its predecessors with a plan; one query."""
    parts = movement.participations.filter(
        Q(who, unit=unit_id) | plans_before(user, unit_id), is_visible=True
    )
    rows = list(parts.select_related("unit", "own__plan").order_by("unit__depth", "unit__sort_key"))
    part = next((row for row in rows if row.unit_id == unit_id), None)
    return part, [row for row in rows if row.unit_id != unit_id]
