"""Which collectives stand in no cluster of a year, as far as the clusters kept here tell."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from thidua.movements.permissions import paths_above
from thidua.organisations.models import ClusterMember, Unit


def outside_clusters(
    units: Sequence[Unit], predecessors: Mapping[UUID, Iterable[Unit]], *, year: int
) -> set[UUID]:
    """Return the units known to stand in none: a body above them keeps that year's clusters, and none has them.

    A body run by a province, or a part of one, may stand in one of the province's, which this system need not hold.
    Two queries, one where no clusters of the year are kept.
    """
    placed, keepers = set(), set()
    rows = ClusterMember.objects.filter(cluster__year=year).order_by()
    for unit, keeper in rows.values_list("unit_id", "cluster__authority__path").iterator():
        placed.add(unit)
        keepers.add(keeper)
    if not keepers:
        return set()
    run_by_provinces = Unit.objects.filter(
        root__in={unit.root_id for unit in units}, kind__is_of_province=True
    )
    of_province = set(run_by_provinces.values_list("path", flat=True))
    return {
        unit.pk
        for unit in units
        if of_province.isdisjoint(paths_above(unit.path))
        and any(unit.path != keeper and unit.path.startswith(keeper) for keeper in keepers)
        and not ({unit.pk, *(one.pk for one in predecessors.get(unit.pk, ()))} & placed)
    }
