"""A deadline as a document sets it, and the last day it permits.

How the words are read, always inclusive of the day named unless said:

* “trước ngày 30/6”, ``BEFORE``: the 29th is the last day. The words exclude the day, and who is a day
  early loses nothing; screens show the words beside the day, for the body that reads them otherwise.
* “đến ngày”, “đến hết”, “chậm nhất ngày”, “trong ngày”, “cùng với”: ``UNTIL``, ``BY``, ``ON``,
  ``WITH``: the day itself. A month, quarter, half or year is permitted to its last day; before one
  means to the eve of its first.
* “ngay từ đầu năm”, ``AT_START``: to the end of the first month of a year, half or quarter, to the
  tenth of a month. The Civil Code's “đầu năm” (Điều 146) is 1 January alone, which mostly lies before
  the plan is signed.
* “từ ngày”, ``FROM``, and ``AFTER`` without a span: only a beginning; no day is the last.

A day named by the document stays where it is, a day off or not: only counted periods move (see ``periods``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.periods import Span, end_of_period, latest_before
from thidua.core.text.partial import Partial

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
_ONE_DAY = timedelta(days=1)
_START_OF_MONTH_DAYS = 10


class Relation(StrEnum):
    BEFORE = "before"
    ON = "on"
    BY = "by"
    UNTIL = "until"
    AFTER = "after"
    WITH = "with"
    FROM = "from"
    AT_START = "at_start"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Every(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at the precision the document gives it."""

    due: Partial
    relation: Relation = Relation.BY
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Tied to an event whose day may not be known yet: “05 ngày sau khi kết thúc đợt 1”."""

    event: str
    relation: Relation = Relation.WITH
    span: Span | None = None
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """Blocked until a document from outside arrives, “theo hướng dẫn của Bộ”; ``span`` counts from then."""

    document: str
    span: Span | None = None
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """Comes back, on ``day`` of ``month`` within the quarter, half or year; None is the last of them.

    For ``Every.WEEK`` the day is the weekday, Monday 1 to Sunday 7.
    """

    every: Every
    day: int | None = None
    month: int | None = None
    relation: Relation = Relation.BY
    hour: time | None = None


Deadline = Dated | Relative | Awaited | Recurring
Events = Mapping[str, date]

NO_EVENTS: Events = {}
USUAL_CALENDAR = WorkCalendar()


def last_day(
    deadline: Deadline, events: Events = NO_EVENTS, calendar: WorkCalendar = USUAL_CALENDAR
) -> date | None:
    """Return the last permitted day, None where there is none or it cannot be known yet.

    ``events`` holds the day of each event and awaited document that is known. A recurring
    deadline has no last day; each of its ``recurrence.occurrences`` has.
    """
    match deadline:
        case Dated():
            return _last_of_date(deadline)
        case Relative():
            return _last_of_event(deadline, events, calendar)
        case Awaited(document=document, span=span):
            arrived = events.get(document)
            return None if arrived is None or span is None else end_of_period(arrived, span, calendar)
        case Recurring():
            return None


def last_moment(
    deadline: Deadline, events: Events = NO_EVENTS, calendar: WorkCalendar = USUAL_CALENDAR
) -> datetime | None:
    """Return when it becomes too late: at the hour named, else at midnight after the last day (Điều 148)."""
    day = last_day(deadline, events, calendar)
    if day is None:
        return None
    if deadline.hour is None:
        return datetime.combine(day + _ONE_DAY, time.min, HO_CHI_MINH)
    return datetime.combine(day, deadline.hour, HO_CHI_MINH)


def waits_for(deadline: Deadline, events: Events = NO_EVENTS) -> str | None:
    """Return the event or document that must come first, None where nothing is awaited."""
    match deadline:
        case Relative(event=name) | Awaited(document=name):
            return None if name in events else name
        case _:
            return None


def _last_of_date(deadline: Dated) -> date | None:
    due = deadline.due
    if due.year is None or not due.possible:
        return None
    match deadline.relation:
        case Relation.BEFORE:
            return due.first_day() - _ONE_DAY
        case Relation.AT_START:
            return _end_of_start(due)
        case Relation.FROM | Relation.AFTER:
            return None
        case _:
            return due.last_day()


def _end_of_start(due: Partial) -> date:
    if due.day is not None:
        return due.first_day()
    if due.month is not None:
        return replace(due, day=_START_OF_MONTH_DAYS).last_day()
    return Partial(year=due.year, month=due.first_month).last_day()


def _last_of_event(deadline: Relative, events: Events, calendar: WorkCalendar) -> date | None:
    day = events.get(deadline.event)
    if day is None:
        return None
    match deadline.relation, deadline.span:
        case Relation.BEFORE, None:
            return day - _ONE_DAY
        case Relation.BEFORE, Span() as span:
            return latest_before(day, span, calendar)
        case Relation.FROM | Relation.AFTER, None:
            return None
        case _, Span() as span:
            return end_of_period(day, span, calendar)
        case _:
            return day
