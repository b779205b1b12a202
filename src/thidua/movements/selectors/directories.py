"""Who a movement's plan can mean: the units that receive it, and who leads the clusters of its year."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from thidua.movements.bodies import Directory, Led
from thidua.movements.models import Movement
from thidua.organisations.models import ClusterMember, Unit
from thidua.organisations.selectors.clusters import day_within
from thidua.records.days import today

Standing = ClusterMember.Standing


def directory_of(movement: Movement, units: Iterable[Unit]) -> Directory:
    """Return the directory of ``units`` (their kinds read) with the clusters that ``movement`` can speak of."""
    return Directory(units, clusters_of(movement))


def clusters_of(movement: Movement) -> list[Led]:
    """Return the movement's own cluster, else all of its year under the same top, those that are led; one query."""
    if movement.cluster_id:
        meant = Q(cluster=movement.cluster_id)
    else:
        meant = Q(cluster__authority__root=movement.root_id, cluster__year=movement.year)
    leading = ClusterMember.objects.on(day_within(movement.year, today())).exclude(standing=Standing.MEMBER)
    found: dict[tuple[UUID, str], list[tuple[str, UUID]]] = {}
    columns = ("cluster_id", "cluster__name", "standing", "unit_id")
    for cluster, name, standing, unit in leading.filter(meant).values_list(*columns):
        found.setdefault((cluster, name), []).append((standing, unit))
    return [led(name, members) for (_cluster, name), members in found.items()]


def led(name: str, leading: list[tuple[str, UUID]]) -> Led:
    lead = next((unit for standing, unit in leading if standing == Standing.LEAD), None)
    return Led(name, lead, tuple(unit for standing, unit in leading if standing == Standing.DEPUTY))
