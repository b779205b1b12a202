"""Targets of a unit's own plan whose figures do not agree: with their own words, or with the plan above."""

from dataclasses import dataclass
from typing import Any

from thidua.core.text.numbers import find_measures
from thidua.movements.models import Plan, PlanItem
from thidua.movements.selectors.items import living


@dataclass(frozen=True, slots=True)
class OddFigure:
    """One target to look at before the plan is issued."""

    item: PlanItem
    figure: float
    words_differ: bool  # the words name figures, and this is none of them
    above: float | None  # the figure of the plan above, where the unit asks less of itself


def odd_figures(plan: Plan) -> list[OddFigure]:
    """Return the targets whose figure contradicts their words or falls short of the one above; one query."""
    rows = living(plan).filter(field="targets").select_related("origin").order_by("order")
    found = [odd(row) for row in rows if isinstance(row.value.get("value"), int | float)]
    return [one for one in found if one.words_differ or one.above is not None]


def odd(row: PlanItem) -> OddFigure:
    figure = row.value["value"]
    return OddFigure(row, figure, words_differ(row.value["text"], figure), above_of(row, figure))


def words_differ(text: str, figure: float) -> bool:
    """Return whether ``text`` names figures of which ``figure`` is none."""
    named = {
        float(number)
        for one in find_measures(text)
        for number in (one.value, one.high, one.of)
        if number is not None
    }
    return bool(named) and float(figure) not in named


def above_of(row: PlanItem, figure: float) -> float | None:
    """Return the figure of the plan above where this one asks less; None where it does not, or cannot be compared."""
    above: dict[str, Any] = row.origin.value if row.origin else {}
    asked = above.get("value")
    if not isinstance(asked, int | float) or above.get("unit") != row.value.get("unit"):
        return None
    weaker = figure > asked if above.get("op") in ("<=", "<") else figure < asked
    return asked if weaker else None
