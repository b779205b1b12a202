"""From a deadline's row to the core's deadline, and from its words to a span or a rhythm."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING

from django.db.models import Q

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.deadline import (
    Awaited,
    Dated,
    Every,
    Recurring,
    Relation,
    Relative,
    last_day,
)
from thidua.core.deadlines.deadline import Deadline as Term
from thidua.core.deadlines.periods import Span, Unit
from thidua.core.deadlines.recurrence import course
from thidua.core.deadlines.state import State, state, state_in_course
from thidua.core.text.dates import find_recurrences
from thidua.core.text.folding import fold
from thidua.core.text.numbers import read_number_words
from thidua.core.text.partial import Partial
from thidua.movements.stated import parsed
from thidua.records.days import day_of

if TYPE_CHECKING:
    from thidua.movements.models import Deadline, Event, Movement

CALENDAR = WorkCalendar()
# «nhận được Kế hoạch này»: an event each unit has on a day of its own. Another body's paper is awaited instead.
RECEIPT = re.compile(
    r"^(?:(?:ke )?tu )?(?:sau )?(?:khi |ngay |thoi diem )*(?:(?:cac )?(?:don vi|dia phuong) )?"
    r"(?:tiep nhan|nhan duoc|nhan) (?:duoc )?"
    r"(?:(?:ke hoach|phong trao|van ban|cong van)(?: thi dua| phat dong| trien khai)* nay\b.*"
    r"|(?:ke hoach|phong trao)(?: thi dua| phat dong| trien khai)*)$"
)
SPAN = re.compile(r"(?P<count>\d+|\w+)\s+(?P<unit>ngày làm việc|ngày|tuần|tháng|năm)", re.IGNORECASE)
SPAN_UNITS = {
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    "tuần": Unit.WEEK,
    "tháng": Unit.MONTH,
    "năm": Unit.YEAR,
}
LONGEST_SPAN = 3650  # of any unit; a larger figure is no span a plan would set
DAY_OF_MONTH = re.compile(
    r"(?:ngày|mùng|mồng)\s*(?P<day>\d{1,2})(?:\s*(?:/|tháng)\s*(?P<month>\d{1,2}))?", re.IGNORECASE
)
# «20 hằng tháng», «10/4 hằng năm»; not the figure of «06 tháng một lần».
BARE_DAY = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})"
    r"(?:\s*(?:/|tháng)\s*(?P<month>\d{1,2})|(?!\s*(?:tháng|tuần|quý|năm|lần)\b|[\d/]))",
    re.IGNORECASE,
)
DAY_AND_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})(?![\d/])", re.IGNORECASE)
MONTHS = 12
# «trước ngày 20 hằng tháng» is over on the 19th, as «trước ngày 20/3» is.
BEFORE = re.compile(r"^\s*trước\s|\btrước\s+(?:ngày|mùng|mồng|thứ|\d)", re.IGNORECASE)
# «ngày 05 của tháng đầu quý sau»: of the quarter that has begun by then.
FIRST_MONTH = re.compile(r"tháng\s+đầu|(?:quý|kỳ)\s+(?:sau|tiếp|kế)", re.IGNORECASE)
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
WEEKDAY = re.compile(
    r"thứ\s+(?:(?P<name>hai|ba|tư|năm|sáu|bảy)|(?P<number>[2-7]))|(?P<sunday>chủ\s+nhật)", re.IGNORECASE
)
RHYTHMS = {"weekly": Every.WEEK, "monthly": Every.MONTH, "quarterly": Every.QUARTER, "yearly": Every.YEAR}
PLAIN = frozenset(Relation) - {Relation.MONTHLY, Relation.QUARTERLY}


def term_of(row: "Deadline", *, named: bool = False) -> Term | None:
    """Return the core's deadline of a row; None for words that name neither day nor event nor rhythm.

    Its event goes by its id, or ``named`` by its name, as papers print it.
    """
    at = time.fromisoformat(row.time) if re.fullmatch(r"\d{2}:\d{2}", row.time) else None
    if row.event_id and row.event:
        key, span = row.event.name if named else str(row.event_id), span_of(row.offset)
        if row.event.is_document:
            return Awaited(key, span, at)
        return Relative(key, relation_of(row, Relation.AFTER if span else Relation.WITH), span, at)
    if row.recurring or row.relation in RHYTHMS or row.due.startswith("--"):
        return rhythm_of(row)
    if row.due and (due := parsed(row.due)):
        return Dated(due, relation_of(row, Relation.BY), at)
    return None


def relation_of(row: "Deadline", otherwise: Relation) -> Relation:
    return Relation(row.relation) if row.relation in PLAIN else otherwise


def span_of(words: str) -> Span | None:
    """Read «10 ngày làm việc», «hai tuần» as a span; None where the words tell none."""
    found = SPAN.search(words)
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdigit() else read_number_words(found["count"].lower())
    return Span(count, SPAN_UNITS[found["unit"].lower()]) if count and count <= LONGEST_SPAN else None


def rhythm_of(row: "Deadline") -> Recurring | None:
    """Read «ngày 20 hằng tháng», «thứ Sáu hằng tuần», a day of each year, or the relation alone."""
    if row.due.startswith("--"):
        partial = Partial.parse(row.due)
        if not partial.possible:
            return None
        return Recurring(Every.YEAR, partial.day, partial.month, relation_of(row, Relation.BY))
    words = row.recurring or row.words
    found = find_recurrences(words)
    told = found[0].every.value if found else ""
    every = RHYTHMS.get(row.relation) or (Every(told) if told in set(Every) else None)
    if every is None:
        return None
    relation = Relation.BEFORE if BEFORE.search(words) else relation_of(row, Relation.BY)
    if every is Every.WEEK:
        return Recurring(every, weekday_of(words), relation=relation)
    day = DAY_OF_MONTH.search(words) or BARE_DAY.search(words)
    number = int(day["day"]) if day and 1 <= int(day["day"]) <= LAST_DAY_OF_MONTH else None
    if every in (Every.QUARTER, Every.HALF) and names_ends_of_months(words):
        number = LAST_DAY_OF_MONTH
    month = int(day["month"]) if day and day["month"] and every is Every.YEAR else None
    if every in (Every.QUARTER, Every.HALF) and FIRST_MONTH.search(words):
        month = 1
    return Recurring(every, number, month, relation)


LAST_DAY_OF_MONTH = 31
LEAP_YEAR = 2024


def names_ends_of_months(words: str) -> bool:
    """Say whether days are told and each is the last of its month: «ngày 30/6 và 31/12»."""
    told = [(int(day), int(month)) for day, month in DAY_AND_MONTH.findall(words)]
    return bool(told) and all(
        1 <= month <= MONTHS and day == monthrange(LEAP_YEAR, month)[1] for day, month in told
    )


def weekday_of(words: str) -> int | None:
    found = WEEKDAY.search(words)
    if found is None:
        return None
    if found["number"]:
        return int(found["number"]) - 1
    return 7 if found["sunday"] else WEEKDAYS[found["name"].lower()]


Done = Mapping[date | None, date]
"""When one unit finished a deadline: of a recurring one by the last day of each occurrence, else under None."""
RECURRING = ~Q(recurring="") | Q(relation__in=RHYTHMS) | Q(due__startswith="--")
"""What a recurring deadline is looked for by; an event goes before a rhythm, so ``recurs`` has the last word."""


def recurs(row: "Deadline") -> bool:
    return isinstance(term_of(row), Recurring)


def course_of(row: "Deadline", *, on: date) -> list[date]:
    """Return the last day of each occurrence from the movement's beginning to its end; none for a plain deadline.

    It begins with its period, or on the day of its launch where that is later: nobody knew of it before; what a
    revision brought, with the revision. One without an end is told for a year beyond ``on``.
    """
    rhythm, movement = term_of(row), row.movement
    begun = [day for day in (movement.starts_on, launched_on(movement), row.runs_from) if day]
    if not isinstance(rhythm, Recurring) or not begun:
        return []
    ends = [day for day in (movement.ends_on, movement.closed_on) if day]
    return course(rhythm, max(begun), min(ends, default=None), on=on)


def current_and_next(row: "Deadline", *, on: date) -> tuple[date | None, date | None]:
    """Return the occurrence due last by ``on``, or else the first, and the one after it."""
    days = course_of(row, on=on)
    due = sum(day <= on for day in days)
    current, after = (due - 1, due) if due else (0, 1)
    return (days[current] if days else None, days[after] if after < len(days) else None)


def counts_from_receipt(row: "Deadline") -> bool:
    """Say whether each unit counts from the day it received the plan: nobody gave one day for all."""
    return row.event is not None and is_each_units_own(row.event)


def is_each_units_own(event: "Event") -> bool:
    """Say whether the event comes on each unit's own day of receipt: it waits for no day of the organiser's."""
    return not (event.on or event.finished_on) and is_receipt(event.name)


def is_receipt(name: str) -> bool:
    return RECEIPT.fullmatch(" ".join(fold(name).split()).rstrip(" .;,")) is not None


def launched_on(movement: "Movement") -> date | None:
    """Return the day on which the first units received the movement."""
    return day_of(movement.launched_at) if movement.launched_at else None


def joined_on(received_on: date | None, launched: date | None) -> date | None:
    """Return the day of receipt of a unit that received a movement already running; None for the first ones.

    Who joined later is not late with what was over by then.
    """
    return received_on if received_on and launched and received_on > launched else None


def begins_on(movement: "Movement") -> date | None:
    """Return the first day a step can be due: that of the plan's issue or of the launch here, the earlier."""
    days = (movement.plan.issued_on, launched_on(movement))
    return min((day for day in days if day), default=None)


