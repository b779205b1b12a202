"""Clusters of a year: their members and blocks, lead and deputies, and last year's copied into the next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import entry_of, record, record_all
from thidua.core.text.normal import one_line
from thidua.organisations.models import Cluster, ClusterMember, ClusterRole, Person, Unit
from thidua.organisations.problems import ClusterChangeRefusedError, Problem, shown
from thidua.organisations.selectors.succession import heirs, successors

Standing = ClusterMember.Standing
FACTS = ("code", "kind", "name", "regulation", "decision")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewCluster:
    """A cluster to be made for a year."""

    authority: Unit
    year: int
    code: str
    name: str
    kind: str = Cluster.Kind.CUM
    regulation: str = ""
    decision: str = ""


@transaction.atomic
def create_cluster(actor: Account | None, new: NewCluster) -> Cluster:
    """Make a cluster without members. Raises ClusterChangeRefusedError."""
    if problems := list(problems_of_code(new.authority, new.year, new.code)):
        raise ClusterChangeRefusedError(problems)
    cluster = Cluster.objects.create(
        authority=new.authority,
        year=new.year,
        code=new.code,
        name=one_line(new.name),
        kind=new.kind,
        regulation=new.regulation,
        decision=new.decision,
    )
    record(actor, "cluster.created", cluster, details={"year": new.year, "authority": new.authority.name})
    return cluster


def problems_of_code(authority: Unit, year: int, code: str, own: Cluster | None = None) -> Iterator[Problem]:
    others = Cluster.objects.filter(authority=authority, year=year, code=code)
    if (others.exclude(pk=own.pk) if own else others).exists():
        yield Problem("cluster_code_taken", {"year": year, "code": code})


@transaction.atomic
def change_cluster(actor: Account | None, cluster: Cluster, *, version: int, **facts: Any) -> Cluster:
    """Set facts (see FACTS). Raises ChangedMeanwhileError, ClusterChangeRefusedError."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not facts of a cluster: {sorted(unknown)}")
    cluster = Cluster.take(cluster.pk, version=version)
    code = facts.get("code", cluster.code)
    if problems := list(problems_of_code(cluster.authority, cluster.year, code, cluster)):
        raise ClusterChangeRefusedError(problems)
    before = {name: getattr(cluster, name) for name in facts}
    changes = {name: [str(before[name]), str(new)] for name, new in facts.items() if before[name] != new}
    for name, value in facts.items():
        setattr(cluster, name, value)
    cluster.save()
    record(actor, "cluster.changed", cluster, details=changes)
    return cluster


@transaction.atomic
def add_members(
    actor: Account | None,
    cluster: Cluster,
    units: Iterable[Unit],
    *,
    block: str = "",
    valid_from: date | None = None,
) -> list[ClusterMember]:
    """Put ``units`` into the cluster from ``valid_from`` (the first day of its year when left out).

    Raises ClusterChangeRefusedError: a unit is in one cluster of a kind only.
    """
    cluster = Cluster.take(cluster.pk)
    start, units = valid_from or date(cluster.year, 1, 1), list(units)
    problems = [*problems_of_day(cluster, start)]
    for unit in units:
        problems += problems_before_joining(cluster, unit, start)
    if problems:
        raise ClusterChangeRefusedError(problems)
    cluster.save()
    members = [
        ClusterMember.objects.create(cluster=cluster, unit=unit, block=block, valid_from=start)
        for unit in units
    ]
    names = [unit.name for unit in units]
    record(actor, "cluster.members_added", cluster, details={"units": names, "from": str(start)})
    return members


def problems_of_day(cluster: Cluster, day: date) -> Iterator[Problem]:
    if day.year != cluster.year:
        facts = {"day": shown(day), "year": cluster.year, "cluster": cluster.name}
        yield Problem("day_outside_year", facts)


def problems_before_joining(cluster: Cluster, unit: Unit, start: date) -> Iterator[Problem]:
    if not unit.exists_on(start):
        yield Problem("unit_not_there", {"unit": unit.name, "day": shown(start)})
    held = (
        ClusterMember.objects.filter(
            unit=unit,
            cluster__year=cluster.year,
            cluster__kind=cluster.kind,
            cluster__authority=cluster.authority,
        )
        .exclude(valid_until__lte=start)
        .select_related("cluster")
        .first()
    )
    if held and held.last_day:
        facts = {"unit": unit.name, "cluster": held.cluster.name, "day": shown(held.last_day)}
        yield Problem("member_until", facts)
    elif held:
        yield Problem("member_already", {"unit": unit.name, "cluster": held.cluster.name})


