"""Operators on a collective: members, age, place in its cluster."""

from dataclasses import dataclass
from typing import Literal

from pydantic import with_config

from thidua.core.law.exact import STRICT, Amount

MembersOf = Literal[
    "women",
    "completed",
    "good_or_better",
    "LDTT",
    "CSTDCS",
    "disciplined_from_CANH_CAO",
    "disciplined_from_KHIEN_TRACH",
]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Share:
    """A share of the members: at least, or strictly more than."""

    of: MembersOf
    at_least: Amount | None = None
    more_than: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Members:
    of: MembersOf
    at_least: Amount | None = None
    at_most: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Existed:
    """Founded at least so many months ago; a reorganised collective inherits, or is excepted.

    By default it inherits only where a recorded decision says what it goes on from.
    """

    months: Amount
    reorganised: Literal["by-decision", "inherits", "excepted"] = "by-decision"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NotDissolved:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class LeadsCluster:
    """Leads its cluster or is acclaimed by it; of a movement it leads those who take part, whatever their clusters."""

    acclaimed: bool = False
    of: Literal["cluster", "movement"] = "cluster"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class FlagScheme:
    inside: bool
