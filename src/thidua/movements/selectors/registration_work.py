"""What waits for a person who keeps registrations: sheets to begin, to send, to take."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from thidua.movements.models import Registration
from thidua.movements.registering import EDITABLE, HANDED_IN
from thidua.organisations.models import Unit, UnitSuccession
from thidua.records.prepared import Prepared

MOST = 30
State = Registration.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet, or a unit that has none of ``year`` yet (``state`` empty); ``wishes``: how many wait on it."""

    unit_id: UUID
    unit: str
    year: int
    state: str = ""
    sent_at: datetime | None = None
    wishes: int = 0

    @property
    def state_label(self) -> str:
        return str(State(self.state).label) if self.state else ""


@dataclass(frozen=True, slots=True)
class RegistrationWork:
    to_begin: Sequence[Waiting] = ()
    to_send: Sequence[Waiting] = ()
    to_take: Sequence[Waiting] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.to_begin or self.to_send or self.to_take)


def registration_work(units: Collection[UUID], *, on: date) -> RegistrationWork:
    """Read what waits at the ``units`` a person acts in; sheets of last year wait on. One query, none without units."""
    if not units:
        return RegistrationWork()
    rows = sheets_of(units=tuple(units), since=on.year - 1, year=on.year)
    return sorted_out(rows, frozenset(units), on.year)


@Prepared
def sheets_of(*, units: tuple[UUID, ...], since: int, year: int) -> QuerySet[Unit, Any]:
    """Return the ``units`` and those below them that sent a sheet, with their sheets from the year ``since`` on.

    And whether the unit took over from one that had handed in for ``year``.
    """
    taken_over = UnitSuccession.objects.filter(
        successor=OuterRef("pk"),
        event__on=F("predecessor__dissolved_on"),
        predecessor__registrations__year=year,
        predecessor__registrations__state__in=HANDED_IN,
    )
    sheets = FilteredRelation("registrations", condition=Q(registrations__year__gte=since))
    found = Unit.objects.annotate(sheet=sheets).filter(
        Q(pk__in=units, parent__isnull=False) | Q(parent__in=units, sheet__state=State.SENT)
    )
    columns = (
        "pk",
        "parent_id",
        "name",
        "is_small_collective",
        "sheet__year",
        "sheet__state",
        "sheet__sent_at",
    )
    rows = found.values_list(*columns).annotate(
        wishes=Count("sheet__entries", filter=Q(sheet__entries__is_wish=True)), is_heir=Exists(taken_over)
    )
    return rows.order_by("path", "sheet__year")


def sorted_out(
    rows: Iterable[tuple[UUID, UUID | None, str, bool, int | None, str | None, datetime | None, int, bool]],
    units: frozenset[UUID],
    this_year: int,
) -> RegistrationWork:
    own: dict[UUID, tuple[str, bool]] = {}
    begun: set[UUID] = set()
    to_send, to_take = [], []
    for pk, parent, name, is_small, year, state, sent_at, wishes, is_heir in rows:
        if pk in units:
            own[pk] = name, is_small or is_heir
        if year is None or state is None:
            continue
        sheet = Waiting(pk, name, year, state, sent_at, wishes)
        if year == this_year:
            begun.add(pk)
        if state in EDITABLE and pk in units and year >= this_year:
            to_send.append(sheet)
        elif state == State.SENT and parent in units:
            to_take.append(sheet)
    to_begin = [
        Waiting(pk, name, this_year)
        for pk, (name, is_spoken_for) in own.items()
        if not is_spoken_for and pk not in begun
    ]
    to_take.sort(key=lambda one: (one.year, str(one.sent_at)))
    return RegistrationWork(to_begin[:MOST], to_send, to_take[:MOST])
