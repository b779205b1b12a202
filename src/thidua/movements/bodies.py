"""Which units of the tree a plan means by a body it names.

«Sở Tư pháp Lào Cai» is one unit, «các Sở Tư pháp» a kind of them, «các đơn vị» everybody who
takes part; a body that fits nothing («Thường trực Hội đồng») stays without a unit, for a person to settle.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from thidua.core.text.folding import fold
from thidua.organisations.models import Unit

SEVERAL = re.compile(r"^(?:thu truong |lanh dao |giam doc )?(?:cac|tat ca|toan bo|moi|tung)\s+(?P<rest>.+)$")
EVERYONE = re.compile(
    r"^(?:thu truong |lanh dao )?(?:cac|tat ca cac|moi|tung)?\s*"
    r"(?:don vi|co quan|to chuc)(?:\s+(?:thuoc|truc thuoc|thanh vien|trong|co lien quan|lien quan|,).*)?$"
)
AND = re.compile(r"\s*(?:[,;]|\bva\b)\s*")
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """The units meant; ``everyone``: all who take part."""

    units: tuple[Unit, ...] = ()
    everyone: bool = False

    @property
    def is_settled(self) -> bool:
        return self.everyone or bool(self.units)


class Directory:
    """Finds units by the names plans use for them; names are folded once."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)
        self.names = [(name, unit) for unit in self.units for name in names_of(unit)]
        self.kinds = {fold(unit.kind.name): unit.kind_id for unit in self.units}
        self.known: dict[str, BodyMatch] = {}

    def find(self, body: str) -> BodyMatch:
        """Return the units that ``body`` names; see the module for the forms known."""
        named = plain(body)
        if named not in self.known:
            self.known[named] = self._find(named)
        return self.known[named]

    def _find(self, named: str) -> BodyMatch:
        if not named:
            return BodyMatch()
        if exact := tuple(unit for name, unit in self.names if name == named):
            return BodyMatch(exact)
        if EVERYONE.match(named):
            return BodyMatch(everyone=True)
        if several := SEVERAL.match(named):
            return BodyMatch(tuple(self._of_kind(several["rest"])))
        found = [unit for piece in AND.split(named) for unit in self._named_in(piece)]
        return BodyMatch(tuple(dict.fromkeys(found)))

    def _of_kind(self, words: str) -> list[Unit]:
        """Units whose kind or whose name's beginning is among the words: «so tu phap, cuc thi hanh an»."""
        pieces = [p for p in AND.split(words) if len(p) >= SHORTEST_NAME]
        kinds = {self.kinds[piece] for piece in pieces if piece in self.kinds}
        begun = tuple(f"{piece} " for piece in pieces)
        by_name = {unit.pk for name, unit in self.names if begun and name.startswith(begun)}
        return [unit for unit in self.units if unit.kind_id in kinds or unit.pk in by_name]

    def _named_in(self, piece: str) -> list[Unit]:
        """Units whose whole name stands in the piece; the longest name wins."""
        inside = f" {piece} "
        found = [
            (len(name), unit)
            for name, unit in self.names
            if len(name) >= SHORTEST_NAME and f" {name} " in inside
        ]
        longest = max((length for length, _unit in found), default=0)
        return [unit for length, unit in found if length == longest]


def plain(text: str) -> str:
    """Fold and keep letters, figures, commas and semicolons, single blanks between words."""
    return " ".join(re.sub(r"[^a-z0-9,;]+", " ", fold(text)).split())


def names_of(unit: Unit) -> set[str]:
    return {plain(name) for name in (unit.name, unit.short_name) if name}
