"""Deadlines, planned beside real: for one unit, for the units one binds, for the page of my work."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from thidua.movements.selectors.occurrences import Occurrence, by_occurrence, known, occurrences_for
from thidua.movements.selectors.own_days import (
    NOTHING_UNDONE,
    Undone,
    UnitDays,
    own_days,
)
from thidua.movements.selectors.receipts import received_on, there, with_receipt
from thidua.movements.selectors.terms import deadlines_at, end_of, logged, then
from thidua.movements.terms import Done, current_and_next, launched_on, recurs, state_of, state_of_unit
from thidua.movements.wording import when_of
from thidua.organisations.models import Unit
from thidua.organisations.selectors.succession import Ending, endings_of
from thidua.records.days import day_of, today
from thidua.records.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Seen:
    """One deadline and where it stands; ``state`` is None for words without a day."""

    deadline: Deadline
    state: State | None

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
    def recurs(self) -> bool:
        return recurs(self.deadline)

    @property
    def sort_key(self) -> tuple[bool, date]:
        """Those with a day first, the nearest on top."""
        return (self.last_day is None, self.last_day or date.max)


@dataclass(frozen=True, slots=True)
class Term(Seen):
    """One deadline as one unit (or the organiser, None) meets it."""

    unit_id: UUID | None
    finished_on: date | None
    noted_on: date | None = None  # recorded only after the day asked about, on this one
    occurrences: tuple[Occurrence, ...] = ()  # all of a recurring one that bind the unit

    @property
    def open_days(self) -> tuple[date, ...]:
        """The last days of what is not finished: of a recurring deadline one for each round."""
        if self.recurs:
            return tuple(one.last_day for one in self.occurrences if not one.finished_on)
        return (self.last_day,) if self.last_day and not self.finished_on else ()

    @property
    def was_over(self) -> bool:
        """Say whether it was over before the unit received the movement: nobody is late with it."""
        return self.state is not None and self.state.was_over


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

    One more where an event has days of units' or clusters' own. The query has a row for each completion.
    """
    named = Deadline.for_units.through.objects.filter(unit=unit_id).values("deadline")
    mine = with_movement(movements, on).filter(Q(for_all=True) | Q(pk__in=named))
    received = received_on(participation__movement=OuterRef("movement"), participation__unit=unit_id)
    asked = mine.annotate(
        done=done_by(unit_id),
        finished_on=F("done__finished_on"),
        done_occurrence=F("done__occurrence"),
        received_on=received,
    )
    found = by_occurrence(asked)
    rows: list[Any] = [row for row, _done in found.values()]
    receipts = {(row.movement_id, unit_id): row.received_on for row in rows}
    days = UnitDays(receipts, own_days(rows, on))
    terms = [term_of_unit(row, unit_id, done, on, days) for row, done in found.values()]
    return sorted(terms, key=lambda term: term.sort_key)


def done_by(unit_id: UUID) -> FilteredRelation:
    """Return the join of a deadline or duty with the unit's own completions of it: only what recurs has several."""
    return FilteredRelation("completions", condition=Q(completions__unit=unit_id))


def begun_by(units: Iterable[Unit]) -> QuerySet[Movement]:
    """Return the running movements ``units`` began themselves.

    The terms of a plan that answers another stand among those its unit received.
    """
    return Movement.objects.filter(organiser__in=units, answers=None, status=Movement.Status.LAUNCHED)


def terms_of_organisers(
    movements: Sequence[Movement] | QuerySet[Movement], *, on: date
) -> list[tuple[Unit, Term]]:
    """Return the deadlines to come of ``movements``, each with the unit that set it; one query.

    Of a recurring one each occurrence stands for itself, those of a year ahead.
    """
    rows = with_movement(movements, on).select_related("movement__organiser")
    found = [(row.movement.organiser, term) for row in rows for term in terms_to_come(row, on)]
    return [(unit, term) for unit, term in found if term.last_day and term.last_day >= on]


def terms_of_parts(parts: Sequence[Any], *, on: date) -> Iterator[tuple[Participation, Term]]:
    """Yield the deadlines that bind each part's unit, with where they stand; one query for all parts.

    The parts come with the day of their receipt. One query more where events have days of units' own.
    """
    units = {part.unit_id for part in parts}
    rows = bound_rows(movements=tuple({part.movement_id for part in parts}), units=tuple(units), on=on)
    found: dict[UUID, Deadline] = {}
    named: dict[UUID, set[UUID]] = {}
    done: dict[tuple[UUID, UUID], dict[date | None, date]] = {}
    for joined in rows:  # one for each named unit and each completion
        found.setdefault(joined.pk, joined)
        named.setdefault(joined.pk, set()).add(joined.mine_id)
        if joined.done_unit:
            done.setdefault((joined.pk, joined.done_unit), {})[joined.done_occurrence] = joined.done_on
    receipts = {(part.movement_id, part.unit_id): part.received_on for part in parts}
    days = UnitDays(receipts, own_days(found.values(), on))
    for part in parts:
        for row in found.values():
            if row.movement_id == part.movement_id and (row.for_all or part.unit_id in named[row.pk]):
                yield part, term_of_unit(row, part.unit_id, done.get((row.pk, part.unit_id), {}), on, days)


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
        .annotate(
            mine_id=F("mine__id"),
            done_unit=F("done__unit_id"),
            done_on=F("done__finished_on"),
            done_occurrence=F("done__occurrence"),
        )
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


