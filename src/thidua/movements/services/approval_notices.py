"""Telling heads that a plan waits for them, and its officer what became of it."""

from collections.abc import Iterable
from uuid import UUID

from thidua.accounts.models import Account
from thidua.movements.models import ApprovalEvent, Movement
from thidua.movements.news import (
    Approved,
    Returned,
    RevisionApproved,
    RevisionReturned,
    RevisionSubmitted,
    RevisionTakenBack,
    Submitted,
    TakenBack,
)
from thidua.movements.services.notifying import acting_for
from thidua.notices.kinds import News
from thidua.notices.services import Recipient, tell
from thidua.organisations.models import UnitRole
from thidua.records.days import today


def tell_submitted(event: ApprovalEvent, accounts: Iterable[Account]) -> int:
    """Tell the heads asked, and who stands in for them."""
    unit = str(event.movement.organiser)
    news = (
        RevisionSubmitted(*of_revision(event), unit) if event.revision else Submitted(*of_plan(event), unit)
    )
    return tell([recipient_of(account) for account in accounts], news, key=key_of(event))


def tell_taken_back(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell the heads of the unit that was asked that nothing waits for them any more; no letter for that."""
    if submission is None or submission.to_id is None:
        return 0
    heads = UnitRole.objects.on(today()).filter(
        unit=submission.to_id, role=UnitRole.Role.HEAD, person__account__is_active=True
    )
    accounts = heads.exclude(person__account=event.by).values_list("person__account_id", flat=True)
    news = RevisionTakenBack(*of_revision(event)) if event.revision else TakenBack(*of_plan(event))
    return tell([Recipient(pk) for pk in accounts], news, key=key_of(event), by_mail=False)


def tell_decided(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell who handed the plan over; where the account is closed meanwhile, the unit's officers and heads."""
    news = decision_of(event)
    author = submission.by if submission else None
    if author and author.opens_on(today()):
        recipients = [recipient_of(author)]
    else:
        others = acting_for([event.movement.organiser_id])
        recipients = [one for one in others if event.by_id != one.account_id]
    return tell(recipients, news, key=key_of(event))


def decision_of(event: ApprovalEvent) -> News:
    agreed = event.state == Movement.Approval.APPROVED
    if event.revision:
        return (RevisionApproved if agreed else RevisionReturned)(*of_revision(event))
    return (Approved if agreed else Returned)(*of_plan(event))


def of_plan(event: ApprovalEvent) -> tuple[UUID, str, str, str]:
    return event.movement_id, event.movement.name, name_of(event.by), event.note


def of_revision(event: ApprovalEvent) -> tuple[UUID, str, str, str, int]:
    return *of_plan(event), event.revision.number if event.revision else 0


def recipient_of(account: Account) -> Recipient:
    return Recipient(account.pk, account.email, account.language)


def name_of(account: Account | None) -> str:
    return str(account or "")


def key_of(event: ApprovalEvent) -> str:
    return f"approval:{event.pk}"
