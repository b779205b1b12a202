"""What an officer prepared is handed to the head, taken back, returned with a reason, or agreed to.

That is a plan before its launch, or a revision of one that is out. Asking is never compulsory and never replaces
issuing or launching: those stay acts of who has the right. While it lies with the head, or has the head's consent, it
stays as it is.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import ApprovalEvent, Launch, Movement, PlanRevision
from thidua.movements.permissions import may
from thidua.movements.problems import ApprovalRefusedError, Problem
from thidua.movements.selectors.approving import Asked, Subject, events_of, heads_for, movement_of
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
def submit(subject: Subject, *, note: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Hand it to the head of the organiser, or to the nearest one above; it is closed from then.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    subject = type(subject).take(subject.pk, version=version)
    asked = heads_for(movement_of(subject).organiser, besides=by)
    refuse(problems_before_submitting(subject, asked))
    subject.submitted_to = asked.unit
    event = turn(subject, Approval.SUBMITTED, by, note, asked)
    tell_submitted(event, asked.accounts)
    return event


@transaction.atomic
def take_back(subject: Subject, *, by: Account, version: int | None = None) -> ApprovalEvent:
    """Open it for writing again; a consent given to it no longer stands.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    subject = type(subject).take(subject.pk, version=version)
    refuse(problems_before_taking_back(subject))
    asked = last_event(subject, Approval.SUBMITTED)
    event = turn(subject, Approval.WRITING, by)
    tell_taken_back(event, asked)
    return event


@transaction.atomic
def send_back(subject: Subject, *, reason: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Return it to its officer with what is to be changed.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    subject = type(subject).take(subject.pk, version=version)
    problems = problems_before_deciding(subject, by)
    if not reason.strip():
        problems.append(Problem("reason_missing"))
    refuse(problems)
    return decide(subject, Approval.RETURNED, by, reason)


@transaction.atomic
def approve(subject: Subject, *, note: str, by: Account, version: int | None = None) -> ApprovalEvent:
    """Agree that it be issued, and the plan launched, as it stands.

    Raises ApprovalRefusedError, ChangedMeanwhileError.
    """
    subject = type(subject).take(subject.pk, version=version)
    refuse(problems_before_deciding(subject, by))
    return decide(subject, Approval.APPROVED, by, note)


def decide(subject: Subject, state: Movement.Approval, by: Account, note: str = "") -> ApprovalEvent:
    submission = last_event(subject, Approval.SUBMITTED)
    event = turn(subject, state, by, note)
    tell_decided(event, submission)
    return event


def settle_by_act(subject: Subject, by: Account) -> None:
    """Note that who may decide issued or launched what waited: that act is the answer.

    ``subject`` is locked. Who handed it over himself did not look a second time; he took it back.
    """
    if not subject.is_submitted:
        return
    subject.version += 1
    submission = last_event(subject, Approval.SUBMITTED)
    if submission and submission.by_id == by.pk:
        tell_taken_back(turn(subject, Approval.WRITING, by), submission)
    else:
        decide(subject, Approval.APPROVED, by)


def turn(
    subject: Subject, state: Movement.Approval, by: Account, note: str = "", asked: Asked | None = None
) -> ApprovalEvent:
    """Put the locked row into ``state``, with its event and the log."""
    subject.approval = state
    subject.save(update_fields=["approval", "submitted_to", "version", "updated_at"])
    movement = movement_of(subject)
    revision = subject if isinstance(subject, PlanRevision) else None
    event = ApprovalEvent.objects.create(
        movement=movement,
        revision=revision,
        number=movement.approval_events.count() + 1,
        state=state,
        at=timezone.now(),
        by=by,
        note=note.strip(),
        to=asked.unit if asked else None,
        asked=asked.names if asked else [],
    )
    details = {"note": event.note} | ({"asked": event.asked} if asked else {})
    audit.record(
        by, ACTIONS[state], movement, details=details | ({"revision": revision.number} if revision else {})
    )
    return event


def problems_before_submitting(subject: Subject, asked: Asked) -> list[Problem]:
    """Return everything that keeps it from being handed to ``asked``."""
    problems = list(problems_of_stage(subject))
    if subject.is_held:
        problems.append(
            Problem(f"{subject.approval}_before", facts_of(last_event(subject, subject.approval)))
        )
    problems += problems_of_substance(subject)
    if asked.unit is None:
        problems.append(Problem("nobody_to_ask", {"unit": movement_of(subject).organiser}))
    return problems


def problems_of_substance(subject: Subject) -> Iterator[Problem]:
    """Yield what makes it nothing to decide on: issued already, or empty."""
    if isinstance(subject, PlanRevision):
        if not subject.changes:
            yield Problem("no_changes")
        return
    if subject.plan.issued_at:
        yield Problem("issued")
    if not living(subject.plan).filter(field__in=("contents", "themes")).exists():
        yield Problem("empty")


def problems_before_taking_back(subject: Subject) -> list[Problem]:
    problems = list(problems_of_stage(subject))
    if not subject.is_held:
        problems.append(Problem("not_submitted"))
    elif isinstance(subject, Movement) and subject.plan.issued_at:
        problems.append(Problem("issued"))
    return problems


def problems_before_deciding(subject: Subject, by: Account) -> list[Problem]:
    problems = list(problems_of_stage(subject))
    if not problems and not subject.is_submitted:
        problems.append(Problem("not_waiting"))
    elif subject.is_submitted:
        submission = last_event(subject, Approval.SUBMITTED)
        if submission and submission.by_id == by.pk:
            problems.append(Problem("own_submission"))
    return problems


def problems_of_stage(subject: Subject) -> Iterator[Problem]:
    """Yield what puts it past approval: a plan launched or on its way out, a revision issued or late."""
    if isinstance(subject, PlanRevision):
        if subject.issued_at:
            yield Problem("revision_issued")
        elif subject.plan.movement.status != Movement.Status.LAUNCHED:
            yield Problem("not_running")
    elif subject.status != Movement.Status.PREPARING:
        yield Problem("not_preparing")
    elif subject.launches.filter(status=Launch.Status.STAGING).exists():
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


def last_event(subject: Subject, state: str) -> ApprovalEvent | None:
    rows = events_of(subject).filter(state=state).select_related("by", "to")
    return rows.order_by("-number").first()


def refuse(problems: list[Problem]) -> None:
    """Raise ApprovalRefusedError when there are any."""
    if problems:
        raise ApprovalRefusedError(problems)
