"""What a revision put in the place of deadlines and duties: their heirs take over what units did, and the steps."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from thidua.core.deadlines.recurrence import nearest
from thidua.movements.models import (
    Completion,
    Deadline,
    Duty,
    Movement,
    Plan,
    PlanItem,
    PlanRevision,
    StepTerm,
)
from thidua.movements.selectors.coming import heirs_by_place
from thidua.movements.services.header import HEADER, copy_header
from thidua.movements.terms import course_of, recurs

LOOKING_BACK = timedelta(days=60)  # a turn of the day missed while the house was shut is made up for


class Named(TypedDict, total=False):
    """A deadline or a duty, under its own name."""

    deadline: Deadline
    duty: Duty


class Place(Named, total=False):
    """What of a deadline or duty is finished: of a recurring deadline one occurrence."""

    occurrence: date | None


def named(thing: Deadline | Duty) -> Named:
    return {"deadline": thing} if isinstance(thing, Deadline) else {"duty": thing}


def heirs_of(thing: Deadline | Duty | None) -> Iterator[Deadline | Duty]:
    """Yield what takes the place of a deadline or duty by revisions issued already, one after the other."""
    while thing and thing.ended_by_revision_id:
        thing = (
            type(thing)
            .objects.filter(
                made_by_revision=thing.ended_by_revision_id, item__origin=thing.item_id, order=thing.order
            )
            .first()
        )
        if thing:
            yield thing


def heirs_places(
    thing: Deadline | Duty | None, occurrence: date | None, finished_on: date
) -> Iterator[Place]:
    """Yield where a finishing day of ``thing`` stands in what takes its place by revisions issued already."""
    for heir in heirs_of(thing):
        if place := place_in(heir, occurrence, finished_on):
            yield place


def place_in(heir: Deadline | Duty, occurrence: date | None, finished_on: date) -> Place | None:
    """Return what of ``heir`` is finished with an earlier thing; None: nothing.

    Of a recurring deadline that is the occurrence nearest to the earlier one; a rhythm that a revision brought
    takes over nothing from before it, and what happens once is not over with one occurrence.
    """
    if isinstance(heir, Duty):
        return {"duty": heir, "occurrence": None}
    if not recurs(heir):
        return None if occurrence else {"deadline": heir, "occurrence": None}
    day = occurrence or finished_on
    near = nearest(course_of(heir, on=day), day)
    if near is None or (heir.runs_from and day < heir.runs_from):
        return None
    return {"deadline": heir, "occurrence": near}


def carry_completions(revision: PlanRevision) -> None:
    """Let what units finished stay finished where ``revision`` only moved or reworded it."""
    for model, name in ((Deadline, "deadline"), (Duty, "duty")):
        ended = model.objects.filter(ended_by_revision=revision)
        heirs = heirs_by_place(model.objects.filter(made_by_revision=revision))
        places = {row.pk: (revision.pk, row.item_id, row.order) for row in ended}
        moved = {pk: heirs[place] for pk, place in places.items() if place in heirs}
        done = Completion.objects.filter(**{f"{name}__in": moved}).order_by("occurrence")
        carried = [
            Completion(
                unit_id=row.unit_id,
                finished_on=row.finished_on,
                note=row.note,
                by_id=row.by_id,
                at=row.at,
                **place,
            )
            for row in done
            if isinstance(heir := moved[getattr(row, f"{name}_id")], Deadline | Duty)
            and (place := place_in(heir, row.occurrence, row.finished_on))
        ]
        # two occurrences may come to lie nearest to one; the first stands
        Completion.objects.bulk_create(carried, ignore_conflicts=name == "deadline")


def follow(revision: PlanRevision, on: date) -> None:
    """Let the steps follow ``revision`` if it applies by ``on``; else the turn of its day does."""
    if revision.effective_on and revision.effective_on <= on:
        renew_terms(revision)


def renew_due_terms(on: date) -> None:
    """Let the steps follow every revision that applies by ``on``; twice changes nothing."""
    ended = StepTerm.objects.filter(deadline__ended_by_revision__effective_on__lte=on)
    due = PlanRevision.objects.filter(
        plan__movement__in=ended.values("movement"), issued_at__isnull=False, effective_on__lte=on
    )
    for revision in due.order_by("plan", "number"):
        renew_terms(revision)


def renew_due_headers(on: date) -> None:
    """Let number, theme and period of a plan follow a revision that applies from a day after it was issued."""
    begun = PlanRevision.objects.filter(
        effective_on__range=(on - LOOKING_BACK, on), effective_on__gt=F("issued_at__date"), number__gt=1
    )
    told = PlanItem.objects.filter(field__in=HEADER)
    changed = told.filter(Q(since__in=begun) | Q(until__in=begun))
    for movement in Movement.objects.filter(plan__in=changed.values("plan")).values_list("pk", flat=True):
        renew_header(movement)


@transaction.atomic
def renew_header(movement_id: UUID) -> None:
    """Copy the header while nobody else writes the same rows."""
    movement = Movement.objects.select_for_update(of=("self",)).get(pk=movement_id)
    plan = Plan.objects.select_for_update(of=("self",)).get(movement=movement)
    plan.movement = movement
    copy_header(plan)


def renew_terms(revision: PlanRevision) -> None:
    """Let the steps whose deadline was replaced by ``revision`` follow the new one."""
    for term in StepTerm.objects.filter(deadline__ended_by_revision=revision).select_related("deadline"):
        heir = Deadline.objects.filter(
            made_by_revision=revision, item__origin=term.deadline.item_id if term.deadline else None
        ).first()
        if heir and heir.last_on:
            StepTerm.objects.filter(pk=term.pk).update(deadline=heir, last_on=heir.last_on)
