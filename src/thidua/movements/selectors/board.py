"""The cascade board: every unit × step, on which day it was reached, how late it is, as of any day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from thidua.movements.models import Movement, Participation, ParticipationEvent
from thidua.movements.selectors.terms import StepDay, StepTerms, UnitTerms, end_of, terms_on
from thidua.movements.terms import joined_on, launched_on
from thidua.organisations.searching import name_matches
from thidua.organisations.selectors.succession import Ending, endings_of, heirs_among
from thidua.records.days import day_of, today

State = Participation.State
ORDER = {state: place for place, state in enumerate(State)}
NAMED = {state.value: state for state in State}
Reached = tuple[tuple[State, date], ...]
"""The day of each step reached."""
Noted = tuple[tuple[State, date], ...]
"""On which day steps were recorded, of those recorded after the board's day."""
# Ids that only tell rows apart stay as the database writes them: made into UUIDs they take longer than their query.
IN_LETTERS = partial(Cast, output_field=TextField())
# The steps whose pages stand; later ones appear on a board once some unit reached them or a term is set.
ALWAYS = (State.RECEIVED, State.OWN_PLAN, State.LAUNCHED)


@dataclass(frozen=True, slots=True)
class Step:
    """One cell: when the step was reached, or its term and how many days are gone or left."""

    state: State
    reached_on: date | None
    last_on: date | None
    days_late: int  # over the term: on the day reached, or as of the board's day
    days_left: int | None  # None: reached, or no term
    noted_on: date | None = None  # recorded only after the board's day, on this one
    was_over: bool = False  # its term was over before the unit received the movement: nobody is late with it
    was_done: bool = False  # reached before the unit received the movement

    @property
    def standing(self) -> str:
        """``done``, ``done_late``, ``late``, ``soon``, ``open``, or ``none``: not reached and no term."""
        if self.reached_on:
            return "done_late" if self.days_late else "done"
        if self.days_late:
            return "late"
        if self.days_left is None:
            return "none"
        return "soon" if self.days_left <= SOON else "open"


SOON = 7


@dataclass(frozen=True, slots=True)
class Way:
    """How far a unit came; the many units that came equally far on the same days share one."""

    state: State
    steps: tuple[Step, ...]
    days_late: int  # the most days by which a step not reached is late


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's part."""

    participation_id: UUID
    unit_id: UUID
    unit: str
    parent: str
    path: str
    way: Way
    own_id: UUID | None
    own_number: str
    reminded_at: datetime | None
    seen_revision: int
    ended: Ending | None = None
    is_heir: bool = False  # took over from a unit that ended

    @property
    def state(self) -> State:
        return self.way.state

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.way.steps

    @property
    def days_late(self) -> int:
        return self.way.days_late


@dataclass(frozen=True)
class Board:
    """All rows the reader may see, before the filter by standing; units that ended by then stand last."""

    steps: tuple[State, ...]
    terms: Mapping[str, date]
    rows: tuple[BoardRow, ...]
    on: date
    spans: Mapping[str, Sequence[date]]  # all last days of each step, where groups of units have several
    days: Sequence[StepDay]  # what the terms of the steps rest on

    @cached_property
    def living(self) -> tuple[BoardRow, ...]:
        """The units still there on the board's day: only they are counted."""
        return tuple(row for row in self.rows if not row.ended)

    @cached_property
    def ended(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.ended)

    @cached_property
    def reached(self) -> Counter[str]:
        """How many units reached each step."""
        return Counter(s.state.value for row in self.living for s in row.steps if s.reached_on)

    @cached_property
    def late(self) -> Counter[str]:
        """How many units are late with each step, as of the board's day."""
        return Counter(s.state.value for row in self.living for s in row.steps if s.standing == "late")

    @cached_property
    def late_rows(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.living if row.days_late)


def board(movement: Movement, who: Q, *, on: date, search: str = "", by_name: bool = False) -> Board:
    """Return the board as of the end of ``on``: what had happened by then, marked where it was recorded later.

    Three queries at any size, four for a day gone by; one more where a term of a step names its units, and
    where units ended.
    """
    events = reached_days(movement, on)
    terms = terms_on(movement, on)
    seen = {state for reached, _noted in events.values() for state, _day in reached}
    steps = tuple(s for s in State if s in ALWAYS or s in terms.states or s in seen)
    way = cache(partial(way_of, steps, on, launched=launched_on(movement)))
    living, gone = list[BoardRow](), dict[UUID, tuple[BoardRow, date]]()
    columns = columns_of(movement, who, search, by_name=by_name)
    for key, gone_on, pk, unit_id, unit, parent, path, own_id, number, reminded, seen_revision in columns:
        if key not in events:
            continue
        is_over = gone_on is not None and gone_on <= on
        days, noted = events[key]
        own_terms = terms_of(terms, unit_id, days)
        reached = ended_way(steps, days) if is_over else way(days, own_terms, noted=noted)
        shown = number_at(reached, number)
        row = BoardRow(pk, unit_id, unit, parent or "", path, reached, own_id, shown, reminded, seen_revision)
        if is_over:
            gone[unit_id] = row, gone_on
        else:
            living.append(row)
    endings = endings_of({unit: gone_on for unit, (_row, gone_on) in gone.items()}, on)
    ended = [replace(row, ended=endings[unit]) for unit, (row, _gone_on) in gone.items()]
    heirs = {heir.pk for ending in endings.values() for heir in ending.heirs}
    return Board(steps, terms.last_on, (*with_heirs(living, on, heirs), *ended), on, terms.spans, terms.days)


