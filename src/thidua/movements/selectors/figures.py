"""Targets of a unit's own plan whose figures do not agree: with their own words, or with the plan above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from thidua.core.text.numbers import find_measures
from thidua.movements.models import Plan, PlanItem
from thidua.movements.own_figures import lines_of, own_figure
from thidua.movements.said_figures import in_full
from thidua.movements.selectors.items import living

SPEAKING = ("contents", "requirements", "purposes", "solutions", "responsibilities", "deadlines")


@dataclass(frozen=True, slots=True)
class OddFigure:
    """One target to look at before the plan is issued."""

    item: PlanItem
    figure: float
    words_differ: bool  # the words name figures, and this is none of them
    above: float | None  # the figure of the plan above, where the unit asks less of itself
    elsewhere: tuple[str, ...] = ()  # lines of the plan that still give this target the figure above


def odd_figures(plan: Plan) -> list[OddFigure]:
    """Return the targets whose figure contradicts words of the plan or falls short of the one above; one query."""
    rows = list(living(plan).select_related("origin").order_by("order", "id"))
    lines = [line for row in rows if row.field in SPEAKING for line in lines_of(row.value)]
    targets = [row for row in rows if row.field == "targets"]
    found = [odd(row, lines) for row in targets if isinstance(row.value.get("value"), int | float)]
    return [one for one in found if one.words_differ or one.above is not None or one.elsewhere]


def odd(row: PlanItem, lines: Sequence[str]) -> OddFigure:
    figure = row.value["value"]
    differ = words_differ(row.value["text"], in_full(figure, row.value.get("unit", "")))
    return OddFigure(row, figure, differ, above_of(row, figure), tuple(still_above(row, figure, lines)))


def still_above(row: PlanItem, figure: float, lines: Sequence[str]) -> Iterator[str]:
    """Yield the clauses that speak of the target with the figure of the plan above."""
    anew = own_figure(row.origin.value, figure) if row.origin else None
    found = (anew.told_in(line) for line in lines) if anew else ()
    yield from dict.fromkeys(filter(None, found))


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
