"""The passes of a plan between its officer and the head, in words."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.movements.models import ApprovalEvent, Movement
from thidua.ui.formats import moment
from thidua.ui.parts import Moment

Approval = Movement.Approval
CHIPS = {
    Approval.WRITING: "in_work",
    Approval.SUBMITTED: "waiting",
    Approval.RETURNED: "due_soon",
    Approval.APPROVED: "done",
}
STATUSES = {
    Movement.Status.PREPARING: "waiting",
    Movement.Status.LAUNCHED: "in_work",
    Movement.Status.CLOSED: "closed",
    Movement.Status.WITHDRAWN: "closed",
}
ACTS = {
    Approval.WRITING: gettext_lazy("%(name)s thu hồi"),
    Approval.SUBMITTED: gettext_lazy("%(name)s trình"),
    Approval.RETURNED: gettext_lazy("%(name)s trả lại"),
    Approval.APPROVED: gettext_lazy("%(name)s đồng ý"),
}


class Chip(NamedTuple):
    """How a state is drawn, and what it is called."""

    state: str
    label: str


def chip_of(movement: Movement) -> Chip:
    """Say how far a movement came: one being prepared by its plan, which is issued, or lies with the head."""
    status = Movement.Status(movement.status)
    if status == Movement.Status.PREPARING and movement.plan.issued_at:
        return Chip("done", _("Đã ban hành"))
    if status == Movement.Status.PREPARING and movement.approval != Approval.WRITING:
        return Chip(CHIPS[Approval(movement.approval)], movement.get_approval_display())
    return Chip(STATUSES[status], movement.get_status_display())


def history_of(events: Iterable[ApprovalEvent]) -> list[Moment]:
    """Return the passes as a timeline shows them, in the order given."""
    return [
        Moment(
            label=act_of(event),
            state=CHIPS[Approval(event.state)],
            when=moment(event.at),
            note=note_of(event),
        )
        for event in events
    ]


def act_of(event: ApprovalEvent) -> str:
    """Say who did what: «Lê Thị An trình»."""
    return str(ACTS[Approval(event.state)]) % {"name": event.by or "–"}


def note_of(event: ApprovalEvent) -> str:
    asked = _("Người được trình: %(names)s.") % {"names": "; ".join(event.asked)} if event.asked else ""
    return " ".join(words for words in (asked, event.note and f"“{event.note}”") if words)
