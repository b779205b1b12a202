"""The days on which a recurring deadline falls.

A period of months ends on the day that answers its first, or on the last day of a month that has none (Bộ luật Dân sự
2015, Điều 148 khoản 3): so does «ngày 31 hằng tháng». A day named by the plan stays where it is, a day off or not
(khoản 5 moves the end of counted periods only). Quarters, halves and years are those of the calendar, and the budget's
(Luật Ngân sách nhà nước 2015, Điều 14); where the plan names no day, each ends on its last.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from thidua.core.deadlines.deadline import Every, Recurring, Relation

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7
_YEAR_AND_MORE = timedelta(days=366)


def occurrences(recurring: Recurring, start: date, end: date) -> list[date]:
    """Return the last permitted day of every round from ``start`` to ``end``, both counted.

    A day the month does not have is its last day; “trước ngày 20 hằng tháng” permits the 19th.
    """
    early = timedelta(days=recurring.relation is Relation.BEFORE)
    named = _weekly if recurring.every is Every.WEEK else _monthly
    return [day - early for day in named(recurring, start + early, end + early)]


def course(recurring: Recurring, start: date, end: date | None, *, on: date) -> list[date]:
    """Return the last day of every occurrence within what runs from ``start`` to ``end``, both counted.

    No more than a year beyond ``on`` is told. What is too short for any has the first one after its start.
    """
    ahead = _a_year_after(max(start, on))
    days = occurrences(recurring, start, min(end or ahead, ahead))
    return days or occurrences(recurring, start, _a_year_after(start))[:1]


def _a_year_after(day: date) -> date:
    return day + min(_YEAR_AND_MORE, date.max - day - timedelta(days=1))


def nearest(days: Sequence[date], day: date) -> date | None:
    """Return the occurrence closest to ``day``, of two as close the earlier; None where there is none."""
    return min(days, key=lambda one: (abs((one - day).days), one), default=None)


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