@transaction.atomic
def remove_member(actor: Account | None, member: ClusterMember, *, last_day: date | None = None) -> None:
    """Take the unit out after ``last_day``; without a day it was never in.

    Raises ClusterChangeRefusedError.
    """
    cluster = Cluster.take(member.cluster_id)
    if last_day and (problems := list(problems_of_day(cluster, last_day))):
        raise ClusterChangeRefusedError(problems)
    if last_day is None or last_day < member.valid_from:
        member.delete()
    else:
        member.valid_until = last_day + ONE_DAY
        member.save(update_fields=["valid_until"])
    cluster.save()
    details = {"unit": member.unit.name, "last_day": str(last_day or "")}
    record(actor, "cluster.member_removed", cluster, details=details)


@transaction.atomic
def put_member_back(actor: Account | None, member: ClusterMember) -> ClusterMember:
    """Let a unit that was taken out stay in as if it had never left; a lead or deputy comes back as a member.

    Raises ClusterChangeRefusedError when it is in a cluster of the kind by now.
    """
    cluster = Cluster.take(member.cluster_id)
    member = ClusterMember.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    if member.valid_until is None:
        return member
    if problems := list(problems_before_joining(cluster, member.unit, member.valid_until)):
        raise ClusterChangeRefusedError(problems)
    if member.standing == Standing.MEMBER:
        member.valid_until = None
        member.save(update_fields=["valid_until"])
    else:
        member = ClusterMember.objects.create(
            cluster=cluster, unit=member.unit, block=member.block, valid_from=member.valid_until
        )
    cluster.save()
    record(actor, "cluster.member_put_back", cluster, details={"unit": member.unit.name})
    return member


@transaction.atomic
def appoint(
    actor: Account | None,
    cluster: Cluster,
    *,
    lead: Unit,
    deputies: Iterable[Unit],
    on: date,
    decision: str,
    version: int | None = None,
) -> Cluster:
    """Let ``lead`` and ``deputies``, all members, lead the cluster from ``on`` by ``decision``.

    Representatives of units that no longer lead are dismissed that day.

    Raises ChangedMeanwhileError, ClusterChangeRefusedError.
    """
    cluster, deputies = Cluster.take(cluster.pk, version=version), list(deputies)
    members = {
        member.unit_id: member
        for member in cluster.members.on(on).select_related("unit").order_by("valid_from")
    }
    if problems := list(problems_before_appointing(cluster, lead, deputies, on, members)):
        raise ClusterChangeRefusedError(problems)
    due = dict.fromkeys((unit.pk for unit in deputies), Standing.DEPUTY) | {lead.pk: Standing.LEAD}
    changing = [m for m in members.values() if m.standing != due.get(m.unit_id, Standing.MEMBER)]
    restand(changing, due, on)
    cluster.decision = one_line(decision)
    cluster.save()
    dismiss(cluster, {lead.pk}, ClusterRole.Role.LEAD, on)
    dismiss(cluster, {unit.pk for unit in deputies}, ClusterRole.Role.DEPUTY, on)
    details = {"lead": lead.name, "deputies": [unit.name for unit in deputies], "on": str(on)}
    record(actor, "cluster.appointed", cluster, details=details | {"decision": cluster.decision})
    return cluster


def problems_before_appointing(
    cluster: Cluster, lead: Unit, deputies: list[Unit], on: date, members: dict[Any, ClusterMember]
) -> Iterator[Problem]:
    yield from problems_of_day(cluster, on)
    for unit in (lead, *deputies):
        if unit.pk not in members:
            facts = {"unit": unit.name, "cluster": cluster.name, "day": shown(on)}
            yield Problem("not_a_member", facts)
    if lead in deputies:
        yield Problem("lead_and_deputy", {"unit": lead.name})


def restand(members: list[ClusterMember], due: dict[Any, Standing], on: date) -> None:
    """Give each member its due standing from ``on``; all step down first, for there is one lead at a time."""
    ended = []
    for member in members:
        until = member.valid_until
        if member.valid_from < on:
            member.valid_until = on
            member.save(update_fields=["valid_until"])
            member = ClusterMember(  # noqa: PLW2901 - the place goes on as a new row from that day
                cluster_id=member.cluster_id, unit_id=member.unit_id, block=member.block, valid_from=on
            )
            member.valid_until = until
        else:
            member.standing = Standing.MEMBER
            member.save(update_fields=["standing"])
        ended.append(member)
    for member in ended:
        member.standing = due.get(member.unit_id, Standing.MEMBER)
        member.save()


