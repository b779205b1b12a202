"""What a role would let its holder see and do, worked out before it is given."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.accounts.models import Account, InstallationRole
from thidua.exchange.importers import all_importers
from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.rights import ACTION_NAMES, ACTIONS, AT_THE_TOP, AUDITOR, GIVES, SENSITIVE
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
        actions=tuple((line.name, line.allows(role, unit)) for line in lines()),
        gives_here=labels(gives.here) if gives else (),
        gives_below=labels(gives.below) if gives else (),
        sees_birth_dates="edit_people" in ACTIONS[role],
    )


@dataclass(frozen=True, slots=True)
class InstallationReach:
    """What a role over the whole installation lets its holder see and do."""

    units: int
    people: int
    accounts: int
    actions: tuple[tuple[str, bool], ...]
    manages: bool  # accounts, kinds of units, the roles of others


def reach_of_installation(role: str) -> InstallationReach:
    manages = role == InstallationRole.Role.ADMINISTRATOR
    return InstallationReach(
        units=Unit.objects.existing(today()).count(),
        people=Person.objects.filter(unit__isnull=False).count(),
        accounts=Account.objects.count(),
        actions=tuple(
            (line.name, not line.rights & SENSITIVE and (manages or line.rights <= ACTIONS[AUDITOR]))
            for line in lines()
        ),
        manages=manages,
    )


def labels(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(str(label) for role, label in UnitRole.Role.choices if role in roles)


@dataclass(frozen=True, slots=True)
class Ability:
    """One line of what a role may do, and the rights it takes together."""

    name: str
    rights: frozenset[str]

    def allows(self, role: str, unit: Unit) -> bool:
        """Say whether the role gives it at the unit; some rights are an authority's, so its top alone gives them."""
        return self.rights <= ACTIONS[role] and (unit.parent_id is None or not self.rights & AT_THE_TOP)


def lines() -> list[Ability]:
    """Return a line for each right; of tables, a line for those that the same rights let one bring in."""
    plain = [
        Ability(name, frozenset({action})) for action, name in ACTION_NAMES.items() if action != "import"
    ]
    tables: dict[frozenset[str], list[str]] = {}
    for importer in all_importers():
        tables.setdefault(importer.rights(), []).append(str(importer.title))
    return [
        *plain,
        *(
            Ability(_("Nhập từ Excel: %(tables)s") % {"tables": "; ".join(titles)}, rights)
            for rights, titles in tables.items()
        ),
    ]


def abilities_of(role: str) -> list[str]:
    """Return what a role on a top unit lets its holder do."""
    return [line.name for line in lines() if line.rights <= ACTIONS[role]]


def table_of_actions(unit: Unit) -> list[tuple[str, list[bool]]]:
    """Return for each line whether it holds for each role, in the order of the roles."""
    return [(line.name, [line.allows(role, unit) for role in UnitRole.Role.values]) for line in lines()]
