"""The words a unit's own plan takes from the plan above: the period of its title, what is left of a duty."""

import re
from collections.abc import Mapping
from typing import Any

from thidua.movements.models import Movement, Participation
from thidua.movements.stated import first_day, last_day
from thidua.movements.steps import step_of

State = Participation.State
# The plan itself is what these two ask for.
OWN_STEPS = (State.OWN_PLAN, State.LAUNCHED)
SPAN = re.compile(
    r"giai đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<first>20\d\d)\s*(?:[-–—]|đến(?: năm)?)\s*(?P<last>20\d\d)",
    re.IGNORECASE,
)
A_YEAR = re.compile(r"\bnăm 20\d\d\b", re.IGNORECASE)
HALVES = re.compile(r";\s+|\.\s+(?=\w)")
# «ban hành kế hoạch; gửi về Bộ …» sends that plan: alone it would send nothing.
SENDS_IT = re.compile(r"[Gg]ửi (?:về|cho|đến|tới|qua|Bộ|Sở|Cục|Ủy ban)\b")


def own_title(parent: Movement, period: Mapping[str, Any]) -> str:
    """Return the subject line to begin with; the unit changes it as it likes. ``period`` is the parent's item."""
    theme = parent.theme or parent.name
    words = f"Thực hiện phong trào thi đua “{theme}”"
    return words if SPAN.search(theme) else f"{words} {span_of(parent, period)}"


def span_of(parent: Movement, period: Mapping[str, Any]) -> str:
    """Return «giai đoạn 2026 – 2027» where the plan above says so, or spans years and names no single one."""
    said = parent.plan.title or parent.name
    if found := SPAN.search(said):
        return f"giai đoạn {found['first']} – {found['last']}"
    first, last = first_day(period.get("from", "")), last_day(period.get("to", ""))
    if first and last and first.year < last.year and not A_YEAR.search(said):
        return f"giai đoạn {first.year} – {last.year}"
    return f"năm {parent.year}"


def besides_the_plan(duty: str) -> str:
    """Return what a duty asks for besides making and launching this very plan; empty where it asks nothing else."""
    if step_of(duty) not in OWN_STEPS:
        return duty
    halves = [half for half in HALVES.split(duty) if half.strip()]
    kept = [
        half
        for before, half in zip(["", *halves], halves, strict=False)
        if step_of(half) not in OWN_STEPS and not (step_of(before) in OWN_STEPS and SENDS_IT.match(half))
    ]
    return "; ".join(half.rstrip(" .;") for half in kept)
