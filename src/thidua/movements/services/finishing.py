"""A unit finishes something: the day is noted, and where the work is a step of the cascade, the step is reached."""

from contextlib import suppress
from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.movements.models import Completion, Deadline, Duty, Participation
from thidua.movements.selectors.receipts import first_receipt
from thidua.movements.services import schedule
from thidua.movements.services.launching import NotNextError, advance
from thidua.movements.services.schedule import FinishedInFutureError
from thidua.movements.services.step_work import finish_twins
from thidua.movements.services.succeeding import named
from thidua.movements.steps import steps_of
from thidua.movements.terms import begins_on, joined_on, launched_on


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
    return done


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
