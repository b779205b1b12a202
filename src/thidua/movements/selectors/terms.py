"""The terms of the cascade's steps: today's, and those that held at the end of an earlier day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from thidua.audit.models import Entry
from thidua.movements.models import Deadline, Movement, StepTerm
from thidua.movements.steps import step_of
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
    terms = planned(movement, on)
    for state, last_on in set_by_hand(movement, on).items():
        if last_on:
            terms[state] = last_on
        else:
            terms.pop(state, None)
    return terms


def planned(movement: Movement, on: date) -> dict[str, date]:
    """Return the terms of the plan then: for each step the first deadline for all that speaks of it."""
    moment = end_of(on)
    held = Q(ended_by_revision=None) | Q(ended_by_revision__issued_at__gte=moment)
    rows = Deadline.objects.filter(
        held, movement=movement, made_by_revision__issued_at__lt=moment, for_all=True, last_on__isnull=False
    )
    terms: dict[str, date] = {}
    for what, last_on in rows.order_by("last_on").values_list("what", "last_on"):
        step = step_of(what)
        if step and last_on:
            terms.setdefault(step.value, last_on)
    return terms


def set_by_hand(movement: Movement, on: date) -> dict[str, date | None]:
    """Return the latest setting of each step by then; None: the term was taken away."""
    entries = Entry.objects.filter(
        subject_type=movement._meta.label_lower,
        subject_id=str(movement.pk),
        action="movement.step_term",
        at__lt=end_of(on),
    )
    given = entries.order_by("at").values_list("details", flat=True)
    return {
        details["state"]: date.fromisoformat(details["last_on"]) if details["last_on"] else None
        for details in given
    }
