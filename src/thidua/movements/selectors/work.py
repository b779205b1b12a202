"""“Việc của tôi”: what waits for this person, from every movement the person's units take part in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When

from thidua.movements.models import Acknowledgement, Movement, Participation, PlanRevision
from thidua.movements.permissions import ACTING, own_paths
from thidua.movements.selectors.approving import headed, waiting_for
from thidua.movements.selectors.behind import Behind, behind
from thidua.movements.selectors.deadlines import Term, nearest_of, terms_of_organisers, terms_of_parts
from thidua.movements.selectors.predecessors import issued_before
from thidua.movements.selectors.receipts import received_on
from thidua.movements.selectors.watched import Watched, watched
from thidua.organisations.models import Unit
from thidua.organisations.permissions import Scope
from thidua.records.prepared import Prepared

MOST_UNITS = 12  # the person's own units; an administrator of a thousand looks at the boards instead
MOST_PREPARING = 100
State = Participation.State
ISSUED = Q(movement__plan__revisions__issued_at__isnull=False)
UNIT = ("unit__name", "unit__short_name")
NAMED = ("name", "made_at", "organiser__name")  # what a line of the page shows of a movement


@dataclass(frozen=True, slots=True)
class Draft:
    """A revision of a running movement's plan, not issued yet."""

    movement: Movement
    number: int
    approval: Movement.Approval
    made_at: datetime


class InWork(NamedTuple):
    """Plans and revisions being prepared: those waiting for the person's own answer, and the others."""

    to_decide: tuple[Movement, ...]
    plans: tuple[Movement, ...]
    drafts_to_decide: tuple[Draft, ...]
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits; each list is empty when nothing does."""

    to_decide: tuple[Movement, ...]  # plans handed to me, or to whom I stand in for
    revisions_to_decide: tuple[Draft, ...]  # revisions handed to me in the same way
    drafting: tuple[Draft, ...]  # revisions of my units' plans, not issued yet
    preparing: tuple[Movement, ...]  # plans being checked
    unanswered: tuple[Participation, ...]  # received, without an own plan
    # with a plan issued outside, or by the unit before: no copy of its own
    outside: tuple[Participation, ...]
    unlaunched: tuple[Participation, ...]  # own plan begun or issued, not launched
    terms: tuple[tuple[Unit, Term], ...]  # deadlines of my units, open, the nearest first
    to_read: tuple[Movement, ...]  # launched in my unit, not marked read
    behind: tuple[Behind, ...]  # own plans that do not follow a revision above yet
    revised: tuple[Participation, ...]  # changed since the unit last looked, but for those
    watched: tuple[Watched, ...]  # my own movements, running

    @property
    def is_empty(self) -> bool:
        return not any(
            (
                self.to_decide,
                self.revisions_to_decide,
                self.drafting,
                self.preparing,
                self.unanswered,
                self.outside,
                self.unlaunched,
                self.terms,
                self.to_read,
                self.behind,
                self.revised,
                self.watched,
            )
        )


def work_of(scope: Scope, *, on: date) -> Work:
    """Read what waits for the person of ``scope``; the number of queries grows with the person's own units only."""
    units = acting_in(scope)
    found = tuple(parts_of(units=tuple(units)))
    running = watched(units, on=on)
    prepared = preparing(scope)
    waiting = {movement.pk for movement in prepared.to_decide}
    amended = tuple(p.unit_id for p in found if p.own_id and p.revisions > 1)
    late = behind(units=amended) if amended else []
    told = {one.part_id for one in late}
    without = [p for p in found if p.own_id is None and p.unit_id != p.movement.organiser_id]
    begun = (p for p in found if p.own_id and p.state in (State.RECEIVED, State.OWN_PLAN))
    return Work(
        to_decide=prepared.to_decide,
        revisions_to_decide=prepared.drafts_to_decide,
        drafting=prepared.drafts,
        preparing=prepared.plans,
        unanswered=tuple(p for p in without if not has_plan(p)),
        outside=tuple(p for p in without if has_plan(p)),
        unlaunched=tuple(p for p in begun if p.own_id not in waiting),
        terms=tuple(open_terms(found, running, on)),
        to_read=to_read(scope),
        behind=tuple(late),
        revised=tuple(p for p in found if p.seen_revision < p.revisions and p.pk not in told),
        watched=running,
    )


def has_plan(part: Any) -> bool:
    """Say whether the unit has a plan of which there is no copy of its own: recorded by hand, or its predecessor's."""
    return bool(part.state != State.RECEIVED or part.is_heir)


