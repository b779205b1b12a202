"""Operators on the procedure: who awards, the sitting, publication, papers, other proposals, lists."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, with_config

from thidua.core.law.exact import STRICT, Amount, Words
from thidua.core.law.operators.runs import Types
from thidua.core.law.words import (
    Level,
    StageOfMovement,
)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class AwardedBy:
    one_of: tuple[Level, ...]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Vote:
    """The share of those in favour, of all seats or, without a meeting, of the answers received."""

    reaches: Amount | None = None
    more_than: Amount | None = None
    base: Literal["all-members", "answers"] = "all-members"
    meeting: Literal["any", "held", "by-writing"] = "any"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Quorum:
    reaches: Amount
    counting: Literal["present", "taking-part", "answers"] = "present"
    meeting: Literal["any", "held", "by-writing"] = "any"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class SecretBallot:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class WrittenOpinions:
    """Every absent member gave an opinion in writing."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Published:
    """The list stood open for so many working days before the sitting."""

    working_days: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Paper:
    paper: Literal["party_opinion", "tax_confirmation"]
    asked_of: Literal["all", "tax-payers", "party-managed"] = "all"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ReportAge:
    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OnceAYear:
    """No other proposal, and no honour decided, for one of these awards in the year."""

    among: Words
    except_types: Types = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NotProposedFor:
    award: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OneFormForOneAchievement:
    among: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Movement:
    launched_by: Literal["PM", "ministry", "any"] = "any"
    years: Amount = Fraction(0)
    stages: tuple[StageOfMovement, ...] = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class ShareOf:
    """On a whole list: the number of this award against the number of another."""

    award: Words
    at_most: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class OfType:
    """The type of commendation is one the law of the day knows."""

    one_of: Annotated[Types, Field(min_length=1)]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Unstated:
    """The facts at hand state no rule here: the answer is unknown, never invented."""
