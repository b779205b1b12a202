"""Who begins and who ceases to see a unit and all below it when it goes under another one."""

from dataclasses import dataclass

from thidua.organisations.models import Person, Unit, UnitRole
from thidua.organisations.rights import ACTIONS
from thidua.records.days import today

NAMED = 30


@dataclass(frozen=True, slots=True)
class Sight:
    """Roles that lose and gain sight of the unit, and how many people work in all of it."""

    people: int
    losing: tuple[UnitRole, ...]
    gaining: tuple[UnitRole, ...]


def sight_after_moving(unit: Unit, parent: Unit | None) -> Sight:
    """Compare today's tree with the one in which ``unit`` stands under ``parent``."""
    before = paths_of(unit.parent.path if unit.parent else "")
    after = paths_of(parent.path if parent else "")
    return Sight(
        people=Person.objects.filter(unit__in=Unit.objects.within(unit).values("pk")).count(),
        losing=holders(before - after),
        gaining=holders(after - before),
    )


def paths_of(path: str) -> set[str]:
    """Return the paths of a unit and of all above it."""
    return {path[: end + 1] for end, letter in enumerate(path) if letter == "/"}


def holders(paths: set[str]) -> tuple[UnitRole, ...]:
    seeing = [role for role, actions in ACTIONS.items() if "view" in actions]
    rows = UnitRole.objects.on(today()).filter(unit__path__in=paths, role__in=seeing)
    return tuple(
        rows.select_related("person", "unit").order_by("-unit__depth", "role", "person__sort_key")[:NAMED]
    )
