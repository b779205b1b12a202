"""Who bears a term of a plan: whom its words name, or the body whose duties tell of the same work."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from thidua.core.text.folding import fold
from thidua.movements.bodies import ASKING, is_somebody
from thidua.movements.models import PlanItem

FEWEST_WORDS = 4
"""«Sơ kết», «Báo cáo» begin many duties and belong to none of them."""


def assigned_in(items: Iterable[PlanItem]) -> list[tuple[str, str]]:
    """Return each duty of the plan, folded, with the body it is given to."""
    rows = (item.value for item in items if item.field == "responsibilities")
    return [(fold(duty), value["body"]) for value in rows for duty in value.get("duties", ())]


def bearer_of(value: Mapping[str, Any], assigned: Collection[tuple[str, str]]) -> str:
    """Return who a term falls to: whom it names, else the body one of whose duties begins with its work.

    The work may be told with its body before it: «Đề nghị các Sở Tư pháp báo cáo …».
    Where the work itself stands as its subject («Báo cáo sơ kết gửi …»), nobody is named. Words that a duty
    only mentions («tham mưu sơ kết, tổng kết») say nothing of who does them.
    """
    what = fold(value["what"]).rstrip(" .;")
    who: str = value.get("who", "")
    if who and not (what.startswith(fold(who)) and not is_somebody(who)):
        return who
    if subject := next((body for duty, body in assigned if opens_with(what, body, duty)), ""):
        return subject
    if len(what.split()) < FEWEST_WORDS:
        return next((body for duty, body in assigned if duty.rstrip(" .;") == what), "")
    return next((body for duty, body in assigned if duty.startswith(what)), "")


def opens_with(what: str, body: str, duty: str) -> bool:
    """Say whether the folded words are the body followed by its own duty."""
    asked, subject = ASKING.sub("", what), f"{fold(body)} "
    return asked.startswith(subject) and duty.startswith(asked.removeprefix(subject))