def dismiss(cluster: Cluster, leading: set[Any], role: str, on: date) -> None:
    """End the representatives in ``role`` whose unit is not among ``leading``."""
    for row in cluster.roles.filter(role=role).on(on).select_related("person"):
        if row.person.record_unit_id not in leading:
            end_row(row, on)


def end_row(row: ClusterRole, until: date) -> None:
    if row.valid_from >= until:
        row.delete()
    else:
        row.valid_until = until
        row.save(update_fields=["valid_until"])


@transaction.atomic
def give_cluster_role(
    actor: Account | None,
    cluster: Cluster,
    person: Person,
    role: str,
    *,
    valid_from: date,
    last_day: date | None = None,
) -> ClusterRole:
    """Let ``person`` act for the unit leading (or deputy of) the cluster, at most to the end of the year.

    Raises ClusterChangeRefusedError when the person does not work in such a unit.
    """
    standing = Standing.LEAD if role == ClusterRole.Role.LEAD else Standing.DEPUTY
    leading = cluster.members.on(valid_from).filter(standing=standing)
    problems = [*problems_of_day(cluster, valid_from)]
    if not any(
        person.unit_id and person.record_unit and m.unit.contains(person.record_unit) for m in leading
    ):
        facts = {"person": person.full_name, "cluster": cluster.name}
        problems.append(Problem("not_of_leading_unit", facts))
    if last_day and last_day < valid_from:
        facts = {"last": shown(last_day), "first": shown(valid_from)}
        problems.append(Problem("ends_before_start", facts))
    if problems:
        raise ClusterChangeRefusedError(problems)
    until = (last_day or date(cluster.year, 12, 31)) + ONE_DAY
    row = ClusterRole.objects.create(
        cluster=cluster, person=person, role=role, valid_from=valid_from, valid_until=until
    )
    record(actor, "cluster_role.given", cluster, details={"person": person.full_name, "role": role})
    return row


@transaction.atomic
def end_cluster_role(actor: Account | None, row: ClusterRole, *, last_day: date) -> None:
    """End the representative's role after ``last_day``; one that had not begun is taken back."""
    row = ClusterRole.objects.select_for_update().select_related("cluster", "person").get(pk=row.pk)
    record(
        actor, "cluster_role.ended", row.cluster, details={"person": row.person.full_name, "role": row.role}
    )
    end_row(row, last_day + ONE_DAY)


@transaction.atomic
def copy_year(actor: Account | None, authority: Unit, *, from_year: int, to_year: int) -> list[Cluster]:
    """Copy clusters, members and blocks as they stood at the end of ``from_year``; leads are appointed anew.

    A member that has ended by then is replaced by its successor. Raises ClusterChangeRefusedError.
    """
    earlier = list(Cluster.objects.filter(authority=authority, year=from_year).order_by("code"))
    taken = Cluster.objects.filter(authority=authority, year=to_year).count()
    if not earlier:
        raise ClusterChangeRefusedError([Problem("cluster_year_empty", {"year": from_year})])
    if taken:
        raise ClusterChangeRefusedError([Problem("cluster_year_taken", {"year": to_year, "count": taken})])
    copies = {cluster.pk: copy_of(cluster, to_year) for cluster in earlier}
    Cluster.objects.bulk_create(copies.values())
    ClusterMember.objects.bulk_create(members_of_copies(copies, from_year, date(to_year, 1, 1)))
    details = {"year": to_year, "copied_from": from_year}
    record_all(entry_of(actor, "cluster.created", copy, details=details) for copy in copies.values())
    return list(copies.values())


def copy_of(cluster: Cluster, year: int) -> Cluster:
    return Cluster(
        authority=cluster.authority,
        year=year,
        code=cluster.code,
        kind=cluster.kind,
        name=cluster.name,
        regulation=cluster.regulation,
    )


def members_of_copies(copies: Mapping[UUID, Cluster], from_year: int, first: date) -> list[ClusterMember]:
    """Return the unsaved members from ``first`` on: each unit of the last day, or who took over from it."""
    members = ClusterMember.objects.on(date(from_year, 12, 31)).filter(cluster__in=list(copies))
    following = successors(first)
    placed: dict[tuple[UUID, UUID], ClusterMember] = {}
    for member in members.select_related("unit").order_by("pk"):
        copy = copies[member.cluster_id]
        for unit in heirs(member.unit, first, following):
            new = ClusterMember(cluster=copy, unit=unit, block=member.block, valid_from=first)
            placed.setdefault((copy.pk, unit.pk), new)
    return list(placed.values())
