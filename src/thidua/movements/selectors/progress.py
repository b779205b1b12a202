"""The deadline board: each deadline over all units it binds."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from thidua.core.deadlines.state import Standing, State
from thidua.movements.models import Completion, Deadline, Movement, Participation
from thidua.movements.selectors.deadlines import known_on, parts_on
from thidua.movements.selectors.own_days import OwnDays, UnitDays, own_days
from thidua.movements.selectors.receipts import receipts_for
from thidua.movements.selectors.terms import end_of
from thidua.movements.terms import counts_from_receipt, launched_on, state_of
from thidua.movements.wording import when_of


@dataclass(frozen=True, slots=True)
class Progress:
    """One deadline over all units it binds."""

    deadline: Deadline
    state: State | None
    bound: int
    done: int
    done_late: int  # finished after their last day
    noted_later: int = 0  # of those done: how many were recorded only after the day asked about
    late: int = 0  # not finished, and past their last day: what every page calls «trễ»

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

    @property
    def last_day(self) -> date | None:
        return self.state.last_day if self.state else None

    @property
    def when(self) -> str:
        return when_of(self.deadline)

    @property
    def sort_key(self) -> tuple[bool, date]:
        return (self.last_day is None, self.last_day or date.max)


def progress_of(movement: Movement, who: Q, *, on: date) -> list[Progress]:
    """Return every deadline of the movement with how many units finished it, the nearest first; four queries.

    One more for a day gone by, up to three more where a term counts from the day of receipt.
    """
    parts = parts_on(movement, who, on)
    bound, units = parts.count(), parts.values("unit")
    named = Deadline.for_units.through.objects.filter(deadline__movement=movement, unit__in=units)
    counted = named.values("deadline").annotate(number=Count("unit"))
    bound_by = {row["deadline"]: row["number"] for row in counted}
    ends = ends_of(
        Completion.objects.filter(deadline__movement=movement, unit__in=units, finished_on__lte=on), on
    )
    rows, undone = known_on(movement, on)
    own = own_days(rows, on, undone)
    special = {row.pk for row in rows if counts_from_receipt(row)}
    special |= {row.pk for row in rows if any(event == row.event_id for event, _unit in own)}
    found = [
        one_progress(row, bound if row.for_all else bound_by.get(row.pk, 0), ends.get(row.pk, NONE_YET), on)
        for row in rows
        if row.pk not in special
    ]
    found += progress_by_unit([row for row in rows if row.pk in special], units, on, own)
    return sorted(found, key=lambda p: p.sort_key)


def progress_by_unit(
    rows: Sequence[Deadline], units: QuerySet[Participation, Any], on: date, own: OwnDays
) -> list[Progress]:
    """Return the same of deadlines that units count from days of their own; the most behind stands for all."""
    if not rows:
        return []
    days = UnitDays(receipts_for(rows, units), own)
    some = Deadline.for_units.through.objects.filter(deadline__in=[row for row in rows if not row.for_all])
    named = set(some.values_list("deadline", "unit"))
    noted = Completion.objects.filter(deadline__in=rows, unit__in=units, finished_on__lte=on)
    columns = noted.values_list("deadline", "unit", "finished_on", "at")
    over = end_of(on)
    done = {(row, unit): (finished_on, at >= over) for row, unit, finished_on, at in columns}
    taking_part = list(units.values_list("unit", flat=True))
    return [
        progress_of_ways(
            row,
            Counter(
                Path(
                    days.received_on(row, unit),
                    days.own_on(row, unit),
                    *done.get((row.pk, unit), (None, False)),
                )
                for unit in taking_part
                if row.for_all or (row.pk, unit) in named
            ),
            on,
        )
        for row in rows
    ]


class Path(NamedTuple):
    """From which days a unit counts, when it finished (None: not yet), and whether that was recorded only later."""

    received_on: date | None
    own_on: date | None
    finished_on: date | None
    noted_later: bool


def progress_of_ways(row: Deadline, ways: Counter[Path], on: date) -> Progress:
    """Sum up units by the way they came."""
    states = {
        way: state_of(row, on=on, received_on=way.received_on, own_on=way.own_on, finished_on=way.finished_on)
        for way in ways
    }
    done = sum(number for way, number in ways.items() if way.finished_on)
    late = sum(number for way, number in ways.items() if is_done_late(states[way]))
    later = sum(number for way, number in ways.items() if way.noted_later)
    behind_time = sum(number for way, number in ways.items() if is_late(states[way]))
    launched = state_of(row, on=on, received_on=launched_on(row.movement), finished_on=None)
    furthest_behind = min(states.values(), key=behind, default=launched)
    return Progress(row, furthest_behind, ways.total(), done, late, later, behind_time)


def is_late(state: State | None) -> bool:
    return state is not None and state.standing is Standing.LATE


def is_done_late(state: State | None) -> bool:
    return state is not None and state.standing is Standing.DONE_LATE


def behind(state: State | None) -> tuple[bool, int]:
    """Sort those that are open before those done, each by the days it has left."""
    if state is None or state.days is None:
        return False, sys.maxsize
    late = state.standing in (Standing.LATE, Standing.DONE_LATE)
    return state.standing in (Standing.DONE, Standing.DONE_LATE), -state.days if late else state.days


class Ends(NamedTuple):
    """How many units finished a deadline, how many of them late, how many recorded it later, and the last day."""

    done: int
    late: int
    noted_later: int
    last: date | None


NONE_YET = Ends(0, 0, 0, None)


def ends_of(completions: QuerySet[Completion], on: date) -> dict[UUID, Ends]:
    late = Count("pk", filter=Q(finished_on__gt=F("deadline__last_on")))
    later = Count("pk", filter=Q(at__gte=end_of(on)))
    rows = completions.values("deadline").annotate(
        done=Count("pk"), late=late, later=later, last=Max("finished_on")
    )
    columns = rows.values_list("deadline", "done", "late", "later", "last")
    return {pk: Ends(*counts) for pk, *counts in columns}


def one_progress(row: Deadline, bound: int, ends: Ends, on: date) -> Progress:
    finished_on = ends.last if ends.done >= bound else None  # the last unit finishes it
    state = state_of(row, on=on, finished_on=finished_on)
    late = ends.late if row.last_on else 0  # its event may have been without a day then
    behind_time = bound - ends.done if is_late(state) else 0
    return Progress(row, state, bound, ends.done, late, ends.noted_later, behind_time)
