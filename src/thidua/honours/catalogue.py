"""The awards the register knows: those of the law's catalogue, in the order officials list them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.utils.translation import get_language

from thidua.core.law.conditions import Group, Node
from thidua.core.law.law import Law, shipped_law
from thidua.core.law.words import Level, times_held
from thidua.core.text.normal import one_line

# Titles of people, of collectives, of places and families, then forms: as laws and yearly reports list them.
ORDER = [
    "LDTT",
    "CSTDCS",
    "CSTDB",
    "CSTDTQ",
    "TTLDTT",
    "TTLDXS",
    "CO_BO",
    "CO_CP",
    "GIAY_KHEN",
    "BK_BO",
    "BK_TTG",
    "HCLD3",
    "HCLD2",
    "HCLD1",
    "HCDL3",
    "HCDL2",
    "HCDL1",
    "HCHCM",
    "HCSV",
    "HERO_LABOUR",
    "KNC",
    "XATB",
    "THONVH",
    "GDVH",
]

LEVELS = {
    **dict.fromkeys(("LDTT", "CSTDCS", "TTLDTT", "GIAY_KHEN"), Level.UNIT),
    **dict.fromkeys(("CSTDB", "TTLDXS", "CO_BO", "BK_BO", "KNC"), Level.MINISTRY),
    **dict.fromkeys(("XATB", "THONVH", "GDVH"), Level.COMMUNE),
}
"""The level that usually gives an award; those not named are the State's."""


@dataclass(frozen=True, slots=True)
class AwardEntry:
    """One title or form as the register speaks of it."""

    id: str
    labels: tuple[tuple[str, str], ...]
    is_title: bool
    is_state_title: bool
    subjects: frozenset[str]
    level: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        names = dict(self.labels)
        return names.get((get_language() or "vi")[:2]) or names["vi"]


@cache
def catalogue() -> dict[str, AwardEntry]:
    """Return every award by id, in the order of lists."""
    law = shipped_law()
    known = set(law.award_ids())
    ids = [name for name in ORDER if name in known] + sorted(known - set(ORDER))
    return {name: _entry(law, name) for name in ids}


def _entry(law: Law, name: str) -> AwardEntry:
    award = law.award(name)
    return AwardEntry(
        id=name,
        labels=tuple(dict(award.label).items()),
        is_title=award.family != "form",
        is_state_title=award.family == "state-title",
        subjects=frozenset(str(kind) for kind in award.subjects),
        level=str(LEVELS.get(name, Level.STATE)),
    )


def label_of(award: str) -> str:
    """Name the award; one the catalogue does not know is shown by its id."""
    entry = catalogue().get(award)
    return entry.label if entry else award


class Given(Protocol):
    """What tells one giving of an award from another, of a row of the register or of a decision to be entered."""

    @property
    def award(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def period_from(self) -> int: ...
    @property
    def period_to(self) -> int: ...
    @property
    def issuer(self) -> str: ...


def times_of_title(given: Given) -> frozenset[tuple[object, ...]]:
    """Return what two givings of one title share when they are for the same time; a form may always be given again."""
    entry = catalogue().get(given.award)
    if entry is None or not entry.is_title:
        return frozenset()
    body = one_line(given.issuer).casefold()
    return frozenset(times_held(given.award, given.period_from, given.period_to, str(given.type), body))


def choices() -> list[tuple[str, str]]:
    return [(entry.id, entry.label) for entry in catalogue().values()]


@cache
def resting_on(award: str) -> frozenset[str]:
    """Return the awards whose conditions, in some version of the law, ask for ``award``, directly or through others."""
    asked = _asked()
    found: set[str] = set()
    frontier = {award}
    while frontier:
        frontier = {name for name, needs in asked.items() if needs & frontier} - found
        found |= frontier
    return frozenset(found - {award})


@cache
def _asked() -> dict[str, frozenset[str]]:
    law = shipped_law()
    return {name: frozenset(_awards_named(law, name)) for name in law.award_ids()}


def _awards_named(law: Law, name: str) -> Iterator[str]:
    for version in law.award(name).versions:
        for node in version.nodes:
            yield from _named_in(node)


def _named_in(node: Node) -> Iterator[str]:
    if isinstance(node, Group):
        for part in node.parts:
            yield from _named_in(part)
        return
    asks: Any = node.asks
    for field in ("award", "awards", "after"):
        value = getattr(asks, field, ())
        yield from ((value,) if isinstance(value, str) else value or ())
