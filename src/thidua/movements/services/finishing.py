"""A unit finishes something: the day is noted, and where the work is a step of the cascade, the step is reached."""

from datetime import date

from django.db import transaction

from thidua.accounts.models import Account
from thidua.movements.models import Completion, Deadline, Duty, Participation
from thidua.movements.services import schedule
from thidua.movements.services.launching import NotNextError, advance
from thidua.movements.services.succeeding import named
from thidua.movements.steps import step_of


@transaction.atomic
def finish(
    part: Participation, thing: Deadline | Duty, *, on: date, today: date, by: Account, note: str = ""
) -> Completion:
    """Note the finishing day, and move the unit on where the deadline speaks of a step it has not reached.

    Raises FinishedInFutureError.
    """
    done = schedule.complete(part.unit, finished_on=on, today=today, by=by, note=note, **named(thing))
    step = step_of(thing.what) if isinstance(thing, Deadline) else None
    if step:
        try:
            advance(part.pk, step, on=on, by=by)
        except NotNextError:
            return done
    return done
