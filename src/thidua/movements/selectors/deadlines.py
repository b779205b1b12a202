"""Deadlines, planned beside real: for one unit, for the units one binds, for the page of my work."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from thidua.core.deadlines.state import Standing, State
from thidua.movements.models import (
    Deadline,
    Duty,
    Movement,
    Participation,
    ParticipationEvent,
)
from thidua.movements.selectors.items import held
from thidua.movements.selectors.own_days import (
    NOTHING_UNDONE,
    Undone,
    UnitDays,
    unit_days,
)
from thidua.movements.selectors.receipts import there
from thidua.movements.selectors.terms import deadlines_at, end_of, logged, then
from thidua.movements.terms import launched_on, state_of
from thidua.movements.wording import when_of
from thidua.organisations.models import Unit
from thidua.organisations.selectors.succession import Ending, endings_of
from thidua.records.days import day_of, today
from thidua.records.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Term:
    """One deadline as one unit (or the organiser, None) meets it."""

    deadline: Deadline
    unit_id: UUID | None
    state: State | None
    finished_on: date | None
    noted_on: date | None = None  # recorded only after the day asked about, on this one

    @property
    def standing(self) -> Standing:
        return self.state.standing if self.state else Standing.OPEN

    @property
    def last_day(self) -> date | None:
        return self.state.last_day if self.state else None

    @property
    def when(self) -> str:
        """The plan's own words of when it is due."""
        return when_of(self.deadline)

    @property
    def sort_key(self) -> tuple[bool, date]:
        """Those with a day first, the nearest on top."""
        return (self.last_day is None, self.last_day or date.max)


def living_deadlines(movements: Iterable[Movement] | QuerySet[Movement]) -> QuerySet[Deadline]:
    return with_movement(movements).prefetch_related("for_units")


def with_movement(
    movements: Iterable[Movement] | QuerySet[Movement], on: date | None = None
) -> QuerySet[Deadline]:
    """Return the deadlines in force on a day, today where none is given."""
    rows = Deadline.objects.filter(held(on or today()), movement__in=movements)
    return rows.select_related("event", "movement", "ended_by_revision")


def terms_of_unit(unit_id: UUID, movements: QuerySet[Movement], *, on: date) -> list[Term]:
    """Return the deadlines that bind the unit, the nearest first; one query at any size.

    One more where a term counts from the day of receipt.
    """
    named = Deadline.for_units.through.objects.filter(unit=unit_id).values("deadline")
    mine = with_movement(movements, on).filter(Q(for_all=True) | Q(pk__in=named))
    rows = list(mine.annotate(done=done_by(unit_id), finished_on=F("done__finished_on")))
    days = unit_days(rows, [unit_id], on)
    terms = [term_of_unit(row, unit_id, row.finished_on, on, days) for row in rows]
    return sorted(terms, key=lambda term: term.sort_key)


def done_by(unit_id: UUID) -> FilteredRelation:
    """Return the join of a deadline or duty with the unit's own completion of it, of which there is one at most."""
    return FilteredRelation("completions", condition=Q(completions__unit=unit_id))


def begun_by(units: Iterable[Unit]) -> QuerySet[Movement]:
    """Return the running movements ``units`` began themselves.

    The terms of a plan that answers another stand among those its unit received.
    """
    return Movement.objects.filter(organiser__in=units, answers=None, status=Movement.Status.LAUNCHED)


def terms_of_organisers(
    movements: Sequence[Movement] | QuerySet[Movement], *, on: date
) -> list[tuple[Unit, Term]]:
    """Return the deadlines to come of ``movements``, each with the unit that set it; one query."""
    rows = with_movement(movements, on).select_related("movement__organiser")
    found = [
        (row.movement.organiser, term_for(row, None, None, on, launched_on(row.movement))) for row in rows
    ]
    return [(unit, term) for unit, term in found if term.last_day and term.last_day >= on]


def terms_of_parts(parts: Sequence[Participation], *, on: date) -> Iterator[tuple[Participation, Term]]:
    """Yield the deadlines that bind each part's unit, with where they stand; one query for all parts."""
    units = {part.unit_id for part in parts}
    rows = bound_rows(movements=tuple({part.movement_id for part in parts}), units=tuple(units), on=on)
    found: dict[UUID, Deadline] = {}
    named: dict[UUID, set[UUID]] = {}
    done: dict[tuple[UUID, UUID], date] = {}
    for joined in rows:  # one for each named unit and each completion
        found.setdefault(joined.pk, joined)
        named.setdefault(joined.pk, set()).add(joined.mine_id)
        if joined.done_unit:
            done[joined.pk, joined.done_unit] = joined.done_on
    days = unit_days(list(found.values()), units, on)
    for part in parts:
        for row in found.values():
            if row.movement_id == part.movement_id and (row.for_all or part.unit_id in named[row.pk]):
                yield part, term_of_unit(row, part.unit_id, done.get((row.pk, part.unit_id)), on, days)


@Prepared
def bound_rows(*, movements: tuple[UUID, ...], units: tuple[UUID, ...], on: date) -> QuerySet[Any, Any]:
    """Return the deadlines in force that bind some of ``units``, once for each named unit and each completion."""
    return (
        Deadline.objects.filter(held(on), movement__in=movements)
        .annotate(
            mine=FilteredRelation("for_units", condition=Q(for_units__in=units)),
            done=FilteredRelation("completions", condition=Q(completions__unit__in=units)),
        )
        .filter(Q(for_all=True) | Q(mine__isnull=False))
        .annotate(mine_id=F("mine__id"), done_unit=F("done__unit_id"), done_on=F("done__finished_on"))
        .select_related("event", "movement")
    )


