"""What a role would let its holder see and do, worked out before it is given."""

from dataclasses import dataclass

from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.rights import ACTION_NAMES, ACTIONS, GIVES
from thidua.records.days import today

SHOWN = 12


@dataclass(frozen=True, slots=True)
class RoleReach:
    """A role on a unit, as it would be: how far it sees, what it may do, what it may give."""

    role: str
    unit: Unit
    units: int
    people: int
    some_units: tuple[str, ...]
    actions: tuple[tuple[str, bool], ...]
    gives_here: tuple[str, ...]
    gives_below: tuple[str, ...]
    sees_birth_dates: bool


def reach_of(role: str, unit: Unit) -> RoleReach:
    within = Unit.objects.within(unit).existing(today())
    gives = GIVES.get(role)
    return RoleReach(
        role=role,
        unit=unit,
        units=within.count(),
        people=Person.objects.filter(unit__in=Unit.objects.within(unit).values("pk")).count(),
        some_units=tuple(within.order_by("path").values_list("name", flat=True)[:SHOWN]),
        actions=tuple((name, action in ACTIONS[role]) for action, name in ACTION_NAMES.items()),
        gives_here=labels(gives.here) if gives else (),
        gives_below=labels(gives.below) if gives else (),
        sees_birth_dates="edit_people" in ACTIONS[role],
    )


def labels(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(str(label) for role, label in UnitRole.Role.choices if role in roles)


def table_of_actions() -> list[tuple[str, list[bool]]]:
    """Return for each action whether each role, in the order of the roles, may do it."""
    return [
        (name, [action in ACTIONS[role] for role in UnitRole.Role.values])
        for action, name in ACTION_NAMES.items()
    ]
