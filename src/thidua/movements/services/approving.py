"""A plan being prepared is handed to the head, taken back, returned with a reason, or agreed to.

Asking is never compulsory and never replaces issuing or launching: those stay acts of who has the right. While the
plan lies with the head, or has the head's consent, its items stay as they are.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import ApprovalEvent, Launch, Movement
from thidua.movements.permissions import may
from thidua.movements.problems import ApprovalRefusedError, Problem
from thidua.movements.selectors.approving import Asked, heads_for
from thidua.movements.selectors.items import living
from thidua.movements.services.approval_notices import tell_decided, tell_submitted, tell_taken_back
from thidua.ui.formats import moment

Approval = Movement.Approval
ACTIONS = {
    Approval.WRITING: "movement.take_back",
    Approval.SUBMITTED: "movement.submit",
    Approval.RETURNED: "movement.return",
    Approval.APPROVED: "movement.approve",
}


@transaction.atomic
def submit(movement: Movement, *, note: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Hand the plan to the head of the organiser, or to the nearest one above; its items are closed from then.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    asked = heads_for(movement.organiser, besides=by)
    refuse(problems_before_submitting(movement, asked))
    movement.submitted_to = asked.unit
    event = turn(movement, Approval.SUBMITTED, by, note, asked)
    tell_submitted(event, asked.accounts)
    return event


@transaction.atomic
def take_back(movement: Movement, *, by: Account, version: int | None = None) -> ApprovalEvent:
    """Open the plan for writing again; a consent given to it no longer stands.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    refuse(problems_before_taking_back(movement))
    asked = last_event(movement.pk, Approval.SUBMITTED)
    event = turn(movement, Approval.WRITING, by)
    tell_taken_back(event, asked)
    return event


@transaction.atomic
def send_back(movement: Movement, *, reason: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Return the plan to its officer with what is to be changed.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    problems = problems_before_deciding(movement, by)
    if not reason.strip():
        problems.append(Problem("reason_missing"))
    refuse(problems)
    return decide(movement, Approval.RETURNED, by, reason)


@transaction.atomic
def approve(movement: Movement, *, note: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Agree that the plan be issued and launched as it stands.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    movement = Movement.take(movement.pk, version=version)
    refuse(problems_before_deciding(movement, by))
    return decide(movement, Approval.APPROVED, by, note)


def decide(movement: Movement, state: Approval, by: Account, note: str = "") -> ApprovalEvent:
    submission = last_event(movement.pk, Approval.SUBMITTED)
    event = turn(movement, state, by, note)
    tell_decided(event, submission)
    return event


def settle_by_act(movement: Movement, by: Account) -> None:
    """Note that who may decide issued or launched a plan that waited: that act is the answer.

    ``movement`` is locked. Who handed it over himself did not look a second time; he took it back.
    """
    if not movement.is_submitted:
        return
    movement.version += 1
    submission = last_event(movement.pk, Approval.SUBMITTED)
    if submission and submission.by_id == by.pk:
        tell_taken_back(turn(movement, Approval.WRITING, by), submission)
    else:
        decide(movement, Approval.APPROVED, by)


def turn(
    movement: Movement, state: Approval, by: Account, note: str = "", asked: Asked | None = None
) -> ApprovalEvent:
    """Put the locked movement into ``state``, with its event and the log."""
    movement.approval = state
    movement.save(update_fields=["approval", "submitted_to", "version", "updated_at"])
    event = ApprovalEvent.objects.create(
        movement=movement,
        number=movement.approval_events.count() + 1,
        state=state,
        at=timezone.now(),
        by=by,
        note=note.strip(),
        to=asked.unit if asked else None,
        asked=asked.names if asked else [],
    )
    details = {"note": event.note} | ({"asked": event.asked} if asked else {})
    audit.record(by, ACTIONS[state], movement, details=details)
    return event


def problems_before_submitting(movement: Movement, asked: Asked) -> list[Problem]:
    """Return everything that keeps the plan from being handed to ``asked``."""
    problems = list(problems_of_stage(movement))
    if movement.is_held:
        last = last_event(movement.pk, movement.approval)
        problems.append(Problem(f"{movement.approval}_before", facts_of(last)))
    if movement.plan.issued_at:
        problems.append(Problem("issued"))
    if not living(movement.plan).filter(field__in=("contents", "themes")).exists():
        problems.append(Problem("empty"))
    if asked.unit is None:
        problems.append(Problem("nobody_to_ask", {"unit": movement.organiser}))
    return problems


def problems_before_taking_back(movement: Movement) -> list[Problem]:
    problems = list(problems_of_stage(movement))
    if not movement.is_held:
        problems.append(Problem("not_submitted"))
    elif movement.plan.issued_at:
        problems.append(Problem("issued"))
    return problems


def problems_before_deciding(movement: Movement, by: Account) -> list[Problem]:
    problems = list(problems_of_stage(movement))
    if not problems and not movement.is_submitted:
        problems.append(Problem("not_waiting"))
    elif movement.is_submitted:
        submission = last_event(movement.pk, Approval.SUBMITTED)
        if submission and submission.by_id == by.pk:
            problems.append(Problem("own_submission"))
    return problems


def problems_of_stage(movement: Movement) -> Iterator[Problem]:
    if movement.status != Movement.Status.PREPARING:
        yield Problem("not_preparing")
    elif movement.launches.filter(status=Launch.Status.STAGING).exists():
        yield Problem("going_out")


def problems_before_acting(movement: Movement, by: Account) -> list[Problem]:
    """Return what keeps ``by`` from launching: a plan that lies with the head is launched by who may decide on it."""
    return [Problem("waits")] if movement.is_submitted and not may(by, "issue", movement) else []


def problems_before_withdrawing(movement: Movement) -> list[Problem]:
    """Return what keeps a plan from being given up: the head is not left with what is gone."""
    return [Problem("withdraw_waiting")] if movement.is_submitted else []


def facts_of(event: ApprovalEvent | None) -> dict[str, str]:
    if event is None:
        return {"name": "", "at": ""}
    return {"name": str(event.by or ""), "at": moment(event.at)}


def last_event(movement_id: UUID, state: str) -> ApprovalEvent | None:
    rows = ApprovalEvent.objects.filter(movement=movement_id, state=state).select_related("by", "to")
    return rows.order_by("-number").first()


def refuse(problems: list[Problem]) -> None:
    """Raise ApprovalRefusedError when there are any."""
    if problems:
        raise ApprovalRefusedError(problems)
