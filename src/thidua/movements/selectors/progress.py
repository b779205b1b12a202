"""The deadline board: each deadline over all units it binds."""

import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)

from thidua.core.deadlines.state import Standing, State
from thidua.movements.models import Completion, Deadline, Movement
from thidua.movements.selectors.deadlines import Seen, known_on, parts_on
from thidua.movements.selectors.own_days import UnitDays, own_days
from thidua.movements.selectors.receipts import with_receipt
from thidua.movements.selectors.terms import NAMED, end_of
from thidua.movements.terms import counts_from_receipt, current_and_next, joined_on, launched_on, state_of


@dataclass(frozen=True, slots=True)
class Progress(Seen):
    """One deadline over all units it binds; its state is that of the unit most behind.

    Of a recurring one the figures are those of its current occurrence: the one due last, else the first.
    """

    bound: int
    done: int
    done_late: int  # finished after their last day
    noted_later: int  # of those done: how many were recorded only after the day asked about
    late: int  # not finished, and past their last day: what every page calls «trễ»
    occurrence: date | None = None
    next_on: date | None = None  # the occurrence after it
    next_done: int = 0  # how many finished that one already
    has_own_days: bool = False  # some units have another last day than others, by a day given them

    @property
    def open(self) -> int:
        return self.bound - self.done

    @property
    def standing(self) -> Standing:
        """Where the deadline stands while some bound unit has not finished it; done when all have.

        Where it binds no unit the reader sees, nobody here knows whether it was done: it is never late.
        """
        if not self.bound:
            return Standing.OPEN
        if self.state:
            return self.state.standing
        return Standing.OPEN if self.open else Standing.DONE


class Path(NamedTuple):
    """From which days a unit counts, when it finished (None: not yet), and whether that was recorded only later."""

    received_on: date | None
    own_on: date | None
    finished_on: date | None
    noted_later: bool


NOT_YET = Path(None, None, None, noted_later=False)


@dataclass(frozen=True, slots=True)
class Reports:
    """How many units are named and how many reported, by deadline and unit; those not told apart under None.

    What was reported is the day of finishing, and whether it was recorded only later.
    """

    named: Mapping[tuple[UUID, UUID | None], int]
    done: Mapping[tuple[UUID, UUID | None], Counter[tuple[date, bool]]]
    ahead: Mapping[UUID, int]  # by deadline: how many finished the occurrence after the current one


def progress_of(movement: Movement, who: Q, *, on: date) -> list[Progress]:
    """Return every deadline of the movement with how many units finished it, the nearest first; three queries.

    One more for a day gone by, and one where events have days of units' own.
    """
    rows, undone = known_on(movement, on)
    parts = parts_on(movement, who, on)
    receipts = dict(with_receipt(parts).order_by().values_list("unit_id", "received_on"))
    days = UnitDays({(movement.pk, unit): day for unit, day in receipts.items()}, own_days(rows, on, undone))
    launched = launched_on(movement)
    joined = frozenset(unit for unit, day in receipts.items() if joined_on(day, launched))
    moved = {event for event, _unit in days.own}
    each = {row.pk for row in rows if counts_from_receipt(row) or row.event_id in moved}
    rounds = {row.pk: current_and_next(row, on=on) for row in rows}
    told = reports_of(rows, rounds, parts.values("unit"), on, Q(deadline__in=each) | Q(unit__in=joined))
    units = frozenset(receipts)
    found = []
    for row in rows:
        ways = ways_of(row, units, units if row.pk in each else joined, told, days)
        summed = progress_of_ways(row, ways, on, rounds[row.pk][0])
        own = row.event_id in moved
        done = told.ahead.get(row.pk, 0)
        found.append(replace(summed, next_on=rounds[row.pk][1], next_done=done, has_own_days=own))
    return sorted(found, key=lambda p: p.sort_key)


Rounds = Mapping[UUID, tuple[date | None, date | None]]
"""By deadline: the occurrences told of, the current one and the one after it; None, None for a plain one."""


