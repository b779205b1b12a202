"""An event gets its day: its deadlines and steps move along, and so does the same event of the plans below."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.text.folding import fold
from thidua.movements.models import Deadline, Event, Movement, StepTerm
from thidua.movements.selectors.items import not_over
from thidua.movements.services.schedule import set_terms_from_plan
from thidua.movements.terms import is_receipt, last_day_of, launched_on
from thidua.records.days import today


@transaction.atomic
def set_event_day(event_id: UUID, on: date | None, *, version: int | None, by: Account) -> Event:
    """Give the event its day; every deadline that hangs on it moves along.

    So does the event of the same name in plans that answer this one, unless a unit set its own day. The queries
    grow with the levels below, not with the plans. Raises ChangedMeanwhileError.
    """
    event = Event.take(event_id, version=version)
    below = following(event, on)
    moving = [event, *below]
    before = {one.pk: one.on for one in moving}
    for one in below:
        one.version += 1
    for one in moving:
        one.on, one.updated_at = on, timezone.now()
    Event.objects.bulk_update(moving, ["on", "version", "updated_at"])
    move_deadlines(moving)
    if on:
        dated = [one for one in moving if before[one.pk] is None]
        set_terms_from_plan(*(one.movement for one in dated), hanging_on=dated)
    audit.record_all(
        audit.entry_of(by, "movement.event_day", one.movement, details=told(one, before[one.pk]))
        for one in moving
    )
    return event


def told(event: Event, before: date | None) -> dict[str, str]:
    return {"before": str(before or ""), "after": str(event.on or ""), "event": event.name}


def following(event: Event, on: date | None) -> list[Event]:
    """Lock and return the same event of the running plans below that gets ``on`` too: one query for each level.

    It follows where it has no day, or the one the event above it had until now: whether so is seen under the lock.
    """
    key, found = fold(event.name), list[Event]()
    above: dict[UUID | None, date | None] = {event.movement_id: event.on}
    if is_receipt(key) or event.on == on:
        return found
    while above:
        rows = (
            Event.objects.select_for_update(of=("self",))
            .filter(movement__answers__in=above, movement__status=Movement.Status.LAUNCHED)
            .select_related("movement")
            .order_by("pk")  # two who lock the same rows do so in the same order
        )
        level = [
            row
            for row in rows
            if fold(row.name) == key and row.on != on and row.on in (None, above[row.movement.answers_id])
        ]
        found += level
        above = {row.movement_id: row.on for row in level}
    return found


def move_deadlines(events: Sequence[Event]) -> None:
    """Compute the last days of what hangs on ``events`` again."""
    living = Deadline.objects.filter(not_over(today()), event__in=events)
    rows = list(living.select_related("event", "movement"))
    for row in rows:
        row.last_on = last_day_of(row, launched_on(row.movement))
    Deadline.objects.bulk_update(rows, ["last_on"])
    move_terms(rows)


def move_terms(rows: Sequence[Deadline]) -> None:
    """Let the steps that have their term from these deadlines move along with them."""
    dated: dict[UUID | None, date] = {row.pk: row.last_on for row in rows if row.last_on}
    hanging = StepTerm.objects.filter(deadline__in=rows)
    hanging.exclude(deadline__in=dated).delete()
    terms = list(hanging)
    for term in terms:
        term.last_on = dated[term.deadline_id]
    StepTerm.objects.bulk_update(terms, ["last_on"])
