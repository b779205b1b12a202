"""What revisions issued already will put in the place of terms that still hold."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from thidua.movements.models import Deadline, Plan, PlanItem, PlanRevision
from thidua.movements.models.schedule import Launched
from thidua.movements.selectors.terms import StepDay, end_of
from thidua.movements.terms import counts_from_receipt
from thidua.movements.wording import below_of, notes_of, title_of, when_of

Row = TypeVar("Row", bound=Launched)
Place = tuple[UUID | None, UUID | None, int]
"""Of a deadline or duty: the revision that made it, the item it goes back to, its order there."""


@dataclass(frozen=True, slots=True)
class Coming:
    """From which day another term holds, and which; ``heir`` is None where the term falls away."""

    on: date
    heir: Deadline | None

    @property
    def last_on(self) -> date | None:
        """The last day of what comes; None where units count it from their own days, or it has none."""
        return None if self.heir is None or counts_from_receipt(self.heir) else self.heir.last_on

    @property
    def when(self) -> str:
        return when_of(self.heir) if self.heir else ""


def heirs_by_place(made: QuerySet[Row]) -> dict[Place, Row]:
    """Return what revisions made, each by where it is looked for: what it replaces ended with that revision."""
    rows = made.select_related("item")
    return {(row.made_by_revision_id, row.item.origin_id, row.order): row for row in rows if row.item}


def coming_of(rows: Iterable[Deadline], on: date) -> Mapping[UUID, Coming]:
    """Return what comes after each of ``rows`` that has its end, as was known by the end of ``on``.

    One query, none where nothing ends.
    """
    ending = {row.pk: row for row in rows if is_known(row.ended_by_revision, on)}
    if not ending:
        return {}
    revisions = {row.ended_by_revision_id for row in ending.values()}
    origins = {row.item_id for row in ending.values()}
    made = Deadline.objects.filter(made_by_revision__in=revisions, item__origin__in=origins)
    heirs = heirs_by_place(made.select_related("event"))
    return {
        pk: Coming(
            row.ended_by_revision.effective_on, heirs.get((row.ended_by_revision_id, row.item_id, row.order))
        )
        for pk, row in ending.items()
        if row.ended_by_revision and row.ended_by_revision.effective_on
    }


def is_known(revision: PlanRevision | None, on: date) -> bool:
    return bool(revision and revision.issued_at and revision.issued_at < end_of(on))


def coming_steps(days: Iterable[StepDay], on: date) -> Mapping[str, Coming]:
    """Return the same of the steps that have their term from a deadline; one query, none where nothing ends."""
    ending = {one.state: one.deadline for one in days if one.deadline and one.deadline.ended_by_revision}
    coming = coming_of(ending.values(), on)
    return {state: coming[row.pk] for state, row in ending.items() if row.pk in coming}


@dataclass(frozen=True, slots=True)
class ComingItem:
    """What a revision, issued and not yet in force, does to one item; ``item`` is None where it falls away."""

    revision: PlanRevision
    item: PlanItem | None

    def words_beside(self, standing: PlanItem | None) -> str:
        """Return the item in words; beside the one that still holds only what comes after a title they share."""
        if self.item is None:
            return ""
        kind, value = self.item.field, self.item.value
        title, rest = title_of(kind, value), [*notes_of(kind, value), *below_of(value)]
        is_known = standing is not None and title_of(kind, standing.value) == title
        return " · ".join(dict.fromkeys(rest if is_known and rest else [title, *rest]))


@dataclass(slots=True)
class ComingChanges:
    """What revisions to come change in a plan: by the item that holds until then, and new ones by their field."""

    by_item: dict[UUID, ComingItem] = field(default_factory=dict)
    added: dict[str, list[ComingItem]] = field(default_factory=dict)
    revisions: Counter[PlanRevision] = field(default_factory=Counter)  # with how many items each changes


def coming_changes(plan: Plan, on: date) -> ComingChanges:
    """Return what revisions issued by now change in the plan after ``on``; one query."""
    later = Q(since__effective_on__gt=on) | Q(until__effective_on__gt=on)
    rows = PlanItem.objects.filter(later, plan=plan).select_related("since", "until")
    items = list(rows.order_by("order", "id"))
    heirs = {(item.since_id, item.origin_id): item for item in items}
    coming = ComingChanges()
    for item in items:
        if item.until and item.until.effective_on and item.until.effective_on > on:
            coming.revisions[item.until] += 1
            coming.by_item[item.pk] = ComingItem(item.until, heirs.get((item.until_id, item.pk)))
        if item.since and item.origin_id is None and not begun_by(item.since, on):
            coming.revisions[item.since] += 1
            coming.added.setdefault(item.field, []).append(ComingItem(item.since, item))
    return coming


def begun_by(revision: PlanRevision, on: date) -> bool:
    """Say whether what the revision made stands in the plan on a day; the launch, number 1, always does."""
    return revision.number == 1 or (revision.effective_on is not None and revision.effective_on <= on)
