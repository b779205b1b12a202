"""Make units, correct their undated facts, and let dated changes take effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from thidua.accounts.models import Account
from thidua.accounts.services import close_due_accounts
from thidua.audit.services import record
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.organisations.models import Unit, UnitKind, UnitName, UnitParent
from thidua.organisations.problems import Problem, UnitChangeRefusedError, shown
from thidua.organisations.searching import search_text
from thidua.organisations.selectors.trees import children_on
from thidua.organisations.services.caches import refresh_people, refresh_tree, set_name, set_place
from thidua.records.days import SINCE_EVER, today

CODE_LENGTH = 40
FACTS = (
    "code",
    "kind",
    "has_legal_entity",
    "is_small_collective",
    "body_role",
    "email",
    "phone",
    "symbol",
    "place",
)


@dataclass(frozen=True, slots=True, eq=False)
class NewUnit:
    """A unit to be made; an empty ``code`` is made from the name, None takes the kind's own answer."""

    name: str
    kind: UnitKind
    parent: Unit | None = None
    short_name: str = ""
    code: str = ""
    body_role: str = Unit.BodyRole.ORDINARY
    has_legal_entity: bool | None = None
    is_small_collective: bool | None = None
    email: str = ""
    phone: str = ""
    symbol: str = ""
    place: str = ""


@transaction.atomic
def create_unit(actor: Account | None, new: NewUnit, *, founded_on: date, decision: str = "") -> Unit:
    """Make a unit that exists from ``founded_on``, a day past, present or to come.

    Raises UnitChangeRefusedError.
    """
    if problems := list(problems_before_creating(new, founded_on)):
        raise UnitChangeRefusedError(problems)
    unit = found_unit(new, founded_on)
    record(actor, "unit.created", unit, details={"founded_on": str(founded_on), "decision": decision})
    return unit


def problems_before_creating(new: NewUnit, founded_on: date) -> Iterator[Problem]:
    name = one_line(new.name)
    if not name:
        yield Problem("name_missing")
        return
    if new.parent:
        yield from problems_of_parent(new.parent, founded_on)
        if is_name_taken(name, new.parent, founded_on):
            yield Problem("name_taken", {"name": name})
    if new.code:
        yield from problems_of_code(new.code, new.parent.root_id if new.parent else None, None)


def is_name_taken(name: str, parent: Unit, on: date, *, but: Unit | None = None) -> bool:
    """Say whether a unit right below ``parent``, other than ``but``, bears the name on that day."""
    same = children_on(parent, on).filter(folded__contains=fold(name))
    return any(
        one_line(unit.name_on).lower() == name.lower()  # type: ignore[attr-defined]  # given by children_on
        for unit in same
        if unit != but
    )


def problems_of_parent(parent: Unit, on: date) -> Iterator[Problem]:
    if on == SINCE_EVER and on < parent.founded_on:
        yield Problem("parent_founded", {"parent": parent.name, "day": shown(parent.founded_on)})
    elif not parent.exists_on(on):
        yield Problem("parent_missing", {"parent": parent.name, "day": shown(on)})
    elif parent.dissolved_on:
        yield Problem("parent_ends", {"parent": parent.name, "day": shown(parent.dissolved_on)})


def problems_of_code(code: str, root_id: UUID | None, own_id: UUID | None) -> Iterator[Problem]:
    if root_id is None:
        return
    others = Unit.objects.filter(root_id=root_id, code=code)
    held = (others.exclude(pk=own_id) if own_id else others).first()
    if held:
        yield Problem("code_taken", {"code": code, "unit": held.name})


def found_unit(new: NewUnit, founded_on: date) -> Unit:
    """Write the rows of a unit; the caller has checked and will log."""
    kind = new.kind
    unit = Unit(
        kind=kind,
        founded_on=founded_on,
        has_legal_entity=kind.has_legal_entity if new.has_legal_entity is None else new.has_legal_entity,
        is_small_collective=kind.is_small_collective
        if new.is_small_collective is None
        else new.is_small_collective,
        body_role=new.body_role,
        email=new.email,
        phone=new.phone,
        symbol=new.symbol,
        place=new.place,
    )
    set_name(unit, one_line(new.name), one_line(new.short_name))
    set_place(unit, new.parent)
    unit.code = new.code or free_code(unit)
    unit.save()
    write_name(unit, unit.name, unit.short_name, founded_on)
    UnitParent.objects.create(unit=unit, parent=new.parent, valid_from=founded_on)
    return unit


def free_code(unit: Unit) -> str:
    """Return a code made from the short name or the name that no unit of the root has."""
    stem = slugify(fold(unit.short_name or unit.name))[:CODE_LENGTH].strip("-") or "don-vi"
    taken = set()
    if unit.root_id and unit.root_id != unit.pk:
        taken = set(
            Unit.objects.filter(root_id=unit.root_id, code__startswith=stem[: CODE_LENGTH - 5]).values_list(
                "code", flat=True
            )
        )
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem[: CODE_LENGTH - 5]}-{count}"
    return code


def write_name(unit: Unit, name: str, short_name: str, valid_from: date) -> UnitName:
    text = search_text(name, short_name)
    return UnitName.objects.create(
        unit=unit,
        valid_from=valid_from,
        name=name,
        short_name=short_name,
        folded=text.folded,
        marked=text.marked,
    )


@transaction.atomic
def change_unit(actor: Account | None, unit: Unit, *, version: int, **facts: Any) -> Unit:
    """Set undated facts (see FACTS) of the unit; dated ones go through a reorganisation.

    Raises ChangedMeanwhileError, UnitChangeRefusedError.
    """
    unit = Unit.take(unit.pk, version=version)
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"not undated facts of a unit: {sorted(unknown)}")
    if problems := list(problems_of_code(facts.get("code", unit.code), unit.root_id, unit.pk)):
        raise UnitChangeRefusedError(problems)
    before = {name: getattr(unit, name) for name in facts}
    changes = {name: [str(before[name]), str(new)] for name, new in facts.items() if before[name] != new}
    for name, value in facts.items():
        setattr(unit, name, value)
    unit.save()
    record(actor, "unit.changed", unit, details=changes)
    return unit


@transaction.atomic
def correct_name(
    actor: Account | None, row: UnitName, *, name: str, short_name: str, version: int | None = None
) -> Unit:
    """Mend a slip of the pen in a name that was written down wrongly; a new name is a reorganisation."""
    unit = Unit.take(row.unit_id, version=version)
    if not one_line(name):
        raise UnitChangeRefusedError([Problem("name_missing")])
    before, text = row.name, search_text(name, short_name)
    row.name, row.short_name, row.folded, row.marked = (
        one_line(name),
        one_line(short_name),
        text.folded,
        text.marked,
    )
    row.save()
    unit.save()
    refresh_tree(today())
    record(actor, "unit.name_corrected", unit, details={"name": [before, row.name]})
    return Unit.objects.get(pk=unit.pk)


@transaction.atomic
def apply_due_changes(on: date) -> dict[str, int]:
    """Let everything dated up to ``on`` show: the tree, people's posts, accounts to close. Safe to repeat."""
    return {
        "units": refresh_tree(on),
        "people": refresh_people(on),
        "accounts": close_due_accounts(on),
    }
