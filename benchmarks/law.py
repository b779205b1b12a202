"""Measure the law: one case explained, and a population screened for every title of a person.

    python benchmarks/law.py [--people 1000000] [--forms]

A generated population has ten years of ratings and honours; the same seed gives the same people.
"""

import argparse
import resource
import time
from datetime import date
from pathlib import Path

import polars as pl

from thidua.core.eligibility.columns.population import PARTS, Population
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.reading import read_case
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import Law
from thidua.core.law.words import Attested

TITLES = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ")
FORMS = ("GIAY_KHEN", "BK_BO", "BK_TTG", "HCLD3", "HCLD2", "HCLD1", "KNC", "HERO_LABOUR")
YEARS = 10
LAST = 2025


def chance(column: str, seed: int) -> pl.Expr:
    """Return a number from 0 to 999 that looks random and is the same each time."""
    return (pl.col(column).hash(seed) % 1000).cast(pl.Int64)


def population(people: int) -> Population:
    rows = pl.DataFrame({"row": pl.int_range(people, dtype=pl.UInt32, eager=True)})
    persons = rows.with_columns(
        sex=pl.when(chance("row", 1) < 500).then(pl.lit("male")).otherwise(pl.lit("female")),
        staff_kind=pl.lit("civil_servant"),
        contract_months=pl.lit(None, dtype=pl.Int32),
        occupation=pl.lit(None, dtype=pl.String),
        hired_on=(pl.lit(date(1990, 1, 1)) + pl.duration(days=chance("row", 2) * 13)).cast(pl.Date),
        registered=pl.lit(True),
        pays_budget=pl.lit(None, dtype=pl.Boolean),
        **{f"knows_{part}": pl.lit(True) for part in PARTS},
        **{f"attested_{what.value}": pl.lit(None, dtype=pl.Boolean) for what in Attested},
    )
    yearly = (
        rows.with_columns(year=pl.lit(list(range(LAST - YEARS + 1, LAST + 1)), dtype=pl.List(pl.Int16)))
        .explode("year")
        .with_columns(key=pl.col("row").cast(pl.UInt64) * 10_000 + pl.col("year").cast(pl.UInt64))
    )
    ratings = yearly.select("row", "year", rank=(1 + chance("key", 3) // 250).clip(1, 3).cast(pl.Int8))
    kinds = {"LDTT": 850, "CSTDCS": 550, "CSTDB": 100, "BK_BO": 50, "BK_TTG": 20}
    honours = pl.concat(
        yearly.filter(chance("key", 10 + seed) < often).select(
            "row",
            award=pl.lit(award),
            type=pl.lit("MERIT"),
            first="year",
            last="year",
            stated=pl.lit(True),
            decided_on=pl.date(pl.col("year"), 12, 20),
            issuer=pl.lit(None, dtype=pl.String),
            revoked_on=pl.lit(None, dtype=pl.Date),
        )
        for seed, (award, often) in enumerate(kinds.items())
    )
    initiatives = rows.filter(chance("row", 4) < 400).select(
        "row",
        scope=(chance("row", 5) % 3).cast(pl.Int8),
        recognised_on=pl.lit(date(LAST, 10, 1)),
        applied_on=pl.lit(date(LAST, 2, 1)),
        replicable=pl.lit(True),
        used=pl.lit(False),
        used_for_form=pl.lit(False),
    )
    parts = {part: pl.DataFrame(schema={"row": pl.UInt32, **columns}) for part, columns in PARTS.items()}
    return Population(persons, parts | {"ratings": ratings, "honours": honours, "initiatives": initiatives})


def measure_explaining(law: Law, times: int) -> None:
    case = read_case((Path(__file__).parent / "law_case.yaml").read_text(encoding="utf-8"), "law_case.yaml")
    ground = Ground(law)
    check_on(case, ground)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(times):
            check_on(case, ground)
        best = min(best, (time.perf_counter() - start) / times)
    print(f"explain: {best * 1e6:.0f} µs a case, {len(check_on(case, ground).packs[0].findings)} findings")


def measure_loading() -> None:
    start = time.perf_counter()
    law = Law()
    for name in law.figure_names():
        law.figure(name)
    for name in law.award_ids():
        law.award(name)
    for name in law.general_names():
        law.general(name)
    for name in law.authorities():
        law.overlays(name)
    print(f"load: {(time.perf_counter() - start) * 1e3:.0f} ms for every file")


def measure_screening(law: Law, people: int, awards: tuple[str, ...]) -> None:
    crowd = population(people)
    asked = Screening(on=date(LAST, 12, 20), awards=awards, year=(LAST, LAST))
    start = time.perf_counter()
    found = screen(crowd, asked, law)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"screen: {people:,} people × {len(awards)} awards in {took:.1f} s, peak {peak:,.0f} MB")
    for award in awards:
        counts = dict(found[award].value_counts().sort(award).iter_rows())
        print(f"  {award:<12} {counts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=2_000)
    parser.add_argument("--forms", action="store_true", help="forms of commendation too")
    given = parser.parse_args()
    law = Law()
    measure_loading()
    measure_explaining(law, given.times)
    measure_screening(law, given.people, TITLES + FORMS if given.forms else TITLES)


if __name__ == "__main__":
    main()
