"""Clusters of a year with their members, lead and deputies, at any number in the same number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import User, visible_clusters, visible_units
from thidua.organisations.selectors.trees import children_on

Standing = ClusterMember.Standing
ORDER = {Standing.LEAD: 0, Standing.DEPUTY: 1, Standing.MEMBER: 2}


@dataclass(frozen=True, slots=True)
class Block:
    """Members of one block, the lead and deputies first; "" are those in none."""

    name: str
    members: tuple[ClusterMember, ...]


def day_within(year: int, today: date) -> date:
    """Return the day on which a year's clusters are shown: today in this year, else its last or first day."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def clusters_of(user: User, year: int, day: date) -> list[Cluster]:
    """Return the year's clusters the user may see, each with ``standing_members`` of ``day``."""
    members = ClusterMember.objects.on(day).select_related("unit").order_by("unit__sort_key")
    prefetch = Prefetch("members", members, to_attr="standing_members")
    clusters = visible_set(user).filter(year=year).select_related("authority").prefetch_related(prefetch)
    return list(clusters.order_by("authority__path", "kind", "code"))


def visible_set(user: User) -> QuerySet[Cluster]:
    return Cluster.objects.filter(visible_clusters(user))


def years_of(user: User) -> list[int]:
    return sorted(set(visible_set(user).values_list("year", flat=True)), reverse=True)


def blocks_of(cluster: Cluster, day: date) -> list[Block]:
    """Return the members of ``day`` by block, those in none first."""
    members = cluster.members.on(day).select_related("unit").order_by("unit__sort_key")
    named: dict[str, list[ClusterMember]] = {}
    for member in sorted(members, key=lambda member: ORDER[Standing(member.standing)]):
        named.setdefault(member.block, []).append(member)
    return [Block(name, tuple(named[name])) for name in sorted(named)]


def candidates_for(user: User, cluster: Cluster, day: date) -> UnitQuerySet:
    """Return the units right under the authority that are in no cluster of the kind in that year."""
    placed = ClusterMember.objects.filter(
        cluster__year=cluster.year, cluster__kind=cluster.kind, cluster__authority=cluster.authority
    ).exclude(valid_until__lte=day)
    return children_on(cluster.authority, day, among=visible_units(user)).exclude(
        pk__in=placed.values("unit")
    )


def units_of(cluster: Cluster, day: date) -> UnitQuerySet:
    return Unit.objects.filter(pk__in=cluster.members.on(day).values("unit")).order_by("sort_key")
