"""Conditions on the year of each person, as columns."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

import polars as pl

from thidua.core.eligibility.columns.crowd import Crowd
from thidua.core.eligibility.columns.time import THIRTIETHS, YEAR_30, months_30
from thidua.core.eligibility.columns.truth import UNKNOWN
from thidua.core.eligibility.spans import year_span
from thidua.core.law import operators as ask
from thidua.core.law.figures import DatedValue
from thidua.core.law.words import LeaveKind, StaffKind


class ColumnLook(NamedTuple):
    """Whether each person meets a condition, whether it was asked of them, and the figure's value if one decided."""

    met: pl.Expr
    asked: pl.Expr | None = None
    entry: DatedValue | None = None


def known_or_null(known: pl.Expr, met: pl.Expr) -> pl.Expr:
    """Return ``met`` where the part is known; a literal says that it is known of everybody."""
    if known.meta.is_literal():
        return met
    return pl.when(known).then(met).otherwise(None)


def rating(asks: ask.RatingAtLeast, crowd: Crowd) -> ColumnLook:
    asked_years = range(crowd.question.first_year, crowd.question.last_year + 1)
    if crowd.wide.ranks and crowd.part("ratings").is_empty():
        ranks = dict(crowd.wide.ranks)
        every = [
            pl.col(ranks[year]) >= asks.at_least.rank if year in ranks else UNKNOWN for year in asked_years
        ]
        return ColumnLook(known_or_null(crowd.knows("ratings"), pl.all_horizontal(*every)))
    good, bad, known = crowd.rated(asks.at_least.rank)
    years = (1 << len(asked_years)) - 1
    worse = (bad & years) != 0
    complete = (known & years) == years
    met = pl.when(worse).then(False).when(complete & ((good & years) == years)).then(True).otherwise(None)
    return ColumnLook(known_or_null(crowd.knows("ratings"), met))


def employed(asks: ask.Employed, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.months)
    until = min(crowd.question.on, year_span(crowd.question.last_year, crowd.question.last_year)[1])
    long_enough = months_30(pl.col("hired_on"), pl.lit(until)) >= int(wanted * THIRTIETHS)
    by_work = _employed_by_work(wanted, until, crowd)
    return ColumnLook(
        pl.when(pl.col("hired_on").is_not_null()).then(long_enough).otherwise(by_work), None, entry
    )


def _employed_by_work(wanted: Fraction, until: date, crowd: Crowd) -> pl.Expr:
    """Judge by the months worked in the year: who was neither at work nor on leave was not there yet."""
    last_year = crowd.question.last_year
    worked = _worked(crowd) * THIRTIETHS
    start = year_span(last_year, last_year)[0]
    elapsed = months_30(pl.lit(start), pl.lit(until))
    enough = int(wanted * THIRTIETHS)
    there = worked + _off(tuple(LeaveKind), crowd, (last_year, last_year))
    too_short = crowd.knows("leave") & (there < enough) & (there < elapsed)
    return pl.when(worked >= enough).then(True).when(too_short).then(False).otherwise(None)


def _worked(crowd: Crowd) -> pl.Expr:
    """Return the months worked in the year, null where nobody stated them."""
    name = f"months_{crowd.question.last_year}"
    return pl.col(name) if name in crowd.frame.columns else pl.lit(None, dtype=pl.Float64)


def absence(asks: ask.Absence, crowd: Crowd) -> ColumnLook:
    below, entry = crowd.amount(asks.below)
    limit = int(below * THIRTIETHS)
    known = crowd.knows("leave")
    sure = pl.when(known).then(_off(asks.counted, crowd)).otherwise(0)
    doubtful = tuple(kind for kind in LeaveKind if kind not in asks.excused)
    possible = pl.when(known).then(_off(doubtful, crowd)).otherwise(_off_by_work(crowd))
    met = pl.when(sure >= limit).then(False).when(possible < limit).then(True).otherwise(None)
    if asks.up_to is not None:
        met = pl.when(sure >= int(crowd.amount(asks.up_to)[0] * THIRTIETHS)).then(True).otherwise(met)
    return ColumnLook(met, None, entry)


def _off(kinds: tuple[LeaveKind, ...], crowd: Crowd, years: tuple[int, int] | None = None) -> pl.Expr:
    """Return thirtieths of months on leave of these kinds in ``years``, or else in those asked about."""
    years = years or (crowd.question.first_year, crowd.question.last_year)
    lower, upper = year_span(*years)
    start = pl.max_horizontal(pl.col("from"), pl.lit(lower))
    end = pl.min_horizontal(pl.col("to").fill_null(crowd.question.on), pl.lit(upper))
    rows = crowd.part("leave").filter(pl.col("kind").is_in([kind.value for kind in kinds]))
    return crowd.keep(
        ("off", kinds, years),
        lambda: rows.select("row", off=months_30(start, end)).group_by("row").agg(pl.col("off").sum()),
        default=0,
    )


