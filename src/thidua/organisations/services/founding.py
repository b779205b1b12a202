"""A founding day that was written down wrongly put right; what else is written down says how far it may move."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Model, QuerySet

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.text.folding import fold
from thidua.organisations.models import (
    ClusterMember,
    Post,
    Unit,
    UnitName,
    UnitParent,
    UnitRole,
    UnitSuccession,
)
from thidua.organisations.problems import Problem, UnitChangeRefusedError, shown
from thidua.organisations.services.caches import refresh_tree
from thidua.organisations.services.units import change_unit, is_name_taken
from thidua.records.days import SINCE_EVER, today

HOLDS: tuple[tuple[type[Model], str, str, str], ...] = (
    (Post, "unit", "valid_from", "post"),
    (UnitRole, "unit", "valid_from", "role"),
    (ClusterMember, "unit", "valid_from", "place"),
    (UnitParent, "parent", "valid_from", "subunit"),
    (UnitSuccession, "predecessor", "event__on", "reorganisation"),
    (UnitSuccession, "successor", "event__on", "reorganisation"),
)
"""What a unit must exist for: the rows, their column of the unit and of the day, and the sentence about it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a founding day may move: not before ``above`` was founded, not after what is written down."""

    above: Unit | None = None
    last: date | None = None
    why: str = ""
    changed_on: date | None = None  # the first change of name or place: the founding lies before it
    reorganised: bool = False  # founded by a reorganisation, whose day it is
    name: str = ""  # the first it bore
    has_namesake: bool = False  # another unit bore it too, right below the same one, on some day


def bounds_of(units: Collection[Unit]) -> dict[UUID, Bounds]:
    """Return how far the founding day of each unit may move; the number of queries does not grow."""
    ids = [unit.pk for unit in units]
    founded = {unit.pk: unit.founded_on for unit in units}
    above = {
        row.unit_id: row.parent
        for row in UnitParent.objects.filter(unit__in=ids).select_related("parent").order_by("-valid_from")
    }
    changed = first_changes(ids, founded)
    names = first_names(ids)
    namesakes = with_namesakes(names, above)
    first, why = first_needs(ids)
    born = UnitSuccession.objects.filter(successor__in=ids).values_list("successor", "event__on")
    reorganised = {pk for pk, on in born if pk and founded[pk] == on}
    return {
        pk: Bounds(
            above.get(pk),
            first.get(pk),
            why.get(pk, ""),
            changed.get(pk),
            pk in reorganised,
            names.get(pk, ""),
            pk in namesakes,
        )
        for pk in ids
    }


def first_names(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = UnitName.objects.filter(unit__in=ids).order_by("-valid_from")
    return dict(rows.values_list("unit", "name"))


def with_namesakes(names: Mapping[UUID, str], above: Mapping[UUID, Unit | None]) -> set[UUID]:
    """Return which units may share their first name with another right below the same one."""
    parents = {pk: unit.pk for pk, unit in above.items() if unit}
    borne: dict[tuple[UUID | None, str], set[UUID]] = {}
    rows = UnitName.objects.filter(unit__parents__parent__in=set(parents.values()))
    for parent, unit, name in rows.values_list("unit__parents__parent", "unit", "name"):
        borne.setdefault((parent, fold(name)), set()).add(unit)
    return {pk for pk, parent in parents.items() if borne.get((parent, fold(names[pk])), set()) - {pk}}


def first_changes(ids: Collection[UUID], founded: Mapping[UUID, date]) -> dict[UUID, date]:
    """Return the day of each unit's first change of name or place."""
    changes: dict[UUID, date] = {}
    dated: tuple[QuerySet[Any], ...] = (UnitName.objects.all(), UnitParent.objects.all())
    for rows in dated:
        for pk, day in rows.filter(unit__in=ids).values_list("unit", "valid_from"):
            if day > founded[pk]:
                changes[pk] = min(day, changes.get(pk, day))
    return changes


def first_needs(ids: Collection[UUID]) -> tuple[dict[UUID, date], dict[UUID, str]]:
    """Return the first day on which something needs each unit to exist, and what that is."""
    first: dict[UUID, date] = {}
    why: dict[UUID, str] = {}
    for model, unit, day, name in HOLDS:
        rows = rows_of(model).filter(**{f"{unit}__in": ids}).values(unit).annotate(first=Min(day))
        for pk, on in rows.order_by().values_list(unit, "first"):
            if pk not in first or on < first[pk]:
                first[pk], why[pk] = on, name
    return first, why


def rows_of(model: type[Model]) -> QuerySet[Any]:
    return QuerySet(model)


def problems_of_founding(unit: Unit, day: date, bounds: Bounds) -> Iterator[Problem]:
    """Say what stands in the way of the unit having been founded on ``day``."""
    if bounds.reorganised:
        yield Problem("founded_by_decision", {"unit": unit.name, "day": shown(unit.founded_on)})
        return
    above = bounds.above
    if above and day < above.founded_on:
        yield Problem("founded_before_parent", {"parent": above.name, "day": shown(above.founded_on)})
    if bounds.last and day > bounds.last:
        yield Problem(f"founded_after_{bounds.why}", {"unit": unit.name, "day": shown(bounds.last)})
    elif bounds.changed_on and day >= bounds.changed_on:
        yield Problem("founded_after_change", {"unit": unit.name, "day": shown(bounds.changed_on)})
    elif unit.dissolved_on and day >= unit.dissolved_on:
        yield Problem("after_end", {"unit": unit.name, "day": shown(unit.dissolved_on)})
    earlier = day < unit.founded_on
    if earlier and above and bounds.has_namesake and is_name_taken(bounds.name, above, day, but=unit):
        yield Problem("name_taken", {"name": unit.name})


@transaction.atomic
def correct_unit(
    actor: Account | None, unit: Unit, *, version: int, founded_on: date | None, **facts: Any
) -> Unit:
    """Set undated facts of the unit and put its founding day right (None: nobody knows it).

    Raises ChangedMeanwhileError, UnitChangeRefusedError.
    """
    unit = change_unit(actor, unit, version=version, **facts)
    day = founded_on or SINCE_EVER
    if day == unit.founded_on:
        return unit
    if problems := list(problems_of_founding(unit, day, bounds_of([unit])[unit.pk])):
        raise UnitChangeRefusedError(problems)
    before = unit.founded_on
    set_founding({unit: day})
    unit.save(update_fields=["founded_on"])
    refresh_tree(today())
    details = {"founded_on": [str(founding) if founding != SINCE_EVER else "" for founding in (before, day)]}
    record(actor, "unit.founding_corrected", unit, details=details)
    return unit


def set_founding(days: Mapping[Unit, date]) -> None:
    """Let the units and their first names and places begin on the ``days``; the caller saves the units."""
    before = {unit.pk: unit.founded_on for unit in days}
    after = {unit.pk: day for unit, day in days.items()}
    for model in (UnitName, UnitParent):
        rows = [
            row for row in rows_of(model).filter(unit__in=list(days)) if row.valid_from == before[row.unit_id]
        ]
        for row in rows:
            row.valid_from = after[row.unit_id]
        rows_of(model).bulk_update(rows, ["valid_from"], batch_size=100)
    for unit, day in days.items():
        unit.founded_on = day
