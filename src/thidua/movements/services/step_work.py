"""A step of the cascade is reached: the deadlines that asked for it are finished, and the duties that say the same."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from thidua.accounts.models import Account
from thidua.core.text.folding import fold
from thidua.movements.models import Completion, Deadline, Duty, Participation
from thidua.movements.selectors.items import not_over
from thidua.movements.steps import steps_of
from thidua.movements.terms import RECURRING
from thidua.records.days import today

LEAST_SHARED = 0.6


def finish_step(part: Participation, state: str, on: date, by: Account | None) -> None:
    """Note the unit's finishing day for each deadline that asked for this very step, unless one is noted.

    What recurs is not over with one step.
    """
    rows = Deadline.objects.filter(not_over(today()), ~RECURRING, movement=part.movement_id)
    bound = rows.filter(Q(for_all=True) | Q(for_units=part.unit_id)).exclude(completions__unit=part.unit_id)
    asked = [row for row in bound.distinct() if state in steps_of(row.what)[-1:]]
    Completion.objects.bulk_create(
        Completion(unit_id=part.unit_id, deadline=row, finished_on=on, by=by) for row in asked
    )
    finish_twins(part, asked, on, by)


def finish_twins(part: Participation, deadlines: Iterable[Deadline], on: date, by: Account | None) -> None:
    """Note the day for each duty that is the work of a finished deadline in other words, unless one is noted."""
    stated = [(steps, row.what) for row in deadlines if (steps := steps_of(row.what))]
    if not stated:
        return
    rows = Duty.objects.filter(not_over(today()), movement=part.movement_id)
    bound = rows.filter(Q(for_all=True) | Q(units=part.unit_id)).exclude(completions__unit=part.unit_id)
    Completion.objects.bulk_create(
        Completion(unit_id=part.unit_id, duty=duty, finished_on=on, by=by)
        for duty in bound.distinct()
        if any(steps_of(duty.text) == steps and is_same_work(duty.text, what) for steps, what in stated)
    )


def is_same_work(one: str, other: str) -> bool:
    """Say whether most words of the shorter stand in the longer."""
    first, second = (set(re.findall(r"[a-z]{2,}", fold(words))) for words in (one, other))
    return len(first & second) >= LEAST_SHARED * max(1, min(len(first), len(second)))
