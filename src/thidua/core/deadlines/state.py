"""Where a deadline stands on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.deadline import (
    NO_EVENTS,
    USUAL_CALENDAR,
    Deadline,
    Events,
    Recurring,
    last_day,
    waits_for,
)
from thidua.core.deadlines.recurrence import next_deadline

SOON_DAYS = 7


class Standing(StrEnum):
    WAITING = "waiting"
    """Its event or the document it waits for has no day yet."""
    OPEN = "open"
    DUE_SOON = "due_soon"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, slots=True)
class State:
    """``days``: left before the last day where open or due soon, late where late; None without a last day.

    Finished early has days too: those that were left on the day of finishing (về đích sớm).
    ``was_over``: before it bound whoever is asked about, so that nobody is late with it; then it has no days.
    """

    standing: Standing
    last_day: date | None
    days: int | None = None
    waits_for: str | None = None
    was_over: bool = False


def state(
    deadline: Deadline,
    *,
    on: date,
    finished_on: date | None = None,
    events: Events = NO_EVENTS,
    calendar: WorkCalendar = USUAL_CALENDAR,
    soon_days: int = SOON_DAYS,
    bound_since: date | None = None,
) -> State:
    """Return how ``deadline`` stands on ``on``, a day in Asia/Ho_Chi_Minh; the last day itself is in time.

    A finishing day after ``on`` is not known yet on that day. Of a recurring deadline the round open on
    ``on`` is meant. ``bound_since``: the day on which who came later took it over; None: bound from the start.
    """
    if isinstance(deadline, Recurring):
        deadline = next_deadline(deadline, on)
    last = last_day(deadline, events, calendar)
    done_on = finished_on if finished_on is not None and finished_on <= on else None
    if last and bound_since and last < bound_since <= (done_on or on):
        return State(Standing.DONE if done_on else Standing.OPEN, last, was_over=True)
    if done_on:
        return _finished(last, done_on)
    awaited = waits_for(deadline, events)
    if awaited is not None:
        return State(Standing.WAITING, None, waits_for=awaited)
    return _unfinished(last, on, soon_days)


def _finished(last: date | None, finished_on: date) -> State:
    if last is None:
        return State(Standing.DONE, None)
    left = (last - finished_on).days
    return State(Standing.DONE, last, left) if left >= 0 else State(Standing.DONE_LATE, last, -left)


def _unfinished(last: date | None, on: date, soon_days: int) -> State:
    if last is None:
        return State(Standing.OPEN, None)
    left = (last - on).days
    if left < 0:
        return State(Standing.LATE, last, -left)
    return State(Standing.DUE_SOON if left <= soon_days else Standing.OPEN, last, left)
