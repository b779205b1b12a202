"""The occurrences of a recurring deadline, each as one unit meets it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from thidua.core.deadlines.state import Standing, State
from thidua.movements.models import Completion, Deadline, Participation, ParticipationEvent
from thidua.movements.terms import Done, course_of, state_of

MOST_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: its last day, when the unit finished it (None: not yet), and where it stands."""

    last_day: date
    finished_on: date | None
    state: State

    @property
    def standing(self) -> Standing:
        return self.state.standing


def occurrences_for(
    row: Deadline, done: Done, *, on: date, received_on: date | None = None
) -> tuple[Occurrence, ...]:
    """Return those that bind a unit that received the movement on ``received_on``; a plain deadline has none."""
    return tuple(
        Occurrence(day, finished_on, state)
        for day in course_of(row, on=on)
        if received_on is None or day >= received_on
        for finished_on in (known(done.get(day), on),)
        if (state := state_of(row, on=on, finished_on=finished_on, occurrence=day))
    )


def known(finished_on: date | None, on: date) -> date | None:
    return finished_on if finished_on and finished_on <= on else None


def to_list(found: Iterable[Occurrence], on: date) -> Iterator[Occurrence]:
    """Yield what a page lists: those over or finished, and the next one that is neither."""
    ahead = False
    for one in found:
        if one.last_day < on or one.finished_on or not ahead:
            yield one
        ahead = ahead or not (one.last_day < on or one.finished_on)


def to_choose(found: Iterable[Occurrence], on: date) -> list[date]:
    """Return the rounds a unit may be finishing now: all that are over, and the next few."""
    unfinished = [one.last_day for one in found if not one.finished_on]
    over = sum(day < on for day in unfinished)
    return unfinished[: over + MOST_AHEAD]


def occurrences_of_unit(row: Deadline, unit_id: UUID, *, on: date) -> tuple[Occurrence, ...]:
    """Return the same for one unit, read in two queries."""
    received = ParticipationEvent.objects.filter(
        participation__movement=row.movement_id,
        participation__unit=unit_id,
        state=Participation.State.RECEIVED,
    )
    done = Completion.objects.filter(deadline=row, unit=unit_id)
    return occurrences_for(
        row,
        dict(done.values_list("occurrence", "finished_on")),
        on=on,
        received_on=received.order_by("at").values_list("on", flat=True).first(),
    )


def by_occurrence(rows: Iterable[Any]) -> dict[UUID, tuple[Any, dict[date | None, date]]]:
    """Return each deadline once with what was finished of it, out of one row for each completion."""
    found: dict[UUID, tuple[Any, dict[date | None, date]]] = {}
    for row in rows:
        _row, done = found.setdefault(row.pk, (row, {}))
        if row.finished_on:
            done[row.done_occurrence] = row.finished_on
    return found
