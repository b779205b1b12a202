"""Who a movement's plan can mean: the units that receive it, and who leads the clusters of its year."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from thidua.movements.bodies import CLUSTERS, DEPUTIES, Directory, Led, plain
from thidua.movements.models import Movement
from thidua.movements.selectors.items import living
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.selectors.clusters import day_within
from thidua.records.days import today

Standing = ClusterMember.Standing
NAMING = ("recipients", "responsibilities", "deadlines", "reports")


def directory_of(movement: Movement, units: Iterable[Unit]) -> Directory:
    """Return the directory of ``units`` (their kinds read) with the clusters that ``movement`` can speak of."""
    launching = None if movement.cluster_id else movement.organiser
    return Directory(units, clusters_of(movement), launching)


def clusters_of(movement: Movement) -> list[Led]:
    """Return the movement's own cluster, else all of its year under the same top, those that are led; one query."""
    if movement.cluster:
        meant, year = Q(cluster=movement.cluster), movement.cluster.year
    else:
        meant = Q(cluster__authority__root=movement.root_id, cluster__year=movement.year)
        year = movement.year
    leading = ClusterMember.objects.on(day_within(year, today())).exclude(standing=Standing.MEMBER)
    found: dict[tuple[UUID, str], list[tuple[str, UUID]]] = {}
    columns = ("cluster_id", "cluster__name", "standing", "unit_id")
    for cluster, name, standing, unit in leading.filter(meant).values_list(*columns):
        found.setdefault((cluster, name), []).append((standing, unit))
    return [led(name, members) for (_cluster, name), members in found.items()]


def led(name: str, leading: list[tuple[str, UUID]]) -> Led:
    lead = next((unit for standing, unit in leading if standing == Standing.LEAD), None)
    return Led(name, lead, tuple(unit for standing, unit in leading if standing == Standing.DEPUTY))


@dataclass(frozen=True, slots=True)
class Lacking:
    """Clusters a plan speaks of that its year has not; ``lacks``: ``clusters``, their ``leads`` or ``deputies``."""

    year: int
    lacks: str
    bodies: tuple[str, ...]


def clusters_lacking(movement: Movement) -> Lacking | None:
    """Return why «các Cụm thi đua», «Phó Trưởng Cụm» mean nobody yet; a plan that names none costs one query."""
    bodies = cluster_bodies(movement)
    clusters = clusters_of(movement) if bodies else []
    year = movement.cluster.year if movement.cluster else movement.year
    if bodies and not any(led.lead for led in clusters):
        is_there = (
            movement.cluster_id
            or Cluster.objects.filter(authority__root=movement.root_id, year=year).exists()
        )
        return Lacking(year, "leads" if is_there else "clusters", bodies)
    deputies = tuple(body for body in bodies if DEPUTIES.search(plain(body)))
    if deputies and not any(led.deputies for led in clusters):
        return Lacking(year, "deputies", deputies)
    return None


def cluster_bodies(movement: Movement) -> tuple[str, ...]:
    """Return the clusters, their leads and deputies the plan names as bodies, each once, as written."""
    rows = living(movement.plan).filter(field__in=NAMING).order_by("order").values_list("field", "value")
    values = [value for _field, value in sorted(rows, key=lambda row: NAMING.index(row[0]))]
    named = (value.get("body") or value.get("who") or "" for value in values)
    return tuple(dict.fromkeys(body for body in named if body and CLUSTERS.match(plain(body))))
