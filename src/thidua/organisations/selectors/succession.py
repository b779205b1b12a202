"""Who took over from units that ended."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from thidua.organisations.models import Unit, UnitSuccession


@dataclass(frozen=True, slots=True)
class Ending:
    """Since which day a unit is no more, by which decision, and who took over and still exists."""

    on: date
    decision: str
    heirs: tuple[Unit, ...]


def successors(on: date) -> dict[UUID, list[Unit]]:
    """Return by the predecessor's id who had taken over by ``on``. One query."""
    rows = UnitSuccession.objects.filter(event__on__lte=on, successor__isnull=False)
    found: dict[UUID, list[Unit]] = {}
    for row in rows.select_related("successor").order_by("pk"):
        if row.successor:
            found.setdefault(row.predecessor_id, []).append(row.successor)
    return found


def heirs_among(units: Collection[UUID], on: date) -> set[UUID]:
    """Return those of ``units`` that had taken over from another by ``on``; one query, none without units."""
    if not units:
        return set()
    rows = UnitSuccession.objects.filter(event__on__lte=on, successor__in=units)
    return {successor for successor in rows.values_list("successor", flat=True) if successor}


def heirs(unit: Unit, on: date, following: Mapping[UUID, Sequence[Unit]]) -> list[Unit]:
    """Return the unit itself while it exists, else those that took over from it and exist on ``on``."""
    return list(dict.fromkeys(existing_heirs(unit, on, following)))


def existing_heirs(unit: Unit, on: date, following: Mapping[UUID, Sequence[Unit]]) -> Iterator[Unit]:
    if unit.exists_on(on):
        yield unit
        return
    for successor in following.get(unit.pk, ()):
        yield from existing_heirs(successor, on, following)


def endings_of(ended: Mapping[UUID, date], on: date) -> dict[UUID, Ending]:
    """Return how each of ``ended`` (by unit: the first day without it) came to its end, as known on ``on``.

    One query for each time an heir ended in its turn, none where no unit ended.
    """
    rows = succession_of(ended, on)
    following: dict[UUID, list[Unit]] = {}
    for row in rows:
        if row.successor:
            following.setdefault(row.predecessor_id, []).append(row.successor)
    decisions = {row.predecessor_id: row.event.decision_words for row in rows if row.predecessor_id in ended}
    return {
        unit: Ending(
            gone_on,
            decisions.get(unit, ""),
            tuple(
                dict.fromkeys(
                    h for one in following.get(unit, ()) for h in existing_heirs(one, on, following)
                )
            ),
        )
        for unit, gone_on in ended.items()
    }


def succession_of(units: Collection[UUID], on: date) -> list[UnitSuccession]:
    """Return every row by which ``units`` ended, or by which an heir did; what a unit gave off before is none."""
    found: list[UnitSuccession] = []
    asked, seen = set(units), set[UUID]()
    while asked:
        seen |= asked
        rows = UnitSuccession.objects.filter(predecessor__in=asked, event__on=F("predecessor__dissolved_on"))
        level = list(rows.filter(event__on__lte=on).select_related("event", "successor").order_by("pk"))
        found += level
        asked = {
            row.successor.pk for row in level if row.successor and not row.successor.exists_on(on)
        } - seen
    return found
