"""Days of events that are a cluster's or a unit's own, and the day each unit counts a term from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

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

    Two queries, none where no event has such days. ``undone``: changes since the day asked about, taken back.
    """
    return event_days_of([row.event for row in rows if row.event], on, undone)


def event_days_of(asked: Iterable[Event], on: date, undone: Undone = NOTHING_UNDONE) -> OwnDays:
    names = {name for name, _place in undone}
    events = {event.pk: event.name for event in asked if event.has_own_days or event.name in names}
    if not events:
        return {}
    days = EventDay.objects.filter(event__in=events).values_list("event", "unit", "cluster", "on")
    given = {(event, unit or cluster): day for event, unit, cluster, day in days}
    for (name, place), before in undone.items():
        for event in (pk for pk, its_name in events.items() if its_name == name):
            given.pop((event, place), None)
            given |= {(event, place): before} if before else {}
    return of_members(given, on) | given


def of_members(given: Mapping[tuple[UUID, UUID], date], on: date) -> dict[tuple[UUID, UUID], date]:
    """Return by event and unit what the unit has from its cluster, as its members are on ``on``; one query."""
    members = ClusterMember.objects.filter(cluster__in={place for _event, place in given})
    columns = members.values_list("cluster", "cluster__year", "unit", "valid_from", "valid_until")
    units: dict[UUID, list[UUID]] = {}
    for cluster, year, unit, first, until in columns.order_by("pk"):
        day = day_within(year, on)
        if first <= day and (until is None or day < until):
            units.setdefault(cluster, []).append(unit)
    return {(event, unit): day for (event, place), day in given.items() for unit in units.get(place, ())}


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
