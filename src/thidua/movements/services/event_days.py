"""An event gets its day, for all or for some: deadlines and steps move along, and the same event of plans below."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.text.folding import fold
from thidua.movements.models import Deadline, Event, EventDay, Movement, StepTerm
from thidua.movements.selectors.items import not_over
from thidua.movements.selectors.own_days import OwnDays, event_days_of
from thidua.movements.services.schedule import set_terms_from_plan
from thidua.movements.terms import is_receipt, last_day_of, launched_on
from thidua.organisations.models import Cluster, Unit
from thidua.records.days import today

Moves = dict[UUID | None, tuple[date | None, date | None]]
"""By movement: the day its event of the name had until now, and the one it gets."""


@transaction.atomic
def set_event_day(event_id: UUID, on: date | None, *, version: int | None, by: Account) -> Event:
    """Give the event its day; every deadline that hangs on it moves along.

    So does the event of the same name in plans that answer this one, unless a unit set its own day, or has one of
    its own above. The queries grow with the levels below, not with the plans. Raises ChangedMeanwhileError.
    """
    event = Event.take(event_id, version=version)
    own = {unit for _event, unit in event_days_of([event], today())}
    is_own = is_receipt(fold(event.name)) or event.on == on
    below = [] if is_own else following(event, {event.movement_id: (event.on, on)}, own)
    move([(event, on), *below], by)
    return event


class PlaceTakesNoPartError(Exception):
    """Only units that take part, and clusters of such units, have days of their own."""


@transaction.atomic
def set_own_day(
    event_id: UUID, place: Unit | Cluster, on: date | None, *, version: int | None, by: Account
) -> Event:
    """Give the event a day of their own for one unit or the members of one cluster, or take it away.

    The terms of those units move along, and so does the event of the same name in their own plans, unless it was
    given another day there. Taken away it is also from who takes no part any more.
    Raises PlaceTakesNoPartError, ChangedMeanwhileError.
    """
    event = Event.take(event_id, version=version)
    if on:
        refuse_unless_taking_part(event.movement, place)
    earlier = event_days_of([event], today())
    where = {"cluster": place} if isinstance(place, Cluster) else {"unit": place}
    before = EventDay.objects.filter(event=event, **where).values_list("on", flat=True).first()
    if on:
        EventDay.objects.update_or_create(event=event, **where, defaults={"on": on})
    else:
        EventDay.objects.filter(event=event, **where).delete()
    event.has_own_days = EventDay.objects.filter(event=event).exists()
    event.save()
    move_deadlines([event])
    set_terms_from_plan(event.movement, hanging_on=[event])
    details = {"place_id": str(place.pk), "place": str(place)} | told_days(event, before, on)
    audit.record(by, "movement.event_own_day", event.movement, details=details)
    move(own_plans_moved(event, earlier), by)
    return event


def moves_terms(event: Event, place: Unit | Cluster) -> bool:
    """Say whether some deadline in force hangs on the event and binds the place, for its own day to move."""
    units = Unit.objects.filter(pk=place.pk) if isinstance(place, Unit) else members(place)
    hanging = Deadline.objects.filter(not_over(today()), event=event)
    return hanging.filter(Q(for_all=True) | Q(for_units__in=units)).exists()


def members(cluster: Cluster) -> QuerySet[Unit]:
    return Unit.objects.filter(cluster_memberships__cluster=cluster)


def refuse_unless_taking_part(movement: Movement, place: Unit | Cluster) -> None:
    parts = movement.participations.filter(is_visible=True)
    of_place = (
        {"unit__cluster_memberships__cluster": place} if isinstance(place, Cluster) else {"unit": place}
    )
    if not parts.filter(**of_place).exists():
        raise PlaceTakesNoPartError


def own_plans_moved(event: Event, earlier: OwnDays) -> list[tuple[Event, date | None]]:
    """Return the same event of the own plans of units whose day changed, with the day it gets; and of those below."""
    now = event_days_of([event], today())
    changed = {unit for _event, unit in earlier.keys() | now.keys()}
    plans = Movement.objects.filter(answers=event.movement_id, organiser__in=changed)
    moves: Moves = {}
    for plan, unit in plans.values_list("pk", "organiser"):
        day = (event.pk, unit)
        moves[plan] = earlier.get(day, event.on), now.get(day, event.on)
    first = [
        (row, moves[row.movement_id][1])
        for row in same_event(event.name, Q(movement__in=moves))
        if follows(row, *moves[row.movement_id])
    ]
    return first + following(event, {row.movement_id: (row.on, new) for row, new in first})


def move(moving: Sequence[tuple[Event, date | None]], by: Account) -> None:
    """Write the new days; deadlines and steps move along, each movement's log tells of its own."""
    before = {one.pk: one.on for one, _on in moving}
    for one, on in moving:
        one.on, one.updated_at = on, timezone.now()
    events = [one for one, _on in moving]
    Event.objects.bulk_update(events, ["on", "version", "updated_at"])
    move_deadlines(events)
    dated = [one for one in events if one.on and before[one.pk] is None]
    set_terms_from_plan(*(one.movement for one in dated), hanging_on=dated)
    audit.record_all(
        audit.entry_of(by, "movement.event_day", one.movement, details=told_days(one, before[one.pk], one.on))
        for one in events
    )


def told_days(event: Event, before: date | None, after: date | None) -> dict[str, str]:
    return {"before": str(before or ""), "after": str(after or ""), "event": event.name}


def following(event: Event, above: Moves, sparing: Collection[UUID] = ()) -> list[tuple[Event, date | None]]:
    """Lock and return the same event of the running plans below, each with the day it gets: a query for each level.

    It follows where it has no day, or the one the event above it had until now: whether so is seen under the lock.
    ``sparing``: the units right below whose plans do not follow.
    """
    found = list[tuple[Event, date | None]]()
    while above:
        rows = same_event(event.name, Q(movement__answers__in=above))
        level = [
            (row, above[row.movement.answers_id][1])
            for row in rows
            if row.movement.organiser_id not in sparing and follows(row, *above[row.movement.answers_id])
        ]
        found += level
        above, sparing = {row.movement_id: (row.on, new) for row, new in level}, ()
    return found


def same_event(name: str, among: Q) -> list[Event]:
    """Lock and return the events of this name in running plans, as ``take`` does one."""
    rows = (
        Event.objects.select_for_update(of=("self",))
        .filter(among, movement__status=Movement.Status.LAUNCHED)
        .select_related("movement")
        .order_by("pk")  # two who lock the same rows do so in the same order
    )
    key = fold(name)
    same = [row for row in rows if fold(row.name) == key]
    for row in same:
        row.version += 1
    return same


def follows(row: Event, before: date | None, after: date | None) -> bool:
    return row.on != after and row.on in (None, before)


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
    dated = {row.pk: row.last_on for row in rows if row.last_on or (row.event and row.event.has_own_days)}
    hanging = StepTerm.objects.filter(deadline__in=rows)
    hanging.exclude(deadline__in=dated).delete()
    terms = list(hanging)
    for term in terms:
        term.last_on = dated[term.deadline_id] if term.deadline_id else None
    StepTerm.objects.bulk_update(terms, ["last_on"])
