"""The movements a person's units organise and are running: how many units are late, and what comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from thidua.movements.models import Movement, Participation, ParticipationEvent, StepTerm

MOST = 8  # newest first; the list of movements shows the rest
State = Participation.State


@dataclass(frozen=True, slots=True)
class Watched:
    """One running movement of the organiser, as its board would sum it up."""

    movement: Movement
    units: int
    late: int  # units that have not reached a step whose last day is over
    next_step: State | None  # the step whose last day comes next
    next_on: date | None


def watched(organisers: Collection[UUID], *, on: date) -> tuple[Watched, ...]:
    """Return the launched movements of ``organisers`` as of the day ``on``; three queries at any size."""
    rows = Movement.objects.filter(organiser__in=organisers, status=Movement.Status.LAUNCHED)
    movements = tuple(rows.select_related("organiser").order_by("-launched_at")[:MOST] if organisers else ())
    counts = counted(movements, on)
    coming = next_terms(movements, on)
    return tuple(
        Watched(movement, *counts.get(movement.pk, (0, 0)), *coming.get(movement.pk, (None, None)))
        for movement in movements
    )


def counted(movements: Sequence[Movement], on: date) -> dict[UUID, tuple[int, int]]:
    """Return for each movement how many units take part, and how many of them are late."""
    reached = ParticipationEvent.objects.filter(
        participation=OuterRef(OuterRef("pk")), state=OuterRef("state")
    )
    missed = StepTerm.objects.filter(movement=OuterRef("movement"), last_on__lt=on).filter(~Exists(reached))
    rows = (
        Participation.objects.filter(movement__in=movements, is_visible=True)
        .order_by()
        .values("movement")
        .annotate(units=Count("pk"), late=Count("pk", filter=Q(Exists(missed))))
    )
    return {row["movement"]: (row["units"], row["late"]) for row in rows}


def next_terms(movements: Sequence[Movement], on: date) -> dict[UUID, tuple[State, date]]:
    """Return for each movement the step whose last day comes next, today included."""
    rows = StepTerm.objects.filter(movement__in=movements, last_on__gte=on).order_by("-last_on")
    return {term.movement_id: (State(term.state), term.last_on) for term in rows}
