"""A generated population for the law's measures: the same seed gives the same people."""

from datetime import date

import polars as pl

from thidua.core.eligibility.columns.population import PARTS, Population
from thidua.core.law.words import Attested

YEARS = range(2015, 2025)
HELD = {"LDTT": 850, "CSTDCS": 600, "CSTDB": 100, "BK_BO": 50, "BK_TTG": 20}


def population(people: int) -> Population:
    """Return people with ten years of ratings and honours and some initiatives, one column per year."""
    persons = pl.DataFrame({"row": pl.int_range(people, dtype=pl.UInt32, eager=True)}).with_columns(
        sex=pl.when(_chance(1) < 500).then(pl.lit("male")).otherwise(pl.lit("female")),
        staff_kind=pl.lit("civil_servant"),
        contract_months=pl.lit(None, dtype=pl.Int32),
        occupation=pl.lit(None, dtype=pl.String),
        hired_on=(pl.lit(date(1990, 1, 1)) + pl.duration(days=_chance(2) * 12)).cast(pl.Date),
        registered=pl.lit(True),
        pays_budget=pl.lit(None, dtype=pl.Boolean),
        **{f"knows_{part}": pl.lit(True) for part in PARTS},
        **{f"attested_{what.value}": pl.lit(None, dtype=pl.Boolean) for what in Attested},
        **{f"rank_{year}": (1 + _chance(year) // 250).clip(1, 3).cast(pl.Int8) for year in YEARS},
        **{
            f"held_{award}_{year}": _chance(year * 10 + place) < often
            for place, (award, often) in enumerate(HELD.items())
            for year in YEARS
        },
        **{f"made_{scope}_2024": (_chance(50 + scope) < 300).cast(pl.UInt32) for scope in (0, 1, 2)},
    )
    parts = {part: pl.DataFrame(schema={"row": pl.UInt32, **columns}) for part, columns in PARTS.items()}
    return Population(persons, parts)


def _chance(seed: int) -> pl.Expr:
    """Return a number from 0 to 999 that looks random and is the same each time."""
    return (pl.col("row").hash(seed) % 1000).cast(pl.Int64)
