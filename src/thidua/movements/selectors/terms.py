"""The terms of the cascade's steps: today's, and those that held at the end of an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from thidua.audit.models import Entry
from thidua.movements.models import Deadline, Movement, StepTerm
from thidua.movements.steps import step_of
from thidua.movements.terms import last_day_of
from thidua.records.days import HERE, today


def end_of(day: date) -> datetime:
    """Return the moment the day is over in Viet Nam."""
    return datetime.combine(day + timedelta(days=1), time.min, HERE)


def terms_on(movement: Movement, on: date) -> Mapping[str, date]:
    """Return the last day of each step as it stood at the end of ``on``.

    What the organiser set by hand is read from the log; a step it left alone has the term of the plan in the
    revision that held then.
    """
    if on >= today():
        return dict(StepTerm.objects.filter(movement=movement).values_list("state", "last_on"))
    log = logged(movement, on)
    terms = planned(movement, on, log.moved)
    for state, last_on in log.by_hand.items():
        if last_on:
            terms[state] = last_on
        else:
            terms.pop(state, None)
    return terms


def planned(movement: Movement, on: date, moved: Mapping[str, date | None]) -> dict[str, date]:
    """Return the terms of the plan then: for each step the first deadline for all that speaks of it.

    ``moved``: the day then of each event that was given another day since.
    """
    moment = end_of(on)
    held = Q(ended_by_revision=None) | Q(ended_by_revision__issued_at__gte=moment)
    rows = Deadline.objects.filter(
        held, movement=movement, made_by_revision__issued_at__lt=moment, for_all=True
    ).select_related("event")
    dated = [(last_on, step) for row in rows if (step := step_of(row.what)) and (last_on := then(row, moved))]
    terms: dict[str, date] = {}
    for last_on, step in sorted(dated):
        terms.setdefault(step.value, last_on)
    return terms


def then(row: Deadline, moved: Mapping[str, date | None]) -> date | None:
    """Return the last day of the row as it was when its event still had the day it has in ``moved``."""
    if row.event is None or row.event.name not in moved:
        return row.last_on
    row.event.on = moved[row.event.name]
    return last_day_of(row)


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log tells of a past day: terms set by hand until then, and days of events changed since.

    ``by_hand``: the latest setting of each step, None: taken away. ``moved``: by the event's name, its day then.
    """

    by_hand: Mapping[str, date | None]
    moved: Mapping[str, date | None]


def logged(movement: Movement, on: date) -> Logged:
    """Read both in one query."""
    moment = end_of(on)
    asked = Q(action="movement.step_term", at__lt=moment) | Q(action="movement.event_day", at__gte=moment)
    entries = Entry.objects.filter(
        asked, subject_type=movement._meta.label_lower, subject_id=str(movement.pk)
    ).order_by("at")
    by_hand: dict[str, date | None] = {}
    moved: dict[str, date | None] = {}
    for action, details in entries.values_list("action", "details"):
        if action == "movement.step_term":
            by_hand[details["state"]] = day(details["last_on"])
        else:  # the first change since tells the day before it
            moved.setdefault(details["event"], day(details["before"]))
    return Logged(by_hand, moved)


def day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
