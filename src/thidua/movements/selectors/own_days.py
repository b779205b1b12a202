"""Days of events that are a cluster's or a unit's own, and the day each unit counts a term from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import DateField, IntegerField, Q, QuerySet, UUIDField, Value

from thidua.movements.models import Deadline, Event, EventDay, Movement, Participation
from thidua.movements.selectors.receipts import Receipts, receipts_for, there
from thidua.organisations.models import Cluster, ClusterMember, Unit
from thidua.organisations.selectors.clusters import day_within
from thidua.records.days import today

OwnDays = Mapping[tuple[UUID, UUID], date]  # by event and unit
Undone = Mapping[tuple[str, UUID], date | None]
"""By the name of an event and a unit or cluster: the own day it had before; None: none."""
NOTHING_UNDONE: Undone = MappingProxyType({})


def own_days(rows: Iterable[Deadline], on: date, undone: Undone = NOTHING_UNDONE) -> OwnDays:
    """Return the days of their own that units have for the events of ``rows``; a unit's beats its cluster's.

    One query, none where no event has such days. ``undone``: changes since the day asked about, taken back.
    """
    return event_days_of([row.event for row in rows if row.event], on, undone)


def event_days_of(asked: Iterable[Event], on: date, undone: Undone = NOTHING_UNDONE) -> OwnDays:
    names = {name for name, _place in undone}
    events = {event.pk: event.name for event in asked if event.has_own_days or event.name in names}
    if not events:
        return {}
    given, members = given_and_members(events, {place for _name, place in undone}, on)
    for (name, place), before in undone.items():
        for event in (pk for pk, its_name in events.items() if its_name == name):
            given.pop((event, place), None)
            given |= {(event, place): before} if before else {}
    return {
        (event, unit): day for (event, place), day in given.items() for unit in members.get(place, ())
    } | given


def given_and_members(
    events: Iterable[UUID], places: Collection[UUID], on: date
) -> tuple[dict[tuple[UUID, UUID], date], dict[UUID, list[UUID]]]:
    """Return the days of ``events`` by event and unit or cluster, and the units of each cluster as of ``on``.

    ``places``: further clusters whose members are asked for. One query.
    """
    given: dict[tuple[UUID, UUID], date] = {}
    members: dict[UUID, list[UUID]] = {}
    for event, unit, cluster, first, until, year in days_and_members(events, places):
        if event:
            given[event, unit or cluster] = first
        elif first <= (day := day_within(year, on)) and (until is None or day < until):
            members.setdefault(cluster, []).append(unit)
    return given, members


def days_and_members(events: Iterable[UUID], places: Collection[UUID]) -> QuerySet[Any, Any]:
    """Return the days given, and beneath them, without an event, who is a member of those clusters, and when."""
    no_event, no_day = Value(None, output_field=UUIDField()), Value(None, output_field=DateField())
    days = EventDay.objects.filter(event__in=list(events)).order_by()
    concerned = Q(cluster__in=days.values("cluster")) | Q(cluster__in=places)
    members = ClusterMember.objects.filter(concerned).order_by()
    no_year = Value(0, output_field=IntegerField())
    return days.values_list("event_id", "unit_id", "cluster_id", "on", no_day, no_year).union(
        members.values_list(no_event, "unit_id", "cluster_id", "valid_from", "valid_until", "cluster__year"),
        all=True,
    )


@dataclass(frozen=True, slots=True)
class UnitDays:
    """From which days units count: that of their receipt, or of an event of their own."""

    receipts: Receipts
    own: OwnDays

    def received_on(self, row: Deadline, unit_id: UUID) -> date | None:
        return self.receipts.get((row.movement_id, unit_id))

    def own_on(self, row: Deadline, unit_id: UUID) -> date | None:
        return self.own.get((row.event_id, unit_id)) if row.event_id else None


def unit_days(
    rows: Collection[Deadline],
    units: Collection[UUID] | QuerySet[Participation, Any],
    on: date,
    undone: Undone = NOTHING_UNDONE,
) -> UnitDays:
    """Return both for ``rows``; no query where every unit counts from the same days."""
    return UnitDays(receipts_for(rows, units), own_days(rows, on, undone))


def given_days(event: Event) -> list[EventDay]:
    """Return the days as they were given, those of clusters first."""
    rows = EventDay.objects.filter(event=event).select_related("unit", "cluster")
    return sorted(rows, key=lambda row: (row.cluster_id is None, row.on, str(row.place)))


def units_taking_part(movement: Movement) -> list[Unit]:
    """Return the units that received the movement and have not ended."""
    parts = movement.participations.filter(there(today()), is_visible=True)
    return list(Unit.objects.filter(pk__in=parts.values("unit")).order_by("depth", "sort_key"))


def clusters_taking_part(movement: Movement) -> list[Cluster]:
    """Return the clusters of the movement's year of which some member received it."""
    parts = movement.participations.filter(is_visible=True)
    rows = Cluster.objects.filter(year=movement.year, members__unit__in=parts.values("unit"))
    return list(rows.distinct().order_by("name", "pk"))
