"""Which bodies may give an award, and of which level the body is that a decision names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thidua.core.law.awards import version_on
from thidua.core.law.conditions import leaves
from thidua.core.law.law import shipped_law
from thidua.core.law.operators.procedure import AwardedBy
from thidua.core.law.sources import Source
from thidua.core.law.words import Level
from thidua.core.plans.authorities import level_of
from thidua.core.text.folding import fold

LEVELS = {
    "NHA_NUOC": Level.STATE,
    "CHINH_PHU": Level.STATE,
    "BO": Level.MINISTRY,
    "TINH": Level.PROVINCE,
    "SO": Level.UNIT,
    "DON_VI": Level.UNIT,
    "CO_SO": Level.UNIT,
    "HUYEN": Level.UNIT,
    "PHONG": Level.UNIT,
    "XA": Level.COMMUNE,
}
"""The level that gives, for each level a body's name tells; a district counted as a unit while there were any."""


# Their heads have a minister's powers, though their posts («Chánh án», «Giám đốc») are those of units too.
PEERS_OF_MINISTRIES = re.compile(r"\btoi cao\b|\bdai hoc quoc gia\b")


@dataclass(frozen=True, slots=True)
class Powers:
    """The levels whose bodies may give an award, and the article that says so."""

    levels: tuple[Level, ...]
    source: Source


def level_of_issuer(issuer: str) -> Level | None:
    """Return the level the name of the body tells; None for a name that tells none."""
    words = fold(issuer)
    return Level.MINISTRY if PEERS_OF_MINISTRIES.search(words) else LEVELS.get(level_of(words) or "")


def powers_on(award: str, day: date) -> Powers | None:
    """Return who may give ``award`` by the national law of ``day``; None where it does not say."""
    law = shipped_law()
    for name in law.award(award).also if award in law.award_ids() else ():
        version = version_on(law.general(name).versions, day)
        for leaf in (leaf for node in version.nodes for leaf in leaves(node)) if version else ():
            if isinstance(leaf.asks, AwardedBy):
                return Powers(leaf.asks.one_of, leaf.rule.source)
    return None


def granted_by_own_rules(award: str, day: date) -> Iterator[Level]:
    """Yield the levels some authority's own text of ``day`` lets give the award, or leaves unclear."""
    law = shipped_law()
    for authority in law.authorities():
        for overlay in law.overlays_on(authority, day):
            for power in overlay.powers.get(award, ()):
                if power.allowed is not False:
                    yield power.level
