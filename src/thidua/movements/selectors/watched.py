"""The movements a person's units organise and are running: how many units are late, and what comes next."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from thidua.movements.models import Movement, Participation, ParticipationEvent, StepTerm
from thidua.movements.selectors.board import Reached, terms_of, way_of
from thidua.movements.selectors.receipts import there
from thidua.movements.selectors.terms import NAMED, StepTerms, UnitTerms, terms_now
from thidua.movements.terms import launched_on
from thidua.records.days import HERE
from thidua.records.prepared import Prepared

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
    """Return the launched movements of ``organisers`` as of the day ``on``; two queries at any size.

    A few more where the term of a step counts from days that are each unit's own.
    """
    if not organisers:
        return ()
    movements = launched_by(organisers=tuple(organisers), on=on)
    counts = counted([row for row in movements if not row.by_receipt], on)
    counts |= counted_by_receipt([row for row in movements if row.by_receipt], on)
    return tuple(
        Watched(
            row, *counts.get(row.pk, (0, 0)), State(row.next_step) if row.next_step else None, row.next_on
        )
        for row in movements
    )


@Prepared
def launched_by(*, organisers: tuple[UUID, ...], on: date) -> QuerySet[Any, Any]:
    """Return the latest running movements of ``organisers``, each with its ``next_step`` and the day of it."""
    terms = StepTerm.objects.filter(movement=OuterRef("pk"))
    coming = terms.filter(last_on__gte=on).order_by("last_on")
    undated = terms.filter(
        Q(deadline__event__on=None) | Q(deadline__event__has_own_days=True), deadline__event__isnull=False
    )
    rows = (
        Movement.objects.filter(organiser__in=organisers, status=Movement.Status.LAUNCHED)
        .annotate(
            next_step=coming.values("state")[:1],
            next_on=coming.values("last_on")[:1],
            by_receipt=Exists(undated),
        )
        .select_related("organiser")
        .only("name", "answers", "launched_at", "organiser__name")
        .order_by("-launched_at")
    )
    return rows[:MOST]


def counted(movements: Sequence[Movement], on: date) -> dict[UUID, tuple[int, int]]:
    """Return for each movement how many units take part, and how many of them are late."""
    rows = units_and_late(movements=tuple(row.pk for row in movements), on=on)
    return {movement: (units, late) for movement, units, late in rows}


@Prepared
def units_and_late(
    *, movements: tuple[UUID, ...], on: date
) -> QuerySet[Participation, tuple[UUID, int, int]]:
    reached = ParticipationEvent.objects.filter(
        participation=OuterRef(OuterRef("pk")), state=OuterRef("state")
    )
    missed = StepTerm.objects.filter(movement=OuterRef("movement"), last_on__lt=on).filter(~Exists(reached))
    named = NAMED.filter(deadline=OuterRef("deadline"), unit=OuterRef(OuterRef("unit")))
    missed = missed.filter(~Exists(received_after_term()))
    missed = missed.filter(Q(deadline=None) | Q(deadline__for_all=True) | Exists(named))
    rows = Participation.objects.filter(there(on), movement__in=movements, is_visible=True).order_by()
    return rows.values_list("movement").annotate(
        units=Count("pk"), late=Count("pk", filter=Q(Exists(missed)))
    )


def received_after_term() -> QuerySet[ParticipationEvent]:
    """Return the receipt of a unit that joined a running movement when the last day of the term was over."""
    receipt = ParticipationEvent.objects.filter(
        participation=OuterRef(OuterRef("pk")), state=State.RECEIVED, on__gt=OuterRef("last_on")
    )
    return receipt.filter(on__gt=TruncDate("participation__movement__launched_at", tzinfo=HERE))


def counted_by_receipt(movements: Collection[Movement], on: date) -> dict[UUID, tuple[int, int]]:
    """Return the same where units count from days of their own: each is late by those, as on the board."""
    terms: dict[UUID, list[StepTerm]] = {movement.pk: [] for movement in movements}
    for term in StepTerm.objects.filter(movement__in=terms).select_related("deadline__event"):
        terms[term.movement_id].append(term)
    days: dict[tuple[UUID, UUID], dict[State, date]] = {}  # by movement and unit
    events = ParticipationEvent.objects.filter(
        there(on, "participation__"), participation__movement__in=terms, participation__is_visible=True
    ).order_by("at")
    columns = events.values_list("participation__movement", "participation__unit", "state", "on")
    for movement, unit, state, day in columns:
        days.setdefault((movement, unit), {}).setdefault(State(state), day)
    known = {pk: terms_now(rows) for pk, rows in terms.items()}
    launched = {movement.pk: launched_on(movement) for movement in movements}
    late = {pk: cache(partial(days_late, found, on, launched[pk])) for pk, found in known.items()}
    units = Counter(movement for movement, _unit in days)
    behind = Counter(
        pk
        for (pk, unit), reached in days.items()
        for found in (tuple(reached.items()),)
        if late[pk](found, terms_of(known[pk], unit, found))
    )
    return {pk: (units[pk], behind[pk]) for pk in terms}


def days_late(
    terms: StepTerms, on: date, launched: date | None, reached: Reached, own_terms: UnitTerms
) -> int:
    steps = [State(state) for state in terms.states]
    return way_of(steps, on, reached, own_terms, launched=launched).days_late
