"""Who sees a movement and who may act on it.

A movement is seen by those whose units organise it, by those whose units received it, by the people of
those units once it is launched, and by whoever acts for its cluster. Only the organiser's roles act on it;
a unit acts on its own participation.
"""

from django.db.models import Exists, OuterRef, Q

from thidua.movements.models import Movement, Participation
from thidua.organisations.models import Unit, UnitRole
from thidua.organisations.permissions import Scope, User, scope_of
from thidua.records.days import today

MOST_NAMED = 4

CLUSTER_ACTIONS = frozenset({"view", "edit_plan", "launch", "issue", "remind", "export"})


def visible(user: User) -> Q:
    """Return the condition on movements the user may open."""
    scope = scope_of(user)
    if scope.is_administrator or scope.is_auditor:
        return Q()
    condition = scope.units("view", prefix="organiser__") | Q(cluster__in=scope.cluster_ids)
    condition |= received_by(scope.units("view", prefix="unit__"))
    if scope.person_unit_id:
        own = received_by(Q(unit=scope.person_unit_id)) | Q(organiser=scope.person_unit_id)
        condition |= own & ~Q(status=Movement.Status.PREPARING)
    return condition


def received_by(units: Q) -> Q:
    return Q(Exists(Participation.objects.filter(units, movement=OuterRef("pk"), is_visible=True)))


def visible_participations(user: User, movement: Movement) -> Q:
    """Return which units' parts the user sees: all for the organiser, else those of the own scope."""
    scope = scope_of(user)
    if may(user, "view_all", movement):
        return Q()
    own = Q(unit=scope.person_unit_id) if scope.person_unit_id else Q(pk__in=[])
    return scope.units("view", prefix="unit__") | own


def may(user: User, action: str, movement: Movement) -> bool:
    """Say whether the user may do ``action`` on the movement as its organiser.

    ``view_all`` is seeing every unit's part; the others are those of organisations.permissions.ACTIONS.
    """
    scope = scope_of(user)
    if movement.cluster_id in scope.cluster_ids and (action in CLUSTER_ACTIONS or action == "view_all"):
        return True
    return scope.allows("view" if action == "view_all" else action, movement.organiser)


def may_for_unit(user: User, action: str, unit: Unit) -> bool:
    """Say whether the user may act for ``unit`` in a movement it received."""
    return scope_of(user).allows(action, unit)


def heads_of(unit: Unit) -> list[str]:
    """Return the names of those who may issue for the unit: its heads, and those of the units above it."""
    segments = unit.path.split("/")[:-1]
    above = ["/".join(segments[: n + 1]) + "/" for n in range(len(segments))]
    rows = UnitRole.objects.on(today()).filter(role=UnitRole.Role.HEAD, unit__path__in=above)
    nearest = rows.select_related("person", "unit").order_by("-unit__depth", "person__sort_key")[:MOST_NAMED]
    return [f"{row.person.full_name} ({row.unit})" for row in nearest]


def acting_units(scope: Scope) -> Q:
    """Return the condition on units for which plans may be made."""
    return scope.units("edit_plan")
