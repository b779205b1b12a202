"""What a unit's page shows: its names and places over time, who came before and after, who works there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value

from thidua.audit.models import Entry
from thidua.organisations.models import (
    Cluster,
    ClusterMember,
    Person,
    Unit,
    UnitEvent,
    UnitRole,
    UnitSuccession,
)
from thidua.records.days import today

HISTORY = 12


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a unit's life: a kind, a day, and the unit or name concerned."""

    kind: str  # "founded" | "named" | "placed" | "took_over" | "handed_over" | "ended"
    on: date
    unit: Unit | None = None
    name: str = ""
    decision: str = ""


def life_of(unit: Unit) -> list[Happening]:
    """Return what happened to the unit, the latest first: names, places, take-overs and its end."""
    names = list(unit.names.all())
    happenings = [Happening("founded", unit.founded_on, name=names[0].name if names else unit.name)]
    decisions = decisions_by_day(unit)
    happenings += [
        Happening("named", row.valid_from, name=row.name, decision=decisions.get(row.valid_from, ""))
        for row in names
        if row.valid_from != unit.founded_on
    ]
    happenings += [
        Happening("placed", row.valid_from, unit=row.parent, decision=decisions.get(row.valid_from, ""))
        for row in unit.parents.select_related("parent")
        if row.valid_from != unit.founded_on
    ]
    happenings += take_overs(unit)
    if unit.dissolved_on and not any(line.kind == "handed_over" for line in happenings):
        happenings.append(
            Happening("ended", unit.dissolved_on, decision=decisions.get(unit.dissolved_on, ""))
        )
    return sorted(happenings, key=lambda line: line.on, reverse=True)


def name_on(unit: Unit, day: date) -> str:
    """Return the unit's name on ``day``, today's where it did not exist then."""
    if day == today():
        return unit.name
    names = [row.name for row in unit.names.all() if row.valid_from <= day]
    return names[-1] if names and unit.exists_on(day) else unit.name


def decisions_by_day(unit: Unit) -> dict[date, str]:
    """Return the decisions of events the log ties to the unit, by the day they took effect."""
    entries = Entry.objects.filter(
        subject_type="organisations.unit", subject_id=str(unit.pk), details__has_key="event"
    )
    events = UnitEvent.objects.filter(pk__in=[entry.details["event"] for entry in entries])
    return {event.on: event.decision_words for event in events}


def take_overs(unit: Unit) -> Iterable[Happening]:
    rows = UnitSuccession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
    for row in rows.select_related("event", "predecessor", "successor"):
        if row.successor_id == unit.pk:
            yield Happening("took_over", row.event.on, row.predecessor, decision=row.event.decision_words)
        elif row.successor:
            yield Happening("handed_over", row.event.on, row.successor, decision=row.event.decision_words)


def people_of(unit: Unit, day: date) -> "list[Person]":
    """Return who holds a post in the unit on ``day``, managers first, each with ``post_on`` that day."""
    posts = (
        unit.posts.on(day).select_related("person__record_unit").order_by("-is_manager", "person__sort_key")
    )
    people: dict[object, Person] = {}
    for post in posts:
        person = people.setdefault(post.person_id, post.person)
        if not hasattr(person, "post_on"):
            person.post_on = post  # type: ignore[attr-defined]  # read by the unit's page
    return list(people.values())


def counts_below(unit: Unit, day: date) -> tuple[int, int]:
    """Return how many units exist below ``unit`` in today's tree and how many people work in all of it."""
    within = Unit.objects.within(unit)
    people = Person.objects.filter(unit__in=within.values("pk"))
    units = within.existing(day).exclude(pk=unit.pk)
    counted: tuple[int, int] = Unit.objects.values_list(number_of(units), number_of(people)).get(pk=unit.pk)
    return counted


def number_of(rows: QuerySet[Any]) -> Subquery:
    """Return the number of ``rows`` as a column."""
    counted = rows.order_by().values(every=Value(1)).annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def memberships_of(unit: Unit, day: date, among: Q) -> list[ClusterMember]:
    """Return the unit's places on ``day`` in those clusters that ``among`` lets the reader see."""
    seen = Cluster.objects.filter(among, year=day.year)
    rows = unit.cluster_memberships.filter(cluster__in=seen.values("pk")).on(day)
    return list(rows.select_related("cluster").order_by("cluster__kind", "cluster__code"))


def roles_on(unit: Unit, day: date) -> list[UnitRole]:
    """Return the roles given on the unit itself that hold on ``day`` or will, holders before stand-ins."""
    rows = unit.roles.exclude(valid_until__lte=day).select_related("person", "stand_in_for__person", "unit")
    return list(rows.order_by("role", "stand_in_for__valid_from", "person__sort_key"))


def history_of(subject_type: str, pk: object) -> list[Entry]:
    """Return the latest entries of the log about one row."""
    rows = Entry.objects.filter(subject_type=subject_type, subject_id=str(pk))
    return list(rows.order_by("-at")[:HISTORY])
