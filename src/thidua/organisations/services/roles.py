"""Give and end roles on units, and name who stands in for an absent holder."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.permissions import may_give
from thidua.organisations.problems import Problem, RoleRefusedError, shown
from thidua.organisations.services.people import cut

ONE_DAY = timedelta(days=1)


@transaction.atomic
def give_role(
    actor: Account | None,
    person: Person,
    unit: Unit,
    role: str,
    *,
    valid_from: date,
    last_day: date | None = None,
    reason: str = "",
) -> UnitRole:
    """Give ``person`` a role on ``unit`` and all below; ``actor`` None is the installation itself.

    Raises RoleRefusedError: nobody gives what is not his to give, nor to himself.
    """
    Person.take(person.pk)
    check_role(actor, person, unit, role, valid_from=valid_from, last_day=last_day)
    row = UnitRole.objects.create(
        person=person,
        unit=unit,
        role=role,
        valid_from=valid_from,
        valid_until=last_day + ONE_DAY if last_day else None,
        given_by=actor,
        reason=reason,
    )
    record(actor, "unit_role.given", person, details=role_details(row))
    return row


def check_role(
    actor: Account | None,
    person: Person,
    unit: Unit,
    role: str,
    *,
    valid_from: date,
    last_day: date | None = None,
) -> None:
    """Say before anything is written what ``give_role`` would refuse. Raises RoleRefusedError."""
    if problems := list(problems_before_giving(actor, person, unit, role, valid_from, last_day)):
        raise RoleRefusedError(problems)


def role_details(row: UnitRole) -> dict[str, str]:
    until = str(row.valid_until) if row.valid_until else ""
    return {"role": row.role, "unit": row.unit.name, "from": str(row.valid_from), "until": until}


def problems_before_giving(
    actor: Account | None, person: Person, unit: Unit, role: str, valid_from: date, last_day: date | None
) -> Iterator[Problem]:
    label = str(UnitRole.Role(role).label)
    if actor and not may_give(actor, role, unit):
        yield Problem("role_not_yours_to_give", {"role": label, "unit": unit.name})
    elif actor and person.account_id == actor.pk:
        yield Problem("role_to_oneself")
    if person.root_id != unit.root_id:
        yield Problem("not_same_root", {"person": person.full_name, "unit": unit.name})
    yield from problems_of_days(person, unit, valid_from, last_day)
    held = UnitRole.objects.filter(person=person, unit=unit, role=role, stand_in_for=None)
    held = held.exclude(valid_until__lte=valid_from)
    if (held.filter(valid_from__lte=last_day) if last_day else held).exists():
        facts = {"person": person.full_name, "role": label, "unit": unit.name}
        yield Problem("role_held", facts)


def problems_of_days(person: Person, unit: Unit, first: date, last_day: date | None) -> Iterator[Problem]:
    if last_day and last_day < first:
        yield Problem("ends_before_start", {"last": shown(last_day), "first": shown(first)})
    if not unit.exists_on(first):
        yield Problem("unit_not_there", {"unit": unit.name, "day": shown(first)})
    if person.left_on and person.left_on <= (last_day or first):
        yield Problem("has_left", {"person": person.full_name, "day": shown(person.left_on)})


@transaction.atomic
def end_role(
    actor: Account | None, row: UnitRole, *, last_day: date, reason: str = "", version: int | None = None
) -> None:
    """End the role after ``last_day``, and with it whoever stands in; one not yet begun is taken back.

    Raises ChangedMeanwhileError, RoleRefusedError.
    """
    row = UnitRole.take(row.pk, version=version)
    if row.valid_until and row.valid_until <= last_day:
        raise RoleRefusedError([Problem("role_has_ended", {"day": shown(row.valid_until)})])
    end = last_day + ONE_DAY
    details = role_details(row) | {"last_day": str(last_day), "reason": reason}
    record(actor, "unit_role.ended", row.person, details=details)
    for stand_in in row.stand_ins.exclude(valid_until__lte=end):
        cut(stand_in, end)
    row.save()
    cut(row, end)


@transaction.atomic
def name_stand_in(
    actor: Account | None,
    row: UnitRole,
    person: Person,
    *,
    first_day: date,
    last_day: date | None,
    reason: str,
) -> UnitRole:
    """Let ``person`` use the absent holder's role from ``first_day`` to ``last_day``, both included.

    The holder keeps the role. Raises RoleRefusedError.
    """
    row = UnitRole.take(row.pk)
    check_stand_in(row, person, first_day=first_day, last_day=last_day)
    row.save()
    stand_in = UnitRole.objects.create(
        person=person,
        unit=row.unit,
        role=row.role,
        valid_from=first_day,
        valid_until=last_day + ONE_DAY if last_day else None,
        stand_in_for=row,
        given_by=actor,
        reason=reason,
    )
    details = role_details(stand_in) | {"for": row.person.full_name, "reason": reason}
    record(actor, "unit_role.stand_in_named", person, details=details)
    return stand_in


def check_stand_in(row: UnitRole, person: Person, *, first_day: date, last_day: date | None) -> None:
    """Say before anything is written what ``name_stand_in`` would refuse. Raises RoleRefusedError."""
    if problems := list(problems_before_stand_in(row, person, first_day, last_day)):
        raise RoleRefusedError(problems)


def problems_before_stand_in(
    row: UnitRole, person: Person, first_day: date, last_day: date | None
) -> Iterator[Problem]:
    if row.stand_in_for_id:
        yield Problem("stand_in_of_stand_in")
    if person == row.person:
        yield Problem("stand_in_oneself", {"person": person.full_name})
    if last_day is None:
        yield Problem("stand_in_open")
        return
    yield from problems_of_days(person, row.unit, first_day, last_day)
    if first_day < row.valid_from or (row.valid_until and last_day >= row.valid_until):
        until = shown(row.valid_until - ONE_DAY) if row.valid_until else "…"
        yield Problem("stand_in_outside", {"period": f"{shown(row.valid_from)} – {until}"})
    standing = row.stand_ins.filter(person=person, valid_from__lte=last_day, valid_until__gt=first_day)
    if standing.exists():
        facts = {"person": person.full_name, "role": row.get_role_display(), "unit": row.unit.name}
        yield Problem("role_held", facts)
