"""Clusters of every year with their members, lead and deputies."""

from collections.abc import Iterable, Iterator
from datetime import date

from thidua.audit.services import record
from thidua.demo import clusters as given
from thidua.demo.seeding.clock import moment_of, not_ahead
from thidua.organisations.models import Cluster, ClusterMember, Unit


def write_clusters(clusters: Iterable[given.Cluster], units: dict[str, Unit]) -> dict[str, Cluster]:
    """Write the clusters and return them by code."""
    pairs = [(entry, cluster_of(entry, units)) for entry in clusters]
    Cluster.objects.bulk_create(row for _, row in pairs)
    ClusterMember.objects.bulk_create(
        [member for entry, row in pairs for member in members_of(entry, row, units)], batch_size=500
    )
    for entry, row in pairs:
        at = not_ahead(moment_of(date(row.year, 1, 1), 8))
        details = {"year": row.year, "authority": units[entry.authority].name, "units": len(entry.members)}
        record(None, "cluster.created", row, details=details, at=at)
    return {row.code: row for _, row in pairs}


def cluster_of(entry: given.Cluster, units: dict[str, Unit]) -> Cluster:
    appointed = [member.appointed_by for member in entry.members if member.appointed_by]
    return Cluster(
        authority=units[entry.authority],
        year=entry.year,
        code=entry.code,
        kind=entry.kind,
        name=entry.name,
        regulation=words_of(entry.regulation),
        decision=words_of(appointed[-1]) if appointed else "",
    )


def words_of(document: given.ClusterDocument) -> str:
    return f"{document.number} ngày {document.issued_on:%d/%m/%Y} của {document.issuer}, {document.about}"[
        :250
    ]


def members_of(entry: given.Cluster, row: Cluster, units: dict[str, Unit]) -> Iterator[ClusterMember]:
    """Whoever stays to the end of the year has no last day: the cluster itself is of that year."""
    new_year = date(entry.year + 1, 1, 1)
    for member in entry.members:
        yield ClusterMember(
            cluster=row,
            unit=units[member.unit],
            standing=member.standing,
            block=member.block or "",
            valid_from=member.valid_from,
            valid_until=member.valid_until if member.valid_until < new_year else None,
        )
