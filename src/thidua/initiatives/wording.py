"""Names of the steps and looks of the states, as pages show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.initiatives.models import Initiative

State = Initiative.State

STEP_LABELS: dict[str, Any] = {
    "submit": _("Nộp sáng kiến"),
    "withdraw": _("Rút lại"),
    "return": _("Trả lại tác giả"),
    "assign": _("Chuyển Hội đồng"),
    "recognise": _("Công nhận"),
    "refuse": _("Từ chối công nhận"),
    "cancel": _("Hủy công nhận"),
}

STEP_ICONS = {
    "submit": "send",
    "withdraw": "undo-2",
    "return": "reply",
    "assign": "forward",
    "recognise": "badge-check",
    "refuse": "circle-x",
    "cancel": "ban",
}

PRIMARY = ("recognise", "assign", "submit")
"""The steps that may be the one main button, the first that is open."""

EVENT_LABELS: dict[str, Any] = {
    "start": _("Bắt đầu soạn"),
    "submit": _("Nộp"),
    "withdraw": _("Tác giả rút lại"),
    "return": _("Trả lại bổ sung"),
    "assign": _("Chuyển Hội đồng"),
    "recognise": _("Công nhận"),
    "refuse": _("Không công nhận"),
    "cancel": _("Hủy công nhận"),
    "recorded": _("Ghi nhận theo quyết định đã có"),
    "imported": _("Nhập từ tệp, theo quyết định đã có"),
    "amended": _("Sửa bản ghi"),
}

LOOKS = {
    State.DRAFT: "plain",
    State.SUBMITTED: "waiting",
    State.RETURNED: "due_soon",
    State.APPRAISING: "in_work",
    State.RECOGNISED: "done",
    State.REFUSED: "closed",
    State.WITHDRAWN: "closed",
    State.CANCELLED: "closed",
}
