"""Which step of the cascade a deadline of the plan speaks of, told by its words."""

import re

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


def step_of(what: str) -> State | None:
    """Return the step that finishing ``what`` means, None where it is some other work."""
    words = " ".join(fold(what).split())
    return next((state for state, form in FORMS if form.search(words)), None)
