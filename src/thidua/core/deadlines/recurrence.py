"""The days on which a recurring deadline falls."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from thidua.core.deadlines.deadline import Dated, Every, Recurring, Relation
from thidua.core.text.partial import Partial

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7


def occurrences(recurring: Recurring, start: date, end: date) -> list[date]:
    """Return the last permitted day of every round from ``start`` to ``end``, both counted.

    A day the month does not have is its last day; “trước ngày 20 hằng tháng” permits the 19th.
    """
    early = timedelta(days=recurring.relation is Relation.BEFORE)
    named = _weekly if recurring.every is Every.WEEK else _monthly
    return [day - early for day in named(recurring, start + early, end + early)]


def next_deadline(recurring: Recurring, on: date) -> Dated:
    """Return the round that is open on ``on`` as a deadline of its own, with the words' relation kept."""
    year_and_more = timedelta(days=400)
    day = occurrences(recurring, on, on + year_and_more)[0]
    named = day + timedelta(days=recurring.relation is Relation.BEFORE)
    return Dated(Partial(named.year, named.month, named.day), recurring.relation, recurring.hour)


def _weekly(recurring: Recurring, start: date, end: date) -> Iterator[date]:
    weekday = recurring.day or _DAYS_A_WEEK
    day = start + timedelta(days=(weekday - start.isoweekday()) % _DAYS_A_WEEK)
    while day <= end:
        yield day
        day += timedelta(days=_DAYS_A_WEEK)


def _monthly(recurring: Recurring, start: date, end: date) -> Iterator[date]:
    length = _MONTHS[recurring.every]
    wanted = (recurring.month or length) - 1
    for count in range(start.year * _MONTHS_A_YEAR + start.month - 1, end.year * _MONTHS_A_YEAR + end.month):
        year, month = divmod(count, _MONTHS_A_YEAR)
        if month % length != wanted % length:
            continue
        last = monthrange(year, month + 1)[1]
        day = date(year, month + 1, min(recurring.day or last, last))
        if start <= day <= end:
            yield day
