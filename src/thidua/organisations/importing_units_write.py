"""Units of an import written and taken back, a chunk at a time; what is above is written first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from thidua.accounts.models import Account
from thidua.core.text.normal import one_line
from thidua.exchange.bulk import delete, insert
from thidua.exchange.handing_back import hand_back
from thidua.exchange.importers import Reference, Staged
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on, names_of, references_to, referred
from thidua.organisations.importing_units_plan import NAMES, told
from thidua.organisations.models import Unit, UnitKind, UnitName, UnitParent
from thidua.organisations.permissions import Scope, scope_of
from thidua.organisations.problems import shown
from thidua.organisations.searching import search_text
from thidua.organisations.services.caches import set_name, set_place
from thidua.organisations.services.founding import bounds_of, problems_of_founding, set_founding

Outcome = ImportRow.Outcome
# What the import wrote itself; units below are asked for apart, since they may be of the same import.
OWN = frozenset({"unitname.unit", "unitparent.unit", "unitparent.parent", "unit.parent", "unit.root"})
Refusals = dict[UUID, list[Problem]]
UPDATED = (
    "code",
    "kind",
    "has_legal_entity",
    "is_small_collective",
    "body_role",
    "symbol",
    "place",
    "email",
    "phone",
    "name",
    "short_name",
    "folded",
    "marked",
    "sort_key",
    "founded_on",
    "version",
    "updated_at",
)


def write_units(user: Account, rows: Sequence[Staged]) -> Refusals:
    """Write new units and changes; what no longer fits is returned with the reasons."""
    made = [row for row in rows if row.outcome == Outcome.CREATE]
    parents = {UUID(row.plan["parent"]) for row in made if row.plan["parent"]}
    changed = {row.target for row in rows if row.outcome == Outcome.UPDATE}
    units = Unit.objects.select_for_update().in_bulk(parents | changed)
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    scope = scope_of(user)
    refused = problems_of_changes(scope, [r for r in rows if r.outcome == Outcome.UPDATE], units)
    going = [row for row in rows if row.outcome == Outcome.UPDATE and row.pk not in refused]
    write_changes(going, units, kinds, after=True)
    return refused | write_new(scope, made, dict(units), kinds)


def problems_of_changes(scope: Scope, rows: Sequence[Staged], units: Mapping[UUID, Unit]) -> Refusals:
    found: Refusals = {}
    for row in rows:
        unit = units.get(row.target)
        if unit is None:
            found[row.pk] = [Problem("gone_since_preview", "", {"what": row.label})]
        elif unit.version + 1 != row.target_version:
            found[row.pk] = [Problem("unit_changed_since", "", {"unit": unit.name})]
        elif not scope.allows("edit_units", unit):
            found[row.pk] = [Problem("unit_not_yours", "", {"unit": unit.name})]
    return found | problems_of_days([row for row in rows if row.pk not in found], units)


def problems_of_days(rows: Sequence[Staged], units: Mapping[UUID, Unit]) -> Refusals:
    """Refuse a founding day that what was written down since the preview no longer allows."""
    days = {row.target: founding_in(row, after=True) for row in rows if "founded_on" in row.plan["facts"]}
    bounds = bounds_of([units[pk] for pk in days])
    found: Refusals = {}
    for row in rows:
        if row.target not in days:
            continue
        above = bounds[row.target].above
        if above:
            above.founded_on = days.get(above.pk, above.founded_on)
        problems = problems_of_founding(units[row.target], days[row.target], bounds[row.target])
        if told_of := [Problem(one.code, "founded_on", told(one.facts)) for one in problems]:
            found[row.pk] = told_of
    return found


def founding_in(row: Staged, *, after: bool) -> date:
    return date.fromisoformat(row.plan["facts"]["founded_on"][after])


def write_new(
    scope: Scope, rows: Sequence[Staged], units: dict[UUID, Unit], kinds: Mapping[str, UnitKind]
) -> Refusals:
    """Make the units of ``rows``, which come from the top down; adds them to ``units``."""
    found: Refusals = {}
    there = taken(rows, units.values())
    made: list[Unit] = []
    for row in rows:
        parent = units.get(UUID(row.plan["parent"])) if row.plan["parent"] else None
        problem = problem_of_new(scope, row, parent, there)
        if problem:
            found[row.pk] = [problem]
            continue
        unit = unit_of(row, parent, kinds)
        units[unit.pk] = unit
        made.append(unit)
    insert(made)
    insert([name_of(unit) for unit in made])
    insert([UnitParent(unit=unit, parent=unit.parent, valid_from=unit.founded_on) for unit in made])
    return found


def taken(rows: Sequence[Staged], parents: Iterable[Unit]) -> set[tuple[UUID, str]]:
    """Return what is in use by now: names under each parent, codes in each root."""
    ids, roots = {unit.pk for unit in parents}, {unit.root_id for unit in parents}
    names = {row.plan["name"] for row in rows}
    codes = {row.plan["facts"]["code"] for row in rows}
    below = Unit.objects.filter(parent__in=ids, name__in=names).values_list("parent_id", "name")
    coded = Unit.objects.filter(root__in=roots, code__in=codes).values_list("root_id", "code")
    return {(parent, name) for parent, name in below if parent} | set(coded)


def problem_of_new(
    scope: Scope, row: Staged, parent: Unit | None, there: Collection[tuple[UUID, str]]
) -> Problem | None:
    if parent is None:
        # A top, or under a row that was refused just before.
        is_top = not row.plan["parent"] and scope.is_administrator
        return None if is_top else Problem("parent_refused", "parent")
    if not scope.allows("edit_units", parent):
        return Problem("unit_not_yours", "parent", {"unit": parent.name})
    if parent.dissolved_on:
        return Problem("unit_ended", "parent", {"unit": parent.name, "day": str(parent.dissolved_on)})
    if date.fromisoformat(row.plan["founded_on"]) < parent.founded_on:
        facts = {"parent": parent.name, "day": shown(parent.founded_on)}
        return Problem("founded_before_parent", "founded_on", facts)
    return problem_of_names(row, parent, there)


def problem_of_names(row: Staged, parent: Unit, there: Collection[tuple[UUID, str]]) -> Problem | None:
    if (parent.pk, row.plan["name"]) in there:
        return Problem("name_taken", "name", {"name": row.plan["name"]})
    code = row.plan["facts"]["code"]
    if (parent.root_id, code) in there:
        return Problem("unit_code_outside", "code", {"code": code})
    return None


def unit_of(row: Staged, parent: Unit | None, kinds: Mapping[str, UnitKind]) -> Unit:
    plan, facts = row.plan, dict(row.plan["facts"])
    kind = kinds[facts.pop("kind")]
    facts.setdefault("has_legal_entity", kind.has_legal_entity)
    facts.setdefault("is_small_collective", kind.is_small_collective)
    unit = Unit(pk=row.target, kind=kind, founded_on=date.fromisoformat(plan["founded_on"]), **facts)
    set_name(unit, one_line(plan["name"]), one_line(plan["short_name"]))
    set_place(unit, parent)
    return unit


def name_of(unit: Unit) -> UnitName:
    text = search_text(unit.name, unit.short_name)
    return UnitName(
        unit=unit,
        valid_from=unit.founded_on,
        name=unit.name,
        short_name=unit.short_name,
        folded=text.folded,
        marked=text.marked,
    )


def write_changes(
    rows: Sequence[Staged], units: Mapping[UUID, Unit], kinds: Mapping[str, UnitKind], *, after: bool
) -> None:
    """Bring units to what the rows say (``after``), or back to what was there before."""
    changed = [units[row.target] for row in rows]
    dated = [row for row in rows if "founded_on" in row.plan["facts"]]
    set_founding({units[row.target]: founding_in(row, after=after) for row in dated})
    for row, unit in zip(rows, changed, strict=True):
        set_values(unit, {name: pair[after] for name, pair in row.plan["facts"].items()}, kinds)
        unit.version += 1
    Unit.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(UPDATED)
    )
    mended = [unit for row, unit in zip(rows, changed, strict=True) if set(NAMES) & set(row.plan["facts"])]
    mend_names(mended)


def set_values(unit: Unit, values: Mapping[str, Any], kinds: Mapping[str, UnitKind]) -> None:
    for name, value in values.items():
        if name != "founded_on":
            setattr(unit, name, kinds[value] if name == "kind" else value)
    set_name(unit, one_line(unit.name), one_line(unit.short_name))


def mend_names(units: Sequence[Unit]) -> None:
    """Let the name in force read as the unit's own: a slip of the pen, no new name."""
    rows: dict[UUID, UnitName] = {}
    for row in UnitName.objects.filter(unit__in=units).order_by("valid_from"):
        rows[row.unit_id] = row
    for unit in units:
        new, row = name_of(unit), rows[unit.pk]
        row.name, row.short_name, row.folded, row.marked = new.name, new.short_name, new.folded, new.marked
    UnitName.objects.bulk_update(rows.values(), ["name", "short_name", "folded", "marked"], batch_size=100)


