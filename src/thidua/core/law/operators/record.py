"""Operators on the record: honours, consecutive years, initiatives, research."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import with_config

from thidua.core.law.exact import STRICT, Amount, Words
from thidua.core.law.operators.runs import ONE, Run, Types
from thidua.core.law.words import (
    Rating,
    Role,
    Scope,
)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Holds:
    """So many honours of one of the awards, for the year asked about or ever."""

    award: Words
    period: Literal["same-year", "ever"] = "ever"
    at_least: Amount = ONE
    at_most: Amount | None = None
    not_types: Types = ()
    doubtful_types: Types = ()
    own: bool = False
    """Only those given by the same authority."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Chain:
    """So many consecutive years of a rating or of a title, up to the year asked about."""

    years: Amount
    rating: Rating | None = None
    award: Words = ()
    after: Words = ()
    not_types: Types = ()
    doubtful_types: Types = ()
    anew: bool = False
    renewed: bool = False
    ends: Literal["year", "year-or-before"] = "year"


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Count:
    """So many years of a rating, or honours of one of the awards, within a run of years."""

    at_least: Amount
    within: Run
    rating: Rating | None = None
    award: Words = ()
    not_types: Types = ()


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Times:
    """So many times in a row, no two of them further apart than so many years."""

    award: Words
    times: Amount
    apart: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Since:
    """Years from the latest honour, from the end of its achievement or its decision, whichever is later."""

    award: Words
    at_least: Amount = Fraction(0)
    at_most: Amount | None = None
    own: bool = False


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Initiatives:
    """So many initiatives of a scope or wider; within a run of years only its own.

    ``years`` are those the award is for: a work of an earlier one counts, no text says otherwise, and is pointed out.
    """

    scope: Scope
    at_least: Amount = ONE
    years: Amount | None = None
    within: Run | None = None
    applied: bool = False
    replicable: bool = False
    reuse: str | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Research:
    scope: Scope
    at_least: Amount = ONE
    years: Amount | None = None
    within: Run | None = None
    sure_roles: tuple[Role, ...] = ()
    """Roles that surely benefit, all of them where none is named; another role leaves it open."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class InitiativeReuse:
    """Notices that the initiatives at hand have already served for another award."""

    rule_figure: str
