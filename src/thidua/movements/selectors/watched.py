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
    """Return the launched movements of ``organisers`` as of the day ``on``; two queries at any size."""
    if not organisers:
        return ()
    coming = StepTerm.objects.filter(movement=OuterRef("pk"), last_on__gte=on).order_by("last_on")
    rows = (
        Movement.objects.filter(organiser__in=organisers, status=Movement.Status.LAUNCHED)
        .annotate(next_step=coming.values("state")[:1], next_on=coming.values("last_on")[:1])
        .select_related("organiser")
        .only("name", "answers", "organiser__name")
        .order_by("-launched_at")
    )
    movements = tuple(rows[:MOST])
    counts = counted(movements, on)
    return tuple(
        Watched(
            row, *counts.get(row.pk, (0, 0)), State(row.next_step) if row.next_step else None, row.next_on
        )
        for row in movements
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
