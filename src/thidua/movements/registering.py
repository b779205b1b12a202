"""The steps of a unit's registration sheet, in one table, and how pages call and show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.movements.models import Registration

State = Registration.State


@dataclass(frozen=True, slots=True)
class Step:
    """``above``: done by who stands above the unit, not by the unit itself."""

    act: str
    sources: frozenset[str]
    target: State
    label: Any
    icon: str
    above: bool = False


STEPS: dict[str, Step] = {
    step.act: step
    for step in (
        Step("send", frozenset({State.DRAFT, State.RETURNED}), State.SENT, _("Gửi bản đăng ký"), "send"),
        Step("take_back", frozenset({State.SENT}), State.DRAFT, _("Lấy lại để sửa"), "undo-2"),
        Step("accept", frozenset({State.SENT}), State.ACCEPTED, _("Nhận bản đăng ký"), "badge-check", True),
        Step(
            "return",
            frozenset({State.SENT, State.ACCEPTED}),
            State.RETURNED,
            _("Trả lại bổ sung"),
            "reply",
            True,
        ),
    )
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the unit still writes."""
HANDED_IN = frozenset({State.SENT, State.ACCEPTED})
"""States in which the unit counts as registered."""

LOOKS = {
    "": "plain",
    State.DRAFT: "in_work",
    State.SENT: "waiting",
    State.ACCEPTED: "done",
    State.RETURNED: "due_soon",
}
NOT_BEGUN = _("Chưa lập")

FIRST_KEPT = 2000  # a sheet of an earlier year is an archive's, not a unit's


def years_open(on: date) -> range:
    """Return the years a sheet may be of: up to the one after this."""
    return range(FIRST_KEPT, on.year + 2)


EVENT_LABELS: dict[str, Any] = {
    "start": _("Bắt đầu lập"),
    "send": _("Gửi"),
    "take_back": _("Lấy lại để sửa"),
    "accept": _("Nhận"),
    "return": _("Trả lại bổ sung"),
}
