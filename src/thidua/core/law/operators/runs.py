"""What operators share: runs of years, kinds of commendation, numbers by sex."""

from dataclasses import dataclass
from fractions import Fraction

from pydantic import with_config

from thidua.core.law.exact import STRICT, Amount, Sex, Words
from thidua.core.law.words import (
    CommendationType,
    Rating,
)

ONE = Fraction(1)
Types = tuple[CommendationType, ...]
PerSex = dict[Sex, Amount]


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive rated years up to the year asked about, after an earlier honour where one is named."""

    rating: Rating
    after: Words = ()
    not_types: Types = ()
    doubtful_types: Types = ()
    anew: bool = False
    """Years up to the end of a discipline are not counted."""
    renewed: bool = False
    """Years up to the last honour of the award asked about are not counted again; one for a deed uses up none."""
    last: Amount | None = None
    """Only so many of the run's years count, the latest ones."""