# Taking back


def units_in_the_way(rows: QuerySet[ImportRow]) -> list[Reference]:
    """Return what refers to the units an import made, and those of its units that changed since."""
    made = rows.filter(outcome=Outcome.CREATE).order_by().values("target_id")
    found = references_to(Unit, made, own=OWN, shown="name")
    below = Unit.objects.filter(parent__in=made).exclude(pk__in=made)
    if count := below.count():
        found.append(
            Reference(gettext("đơn vị trực thuộc"), count, tuple(below.values_list("name", flat=True)[:3]))
        )
    changed = moved_on(Unit, rows)
    if changed:
        found.append(
            Reference(
                gettext("đơn vị đã được sửa sau khi nhập"), len(changed), names_of(Unit, changed, "name")
            )
        )
    return found


def take_units_back(rows: Sequence[Staged]) -> Refusals:
    """Delete the units the rows made and put back what they changed; what is in use by now stays."""
    made = [row.target for row in rows if row.outcome == Outcome.CREATE]
    in_use = referred(Unit, made, own=OWN)
    below = Unit.objects.filter(parent__in=made).exclude(pk__in=made)
    in_use |= dict.fromkeys(
        (pk for pk in below.values_list("parent_id", flat=True) if pk), "đơn vị trực thuộc"
    )
    units = Unit.objects.select_for_update().in_bulk([row.target for row in rows])
    stayed: Refusals = {}
    for row in rows:
        unit = units.get(row.target)
        if row.target in in_use:
            stayed[row.pk] = [Problem("kept_referred", "", {"what": in_use[row.target]}, is_warning=True)]
        elif unit is None or unit.version != row.target_version:
            stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
    keep_what_is_above(rows, units, stayed)
    gone = [row.target for row in rows if row.pk not in stayed and row.outcome == Outcome.CREATE]
    for dated in (UnitParent, UnitName):
        dated.objects.filter(unit__in=gone).delete()
    delete(Unit, gone)
    restored = [row for row in rows if row.pk not in stayed and row.outcome == Outcome.UPDATE]
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    write_changes([r for r in restored if "founded_on" not in r.plan["facts"]], units, kinds, after=False)
    founded = [row for row in restored if "founded_on" in row.plan["facts"]]
    stayed |= give_back_days(founded, units, kinds)
    restored = [row for row in restored if row.pk not in stayed]
    hand_back(restored, {row.target: units[row.target].version for row in restored})
    return stayed


