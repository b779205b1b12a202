"""Members of clusters written and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext

from thidua.accounts.models import Account
from thidua.exchange.importers import Reference, Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import references_to, referred
from thidua.exchange.staged import staged
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.permissions import scope_of
from thidua.organisations.problems import shown

Outcome, Standing = ImportRow.Outcome, ClusterMember.Standing
OWN = frozenset({"clustermember.cluster"})
Refusals = dict[UUID, list[Problem]]


def write_members(user: Account, rows: Sequence[Staged]) -> Refusals:
    """Write new members and changes, with clusters not there yet; what no longer fits is returned."""
    authority = Unit.objects.get(pk=rows[0].plan["authority"])
    if not scope_of(user).allows("edit_units", authority):
        facts = {"unit": authority.name}
        return {row.pk: [Problem("unit_not_yours", "unit", facts)] for row in rows}
    clusters = Cluster.objects.select_for_update().in_bulk({cluster_id(row) for row in rows})
    refused = write_new([row for row in rows if row.outcome == Outcome.CREATE], authority, clusters)
    refused |= write_changes([row for row in rows if row.outcome == Outcome.UPDATE])
    touched = {cluster_id(row) for row in rows if row.pk not in refused} & set(clusters)
    Cluster.objects.filter(pk__in=touched).update(version=F("version") + 1)
    return refused


def cluster_id(row: Staged) -> UUID:
    return UUID(row.plan["cluster"]["id"])


def write_new(rows: Sequence[Staged], authority: Unit, clusters: Mapping[UUID, Cluster]) -> Refusals:
    """Make members of ``rows``, and before them the clusters that are not in ``clusters`` yet."""
    refused: Refusals = {}
    if not rows:
        return refused
    year = rows[0].plan["year"]
    units = Unit.objects.in_bulk([row.plan["unit"] for row in rows])
    codes = set(Cluster.objects.filter(authority=authority, year=year).values_list("code", flat=True))
    known = dict(clusters)
    placed = places_of(authority, year)
    members = []
    for row in rows:
        cluster = known.get(cluster_id(row)) or new_cluster(row, authority, codes)
        unit = units.get(UUID(row.plan["unit"]))
        problem = problem_of_new(row, cluster, unit, placed)
        if problem or cluster is None or unit is None:
            refused[row.pk] = [problem or Problem("gone_since_preview", "unit", {"what": row.label})]
            continue
        known[cluster.pk] = cluster
        placed[cluster.kind, unit.pk] = cluster.name
        members.append(member_of(row, cluster, unit))
    Cluster.objects.bulk_create([one for pk, one in known.items() if pk not in clusters])
    ClusterMember.objects.bulk_create(members)
    return refused


def places_of(authority: Unit, year: int) -> dict[tuple[str, UUID], str]:
    """Return for each kind and unit the cluster it is in that year."""
    rows = ClusterMember.objects.filter(
        cluster__authority=authority, cluster__year=year, valid_until=None
    ).values_list("cluster__kind", "unit_id", "cluster__name")
    return {(kind, unit): name for kind, unit, name in rows}


def new_cluster(row: Staged, authority: Unit, codes: set[str]) -> Cluster | None:
    """Return the cluster the row asks for; None when it was there at the preview and is gone, or its code taken."""
    told = row.plan["cluster"]
    if not told["is_new"] or told["code"] in codes:
        return None
    return Cluster(
        pk=UUID(told["id"]),
        authority=authority,
        year=row.plan["year"],
        code=told["code"],
        name=told["name"],
        kind=told["kind"],
    )


def problem_of_new(
    row: Staged, cluster: Cluster | None, unit: Unit | None, placed: Mapping[tuple[str, UUID], str]
) -> Problem | None:
    if cluster is None:
        facts = {"cluster": row.plan["cluster"]["name"]}
        return Problem("cluster_changed_since", "cluster_name", facts)
    if unit and (cluster.kind, unit.pk) in placed:
        facts = {"unit": unit.name, "cluster": placed[cluster.kind, unit.pk]}
        return Problem("member_already", "unit", facts)
    if unit and unit.dissolved_on and not unit.exists_on(date.fromisoformat(row.plan["valid_from"])):
        return Problem("unit_ended", "unit", {"unit": unit.name, "day": shown(unit.dissolved_on)})
    return None


def member_of(row: Staged, cluster: Cluster, unit: Unit) -> ClusterMember:
    return ClusterMember(
        pk=row.target,
        cluster=cluster,
        unit=unit,
        standing=row.plan["standing"],
        block=row.plan["block"],
        valid_from=date.fromisoformat(row.plan["valid_from"]),
    )


def write_changes(rows: Sequence[Staged]) -> Refusals:
    members = ClusterMember.objects.select_for_update().in_bulk([row.target for row in rows])
    refused: Refusals = {}
    going = []
    for row in rows:
        member = members.get(row.target)
        if member is None or not reads(member, row, 0):
            refused[row.pk] = [Problem("cluster_changed_since", "", {"cluster": row.label})]
        else:
            going.append(set_values(member, row, 1))
    ClusterMember.objects.bulk_update(going, ["standing", "block"], batch_size=100)
    return refused


def reads(member: ClusterMember, row: Staged, side: int) -> bool:
    """Say whether the member is as the row says it was before (0) or is after (1)."""
    facts: Mapping[str, Any] = row.plan["facts"]
    return member.valid_until is None and all(getattr(member, n) == pair[side] for n, pair in facts.items())


def set_values(member: ClusterMember, row: Staged, side: int) -> ClusterMember:
    for name, pair in row.plan["facts"].items():
        setattr(member, name, pair[side])
    return member


# Taking back


def as_written(member: ClusterMember | None, row: Staged) -> bool:
    """Say whether the member is still as the import left it."""
    if member is None or member.valid_until is not None:
        return False
    if row.outcome == Outcome.UPDATE:
        return reads(member, row, 1)
    return (member.standing, member.block) == (row.plan["standing"], row.plan["block"])


def members_in_the_way(rows: QuerySet[ImportRow]) -> list[Reference]:
    """Return members changed since, and what refers to clusters the import made."""
    written = list(staged(rows))
    members = ClusterMember.objects.in_bulk([row.target for row in written])
    changed = [row for row in written if not as_written(members.get(row.target), row)]
    found = references_to(Cluster, new_clusters(written), own=OWN, shown="name")
    found += references_to(ClusterMember, list(members), shown="unit__name")
    if changed:
        names = tuple(row.label for row in changed[:3])
        found.append(Reference(gettext("thành viên đã thay đổi sau khi nhập"), len(changed), names))
    return found


def new_clusters(rows: Iterable[Staged]) -> list[UUID]:
    """Return the clusters that came with the import."""
    made = (row.plan["cluster"] for row in rows if row.outcome == Outcome.CREATE)
    return list({UUID(told["id"]) for told in made if told["is_new"]})


def take_members_back(rows: Sequence[Staged]) -> Refusals:
    """Delete the members the rows made, clusters left empty by it, and put back what was changed."""
    members = ClusterMember.objects.select_for_update().in_bulk([row.target for row in rows])
    stayed: Refusals = {
        row.pk: [Problem("kept_changed", is_warning=True)]
        for row in rows
        if not as_written(members.get(row.target), row)
    }
    going = [row for row in rows if row.pk not in stayed]
    put_back = [set_values(members[row.target], row, 0) for row in going if row.outcome == Outcome.UPDATE]
    ClusterMember.objects.bulk_update(put_back, ["standing", "block"], batch_size=100)
    gone = [row.target for row in going if row.outcome == Outcome.CREATE]
    ClusterMember.objects.filter(pk__in=gone).delete()
    drop_empty(new_clusters(going))
    return stayed


def drop_empty(clusters: Sequence[UUID]) -> None:
    """Delete those clusters the import made which nothing uses any more."""
    used = referred(Cluster, clusters)
    Cluster.objects.filter(pk__in=[pk for pk in clusters if pk not in used]).delete()
