"""Counting a period of time as the Civil Code does.

Bộ luật Dân sự 2015. Điều 147: the first day, or the day of the event, is not counted; the count begins
on the day after. Điều 148: a period of weeks, months or years ends on the day that answers its first,
or on the last day of a month that has none; where the last day is a day off, the period ends with the
next working day, at 24 hours.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thidua.core.deadlines.calendar import WorkCalendar

_MONTHS = 12


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: ten days, thirty working days, two months."""

    count: int
    unit: Unit = Unit.DAY


def end_of_period(start: date, span: Span, calendar: WorkCalendar) -> date:
    """Return the last day of a period of ``span`` from ``start`` (“kể từ ngày”), itself not counted."""
    if span.unit is Unit.WORKING_DAY:
        return calendar.add_working_days(start, span.count)
    return calendar.working_day_from(_moved(start, span.count, span.unit))


def latest_before(event: date, span: Span, calendar: WorkCalendar) -> date:
    """Return the last day that still leaves ``span`` before ``event``, neither of the two days counted in it.

    A day off moves to the working day before: the code's later working day would cut the time
    that the other side was given.
    """
    if span.unit is Unit.WORKING_DAY:
        return calendar.add_working_days(event, -span.count)
    return calendar.working_day_up_to(_moved(event, -span.count, span.unit))


def _moved(day: date, count: int, unit: Unit) -> date:
    if unit is Unit.MONTH:
        return _months_on(day, count)
    if unit is Unit.YEAR:
        return _months_on(day, count * _MONTHS)
    return day + timedelta(days=count) if unit is Unit.DAY else day + timedelta(weeks=count)


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + count, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