def reports_of(
    rows: Sequence[Deadline], rounds: Rounds, units: QuerySet[Any, Any], on: date, apart: Q
) -> Reports:
    """Return which of ``units`` are named and what they reported by ``on``; one query.

    Which unit is told of what is ``apart``; all others are summed up.
    """
    named: dict[tuple[UUID, UUID | None], int] = {}
    done: dict[tuple[UUID, UUID | None], Counter[tuple[date, bool]]] = {}
    ahead = Counter[UUID]()
    asked = done_and_named(rows, told_of(rounds), units, on, apart)
    for deadline, unit, occurrence, finished_on, later, number in asked:
        if not finished_on:
            named[deadline, unit] = number
        elif occurrence == rounds[deadline][0]:
            done.setdefault((deadline, unit), Counter())[finished_on, bool(later)] = number
        else:
            ahead[deadline] += number
    return Reports(named, done, ahead)


def told_of(rounds: Rounds) -> Q:
    """Return the condition on completions that leaves out all occurrences but those of ``rounds``."""
    told = Q(occurrence__isnull=True)
    for deadline, days in rounds.items():
        if shown := [day for day in days if day]:
            told |= Q(deadline=deadline, occurrence__in=shown)
    return told


def done_and_named(
    rows: Sequence[Deadline], told: Q, units: QuerySet[Any, Any], on: date, apart: Q
) -> QuerySet[Any, Any]:
    """Return how many units finished on which day, and beneath them, without a day, how many are named."""
    columns = ("deadline_id", "apart", "round", "finished_on", "noted_later")
    unit = Case(When(apart, then=F("unit")), default=None, output_field=UUIDField())
    later = ExpressionWrapper(Q(at__gte=end_of(on)), output_field=BooleanField())
    known = Completion.objects.filter(deadline__in=rows, unit__in=units, finished_on__lte=on)
    done = known.filter(told).order_by()
    named = NAMED.filter(deadline__in=[row for row in rows if not row.for_all], unit__in=units).order_by()
    no_day, never = Value(None, output_field=DateField()), Value(value=False, output_field=BooleanField())
    marked = done.annotate(apart=unit, round=F("occurrence"), noted_later=later)
    sums = marked.values_list(*columns).annotate(number=Count("pk"))
    blank = named.annotate(apart=unit, round=no_day, finished_on=no_day, noted_later=never)
    beneath = blank.values_list(*columns)
    return sums.union(beneath.annotate(number=Count("pk")), all=True)


def ways_of(
    row: Deadline, units: Collection[UUID], apart: Collection[UUID], told: Reports, days: UnitDays
) -> Counter[Path]:
    """Return how many of ``units`` came which way: those ``apart`` by days of their own, the crowd by the plan's."""
    ways = Counter(
        Path(days.received_on(row, unit), days.own_on(row, unit), *end_of_one(told, row, unit))
        for unit in apart
        if row.for_all or (row.pk, unit) in told.named
    )
    crowd = told.done.get((row.pk, None), Counter())
    bound = len(units) - len(apart) if row.for_all else told.named.get((row.pk, None), 0)
    ways.update({Path(None, None, *end): number for end, number in crowd.items()})
    ways[NOT_YET] += max(bound - crowd.total(), 0)
    return +ways


def end_of_one(told: Reports, row: Deadline, unit: UUID) -> tuple[date | None, bool]:
    return next(iter(told.done.get((row.pk, unit), ())), (None, False))


def progress_of_ways(row: Deadline, ways: Counter[Path], on: date, occurrence: date | None) -> Progress:
    """Sum up units by the way they came; the most behind stands for all."""
    state = partial(state_of, row, on=on, occurrence=occurrence)
    states = {
        way: state(received_on=way.received_on, own_on=way.own_on, finished_on=way.finished_on)
        for way in ways
    }
    standing = Counter[Standing]()
    for way, number in ways.items():
        if found := states[way]:
            standing[found.standing] += number
    launched = state(received_on=launched_on(row.movement), finished_on=None)
    return Progress(
        row,
        min(states.values(), key=behind, default=launched),
        bound=ways.total(),
        done=sum(number for way, number in ways.items() if way.finished_on),
        done_late=standing[Standing.DONE_LATE],
        noted_later=sum(number for way, number in ways.items() if way.noted_later),
        late=standing[Standing.LATE],
        occurrence=occurrence,
    )


def behind(state: State | None) -> tuple[bool, int]:
    """Sort those that are open before those done, each by the days it has left."""
    if state is None or state.days is None:
        return False, sys.maxsize
    late = state.standing in (Standing.LATE, Standing.DONE_LATE)
    return state.standing in (Standing.DONE, Standing.DONE_LATE), -state.days if late else state.days
