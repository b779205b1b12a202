"""Who sees a movement and who may act on it.

A movement is seen by those whose units organise it, by those whose units received it, by the people of
those units once it is launched, and by whoever acts for its cluster. Only the organiser's roles act on it;
a unit acts on its own participation.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.movements.models import Movement, Participation
from thidua.organisations.models import Cluster, ClusterMember, Unit, UnitRole
from thidua.organisations.permissions import Scope, User, scope_of
from thidua.records.days import today

MOST_NAMED = 4
NOT_OUT = (Movement.Status.PREPARING, Movement.Status.WITHDRAWN)

ACTING = (UnitRole.Role.OFFICER, UnitRole.Role.HEAD)
"""Who is in charge of a unit's part: told of it, and having its work before them."""
CLUSTER_ACTIONS = frozenset({"view", "edit_plan", "launch", "issue", "remind", "export"})


def visible(user: User) -> Q:
    """Return the condition on movements the user may open.

    Who reads a whole root walks the list in its order and meets few rows that are not his; for everybody else the
    few rows that are his are found first, each kind by its own index.
    """
    scope = scope_of(user)
    if scope.is_administrator or scope.is_auditor:
        return Q()
    if tops := {grant.unit_id: grant.path for grant in scope.grants if grant.is_top}:
        condition = Q(root__in=list(tops)) | Q(cluster__in=scope.cluster_ids)
        condition |= Q(Exists(received(scope.units("view", prefix="unit__")).filter(movement=OuterRef("pk"))))
        works_inside = scope.person_unit_path.startswith(tuple(tops.values()))
        return condition if works_inside else condition | Q(pk__in=as_staff(user))
    kinds = [
        Movement.objects.filter(organiser__in=Unit.objects.filter(scope.units("view"))).values("pk"),
        received(Q(unit__in=Unit.objects.filter(scope.units("view")))).values("movement"),
        Movement.objects.filter(cluster__in=scope.cluster_ids).values("pk"),
    ]
    return Q(pk__in=as_staff(user).union(*kinds))


def as_staff(user: User) -> QuerySet[Movement, Any]:
    """Return the ids of what reached the person's unit or one above it, and of what those launched inside."""
    unit_id, places = scope_of(user).person_unit_id, places_of(user)
    out = Movement.objects.exclude(status__in=NOT_OUT)
    own_plans = out.filter(organiser__in=places, answers__isnull=False).values("pk")
    reached = out.filter(pk__in=received(Q(unit__in=places)).values("movement")).values("pk")
    return own_plans.union(reached, out.filter(organiser=unit_id).values("pk"))


def places_of(user: User) -> QuerySet[Unit, Any]:
    """Return the ids of the unit the person works in and of those above it today."""
    return Unit.objects.filter(path__in=own_paths(scope_of(user))).values("pk")


def own_paths(scope: Scope) -> list[str]:
    """Return the path of the person's unit and of those above it."""
    return paths_above(scope.person_unit_path)


def paths_above(path: str) -> list[str]:
    """Return the path and those it begins with: its segments, each ended by "/"."""
    segments = path.split("/")[:-1]
    return ["/".join(segments[: n + 1]) + "/" for n in range(len(segments))]


def received(units: Q) -> QuerySet[Participation]:
    return Participation.objects.filter(units, is_visible=True)


def visible_participations(user: User, movement: Movement) -> Q:
    """Return which units' parts the user sees: all for the organiser, else those of the own scope and places."""
    if may(user, "view_all", movement):
        return Q()
    return scope_of(user).units("view", prefix="unit__") | Q(unit__in=places_of(user))


def exportable_participations(user: User, movement: Movement) -> Q:
    """Return which units' parts the user may take out: all for the organiser, else those of units that allow it."""
    if may(user, "export", movement):
        return Q()
    return scope_of(user).units("export", prefix="unit__")


def has_exportable(user: User) -> Exists:
    """Say, for a list of movements, whether the user acts for a unit that received it and may take its part out."""
    return Exists(received(scope_of(user).units("export", prefix="unit__")).filter(movement=OuterRef("pk")))


def may(user: User, action: str, movement: Movement) -> bool:
    """Say whether the user may do ``action`` on the movement as its organiser.

    ``view_all`` is seeing every unit's part; the others are those of organisations.permissions.ACTIONS.
    """
    return allows_at(scope_of(user), action, movement.organiser.path, movement.cluster_id)


def allows_at(scope: Scope, action: str, path: str, cluster_id: UUID | None) -> bool:
    """Say the same for a movement of which only the organiser's path and the cluster were read."""
    if cluster_id in scope.cluster_ids and (action in CLUSTER_ACTIONS or action == "view_all"):
        return True
    return scope.allows_at("view" if action == "view_all" else action, path)


def may_for_unit(user: User, action: str, unit: Unit) -> bool:
    """Say whether the user may act for ``unit`` in a movement it received."""
    return scope_of(user).allows(action, unit)


def heads_of(unit: Unit) -> list[str]:
    """Return the names of those who may issue for the unit: its heads, and those of the units above it."""
    rows = UnitRole.objects.on(today()).filter(role=UnitRole.Role.HEAD, unit__path__in=paths_above(unit.path))
    nearest = rows.select_related("person", "unit").order_by("-unit__depth", "person__sort_key")[:MOST_NAMED]
    return [f"{row.person.full_name} ({row.unit})" for row in nearest]


def acting_units(scope: Scope) -> Q:
    """Return the condition on units for which plans may be made."""
    return scope.units("edit_plan")


def may_bring_in(scope: Scope) -> bool:
    """Say whether there is a unit, or a cluster its unit leads, for which the user may bring a plan in."""
    return scope.allows_somewhere("edit_plan") or bool(clusters_led(scope))


def clusters_led(scope: Scope) -> tuple[tuple[UUID, UUID], ...]:
    """Return the leading unit and the cluster of every cluster the user acts for, as ids; the latest year first."""
    if not scope.cluster_ids:
        return ()
    leading = ClusterMember.objects.on(today()).filter(standing=ClusterMember.Standing.LEAD)
    of_user = leading.filter(cluster__in=scope.cluster_ids).order_by("-cluster__year", "cluster__name", "pk")
    return tuple(of_user.values_list("unit_id", "cluster_id"))


def may_launch_for(
    scope: Scope, led: Collection[tuple[UUID, UUID]], organiser: Unit, cluster: Cluster | None
) -> bool:
    """Say whether a plan may be brought in for the unit: as its officer, or as who acts for the cluster it leads."""
    if scope.allows("edit_plan", organiser):
        return True
    return cluster is not None and (organiser.pk, cluster.pk) in led
