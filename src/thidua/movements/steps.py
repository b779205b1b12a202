"""Which step of the cascade a deadline of the plan speaks of, told by its words, and what work a step is."""

import re

from django.utils.translation import gettext_lazy as _

from thidua.core.text.folding import fold
from thidua.movements.models import Participation

State = Participation.State
# The first form that fits wins: «tổng kết việc ký giao ước» is a final review.
FORMS: tuple[tuple[State, re.Pattern[str]], ...] = (
    (State.INTERIM, re.compile(r"\bso ket\b")),
    (State.FINAL, re.compile(r"\btong ket\b")),
    (State.PLEDGED, re.compile(r"\b(?:ky|ky ket) (?:ket )?giao uoc\b|\bgiao uoc thi dua\b")),
    (State.REGISTERED, re.compile(r"\bdang ky (?:thi dua|danh hieu|giao uoc|noi dung)\b|\bban dang ky\b")),
    (State.OWN_PLAN, re.compile(r"\b(?:ban hanh|xay dung|lap|gui) (?:\w+ ){0,3}ke hoach\b")),
    (State.LAUNCHED, re.compile(r"\b(?:to chuc |hoan thanh )?(?:viec )?phat dong\b")),
)

WORKS = {
    State.RECEIVED: _("Nhận phong trào"),
    State.OWN_PLAN: _("Ban hành kế hoạch của đơn vị"),
    State.LAUNCHED: _("Phát động tại đơn vị"),
    State.REGISTERED: _("Đăng ký thi đua"),
    State.PLEDGED: _("Ký giao ước thi đua"),
    State.INTERIM: _("Sơ kết"),
    State.FINAL: _("Tổng kết"),
}
"""What is to be done to reach a step; the steps' own names say it as done."""


def work_of(state: str) -> str:
    """Return what is to be done to reach the step; nothing for no step."""
    return str(WORKS[State(state)]) if state in WORKS else ""


# «xây dựng kế hoạch và phát động»; «kế hoạch phát động» is but the plan.
AND_LAUNCH = re.compile(
    r"\bke hoach\b(?: \w+){0,8}?(?:,|;)?(?: va|,|;)(?: dong thoi)?(?: to chuc)? phat dong\b(?! ke hoach)"
)


def step_of(what: str) -> State | None:
    """Return the step that finishing ``what`` means, None where it is some other work."""
    words = " ".join(fold(what).split())
    return next((state for state, form in FORMS if form.search(words)), None)


def steps_of(what: str) -> tuple[State, ...]:
    """Return every step that ``what`` speaks of, in their order: «xây dựng kế hoạch và phát động» is two."""
    first = step_of(what)
    if first == State.OWN_PLAN and AND_LAUNCH.search(" ".join(fold(what).split())):
        return State.OWN_PLAN, State.LAUNCHED
    return (first,) if first else ()
