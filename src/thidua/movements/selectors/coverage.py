"""Who has registered and who has not: the units below one, or the members of a cluster, in a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thidua.movements.models import Registration, RegistrationEntry, RegistrationReminder
from thidua.movements.registering import HANDED_IN
from thidua.movements.registration_permissions import places_kept
from thidua.movements.selectors.registrations import AwardNumber, handed_in, numbers_of
from thidua.organisations.models import Cluster, Unit


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One unit and its sheet; ``state`` is empty where there is none, the figures where nothing may be told."""

    unit_id: UUID
    name: str
    folded: str
    state: str
    sent_at: datetime | None
    people: int | None
    collectives: int | None
    reminded_at: datetime | None
    has_below: bool

    @property
    def is_registered(self) -> bool:
        return self.state in HANDED_IN


@dataclass(frozen=True)
class Coverage:
    """The units asked about, in order, and what those that registered strive for together."""

    rows: Sequence[CoverageRow]
    awards: Sequence[AwardNumber]

    @cached_property
    def registered(self) -> int:
        return sum(row.is_registered for row in self.rows)

    @cached_property
    def missing(self) -> list[CoverageRow]:
        return [row for row in self.rows if not row.is_registered]

    def in_state(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


def expected_below(unit: Unit, year: int, *, on: date) -> QuerySet[Unit]:
    """Return the units right below that register for themselves: all but small collectives without a sheet.

    A small collective stands on the sheet of the unit above.
    """
    own = Registration.objects.filter(unit=OuterRef("pk"), year=year)
    below = Unit.objects.filter(parent=unit).existing(on)
    return below.filter(Q(is_small_collective=False) | Exists(own))


def members_of(cluster: Cluster) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=places_kept().filter(cluster=cluster).values("unit"))


def coverage(units: QuerySet[Unit], year: int, *, on: date, only_handed_in: bool = False) -> Coverage:
    """Read the sheets of ``units``. Four queries at any number of units.

    ``only_handed_in``: of a sheet still with its unit no more is told than that it is not there.
    """
    sheets = sheets_of(units, year, only_handed_in=only_handed_in)
    reminded = dict(
        RegistrationReminder.objects.filter(unit__in=units.values("pk"), year=year)
        .order_by("on")
        .values_list("unit_id", "at")
    )
    below = Unit.objects.filter(parent=OuterRef("pk"), is_small_collective=False).existing(on)
    named = units.annotate(has_below=Exists(below)).order_by("kind__rank", "sort_key", "pk")
    columns = named.values_list("pk", "name", "folded", "has_below")
    rows = [
        row_of(pk, name, folded, sheets.get(pk), reminded.get(pk), has_below=has_below)
        for pk, name, folded, has_below in columns
    ]
    return Coverage(rows, numbers_of(handed_in(units, year)))


def row_of(
    pk: UUID,
    name: str,
    folded: str,
    sheet: Mapping[str, Any] | None,
    reminded_at: datetime | None,
    *,
    has_below: bool,
) -> CoverageRow:
    known = sheet or {}
    return CoverageRow(
        unit_id=pk,
        name=name,
        folded=folded,
        state=known.get("state", ""),
        sent_at=known.get("sent_at"),
        people=known.get("people"),
        collectives=known.get("collectives"),
        reminded_at=reminded_at,
        has_below=has_below,
    )


def sheets_of(units: QuerySet[Unit], year: int, *, only_handed_in: bool) -> dict[UUID, Mapping[str, Any]]:
    rows = Registration.objects.filter(unit__in=units.values("pk"), year=year)
    if only_handed_in:
        rows = rows.filter(state__in=HANDED_IN)
    counted = rows.values("unit_id", "state", "sent_at").annotate(
        people=Count("entries__person", filter=Q(entries__is_wish=False), distinct=True),
        collectives=Count("entries__collective", filter=Q(entries__is_wish=False), distinct=True),
    )
    return {row["unit_id"]: row for row in counted}


def entries_below(units: QuerySet[Unit], year: int) -> QuerySet[RegistrationEntry]:
    """Return the lines of all sheets of ``units`` handed in for the year."""
    sheets = handed_in(units, year)
    return RegistrationEntry.objects.filter(registration__in=sheets.values("pk"), is_wish=False)