def binds(row: Deadline, unit_id: UUID) -> bool:
    return row.for_all or unit_id in {unit.pk for unit in row.for_units.all()}


def parts_on(movement: Movement, who: Q, on: date) -> QuerySet[Participation]:
    """Return the parts of the units that had received the movement by the end of ``on`` and had not ended."""
    return received_by(movement, who, on).filter(there(on))


def received_by(movement: Movement, who: Q, on: date) -> QuerySet[Participation]:
    parts = movement.participations.filter(who, is_visible=True)
    if on >= today():
        return parts
    known = ParticipationEvent.objects.filter(participation=OuterRef("pk"), at__lt=end_of(on))
    return parts.filter(Exists(known))


def rows_on(movement: Movement, on: date) -> list[Deadline]:
    """Return the deadlines of the plan as it held at the end of ``on``, each event with the day it had then."""
    return known_on(movement, on)[0]


def known_on(movement: Movement, on: date) -> tuple[list[Deadline], Undone]:
    """Return the same, and which own days of events were others then."""
    if on >= today():
        return list(with_movement([movement], on)), NOTHING_UNDONE
    log = logged(movement, on)
    rows = list(deadlines_at([movement], end_of(on)).select_related("event", "movement", "ended_by_revision"))
    for row in rows:
        row.last_on = then(row, log.moved, launched_on(movement))
    return rows, log.own_moved


class EndedUnit(NamedTuple):
    """A unit that ended, how, and when it had finished the deadline (None: it had not)."""

    unit: Unit
    ending: Ending
    finished_on: date | None


def bound_units(
    row: Deadline, who: Q, *, on: date, undone: Undone = NOTHING_UNDONE
) -> list[tuple[Unit, Term]]:
    """Return the units the deadline binds, in their order, each with where it stands; three queries.

    One more where a term counts from the receipt, up to two more where units have days of their own.
    """
    parts = parts_on(row.movement, who, on)
    if not row.for_all:
        parts = parts.filter(unit__in=row.for_units.values("pk"))
    units = [part.unit for part in parts.select_related("unit").order_by("unit__depth", "unit__sort_key")]
    columns = row.completions.filter(finished_on__lte=on).values_list("unit_id", "finished_on", "at")
    done = {unit: (finished_on, at) for unit, finished_on, at in columns}
    days = unit_days([row], [unit.pk for unit in units], on, undone)
    found = []
    for unit in units:
        finished_on, at = done.get(unit.pk, (None, None))
        term = term_of_unit(row, unit.pk, finished_on, on, days)
        is_later = at is not None and at >= end_of(on)
        found.append((unit, replace(term, noted_on=day_of(at)) if at and is_later else term))
    return found


def ended_units(row: Deadline, who: Q, *, on: date) -> list[EndedUnit]:
    """Return the units the deadline bound that ended since, with what they reported; two queries, three where any."""
    parts = received_by(row.movement, who, on).exclude(there(on))
    if not row.for_all:
        parts = parts.filter(unit__in=row.for_units.values("pk"))
    units = [part.unit for part in parts.select_related("unit").order_by("unit__depth", "unit__sort_key")]
    done = dict(row.completions.filter(unit__in=units).values_list("unit_id", "finished_on")) if units else {}
    endings = endings_of({unit.pk: unit.dissolved_on for unit in units if unit.dissolved_on}, on)
    return [EndedUnit(unit, endings[unit.pk], done.get(unit.pk)) for unit in units]


def term_of_unit(row: Deadline, unit_id: UUID, finished_on: date | None, on: date, days: UnitDays) -> Term:
    """Return where the deadline stands for a unit, by the days from which the unit counts."""
    received_on, own_on = days.received_on(row, unit_id), days.own_on(row, unit_id)
    state = state_of(row, on=on, finished_on=finished_on, received_on=received_on, own_on=own_on)
    return Term(row, unit_id, state, finished_on)


def term_for(
    row: Deadline, unit_id: UUID | None, finished_on: date | None, on: date, received_on: date | None = None
) -> Term:
    state = state_of(row, on=on, finished_on=finished_on, received_on=received_on)
    return Term(row, unit_id, state, finished_on)


def duties_of_unit(unit_id: UUID, movements: QuerySet[Movement]) -> QuerySet[Duty]:
    """Return the duties that fall to the unit, with the deadline each has."""
    named = Duty.units.through.objects.filter(unit=unit_id).values("duty")
    rows = Duty.objects.filter(held(today()), movement__in=movements)
    mine = rows.filter(Q(for_all=True) | Q(pk__in=named))
    return mine.select_related("deadline", "movement").order_by("movement", "order")


def done_duties(unit_id: UUID, movements: QuerySet[Movement]) -> list[tuple[Duty, date | None]]:
    """Return the duties of the unit, each with the day it finished it; one query."""
    duties = duties_of_unit(unit_id, movements)
    rows = duties.annotate(done=done_by(unit_id), finished_on=F("done__finished_on"))
    return [(duty, duty.finished_on) for duty in rows]


def received_movements(unit_ids: Iterable[UUID]) -> QuerySet[Movement]:
    """Return the launched movements these units take part in."""
    parts = Participation.objects.filter(unit__in=list(unit_ids), is_visible=True)
    return Movement.objects.filter(pk__in=parts.values("movement_id"), status=Movement.Status.LAUNCHED)