def with_heirs(rows: Sequence[BoardRow], on: date, known: Collection[UUID]) -> list[BoardRow]:
    """Mark the rows whose unit took over steps done before it came; ``known``: heirs of units on the board.

    One query where some other unit did steps before it came, none else.
    """
    later = {row.unit_id for row in rows if any(step.was_done for step in row.steps)}
    heirs = later.intersection(known) | heirs_among(later.difference(known), on)
    return [replace(row, is_heir=True) if row.unit_id in heirs else row for row in rows]


def columns_of(
    movement: Movement, who: Q, search: str, *, by_name: bool = False
) -> QuerySet[Participation, Any]:
    """Return the parts in the order of the tree: kinds by their rank, then names; or by name alone."""
    order = ("unit__sort_key",) if by_name else ("unit__depth", "unit__kind__rank", "unit__sort_key")
    parts = movement.participations.filter(who, is_visible=True)
    parts = parts.filter(name_matches(search, prefix="unit__"))
    return parts.order_by(*order).values_list(
        IN_LETTERS("pk"),
        "unit__dissolved_on",
        "pk",
        "unit_id",
        "unit__name",
        "unit__parent__name",
        "unit__path",
        "own_id",
        "own__plan__number",
        "reminded_at",
        "seen_revision",
    )


def reached_days(movement: Movement, on: date) -> dict[str, tuple[Reached, Noted]]:
    """Return for each part, by its id in letters, the day of each step reached by ``on``, and those noted later."""
    rows = (
        ParticipationEvent.objects.filter(participation__movement=movement, on__lte=on)
        .order_by("at")
        .values_list(IN_LETTERS("participation_id"), "state", "on", *(["at"] if on < today() else []))
    )
    reached: dict[str, dict[State, date]] = {}
    noted: dict[str, dict[State, date]] = {}
    over = end_of(on)
    for part, state, day, *at in rows:
        days = reached.setdefault(part, {})
        if NAMED[state] not in days:
            days[NAMED[state]] = day
            if at and at[0] >= over:
                noted.setdefault(part, {})[NAMED[state]] = day_of(at[0])
    return {part: (tuple(days.items()), tuple(noted.get(part, {}).items())) for part, days in reached.items()}


def number_at(way: Way, number: str | None) -> str:
    """Return the number of the unit's plan, where the unit had come as far as issuing one."""
    return number or "" if ORDER[way.state] >= ORDER[State.OWN_PLAN] else ""


def terms_of(terms: StepTerms, unit_id: UUID, reached: Reached) -> UnitTerms:
    """Return the last days of the unit's steps."""
    if terms.is_common:
        return terms.common
    received_on = next((day for state, day in reached if state == State.RECEIVED), None)
    return terms.of_unit(unit_id, received_on)


def way_of(
    steps: Iterable[State],
    on: date,
    reached: Reached,
    own_terms: UnitTerms,
    *,
    launched: date | None,
    noted: Noted = (),
) -> Way:
    """Return how far a unit came; ``launched``: when the first units received the movement.

    One that received it later is not late with what was over by then.
    """
    days, terms, noted_on = dict(reached), dict(own_terms), dict(noted)
    received = days.get(State.RECEIVED)
    joined = joined_on(received, launched)
    found = tuple(
        cell(state, days.get(state), terms.get(state), on, noted_on.get(state), joined) for state in steps
    )
    late = max((step.days_late for step in found if not step.reached_on), default=0)
    return Way(max(days, key=ORDER.__getitem__), found, late)


def ended_way(steps: Iterable[State], reached: Reached) -> Way:
    """Return how far a unit came that is no more: no term is its own any longer."""
    days = dict(reached)
    found = tuple(Step(state, days.get(state), None, 0, None) for state in steps)
    return Way(max(days, key=ORDER.__getitem__), found, 0)


def cell(
    state: State,
    reached: date | None,
    last: date | None,
    on: date,
    noted_on: date | None = None,
    joined: date | None = None,
) -> Step:
    was_done = bool(joined and reached and reached < joined)
    was_over = bool(joined and last and last < joined and state != State.RECEIVED and not was_done)
    if last is None or was_over:
        return Step(state, reached, last, 0, None, noted_on, was_over, was_done)
    late = ((reached or on) - last).days
    left = -late if reached is None and late <= 0 else None
    return Step(state, reached, last, max(late, 0), left, noted_on, was_done=was_done)
