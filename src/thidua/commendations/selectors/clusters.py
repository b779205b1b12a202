"""Which collectives stand in no cluster of a year, as far as the clusters kept here tell."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from thidua.organisations.models import ClusterMember, Unit, UnitKind


def outside_clusters(
    units: Sequence[Unit], predecessors: Mapping[UUID, Iterable[Unit]], *, year: int
) -> set[UUID]:
    """Return the units known to stand in none: a body above them keeps that year's clusters, and none has them.

    A body run by a province may stand in one of the province's, which this system need not hold. Two queries,
    one where no clusters of the year are kept.
    """
    placed, keepers = set(), set()
    rows = ClusterMember.objects.filter(cluster__year=year).order_by()
    for unit, keeper in rows.values_list("unit_id", "cluster__authority__path").iterator():
        placed.add(unit)
        keepers.add(keeper)
    if not keepers:
        return set()
    of_province = set(UnitKind.objects.filter(is_of_province=True).values_list("pk", flat=True))
    return {
        unit.pk
        for unit in units
        if unit.kind_id not in of_province
        and any(unit.path != keeper and unit.path.startswith(keeper) for keeper in keepers)
        and not ({unit.pk, *(one.pk for one in predecessors.get(unit.pk, ()))} & placed)
    }
