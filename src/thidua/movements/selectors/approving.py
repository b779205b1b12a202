"""Who decides on a plan or a revision, where it stands between its officer and the head, what waits for a head."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from thidua.accounts.models import Account
from thidua.movements.models import ApprovalEvent, Movement, PlanRevision
from thidua.movements.permissions import may, paths_above
from thidua.movements.selectors.corrections import Correction, against_paper
from thidua.organisations.models import Unit, UnitRole
from thidua.organisations.permissions import Scope, User
from thidua.records.days import today

Approval = Movement.Approval
Subject = Movement | PlanRevision
"""What goes to a head: the plan of a movement being prepared, or a revision of one that runs."""
HEADS_FIRST = F("stand_in_for__valid_from").asc(nulls_first=True)  # databases differ on where nothing stands


def movement_of(subject: Subject) -> Movement:
    return subject if isinstance(subject, Movement) else subject.plan.movement


def events_of(subject: Subject) -> QuerySet[ApprovalEvent]:
    """Return the passes of the plan itself, or those of one revision."""
    if isinstance(subject, Movement):
        return subject.approval_events.filter(revision=None)
    return subject.approval_events.all()


@dataclass(frozen=True, slots=True)
class Asked:
    """The heads a plan goes to, stand-ins among them, all of one unit; ``unit`` is None where there are none."""

    unit: Unit | None
    roles: tuple[UnitRole, ...]

    @property
    def names(self) -> list[str]:
        return [name_of(role) for role in self.roles]

    @property
    def accounts(self) -> list[Account]:
        return [role.person.account for role in self.roles if role.person.account]


def name_of(role: UnitRole) -> str:
    """Name the head with the unit; a stand-in with whom he stands in for."""
    stands_for = f", thay {role.stand_in_for.person.full_name}" if role.stand_in_for else ""
    return f"{role.person.full_name} ({role.unit}{stands_for})"


def heads_for(unit: Unit, *, besides: Account | None = None) -> Asked:
    """Return the heads who can sign in: those of the unit, else those of the nearest unit above that has some.

    ``besides`` leaves the one who asks out: nobody asks himself.
    """
    day = today()
    rows = (
        UnitRole.objects.on(day)
        .filter(
            role=UnitRole.Role.HEAD, unit__path__in=paths_above(unit.path), person__account__is_active=True
        )
        .filter(Q(person__account__closed_on=None) | Q(person__account__closed_on__gt=day))
        .exclude(person__account=besides)
        .select_related("person__account", "unit", "stand_in_for__person")
        .order_by("-unit__depth", HEADS_FIRST, "person__sort_key")
    )
    found = list(rows)
    nearest = tuple(row for row in found if row.unit_id == found[0].unit_id)
    return Asked(nearest[0].unit if nearest else None, nearest)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plan came with the head, and what the reader may do about it; ``events`` the latest first."""

    events: tuple[ApprovalEvent, ...] = ()
    may_submit: bool = False
    may_take_back: bool = False
    may_decide: bool = False
    corrections: tuple[Correction, ...] = ()  # for who decides: what is no longer as on the paper

    @property
    def last(self) -> ApprovalEvent | None:
        return self.events[0] if self.events else None

    @property
    def submission(self) -> ApprovalEvent | None:
        """The latest handing-over."""
        return next((event for event in self.events if event.state == Approval.SUBMITTED), None)


def standing_of(subject: Subject, user: User) -> Standing:
    """Read the passes for those of the organiser; a unit that received the movement reads nothing of them."""
    movement = movement_of(subject)
    if not may(user, "view_all", movement):
        return Standing()
    rows = events_of(subject).select_related("by", "to").order_by("-number")
    events = tuple(rows) if subject.submitted_to_id is not None else ()
    if is_past(subject):
        return Standing(events)
    edits, issues = may(user, "edit_plan", movement), may(user, "issue", movement)
    is_issued = isinstance(subject, Movement) and subject.plan.issued_at is not None
    may_decide = issues and subject.is_submitted and not is_by(events, user)
    return Standing(
        events,
        may_submit=edits and not issues and not subject.is_held and not is_issued,
        may_take_back=edits and subject.is_held and not is_issued,
        may_decide=may_decide,
        corrections=tuple(against_paper(subject.plan))
        if may_decide and isinstance(subject, Movement)
        else (),
    )


def is_past(subject: Subject) -> bool:
    """Say whether nobody is asked about it any more: the plan is out or given up, the revision issued."""
    if isinstance(subject, Movement):
        return subject.status != Movement.Status.PREPARING
    return subject.issued_at is not None or subject.plan.movement.status != Movement.Status.LAUNCHED


def is_by(events: Iterable[ApprovalEvent], user: User) -> bool:
    """Say whether the user made the latest of ``events``."""
    last = next(iter(events), None)
    return last is not None and last.by_id == user.pk


def waiting_for(units: Collection[UUID]) -> Q:
    """Return the condition on movements that wait for the head of one of ``units``."""
    waiting = Q(status=Movement.Status.PREPARING, approval=Approval.SUBMITTED)
    return waiting & (Q(submitted_to__in=units) | Q(organiser__in=units))


def headed(scope: Scope) -> set[UUID]:
    """Return the units the person is head of today."""
    heads = (grant for grant in scope.grants if grant.role == UnitRole.Role.HEAD and not grant.inherited)
    return {grant.unit_id for grant in heads}
