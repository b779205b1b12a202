"""Who sees a movement and who may act on it.

A movement is seen by those whose units organise it, by those whose units received it, by the people of
those units once it is launched, and by whoever acts for its cluster. Only the organiser's roles act on it;
a unit acts on its own participation.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.movements.models import Movement, Participation
from thidua.organisations.models import Unit, UnitRole
from thidua.organisations.permissions import Scope, User, scope_of
from thidua.records.days import today

MOST_NAMED = 4
NOT_OUT = (Movement.Status.PREPARING, Movement.Status.WITHDRAWN)

CLUSTER_ACTIONS = frozenset({"view", "edit_plan", "launch", "issue", "remind", "export"})


def visible(user: User) -> Q:
    """Return the condition on movements the user may open."""
    scope = scope_of(user)
    if scope.is_administrator or scope.is_auditor:
        return Q()
    condition = scope.units("view", prefix="organiser__") | Q(cluster__in=scope.cluster_ids)
    condition |= received_by(scope.units("view", prefix="unit__"))
    if scope.person_unit_id:
        condition |= as_staff(scope.person_unit_id, places_of(user)) & ~Q(status__in=NOT_OUT)
    return condition


def as_staff(unit_id: UUID, places: Collection[UUID]) -> Q:
    """Return the condition for what reached the person's unit or one above, and what those launched inside."""
    own_plans = Q(organiser__in=places, answers__isnull=False)
    return received_by(Q(unit__in=places)) | Q(organiser=unit_id) | own_plans


def places_of(user: User) -> list[UUID]:
    """Return the unit the person works in and those above it today; read once for a request."""
    unit_id = scope_of(user).person_unit_id
    if unit_id is None:
        return []
    known: dict[UUID, list[UUID]] = user.__dict__.setdefault("_places", {})
    if unit_id not in known:
        known[unit_id] = list(units_above(unit_id).values_list("pk", flat=True))
    return known[unit_id]


def units_above(unit_id: UUID) -> QuerySet[Unit]:
    """Return the unit and those above it in today's tree; a path is its segments, each ended by "/"."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    segments = path.split("/")[:-1]
    return Unit.objects.filter(path__in=["/".join(segments[: n + 1]) + "/" for n in range(len(segments))])


def received_by(units: Q) -> Q:
    return Q(Exists(Participation.objects.filter(units, movement=OuterRef("pk"), is_visible=True)))


def visible_participations(user: User, movement: Movement) -> Q:
    """Return which units' parts the user sees: all for the organiser, else those of the own scope and places."""
    if may(user, "view_all", movement):
        return Q()
    return scope_of(user).units("view", prefix="unit__") | Q(unit__in=places_of(user))


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
    above = units_above(unit.pk)
    rows = UnitRole.objects.on(today()).filter(role=UnitRole.Role.HEAD, unit__in=above)
    nearest = rows.select_related("person", "unit").order_by("-unit__depth", "person__sort_key")[:MOST_NAMED]
    return [f"{row.person.full_name} ({row.unit})" for row in nearest]


def acting_units(scope: Scope) -> Q:
    """Return the condition on units for which plans may be made."""
    return scope.units("edit_plan")