def give_back_days(
    rows: Sequence[Staged], units: Mapping[UUID, Unit], kinds: Mapping[str, UnitKind]
) -> Refusals:
    """Give units the founding days back that they had, a level at a time from the bottom up: each bounds the next.

    Returns those whose day is needed where it is by something written down since.
    """
    levels: dict[int, list[Staged]] = {}
    for row in rows:
        levels.setdefault(units[row.target].depth, []).append(row)
    stayed: Refusals = {}
    for depth in sorted(levels, reverse=True):
        bounds = bounds_of([units[row.target] for row in levels[depth]])
        for row in levels[depth]:
            if any(
                problems_of_founding(units[row.target], founding_in(row, after=False), bounds[row.target])
            ):
                what = gettext("dữ liệu ghi theo ngày thành lập đã sửa")
                stayed[row.pk] = [Problem("kept_referred", "", {"what": what}, is_warning=True)]
        write_changes([row for row in levels[depth] if row.pk not in stayed], units, kinds, after=False)
    return stayed


def keep_what_is_above(rows: Sequence[Staged], units: Mapping[UUID, Unit], stayed: Refusals) -> None:
    """Let a unit stay when one below it does; the rows come from the bottom up."""
    kept = {units[row.target].parent_id for row in rows if row.pk in stayed and row.target in units}
    for row in rows:
        if row.pk not in stayed and row.target in kept:
            facts = {"what": gettext("đơn vị trực thuộc")}
            stayed[row.pk] = [Problem("kept_referred", "", facts, is_warning=True)]
        if row.pk in stayed and row.target in units:
            kept.add(units[row.target].parent_id)
