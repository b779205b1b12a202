"""Telling heads that a plan waits for them, and its officer what became of it."""

from collections.abc import Iterable

from thidua.accounts.models import Account
from thidua.movements.models import ApprovalEvent, Movement
from thidua.movements.news import Approved, Returned, Submitted, TakenBack
from thidua.movements.services.notifying import acting_for
from thidua.notices.services import Recipient, tell
from thidua.organisations.models import UnitRole
from thidua.records.days import today


def tell_submitted(event: ApprovalEvent, accounts: Iterable[Account]) -> int:
    """Tell the heads asked, and who stands in for them."""
    movement = event.movement
    news = Submitted(movement.pk, movement.name, name_of(event.by), event.note, str(movement.organiser))
    return tell([recipient_of(account) for account in accounts], news, key=key_of(event))


def tell_taken_back(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell the heads of the unit that was asked that nothing waits for them any more; no letter for that."""
    if submission is None or submission.to_id is None:
        return 0
    heads = UnitRole.objects.on(today()).filter(
        unit=submission.to_id, role=UnitRole.Role.HEAD, person__account__is_active=True
    )
    accounts = heads.exclude(person__account=event.by).values_list("person__account_id", flat=True)
    news = TakenBack(event.movement_id, event.movement.name, name_of(event.by), event.note)
    return tell([Recipient(pk) for pk in accounts], news, key=key_of(event), by_mail=False)


def tell_decided(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell who handed the plan over; where the account is closed meanwhile, the unit's officers and heads."""
    kind = Approved if event.state == Movement.Approval.APPROVED else Returned
    news = kind(event.movement_id, event.movement.name, name_of(event.by), event.note)
    author = submission.by if submission else None
    if author and author.opens_on(today()):
        recipients = [recipient_of(author)]
    else:
        others = acting_for([event.movement.organiser_id])
        recipients = [one for one in others if event.by_id != one.account_id]
    return tell(recipients, news, key=key_of(event))


def recipient_of(account: Account) -> Recipient:
    return Recipient(account.pk, account.email, account.language)


def name_of(account: Account | None) -> str:
    return str(account or "")


def key_of(event: ApprovalEvent) -> str:
    return f"approval:{event.pk}"
