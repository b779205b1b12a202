"""Who reads a unit's registration and who may do which step.

Officers and heads of the unit and above keep it; who stands above takes it or returns it; who leads a cluster
reads what its members handed in that year, as long as they have not left. A member of staff sees the own
lines only, on the own page.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from thidua.movements.models import Registration
from thidua.movements.registering import EDITABLE, HANDED_IN, STEPS
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.permissions import User, scope_of
from thidua.records.days import today

ACTION = "keep_registrations"


def visible(user: User) -> Q:
    """Return the condition on sheets the user may read."""
    scope = scope_of(user)
    condition = scope.units("view", prefix="unit__")
    if not condition or not scope.cluster_ids:
        return condition
    return condition | (Q(state__in=HANDED_IN) & member_of(scope.cluster_ids))


def may_take_out(user: User, sheet: Registration) -> bool:
    """Say whether the user may carry the whole list away: by the right to, or as who leads the unit's cluster."""
    scope = scope_of(user)
    if scope.allows("export", sheet.unit):
        return True
    led = Registration.objects.filter(member_of(scope.cluster_ids), pk=sheet.pk, state__in=HANDED_IN)
    return bool(scope.cluster_ids) and led.exists()


def member_of(clusters: Collection[UUID]) -> Q:
    """Return the condition on sheets of units that are in one of ``clusters`` in the sheet's own year."""
    places = places_kept().filter(cluster__in=clusters, unit=OuterRef("unit"), cluster__year=OuterRef("year"))
    return Q(Exists(places))


def places_kept() -> QuerySet[ClusterMember]:
    """Return the places that units have not left, of clusters gone by too; those of a year to come count.

    A unit that came to its end was a member to the last: what it handed in stays the cluster's.
    """
    stays = Q(valid_until=None) | Q(valid_until__gt=today()) | Q(valid_until__year__gt=F("cluster__year"))
    return ClusterMember.objects.filter(stays | Q(valid_until=F("unit__dissolved_on")))


def may_see_unit(user: User, unit: Unit) -> bool:
    return scope_of(user).allows("view", unit)


def may_keep(user: User, unit: Unit) -> bool:
    """Say whether the user writes the unit's sheet."""
    return scope_of(user).allows(ACTION, unit)


def may_take(user: User, unit: Unit) -> bool:
    """Say whether the user stands above the unit, so that its sheet is handed to him."""
    return unit.parent is not None and scope_of(user).allows(ACTION, unit.parent)


def may(user: User, act: str, unit: Unit) -> bool:
    """Say whether the user may do the step, whatever state the sheet is in."""
    return may_take(user, unit) if STEPS[act].above else may_keep(user, unit)


def open_steps(user: User, sheet: Registration) -> list[str]:
    """Return the acts to offer the user now; who stands above returns a sheet instead of taking it back."""
    acts = [act for act, step in STEPS.items() if sheet.state in step.sources and may(user, act, sheet.unit)]
    return [act for act in acts if act != "take_back" or "return" not in acts]


def may_edit(user: User, sheet: Registration) -> bool:
    return sheet.state in EDITABLE and may_keep(user, sheet.unit)


def may_press(user: User, unit: Unit) -> bool:
    """Say whether the user may remind the units below ``unit``."""
    return scope_of(user).allows("remind", unit)


def leads(user: User, cluster: Cluster) -> bool:
    return cluster.pk in scope_of(user).cluster_ids


def may_see_cluster(user: User, cluster: Cluster) -> bool:
    """Say whether the user reads what the cluster's members handed in: its leaders, and who set it up."""
    return leads(user, cluster) or scope_of(user).allows("view", cluster.authority)


def may_press_cluster(user: User, cluster: Cluster) -> bool:
    return leads(user, cluster) or scope_of(user).allows("remind", cluster.authority)
