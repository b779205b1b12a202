"""What checking changed against the paper that was read: for the head, who decides on the plan and signs for it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from thidua.movements.models import Plan, PlanChange, PlanItem
from thidua.movements.shapes import BY_FIELD
from thidua.movements.wording import Value, part_words, title_of

State = PlanItem.State


@dataclass(frozen=True, slots=True)
class Correction:
    """One item that says something else than the paper; ``parts``: of each part its label, then and now.

    ``state`` is that of the item: edited, added, removed.
    """

    label: str | Promise
    title: str
    state: str
    parts: tuple[tuple[str | Promise, str, str], ...] = ()


def against_paper(plan: Plan) -> list[Correction]:
    """Return the items put right, added and taken out since the paper was read; two queries.

    A plan without a paper was written here: there is nothing to compare it with.
    """
    if not plan.text:
        return []
    changes = PlanChange.objects.filter(plan=plan, undone_at=None).order_by("-at", "-id")
    first = dict(changes.values_list("item_id", "before"))  # the earliest is written last
    rows = PlanItem.objects.filter(plan=plan, pk__in=first).order_by("field", "order", "id")
    return [one for row in rows if (one := correction(row, first[row.pk]))]


def correction(item: PlanItem, read: Value | None) -> Correction | None:
    """Return how the item differs from what was read; None where it does not."""
    shape = BY_FIELD[item.field]
    if read is None:  # it was not in the paper
        gone = item.state == State.REMOVED
        return None if gone else Correction(shape.label, title_of(item.field, item.value), State.ADDED)
    if item.state == State.REMOVED:
        return Correction(shape.label, title_of(item.field, read["value"]), State.REMOVED)
    names = [part.name for part in shape.parts if read["value"].get(part.name) != item.value.get(part.name)]
    parts = tuple(
        (
            part.label,
            part_words(shape, part.name, read["value"].get(part.name)),
            part_words(shape, part.name, item.value.get(part.name)),
        )
        for part in shape.parts
        if part.name in names
    )
    return (
        Correction(shape.label, title_of(item.field, read["value"]), State.EDITED, parts) if parts else None
    )
