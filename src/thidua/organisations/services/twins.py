"""Units of one name that would stand side by side after a reorganisation: allowed, but somebody must know."""

from collections import defaultdict
from dataclasses import dataclass

from thidua.core.text.normal import one_line
from thidua.organisations.models import Unit
from thidua.organisations.services.effects import Effects, children_from
from thidua.organisations.services.requests import Target


@dataclass(frozen=True, slots=True)
class Twins:
    """So many units called ``name`` right below the unit ``above``."""

    name: str
    above: str
    number: int


def twin_units(effects: Effects) -> list[Twins]:
    """Return the names that several units would bear where units come together."""
    coming = [(change.parent, change.unit) for change in effects.moved if change.parent]
    there = {parent for parent, _unit in coming if isinstance(parent, Unit)}
    coming += [(parent, child) for parent in there for child in children_from(parent, effects.on)]
    gone = set(effects.ended)
    named: dict[tuple[Target, str], dict[Unit, str]] = defaultdict(dict)
    for parent, unit in coming:
        if unit not in gone:
            named[parent, one_line(unit.name).lower()][unit] = unit.name
    return [
        Twins(next(iter(units.values())), parent.name, len(units))
        for (parent, _name), units in named.items()
        if len(units) > 1
    ]
