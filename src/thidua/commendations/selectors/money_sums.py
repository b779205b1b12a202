"""Money of many decisions together: summed by decision, by award and by whom it is for, each sum a part of the list."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from thidua.commendations.selectors.money_due import MoneyDue, MoneyLine, Sum
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour
from thidua.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """Which lines are looked at: of a decision, an award, a kind of subject; those not paid, those left open."""

    decision: UUID | None = None
    award: str = ""
    kind: str = ""
    state: str = ""

    def holds(self, line: MoneyLine) -> bool:
        one = line.listed
        if self.decision not in {None, one.decision} or self.award not in {"", one.award}:
            return False
        if self.kind not in {"", one.kind}:
            return False
        return {"unpaid": line.is_unpaid, "open": line.is_open}.get(self.state, True)


def narrowed(due: MoneyDue, part: MoneyPart) -> MoneyDue:
    """Return the money of ``part`` alone, as it is weighed beside all the rest."""
    kept = (
        replace(subject, lines=lines)
        for subject in due.subjects
        if (lines := tuple(line for line in subject.lines if part.holds(line)))
    )
    return MoneyDue(tuple(kept))


def sums_by_decision(due: MoneyDue) -> list[Sum]:
    """Return the sums in the order of the decisions' days and numbers."""
    found = sums_by(due.lines, lambda line: line.listed.decision)
    return sorted(found, key=lambda one: (one.listed.on, one.listed.turn[:2]))


def sums_by_award(due: MoneyDue) -> list[Sum]:
    """Return the sums in the order of the catalogue."""
    order = list(catalogue())
    found = sums_by(due.lines, lambda line: line.listed.award)
    return sorted(found, key=lambda one: order.index(one.listed.award))


def sums_by(lines: Iterable[MoneyLine], key: Callable[[MoneyLine], object]) -> Iterator[Sum]:
    groups: dict[object, list[MoneyLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return (Sum(tuple(group)) for group in groups.values())


def decided_in(unit: Unit, year: int) -> QuerySet[Honour]:
    """Return what decisions of ``year`` gave to the unit and those below it, as far as it is held.

    A title given once more is there too: what is not paid for it, and by which decision it is, is what is asked.
    """
    rows = Honour.objects.filter(
        place__in=Unit.objects.within(unit).values("pk"),
        root=unit.root_id,
        decided_on__range=(date(year, 1, 1), date(year, 12, 31)),
        state=Honour.State.HELD,
    )
    return rows.order_by("decided_on", "number", "award", "kind", "sort_key", "pk")