class Bound(NamedTuple):
    """The units a deadline binds, in their order, each with where it stands; and those it bound that ended since."""

    living: list[tuple[Unit, Term]]
    ended: list[EndedUnit]


def bound_units(
    row: Deadline, who: Q, *, on: date, undone: Undone = NOTHING_UNDONE, occurrence: date | None = None
) -> Bound:
    """Return who is bound by the deadline, or by one ``occurrence`` of it (the current one if not told); one query.

    One more where its event has days of units' own, and where units ended: for each time an heir ended in its turn.
    """
    parts = with_receipt(received_by(row.movement, who, on))
    if not row.for_all:
        parts = parts.filter(unit__in=row.for_units.values("pk"))
    if recurs(row):
        occurrence = occurrence or current_and_next(row, on=on)[0]
    which = Q(unit__completions__deadline=row.pk) & occurred(occurrence)
    done = FilteredRelation("unit__completions", condition=which)
    parts = parts.annotate(done=done, finished_on=F("done__finished_on"), noted_at=F("done__at"))
    rows = list(parts.select_related("unit").order_by("unit__depth", "unit__sort_key"))
    receipts = {(row.movement_id, part.unit_id): part.received_on for part in rows}
    days = UnitDays(receipts, own_days([row], on, undone))
    ends = {part.unit_id: part.unit.dissolved_on for part in rows}
    gone = {unit: gone_on for unit, gone_on in ends.items() if gone_on and gone_on <= on}
    endings = endings_of(gone, on)
    return Bound(
        [(p.unit, noted_term(row, p, on, days, occurrence)) for p in rows if p.unit_id not in gone],
        [EndedUnit(p.unit, endings[p.unit_id], p.finished_on) for p in rows if p.unit_id in gone],
    )


def occurred(occurrence: date | None) -> Q:
    """Return the condition on completions of a unit that holds for one occurrence, or for a plain deadline."""
    if occurrence is None:
        return Q(unit__completions__occurrence__isnull=True)
    return Q(unit__completions__occurrence=occurrence)


def noted_term(row: Deadline, part: Any, on: date, days: UnitDays, occurrence: date | None) -> Term:
    """Return where the deadline stands for the unit of ``part``, and whether that was recorded only later."""
    finished_on = known(part.finished_on, on)
    counted = {"received_on": days.received_on(row, part.unit_id), "own_on": days.own_on(row, part.unit_id)}
    state = state_of(row, on=on, finished_on=finished_on, occurrence=occurrence, **counted)
    is_later = finished_on is not None and part.noted_at >= end_of(on)
    return Term(row, state, part.unit_id, finished_on, day_of(part.noted_at) if is_later else None)


def term_of_unit(row: Deadline, unit_id: UUID, done: Done, on: date, days: UnitDays) -> Term:
    """Return where the deadline stands for a unit, by the days from which the unit counts."""
    received_on, own_on = days.received_on(row, unit_id), days.own_on(row, unit_id)
    state = state_of_unit(row, on=on, done=done, received_on=received_on, own_on=own_on)
    if not recurs(row):
        return Term(row, state, unit_id, done.get(None))
    finished_on = known(done.get(state.last_day), on) if state else None
    each = occurrences_for(row, done, on=on, received_on=received_on)
    return Term(row, state, unit_id, finished_on, occurrences=each)


def nearest_of(pairs: Iterable[tuple[Unit, Term]]) -> list[tuple[Unit, Term]]:
    """Return the nearest occurrence of each deadline, out of all to come."""
    first: dict[UUID, tuple[Unit, Term]] = {}
    for unit, term in pairs:
        first.setdefault(term.deadline.pk, (unit, term))
    return list(first.values())


def terms_to_come(row: Deadline, on: date) -> Iterator[Term]:
    """Yield the deadline as the organiser waits for it: of a recurring one every occurrence from ``on``."""
    received_on = launched_on(row.movement)
    if not recurs(row):
        yield Term(row, state_of(row, on=on, finished_on=None, received_on=received_on), None, None)
        return
    for one in occurrences_for(row, {}, on=on):
        if one.last_day >= on:
            yield Term(row, one.state, None, None)


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
