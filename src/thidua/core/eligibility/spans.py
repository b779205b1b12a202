"""Months and years between days, exactly as long as the calendar makes them."""

from datetime import date, timedelta
from fractions import Fraction

MONTHS = 12
_DAYS_OF_A_LOOSE_MONTH = 30
_ONE_DAY = timedelta(days=1)
_LAST_DAY = date.max - _ONE_DAY


def months(first: date, last: date) -> Fraction:
    """Return the months from ``first`` to ``last``, both days counted; loose days are thirtieths."""
    after = min(last, _LAST_DAY) + _ONE_DAY
    if after <= first:
        return Fraction(0)
    whole = (after.year - first.year) * MONTHS + after.month - first.month
    loose = after.day - first.day
    if loose < 0:
        whole -= 1
        loose = max(0, (after - _same_day(first, whole)).days)
    days = whole * _DAYS_OF_A_LOOSE_MONTH + min(loose, _DAYS_OF_A_LOOSE_MONTH - 1)
    return Fraction(days, _DAYS_OF_A_LOOSE_MONTH)


def _same_day(first: date, count: int) -> date:
    """Return the day ``count`` months after ``first``, the month's last where it has no such day."""
    year, month = divmod(first.year * MONTHS + first.month - 1 + count, MONTHS)
    day = first.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def within(first: date, last: date, lower: date, upper: date) -> tuple[date, date] | None:
    """Return the part of [first, last] inside [lower, upper], None where there is none."""
    start, end = max(first, lower), min(last, upper)
    return (start, end) if start <= end else None


def year_span(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)
