"""A unit finishes something: the day is noted, and where the work is a step of the cascade, the step is reached."""

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from thidua.accounts.models import Account
from thidua.movements.models import Completion, Deadline, Duty, Movement, Participation
from thidua.movements.selectors.receipts import first_receipt
from thidua.movements.services import schedule
from thidua.movements.services.launching import NotNextError, advance, step_back
from thidua.movements.services.schedule import FinishedInFutureError
from thidua.movements.services.step_work import bound_deadlines, finish_twins, twins_of
from thidua.movements.services.succeeding import named
from thidua.movements.steps import steps_of
from thidua.movements.terms import begins_on, joined_on, launched_on, recurs

State = Participation.State


class FinishedBeforeBeginningError(Exception):
    """Nothing is finished before the movement begins, or before who came later received it; carries that day."""

    def __init__(self, begins_on: date, *, is_receipt: bool) -> None:
        super().__init__(str(begins_on))
        self.begins_on, self.is_receipt = begins_on, is_receipt


@transaction.atomic
def finish(
    part: Participation,
    thing: Deadline | Duty,
    *,
    on: date,
    today: date,
    by: Account,
    note: str = "",
    occurrence: date | None = None,
) -> Completion:
    """Note the finishing day, and move the unit on where the deadline speaks of a step it has not reached.

    A duty that has a deadline is finished with it, and the deadline with the duty: they are one job.
    Of a recurring deadline one ``occurrence`` is finished, the earliest that is not where none is told.
    Raises FinishedInFutureError, FinishedBeforeBeginningError, NoSuchOccurrenceError.
    """
    refuse_before_beginning(part, on)
    done = schedule.complete(
        part.unit, finished_on=on, today=today, by=by, note=note, occurrence=occurrence, **named(thing)
    )
    if isinstance(thing, Deadline) and done.occurrence is None:  # a step is not over with one report of many
        for step in steps_of(thing.what):
            with suppress(NotNextError):
                advance(part.pk, step, on=on, by=by)
        finish_twins(part, [thing], on, by)
    if isinstance(thing, Duty):
        for twin in twins_of(part, thing):
            if isinstance(twin, Deadline) and not twin.completions.filter(unit=part.unit_id).exists():
                finish(part, twin, on=on, today=today, by=by)
    return done


class StepStandsError(Exception):
    """The unit's own plan in the system says that it reached this step: it is not taken back; carries the step."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TakenBack(NamedTuple):
    """All that goes back together: deadlines and duties that are one job, and the steps they reached."""

    things: tuple[Deadline | Duty, ...]
    steps: tuple[Participation.State, ...]


def taken_back_with(part: Participation, thing: Deadline | Duty) -> TakenBack:
    """Return what else goes back with ``thing``: its twins, and each step that no other finished deadline means."""
    finished = Q(completions__unit=part.unit_id)
    jobs = (thing, *twins_of(part, thing))
    gone = [one for one in jobs if isinstance(one, Deadline)]
    staying = bound_deadlines(part).filter(finished).exclude(pk__in=[one.pk for one in gone]).distinct()
    kept = {step for one in staying for step in steps_of(one.what)}
    reached = set(part.events.values_list("state", flat=True))
    meant = [step for one in gone if not recurs(one) for step in steps_of(one.what)]
    return TakenBack(jobs, tuple(step for step in dict.fromkeys(meant) if step in reached - kept))


def going_back_with(part: Participation, thing: Deadline | Duty) -> TakenBack:
    """Return the same where it may go back. Raises StepStandsError."""
    together = taken_back_with(part, thing)
    for step in together.steps:
        refuse_what_stands(part, step)
    return together


@transaction.atomic
def take_back(
    part: Participation, thing: Deadline | Duty, *, by: Account, occurrence: date | None = None
) -> None:
    """Take a finishing day back with all that is the same job; of what recurs that of one ``occurrence`` alone.

    Raises StepStandsError.
    """
    if occurrence:
        schedule.reopen(part.unit, by=by, occurrence=occurrence, **named(thing))
        return
    together = going_back_with(part, thing)
    for one in together.things:
        schedule.reopen(part.unit, by=by, **named(one))
    for step in together.steps:
        step_back(part.pk, step, by=by)


def refuse_what_stands(part: Participation, state: str) -> None:
    """Raise StepStandsError for a step that is so by the unit's own plan, not by a day somebody noted."""
    own = part.own
    is_issued = own is not None and bool(own.plan.issued_at)
    is_launched = own is not None and own.status == Movement.Status.LAUNCHED
    if (state == State.OWN_PLAN and is_issued) or (state == State.LAUNCHED and is_launched):
        raise StepStandsError(state)


def reach(part: Participation, state: str, *, on: date, today: date, by: Account) -> Participation:
    """Note that the unit reached a step on a day gone by.

    Raises FinishedInFutureError, FinishedBeforeBeginningError, NotNextError.
    """
    if on > today:
        raise FinishedInFutureError
    refuse_before_beginning(part, on)
    return advance(part.pk, state, on=on, by=by)


def refuse_before_beginning(part: Participation, on: date) -> None:
    """Raise FinishedBeforeBeginningError for a day on which the unit could not yet have known of the movement."""
    movement = part.movement
    joined = joined_on(first_receipt(part), launched_on(movement))
    begins = joined or begins_on(movement)
    if begins and on < begins:
        raise FinishedBeforeBeginningError(begins, is_receipt=joined is not None)
