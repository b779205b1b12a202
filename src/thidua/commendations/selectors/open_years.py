"""A year that has not ended: its LĐTT may still come, so that it is undecided and not refused.

Nobody has decided on the title of a year before it ends; the register's silence says nothing yet.
"""

from dataclasses import replace

import polars as pl

from thidua.core.eligibility.case import Case, Proposal
from thidua.core.eligibility.columns.population import Population
from thidua.core.eligibility.explain import Outcome
from thidua.core.law.messages import say
from thidua.core.law.words import CommendationType, Rating, SubjectKind

TITLE = "LDTT"
WAITS_FOR_TITLE = frozenset({"CSTDCS"})
"""Awards of a year that ask for the title of the same year."""
AWAITED = say("đang được đề nghị, chưa có quyết định")
"""What the law sees of a title that is not yet decided."""


def with_open_year(case: Case) -> Case:
    """Return the case with the title of its year as not yet decided, where it may still come."""
    year = case.year[1] if case.year else None
    if year is None or year < case.on.year or case.award not in WAITS_FOR_TITLE:
        return case
    rating = (case.subject.ratings or {}).get(year)
    if case.subject.kind is not SubjectKind.INDIVIDUAL or (rating and rating.rank < Rating.GOOD.rank):
        return case
    return replace(case, proposals=(*(case.proposals or ()), Proposal(award=TITLE, year=(year, year))))


def with_title_of(population: Population, year: int) -> Population:
    """Return the population as if everybody of whom something is recorded had the title of ``year``.

    Those rated too low for it are left as they are.
    """
    low = population.parts["ratings"].filter((pl.col("year") == year) & (pl.col("rank") < Rating.GOOD.rank))
    rows = (
        population.people.filter(pl.col("knows_honours"))
        .select("row")
        .join(low.select("row"), on="row", how="anti")
    )
    honours = population.parts["honours"]
    titles = rows.with_columns(
        award=pl.lit(TITLE),
        type=pl.lit(str(CommendationType.MERIT)),
        first=pl.lit(year),
        last=pl.lit(year),
        stated=pl.lit(value=True),
    )
    shape = [pl.col(name).cast(kind) for name, kind in honours.schema.items() if name in titles.columns]
    together = pl.concat([honours, titles.select(shape)], how="diagonal")
    return Population(population.people, {**population.parts, "honours": together})


def undecided(outcomes: pl.Series, hoped: pl.Series) -> pl.Series:
    """Return the outcomes with “unknown” for a refusal the missing title alone brings."""
    refused = outcomes.cast(pl.String) == Outcome.NOT_ELIGIBLE.value
    hopes = hoped.cast(pl.String) != Outcome.NOT_ELIGIBLE.value
    words = pl.when(refused & hopes).then(pl.lit(Outcome.UNKNOWN.value)).otherwise(outcomes.cast(pl.String))
    return pl.select(words.cast(outcomes.dtype).alias(outcomes.name)).to_series()