@Prepared
def parts_of(*, units: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    """Return where ``units`` take part, each with the number of ``revisions`` issued."""
    return (
        Participation.objects.filter(
            unit__in=units, is_visible=True, movement__status=Movement.Status.LAUNCHED
        )
        .select_related("movement__organiser", "unit", "own")
        .only(
            "state",
            "state_at",
            "seen_revision",
            "movement__name",
            "movement__organiser__name",
            *UNIT,
            "own__name",
            "own__approval",
        )
        .annotate(
            revisions=Count("movement__plan__revisions", filter=ISSUED),
            received_on=received_on(participation=OuterRef("pk")),
            is_heir=issued_before(),
        )
        .order_by("-movement__launched_at")
    )


def acting_in(scope: Scope) -> set[UUID]:
    """Return the units on which the person itself holds an acting role."""
    return {grant.unit_id for grant in scope.grants if grant.role in ACTING and not grant.inherited}


def own_units(scope: Scope) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=acting_in(scope)).select_related("kind")[:MOST_UNITS])


def preparing(scope: Scope) -> InWork:
    """Return what is being prepared or revised and waits for the person's own answer, and the rest; one query."""
    found = in_work(
        units=tuple(acting_in(scope)), clusters=tuple(scope.cluster_ids), heads=tuple(headed(scope))
    )
    return InWork(
        to_decide=tuple(row for row in found if row.is_mine_to_decide and not row.draft_number),
        plans=tuple(row for row in found if not row.is_mine_to_decide and not row.draft_number),
        drafts_to_decide=tuple(draft_of(row) for row in found if row.is_mine_to_decide and row.draft_number),
        drafts=tuple(draft_of(row) for row in found if not row.is_mine_to_decide and row.draft_number),
    )


@Prepared
def in_work(
    *, units: tuple[UUID, ...], clusters: tuple[UUID, ...], heads: tuple[UUID, ...]
) -> QuerySet[Any, Any]:
    """Return the plans and drafts of ``units`` and ``clusters``, and those that wait for the head of ``heads``."""
    mine, submitted = Q(organiser__in=units) | Q(cluster__in=clusters), Movement.Approval.SUBMITTED
    drafts = PlanRevision.objects.filter(plan__movement=OuterRef("pk"), issued_at=None, number__gt=1)
    asked = PlanRevision.objects.filter(issued_at=None, approval=submitted, submitted_to__in=heads)
    plans = Q(mine | waiting_for(heads), status=Movement.Status.PREPARING)
    asked_about = Q(pk__in=asked.values("plan__movement"))
    revised = Q(mine | asked_about, Exists(drafts), status=Movement.Status.LAUNCHED)
    answers_draft = Q(organiser__in=heads) | Q(draft_to__in=heads)
    rows = (
        Movement.objects.filter(plans | revised)
        .select_related("organiser")
        .only(*NAMED, "approval", "status")
        .annotate(
            draft_number=Subquery(drafts.values("number")[:1]),
            draft_approval=Subquery(drafts.values("approval")[:1]),
            draft_made_at=Subquery(drafts.values("made_at")[:1]),
            draft_to=Subquery(drafts.values("submitted_to")[:1]),
        )
        .annotate(
            is_mine_to_decide=Case(
                When(waiting_for(heads), then=True),
                When(answers_draft, draft_approval=submitted, then=True),
                default=False,
            )
        )
    )
    return rows.order_by("-is_mine_to_decide", "-made_at")[:MOST_PREPARING]


def draft_of(row: Any) -> Draft:
    return Draft(row, row.draft_number, Movement.Approval(row.draft_approval), row.draft_made_at)


def open_terms(
    parts: Sequence[Participation], running: Sequence[Watched], on: date
) -> list[tuple[Unit, Term]]:
    """Return the nearest open deadlines of the units in ``parts`` and of movements ``running``.

    Those that were over before the unit came stand last: nobody is late with them.
    """
    found = [
        (part.unit, term)
        for part, term in terms_of_parts(parts, on=on)
        if term.finished_on is None and term.last_day
    ]
    if begun := [row.movement for row in running if row.movement.answers_id is None]:
        found += nearest_of(terms_of_organisers(begun, on=on))
    return sorted(found, key=lambda pair: (pair[1].was_over, pair[1].sort_key))[:30]


def to_read(scope: Scope) -> tuple[Movement, ...]:
    """Return the movements launched in the person's unit that it has not marked as read."""
    if scope.person_unit_id is None or scope.person_id is None:
        return ()
    paths = tuple(own_paths(scope))
    return tuple(unread_in(paths=paths, own=scope.person_unit_path, person=scope.person_id))


@Prepared
def unread_in(*, paths: tuple[str, ...], own: str, person: UUID) -> QuerySet[Any, Movement]:
    """Return the plans of units at ``paths`` that reach the person's unit, whose path is ``own``; see readers."""
    done = Acknowledgement.objects.filter(movement=OuterRef("pk"), person=person)
    parts = Participation.objects.filter(movement=OuterRef("pk"), is_visible=True)
    reached = Q(organiser__path=own) | Exists(parts.filter(unit__path__in=paths)) | ~Exists(parts)
    rows = (
        Movement.objects.filter(
            organiser__path__in=paths, status=Movement.Status.LAUNCHED, answers__isnull=False
        )
        .filter(~Exists(done), reached)
        .select_related("organiser")
        .only(*NAMED)
    )
    return rows.order_by("-launched_at")[:20]
