"""Who a movement's plan can mean: the units that receive it, and who leads the clusters of its year."""

from collections.abc import Iterable
from uuid import UUID

from thidua.movements.bodies import Directory, Led
from thidua.movements.models import Movement
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.selectors.clusters import day_within
from thidua.records.days import today

Standing = ClusterMember.Standing


def directory_of(movement: Movement, units: Iterable[Unit]) -> Directory:
    """Return the directory of ``units`` (their kinds read) with the clusters that ``movement`` can speak of."""
    return Directory(units, clusters_of(movement))


def clusters_of(movement: Movement) -> list[Led]:
    """Return the movement's own cluster, else all of its year under the same top; two queries."""
    clusters = Cluster.objects.filter(authority__root=movement.root_id, year=movement.year)
    if movement.cluster_id:
        clusters = Cluster.objects.filter(pk=movement.cluster_id)
    leading = ClusterMember.objects.on(day_within(movement.year, today())).exclude(standing=Standing.MEMBER)
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for cluster, standing, unit in leading.filter(cluster__in=clusters).values_list(
        "cluster_id", "standing", "unit_id"
    ):
        found.setdefault(cluster, []).append((standing, unit))
    return [led(name, found.get(pk, [])) for pk, name in clusters.values_list("pk", "name")]


def led(name: str, leading: list[tuple[str, UUID]]) -> Led:
    lead = next((unit for standing, unit in leading if standing == Standing.LEAD), None)
    return Led(name, lead, tuple(unit for standing, unit in leading if standing == Standing.DEPUTY))
