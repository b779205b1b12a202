"""Targets of a unit's own plan whose figure changed while words of the plan still say the old one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from thidua.core.drafting.answer import OwnFigure
from thidua.movements.models import Plan, PlanChange, PlanItem
from thidua.movements.own_figures import lines_of, own_figure
from thidua.movements.selectors.figures import SPEAKING
from thidua.movements.selectors.items import living


@dataclass(frozen=True, slots=True)
class StalePlace:
    """One clause of an item that still says an old figure of the target."""

    item: PlanItem
    clause: str
    figure: OwnFigure

    @property
    def is_literal(self) -> bool:
        """Say whether the figure stands there once, so that it can be written anew."""
        return self.figure.in_line(self.clause) != self.clause


@dataclass(frozen=True, slots=True)
class StaleFigure:
    """A target and the places that do not follow it; ``figure``: what it is now, as it is written."""

    target: PlanItem
    figure: str
    places: tuple[StalePlace, ...]

    @property
    def is_literal(self) -> bool:
        return any(one.is_literal for one in self.places)


def stale_figures(plan: Plan, *, target: UUID | None = None) -> list[StaleFigure]:
    """Return the targets whose figure changed, with the places that still say the old one; two queries."""
    rows = list(living(plan).select_related("origin").order_by("order", "id"))
    measured = [
        row for row in rows if row.field == "targets" and isinstance(row.value.get("value"), int | float)
    ]
    asked = [row for row in measured if target in (None, row.pk)]
    earlier = earlier_values(plan) if asked else {}
    found = (stale(row, earlier.get(row.pk, []), rows) for row in asked)
    return [one for one in found if one.places]


def earlier_values(plan: Plan) -> dict[UUID, list[dict[str, object]]]:
    """Return what each target was before its changes that still stand."""
    changes = PlanChange.objects.filter(plan=plan, undone_at=None, before__field="targets").order_by(
        "at", "id"
    )
    found: dict[UUID, list[dict[str, object]]] = {}
    for pk, value in changes.values_list("item_id", "before__value"):
        found.setdefault(pk, []).append(value)
    return found


def stale(row: PlanItem, earlier: Sequence[dict[str, object]], rows: Sequence[PlanItem]) -> StaleFigure:
    above = [row.origin.value] if row.origin else []
    anew = {
        (one.old, one.text): one
        for value in (*above, *earlier)
        if (one := own_figure(value, row.value["value"])) is not None
    }
    figures = list(anew.values())
    written = figures[0].new if figures else ""
    return StaleFigure(row, written, tuple(unique(places(row, figures, rows))))


def places(target: PlanItem, figures: Sequence[OwnFigure], rows: Sequence[PlanItem]) -> Iterator[StalePlace]:
    for item in rows:
        if item.field not in SPEAKING and item.pk != target.pk:
            continue
        for line in lines_of(item.value):
            for figure in figures:
                clause = figure.told_in(line)
                if clause and not replace(figure, old=figure.new).told_in(clause):
                    yield StalePlace(item, clause, figure)


def unique(found: Iterator[StalePlace]) -> list[StalePlace]:
    return list({(one.item.pk, one.clause): one for one in found}.values())
