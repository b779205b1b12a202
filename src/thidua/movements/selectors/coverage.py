"""Who has registered and who has not: the units below one, or the members of a cluster, in a year.

A unit that ended since stays with the sheet it handed in, which stands for its heir too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from thidua.organisations.selectors.succession import Ending, endings_of


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
    ended: Ending | None = None
    handed_over: tuple["CoverageRow", ...] = ()  # of an heir: those it took over from that had handed in

    @property
    def is_registered(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_missing(self) -> bool:
        """Say whether nobody handed in for the unit; of a unit that is no more nothing is missing."""
        return not (self.is_registered or self.handed_over or self.ended)


@dataclass(frozen=True)
class Coverage:
    """The units asked about, in order, and what those that registered strive for together.

    Units that ended stand last; they are no part of how many registered.
    """

    rows: Sequence[CoverageRow]
    awards: Sequence[AwardNumber]

    @cached_property
    def living(self) -> list[CoverageRow]:
        return [row for row in self.rows if not row.ended]

    @cached_property
    def registered(self) -> int:
        return len(self.living) - len(self.missing)

    @cached_property
    def missing(self) -> list[CoverageRow]:
        return [row for row in self.rows if row.is_missing]

    @cached_property
    def without_own(self) -> list[CoverageRow]:
        """The units that may be reminded by name: without a sheet of their own, though one they took over may stand."""
        return [row for row in self.living if not row.is_registered]

    def in_state(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


def expected_below(unit: Unit, year: int, *, on: date) -> QuerySet[Unit]:
    """Return the units right below that register for themselves: all but small collectives without a sheet.

    A small collective stands on the sheet of the unit above.
    """
    own = Registration.objects.filter(unit=OuterRef("pk"), year=year)
    below = Unit.objects.filter(parent=unit).existing(on)
    return below.filter(Q(is_small_collective=False) | Exists(own))


def ended_below(unit: Unit, year: int, *, on: date) -> QuerySet[Unit]:
    """Return the units right below that are no more but handed in a sheet for the year."""
    own = Registration.objects.filter(unit=OuterRef("pk"), year=year, state__in=HANDED_IN)
    return Unit.objects.filter(Exists(own), parent=unit, dissolved_on__lte=on)


def members_of(cluster: Cluster) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=places_kept().filter(cluster=cluster).values("unit"))


def coverage(
    units: QuerySet[Unit],
    year: int,
    *,
    on: date,
    ended: QuerySet[Unit] | None = None,
    only_handed_in: bool = False,
) -> Coverage:
    """Read the sheets of ``units`` and of those that ``ended``. Four queries at any number of units, one more for ends.

    ``only_handed_in``: of a sheet still with its unit no more is told than that it is not there.
    """
    everyone = units if ended is None else with_ended(units, ended)
    sheets = sheets_of(everyone, year, only_handed_in=only_handed_in)
    reminded = dict(
        RegistrationReminder.objects.filter(unit__in=everyone.values("pk"), year=year)
        .order_by("on")
        .values_list("unit_id", "at")
    )
    below = Unit.objects.filter(parent=OuterRef("pk"), is_small_collective=False).existing(on)
    named = everyone.annotate(has_below=Exists(below)).order_by("kind__rank", "sort_key", "pk")
    columns = list(named.values_list("pk", "name", "folded", "has_below", "dissolved_on"))
    rows = [
        row_of(pk, name, folded, sheets.get(pk), reminded.get(pk), has_below=has_below)
        for pk, name, folded, has_below, _gone_on in columns
    ]
    gone = {pk: gone_on for pk, *_told, gone_on in columns if gone_on and gone_on <= on}
    return Coverage(told_apart(rows, endings_of(gone, on)), numbers_of(handed_in(everyone, year)))


def with_ended(units: QuerySet[Unit], ended: QuerySet[Unit]) -> QuerySet[Unit]:
    return Unit.objects.filter(Q(pk__in=units.values("pk")) | Q(pk__in=ended.values("pk")))


def told_apart(rows: Sequence[CoverageRow], endings: Mapping[UUID, Ending]) -> list[CoverageRow]:
    """Return the rows, those that ended last; heirs know whose sheets they took over."""
    gone = [replace(row, ended=endings[row.unit_id]) for row in rows if row.unit_id in endings]
    handed_over: dict[UUID, list[CoverageRow]] = {}
    for row in gone:
        for heir in row.ended.heirs if row.ended and row.is_registered else ():
            handed_over.setdefault(heir.pk, []).append(row)
    living = [
        replace(row, handed_over=tuple(handed_over.get(row.unit_id, ())))
        for row in rows
        if row.unit_id not in endings
    ]
    return [*living, *gone]


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
