"""Inventing Vietnamese names by how often family, middle and given names are met."""

import unicodedata
from dataclasses import dataclass
from typing import Any, Self

from thidua.demo.chance import Chance
from thidua.demo.data_files import DATA, read_yaml
from thidua.demo.posts import Sex


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in its three parts; ``middle`` may be empty or hold two words."""

    family: str
    middle: str
    given: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.family, self.middle, self.given) if part)

    @property
    def mailbox(self) -> str:
        """The given name and the other words' initials in plain letters: ``dungnv``."""
        initials = "".join(word[0] for word in f"{self.family} {self.middle}".split())
        return _letters(self.given + initials)


@dataclass(frozen=True, slots=True)
class Names:
    """The pools to draw from, as ``data/names.yaml`` has them."""

    pools: dict[str, Any]
    people_of: dict[str, str]

    @classmethod
    def load(cls) -> Self:
        pools = read_yaml(DATA / "names.yaml")
        regional = pools["regional"]["provinces"]
        return cls(pools, {code: people for people, codes in regional.items() for code in codes})

    def invent(self, chance: Chance, sex: Sex, province: str | None) -> FullName:
        """Draw a name; in some provinces a share of them are names of the peoples who live there."""
        people = self.people_of.get(province or "")
        if people is not None and chance.happens(self.pools["regional"]["share"]):
            return self._regional(chance, sex, people)
        return FullName(
            chance.weighted(self.pools["family"]),
            chance.weighted(self.pools[f"middle_{sex}"]),
            chance.one(self.pools[f"given_{sex}"]),
        )

    def _regional(self, chance: Chance, sex: Sex, people: str) -> FullName:
        pool = self.pools["regional"]["names"][people]
        family = chance.one(pool["family"])
        *middle, given = chance.one(pool[sex]).split(" ")
        return FullName(family, " ".join(middle), given)


def _letters(text: str) -> str:
    """Keep a to z: marks dropped, đ as d."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if "a" <= char <= "z")