def known_events(
    row: "Deadline", received_on: date | None = None, own_on: date | None = None
) -> dict[str, date]:
    """Return the day of the row's event, when it has one; ``received_on``: when the unit got the plan.

    ``own_on``: the unit's own day of the event, which beats the common one.
    """
    if row.event is None:
        return {}
    common = row.event.finished_on or row.event.on or (received_on if counts_from_receipt(row) else None)
    on = own_on or common
    return {str(row.event_id): on} if on else {}


def last_day_of(row: "Deadline", received_on: date | None = None, own_on: date | None = None) -> date | None:
    """Return the last permitted day as far as it is known now."""
    term = term_of(row)
    return last_day(term, known_events(row, received_on, own_on), CALENDAR) if term else None


def state_of(
    row: "Deadline",
    *,
    on: date,
    finished_on: date | None,
    received_on: date | None = None,
    own_on: date | None = None,
    occurrence: date | None = None,
) -> State | None:
    """Return where the deadline stands on a day for one unit; None for words without a day.

    Of a recurring one ``occurrence`` is meant, or the current one where none is given.
    """
    term = term_of(row)
    if isinstance(term, Recurring):
        day = occurrence or current_and_next(row, on=on)[0]
        term = Dated(Partial(day.year, day.month, day.day)) if day else None
    if term is None:
        return None
    events = known_events(row, received_on, own_on)
    since = joined_on(received_on, launched_on(row.movement)) if received_on else None
    return state(term, on=on, finished_on=finished_on, events=events, calendar=CALENDAR, bound_since=since)


def state_of_unit(
    row: "Deadline", *, on: date, done: Done, received_on: date | None = None, own_on: date | None = None
) -> State | None:
    """Return where the deadline stands for a unit: a recurring one as the earliest occurrence not finished."""
    if not recurs(row):
        return state_of(row, on=on, finished_on=done.get(None), received_on=received_on, own_on=own_on)
    finished = {day: finished_on for day, finished_on in done.items() if day}
    return state_in_course(course_of(row, on=on), finished, on=on, since=received_on)
