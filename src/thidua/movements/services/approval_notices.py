"""Telling heads that a plan waits for them, and its officer what became of it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.models import Account
from thidua.movements.models import ApprovalEvent, Movement
from thidua.movements.services.notifying import acting_for
from thidua.notices.services import Message, Recipient, tell
from thidua.organisations.models import UnitRole
from thidua.records.days import today


@override("vi")
def tell_submitted(event: ApprovalEvent, accounts: Iterable[Account]) -> int:
    """Tell the heads asked, and who stands in for them."""
    title = _("Chờ duyệt: %(name)s") % {"name": event.movement.name}
    body = _("%(name)s trình kế hoạch của %(unit)s.") % {
        "name": event.by or "",
        "unit": event.movement.organiser,
    }
    recipients = [Recipient(account.pk, account.email) for account in accounts]
    return tell(recipients, message_of(event, title, with_note(body, event)))


@override("vi")
def tell_taken_back(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell the heads of the unit that was asked that nothing waits for them any more; no letter for that."""
    if submission is None or submission.to_id is None:
        return 0
    heads = UnitRole.objects.on(today()).filter(
        unit=submission.to_id, role=UnitRole.Role.HEAD, person__account__is_active=True
    )
    accounts = heads.exclude(person__account=event.by).values_list("person__account_id", flat=True)
    title = _("Đã thu hồi: %(name)s") % {"name": event.movement.name}
    body = _("%(name)s thu hồi kế hoạch đã trình. Chưa cần duyệt.") % {"name": event.by or ""}
    return tell([Recipient(pk) for pk in accounts], message_of(event, title, body), by_mail=False)


@override("vi")
def tell_decided(event: ApprovalEvent, submission: ApprovalEvent | None) -> int:
    """Tell who handed the plan over; where the account is closed meanwhile, the unit's officers and heads."""
    is_agreed = event.state == Movement.Approval.APPROVED
    title = (_("Đã duyệt: %(name)s") if is_agreed else _("Trả lại: %(name)s")) % {"name": event.movement.name}
    said = _("%(name)s đồng ý với kế hoạch đã trình.") if is_agreed else _("%(name)s trả lại để sửa.")
    body = with_note(said % {"name": event.by or ""}, event)
    author = submission.by if submission else None
    if author and author.opens_on(today()):
        recipients = [Recipient(author.pk, author.email)]
    else:
        others = acting_for([event.movement.organiser_id])
        recipients = [one for one in others if event.by_id != one.account_id]
    return tell(recipients, message_of(event, title, body))


def with_note(body: str, event: ApprovalEvent) -> str:
    return f"{body} {_('Ý kiến')}: {event.note}" if event.note else body


def message_of(event: ApprovalEvent, title: str, body: str) -> Message:
    return Message(
        kind=f"movement.{event.state}",
        title=title,
        body=body,
        url=reverse("movements:check", args=[event.movement_id]) + "#trinh-duyet",
        key=f"approval:{event.pk}",
    )
