"""What the page of a movement says in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from thidua.movements.models import Acknowledgement, Movement, NumberCorrection, Participation, PlanRevision
from thidua.movements.selectors.checking import FieldGroup, Line, Section
from thidua.movements.selectors.items import held
from thidua.movements.selectors.receipts import there
from thidua.movements.stated import last_day
from thidua.records.days import today


@dataclass(frozen=True, slots=True)
class Figures:
    """How many units take part, as far as the reader may see; how many of those that received it ended since.

    How many of the living did not hold the final review; how many revisions were issued, how many people read it,
    and how often number or day were put right.
    """

    units: int
    ended: int
    not_final: int
    revisions: int
    readers: int
    number_corrections: int


def figures_of(movement: Movement, who: Q) -> Figures:
    """Count within ``who``, the reader's condition on parts; one query."""
    parts = movement.participations.filter(who, is_visible=True)
    counted = (
        number_of(living := parts.filter(there(today()))),
        number_of(parts.exclude(there(today()))),
        number_of(living.exclude(state=Participation.State.FINAL)),
        number_of(PlanRevision.objects.filter(plan__movement=movement).exclude(issued_at=None)),
        number_of(Acknowledgement.objects.filter(movement=movement)),
        number_of(NumberCorrection.objects.filter(plan__movement=movement)),
    )
    return Figures(*Movement.objects.filter(pk=movement.pk).values_list(*counted).get())


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of ``rows`` as one column of another query."""
    one = rows.order_by().annotate(whole=Value(1)).values("whole")
    return Coalesce(Subquery(one.annotate(number=Count("*")).values("number")), 0)


DATED_FIELDS = frozenset({"deadlines", "reports"})


def in_order_of_days(movement: Movement, sections: Sequence[Section]) -> list[Section]:
    """Return the sections with the terms of the plan by their last day, those without one last; one query."""
    rows = movement.deadlines.filter(held(today())).order_by("-last_on")
    days = {item: last_on for item, last_on in rows.values_list("item", "last_on") if item and last_on}
    return [
        replace(section, groups=tuple(by_day(group, days) for group in section.groups))
        for section in sections
    ]


def by_day(group: FieldGroup, days: Mapping[UUID, date]) -> FieldGroup:
    if group.shape.field not in DATED_FIELDS:
        return group
    return replace(group, lines=tuple(sorted(group.lines, key=lambda line: day_of_line(line, days))))


def day_of_line(line: Line, days: Mapping[UUID, date]) -> date:
    return days.get(line.item.pk) or last_day(line.item.value.get("due", "")) or date.max
