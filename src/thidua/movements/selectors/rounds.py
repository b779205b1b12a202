"""The rounds of a recurring deadline over all units, each with how many finished it."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from thidua.movements.models import Completion, Deadline
from thidua.movements.selectors.deadlines import parts_on
from thidua.movements.terms import course_of, current_and_next


class RoundCount(NamedTuple):
    """One round and how many of the units still there finished it by the day asked about."""

    last_day: date
    done: int


def rounds_of(row: Deadline, who: Q, *, on: date) -> list[RoundCount]:
    """Return the rounds gone by, the current one and the next; one query, none for what does not recur."""
    shown = [day for day in current_and_next(row, on=on) if day]
    days = [day for day in course_of(row, on=on) if shown and day <= max(shown)]
    if not days:
        return []
    units = parts_on(row.movement, who, on).values("unit")
    done = Completion.objects.filter(deadline=row, unit__in=units, finished_on__lte=on).order_by()
    numbers = dict(done.values_list("occurrence").annotate(number=Count("pk")))
    return [RoundCount(day, numbers.get(day, 0)) for day in days]
