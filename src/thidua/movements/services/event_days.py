"""An event gets its day: its deadlines and steps move along, and so does the same event of the plans below."""

from datetime import date
from uuid import UUID

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.text.folding import fold
from thidua.movements.models import Deadline, Event, Movement, StepTerm
from thidua.movements.services.schedule import set_terms_from_plan
from thidua.movements.terms import is_receipt, last_day_of, launched_on


@transaction.atomic
def set_event_day(event_id: UUID, on: date | None, *, version: int | None, by: Account) -> Event:
    """Give the event its day; every deadline that hangs on it moves along.

    So does the event of the same name in plans that answer this one, unless a unit set its own day.
    Raises ChangedMeanwhileError.
    """
    event = Event.take(event_id, version=version)
    before, event.on = event.on, on
    event.save()
    for row in event.deadlines.select_related("event").filter(ended_by_revision=None):
        row.last_on = last_day_of(row, launched_on(event.movement))
        row.save(update_fields=["last_on"])
        move_term(row)
    if before is None and on:
        set_terms_from_plan(event.movement)
    details = {"before": str(before or ""), "after": str(on or "")}
    audit.record(by, "movement.event_day", event.movement, details=details | {"event": event.name})
    for below in following(event, before):
        set_event_day(below.pk, on, version=None, by=by)
    return event


def following(event: Event, before: date | None) -> list[Event]:
    """Return the same event in running plans that answer this one, where it has no day but the one from here."""
    if is_receipt(event.name) or event.on == before:
        return []
    running = Movement.Status.LAUNCHED
    below = Event.objects.filter(movement__answers=event.movement_id, movement__status=running)
    key = fold(event.name)
    return [row for row in below if fold(row.name) == key and row.on in (None, before)]


def move_term(row: Deadline) -> None:
    """Let the step that has its term from this deadline move along with it."""
    terms = StepTerm.objects.filter(deadline=row)
    if row.last_on:
        terms.update(last_on=row.last_on)
    else:
        terms.delete()
