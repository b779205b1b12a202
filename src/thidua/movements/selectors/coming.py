"""What revisions issued already will put in the place of terms that still hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from thidua.movements.models import Deadline, Movement, StepTerm
from thidua.movements.terms import counts_from_receipt
from thidua.movements.wording import when_of


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


def coming_of(rows: Iterable[Deadline]) -> Mapping[UUID, Coming]:
    """Return what comes after each of ``rows`` that has its end; one query, none where nothing ends."""
    ending = {row.pk: row for row in rows if row.ended_by_revision}
    if not ending:
        return {}
    made = Deadline.objects.filter(
        made_by_revision__in={row.ended_by_revision_id for row in ending.values()},
        item__origin__in={row.item_id for row in ending.values()},
    ).select_related("event", "item")
    heirs = {(row.made_by_revision_id, row.item.origin_id, row.order): row for row in made if row.item}
    return {
        pk: Coming(
            row.ended_by_revision.effective_on, heirs.get((row.ended_by_revision_id, row.item_id, row.order))
        )
        for pk, row in ending.items()
        if row.ended_by_revision and row.ended_by_revision.effective_on
    }


def coming_steps(movement: Movement) -> Mapping[str, Coming]:
    """Return the same of the steps that have their term from a deadline; two queries at most."""
    terms = StepTerm.objects.filter(movement=movement, deadline__ended_by_revision__isnull=False)
    ending = {
        term.state: term.deadline
        for term in terms.select_related("deadline__ended_by_revision")
        if term.deadline
    }
    coming = coming_of(ending.values())
    return {state: coming[row.pk] for state, row in ending.items() if row.pk in coming}
