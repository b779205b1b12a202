"""Years of service of each person, as columns."""

from fractions import Fraction

import polars as pl

from thidua.core.eligibility.columns.crowd import Crowd
from thidua.core.eligibility.columns.person import ColumnLook, known_or_null
from thidua.core.eligibility.columns.population import HARDSHIP_SCALE
from thidua.core.eligibility.columns.time import YEAR_30, months_30
from thidua.core.eligibility.sectors import plain_sector, sectors_of
from thidua.core.law import operators as ask

FINE = 3000
"""Service is counted in 3000ths of a thirtieth of a month, so that factors such as 1.2 stay whole."""


def service(asks: ask.Service, crowd: Crowd) -> ColumnLook:
    shortened = _earlier(asks, crowd)
    least, most = crowd.for_sex(asks.years, YEAR_30 * FINE)
    least, most = least - shortened * YEAR_30 * FINE, most - shortened * YEAR_30 * FINE
    rows = _with_sector(crowd)
    fitting = rows.filter(_fits(asks))
    sure, possible = _by_sector(fitting, asks.sector)
    served = _served(("surely", repr(asks)), sure, asks, crowd)
    perhaps = _served(("perhaps", repr(asks)), possible, asks, crowd)
    met = _between(served, perhaps, least, most)
    if asks.years_in_sector is not None:
        met &= _enough_in_sector(asks, rows, crowd)
    return ColumnLook(known_or_null(crowd.knows("service"), met))


def _fits(asks: ask.Service) -> pl.Expr:
    fits = pl.lit(True)
    if asks.posts:
        fits &= pl.col("post").is_in([post.value for post in asks.posts])
    if asks.moved_in is not None:
        fits &= pl.col("moved_in") == asks.moved_in
    if asks.hardship:
        fits &= pl.col("hardship").fill_null(0) > 0
    return fits


def _with_sector(crowd: Crowd) -> pl.DataFrame:
    """Return the rows of service with whether each lies in the authority's sector, null where nobody can tell."""
    rows = crowd.part("service")
    authority = crowd.question.authority
    own = sectors_of(authority, crowd.overlays)
    names = {word: plain_sector(word) for word in rows["sector"].drop_nulls().unique().to_list()}
    plain = pl.col("sector").replace_strict(names, default=None, return_dtype=pl.String)
    rows = rows.with_columns(
        plain=plain,
        mine=plain.is_in(list(own)),
        foreign=plain.is_in(list(crowd.ground.sectors_beside(authority))),
    ).with_columns(
        names=pl.col("plain").n_unique().over("row")
        - pl.col("plain").is_null().any().over("row").cast(pl.Int64),
        some_mine=pl.col("mine").fill_null(False).any().over("row"),
    )
    unlisted = ~pl.col("foreign")
    inside = (
        pl.when(pl.col("plain").is_null() | pl.col("mine")).then(True)
        .when(unlisted & (pl.col("names") == 1)).then(True)
        .when(unlisted & ~pl.col("some_mine")).then(None)
        .otherwise(False)
    )  # fmt: skip
    return rows.with_columns(inside=inside)


def _by_sector(rows: pl.DataFrame, sector: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    if sector == "any":
        return rows, rows
    wanted = pl.col("inside") if sector == "own" else ~pl.col("inside")
    return rows.filter(wanted), rows.filter(wanted | wanted.is_null())


def _served(key: object, rows: pl.DataFrame, asks: ask.Service, crowd: Crowd) -> pl.Expr:
    on = crowd.question.on
    rows = rows.with_columns(end=pl.min_horizontal(pl.col("to").fill_null(on), pl.lit(on)))
    if asks.unbroken:
        return crowd.keep(("service", key), lambda: _longest(rows), default=0)
    long = months_30(pl.col("from"), pl.col("end"))
    if asks.without_discipline:
        rows = _less_discipline(rows, crowd)
        long = (long - pl.col("disciplined")).clip(0, None)
    total = (long * _factor(asks, crowd)).cast(pl.Int64)
    return crowd.keep(
        ("service", key),
        lambda: rows.select("row", total=total).group_by("row").agg(pl.col("total").sum()),
        default=0,
    )


def _longest(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the longest time without a gap of a day."""
    ordered = rows.sort("row", "from")
    before = pl.col("end").cum_max().shift(1).over("row")
    begins = (pl.col("from") > before.dt.offset_by("1d")).fill_null(False)
    spells = ordered.with_columns(spell=begins.cast(pl.Int64).cum_sum().over("row"))
    spans = spells.group_by("row", "spell").agg(pl.col("from").min(), pl.col("end").max())
    long = (months_30(pl.col("from"), pl.col("end")) * FINE).alias("long")
    return spans.select("row", long).group_by("row").agg(pl.col("long").max())


def _less_discipline(rows: pl.DataFrame, crowd: Crowd) -> pl.DataFrame:
    """Return the rows with the thirtieths of months spent under discipline."""
    on = crowd.question.on
    rows = rows.with_row_index("place")
    spans = crowd.part("discipline").select("row", d_from="from", d_to=pl.col("to").fill_null(on))
    inside = months_30(pl.max_horizontal("d_from", "from"), pl.min_horizontal("d_to", "end")).alias(
        "disciplined"
    )
    under = rows.select("place", "row", "from", "end").join(spans, on="row").select("place", inside)
    summed = under.group_by("place").agg(pl.col("disciplined").sum())
    return rows.join(summed, on="place", how="left").with_columns(pl.col("disciplined").fill_null(0))


def _factor(asks: ask.Service, crowd: Crowd) -> pl.Expr:
    factor = pl.lit(FINE, dtype=pl.Int64)
    hardship = pl.col("hardship").fill_null(0)
    for multiplier in reversed(asks.multipliers):
        low = int(crowd.amount(multiplier.hardship_from)[0] * HARDSHIP_SCALE)
        inside = (hardship > 0) & (hardship >= low)
        if multiplier.hardship_to is not None:
            inside &= hardship <= int(crowd.amount(multiplier.hardship_to)[0] * HARDSHIP_SCALE)
        times = Fraction(crowd.amount(multiplier.factor)[0]) * FINE
        factor = pl.when(inside).then(int(times)).otherwise(factor)
    return factor


def _earlier(asks: ask.Service, crowd: Crowd) -> pl.Expr:
    """Return the years by which honours shorten what is asked; only the largest gain."""
    gains = [pl.lit(0, dtype=pl.Int64)]
    for item in asks.earlier:
        held = crowd.any_row(("earlier", item.awards), crowd.honours(item.awards))
        gains.append(pl.when(held).then(int(crowd.amount(item.years)[0])).otherwise(0))
    return pl.max_horizontal(*gains)


def _enough_in_sector(asks: ask.Service, rows: pl.DataFrame, crowd: Crowd) -> pl.Expr:
    if asks.years_in_sector is None:
        return pl.lit(True)
    least, most = crowd.for_sex(asks.years_in_sector, YEAR_30 * FINE)
    plain = ask.Service(years=asks.years, without_discipline=asks.without_discipline)
    sure, possible = _by_sector(rows, "own")
    served = _served(("in sector", asks.without_discipline), sure, plain, crowd)
    perhaps = _served(("perhaps in sector", asks.without_discipline), possible, plain, crowd)
    return _between(served, perhaps, least, most)


def _between(sure: pl.Expr, possible: pl.Expr, least: pl.Expr, most: pl.Expr) -> pl.Expr:
    return pl.when(sure >= most).then(True).when(possible < least).then(False).otherwise(None)