def _off_by_work(crowd: Crowd) -> pl.Expr:
    start, end = year_span(crowd.question.last_year, crowd.question.last_year)
    first = pl.max_horizontal(pl.col("hired_on").fill_null(start), pl.lit(start))
    employed_for = months_30(first, pl.lit(min(crowd.question.on, end)))
    return (employed_for - _worked(crowd) * THIRTIETHS).clip(0, None)


def study(asks: ask.Study, crowd: Crowd) -> ColumnLook:
    long, entry = crowd.amount(asks.months)
    lower, upper = year_span(crowd.question.first_year, crowd.question.last_year)
    on = crowd.question.on
    end = pl.min_horizontal(pl.col("to").fill_null(on), pl.lit(on))
    inside = pl.max_horizontal(pl.col("from"), pl.lit(lower)) <= pl.min_horizontal(end, pl.lit(upper))
    lasting = months_30(pl.col("from"), pl.col("to").fill_null(on)) >= int(long * THIRTIETHS)
    courses = crowd.part("leave").filter((pl.col("kind") == LeaveKind.STUDY.value) & inside & lasting)
    poor = crowd.any_row(("study", "poor", asks), courses.filter(pl.col("result") < asks.result.rank))
    unstated = crowd.any_row(("study", "unstated", asks), courses.filter(pl.col("result").is_null()))
    asked = crowd.any_row(("study", asks), courses) & crowd.knows("leave")
    return ColumnLook(pl.when(poor).then(False).when(unstated).then(None).otherwise(True), asked, entry)


def transfer(asks: ask.Transfer, crowd: Crowd) -> ColumnLook:
    long, entry = crowd.amount(asks.months)
    year = crowd.question.last_year
    start = year_span(year, year)[0]
    moves = (
        crowd.part("transfers")
        .filter(~pl.col("secondment") & (pl.col("on").dt.year() == year))
        .join(crowd.frame.select("row", "hired_on"), on="row", how="left")
        .filter(
            months_30(
                pl.max_horizontal(pl.col("hired_on").fill_null(start), pl.lit(start)),
                pl.col("on").dt.offset_by("-1d"),
            )
            >= int(long * THIRTIETHS)
        )
    )
    refused = crowd.any_row(("transfer", "refused"), moves.filter(~pl.col("comment")))
    unstated = crowd.any_row(("transfer", "unstated"), moves.filter(pl.col("comment").is_null()))
    asked = crowd.any_row(("transfer", asks), moves)
    return ColumnLook(pl.when(refused).then(False).when(unstated).then(None).otherwise(True), asked, entry)


def staff(asks: ask.Staff, crowd: Crowd) -> ColumnLook:
    kind = pl.col("staff_kind")
    inside = kind.is_in([found.value for found in asks.one_of])
    if asks.contract_months is None:
        return ColumnLook(inside)
    long, _ = crowd.amount(asks.contract_months)
    fixed = kind == StaffKind.CONTRACT_FIXED.value
    return ColumnLook(pl.when(inside & fixed).then(pl.col("contract_months") >= int(long)).otherwise(inside))


def occupation(asks: ask.Occupation, _crowd: Crowd) -> ColumnLook:
    return ColumnLook(pl.col("occupation").is_in(list(asks.one_of)))


def discipline(asks: ask.Discipline, crowd: Crowd) -> ColumnLook:
    clear, entry = crowd.amount(asks.years_clear)
    on = crowd.question.on
    standing = pl.col("rank") >= asks.level.rank
    if asks.during == "year":
        lower, upper = year_span(crowd.question.first_year, crowd.question.last_year)
        end = pl.min_horizontal(pl.col("to").fill_null(on), pl.lit(on), pl.lit(upper))
        standing &= pl.max_horizontal(pl.col("from"), pl.lit(lower)) <= end
    elif asks.during == "day":
        served = months_30(pl.col("to"), pl.lit(on)) - 1
        waiting = (clear > 0) & (served < int(clear * YEAR_30))
        standing &= pl.col("to").is_null() | (pl.col("to") >= on) | waiting
    barred = crowd.any_row(("discipline", asks), crowd.part("discipline").filter(standing))
    return ColumnLook(known_or_null(crowd.knows("discipline"), ~barred), None, entry)


def pending(asks: ask.NothingPending, crowd: Crowd) -> ColumnLook:
    kinds = [kind.value for kind in asks.none_of]
    standing = crowd.any_row(
        ("pending", asks.none_of), crowd.part("pending").filter(pl.col("matter").is_in(kinds))
    )
    return ColumnLook(known_or_null(crowd.knows("pending"), ~standing))


def registered(_asks: ask.Registered, _crowd: Crowd) -> ColumnLook:
    return ColumnLook(pl.col("registered"))


def attested(asks: ask.Vouched, _crowd: Crowd) -> ColumnLook:
    return ColumnLook(pl.col(f"attested_{asks.what.value}"))


def tenure(asks: ask.Tenure, crowd: Crowd) -> ColumnLook:
    least, most = crowd.for_sex(asks.years, YEAR_30)
    served = months_30(pl.col("hired_on"), pl.lit(crowd.question.on))
    met = pl.when(served >= most).then(True).when(served < least).then(False).otherwise(None)
    return ColumnLook(known_or_null(pl.col("hired_on").is_not_null(), met))
