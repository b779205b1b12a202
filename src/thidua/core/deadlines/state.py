"""Where a deadline stands on a given day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.deadline import (
    NO_EVENTS,
    USUAL_CALENDAR,
    Awaited,
    Dated,
    Events,
    Relative,
    last_day,
    waits_for,
)

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
    Of a recurring deadline ``last_day`` is that of the occurrence meant; ``missed``: how many further occurrences
    are over and not finished; ``next_day``: the one that comes after it, where it is finished.
    """

    standing: Standing
    last_day: date | None
    days: int | None = None
    waits_for: str | None = None
    was_over: bool = False
    missed: int = 0
    next_day: date | None = None


def state(
    deadline: Dated | Relative | Awaited,
    *,
    on: date,
    finished_on: date | None = None,
    events: Events = NO_EVENTS,
    calendar: WorkCalendar = USUAL_CALENDAR,
    soon_days: int = SOON_DAYS,
    bound_since: date | None = None,
) -> State:
    """Return how ``deadline`` stands on ``on``, a day in Asia/Ho_Chi_Minh; the last day itself is in time.

    A finishing day after ``on`` is not known yet on that day. ``bound_since``: the day on which who came later
    took it over; None: bound from the start. A recurring deadline stands by its occurrences: ``state_in_course``.
    """
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


def state_in_course(
    days: Sequence[date],
    done: Mapping[date, date],
    *,
    on: date,
    since: date | None = None,
    soon_days: int = SOON_DAYS,
) -> State | None:
    """Return how a recurring deadline stands: as its earliest occurrence that is not finished.

    Where all up to ``on`` are finished and the next is not due within ``soon_days``, it is done as the last of them.
    ``days``: the last day of each occurrence, in order; ``done``: finishing days by those; ``since``: from when it
    binds whoever is asked about, None: from the first. None where there is no occurrence at all.
    """
    mine = [day for day in days if since is None or day >= since]
    if not mine:
        return State(Standing.OPEN, days[-1], was_over=True) if days else None
    known = {day: finished_on for day, finished_on in done.items() if finished_on <= on}
    unfinished = [day for day in mine if day not in known]
    first = unfinished[0] if unfinished else None
    before = [day for day in mine if first is None or day < first]
    if first is None or (before and (first - on).days > soon_days):
        return replace(_finished(before[-1], known[before[-1]]), next_day=first)
    over = sum(day < on for day in unfinished)
    return replace(_unfinished(first, on, soon_days), missed=max(over - 1, 0))


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
