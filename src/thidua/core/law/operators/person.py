"""Operators on one person's year: rating, time at work, discipline, service."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import with_config

from thidua.core.law.exact import STRICT, Amount, Words
from thidua.core.law.operators.runs import PerSex
from thidua.core.law.words import (
    Attested,
    DisciplineLevel,
    LeaveKind,
    Pending,
    Post,
    Rating,
    StaffKind,
    StudyResult,
)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class RatingAtLeast:
    at_least: Rating


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Employed:
    """Recruited at least so many months ago, counted to the day asked about within the year."""

    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Absence:
    """Off work less than so many months in the year; kinds neither counted nor excused are doubtful."""

    below: Amount
    counted: tuple[LeaveKind, ...]
    excused: tuple[LeaveKind, ...]
    up_to: Amount | None = None
    """From so many months on, the text is silent and this condition does not speak."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Study:
    """A course of so many months or more counts as work only with such a result."""

    months: Amount
    result: StudyResult


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Transfer:
    """Who moved in the year after so many months in the old unit needs its comment."""

    months: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Staff:
    one_of: tuple[StaffKind, ...]
    contract_months: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Occupation:
    one_of: Words


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Discipline:
    """Not disciplined from a level up: in the year, on the day, or within so many years of its end."""

    level: DisciplineLevel
    during: Literal["year", "day", "ever"]
    years_clear: Amount = Fraction(0)


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class NothingPending:
    none_of: tuple[Pending, ...]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Registered:
    pass


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Vouched:
    what: Attested


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Tenure:
    """Years in the unit, from the day of recruitment (of founding, for a collective)."""

    years: Amount | PerSex


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Multiplier:
    """Years under a regional allowance within these bounds count so many times."""

    hardship_from: Amount
    factor: Amount
    hardship_to: Amount | None = None


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Earlier:
    """An honour of these shortens the years asked for; only the largest such reduction is taken."""

    awards: Words
    years: Amount


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Service:
    """Years of service of a kind, with what makes them count more and what makes them fewer."""

    years: Amount | PerSex
    posts: tuple[Post, ...] = ()
    moved_in: bool | None = None
    sector: Literal["own", "other", "any"] = "own"
    years_in_sector: Amount | PerSex | None = None
    hardship: bool = False
    """Only years in a hard area count."""
    unbroken: bool = False
    multipliers: tuple[Multiplier, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    without_discipline: bool = False
