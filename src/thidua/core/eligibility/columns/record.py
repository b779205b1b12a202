"""Conditions on the record of each person, as columns."""

from functools import reduce
from operator import add, or_

import polars as pl

from thidua.core.eligibility.columns.crowd import BITS, Crowd, power_of_two, reaches
from thidua.core.eligibility.columns.person import ColumnLook, known_or_null
from thidua.core.eligibility.columns.time import YEAR_30, months_30
from thidua.core.eligibility.columns.truth import UNKNOWN
from thidua.core.eligibility.columns.wide import first_or_last, number
from thidua.core.eligibility.open_years import least_rank
from thidua.core.law import operators as ask
from thidua.core.law.figures import NotInForceError
from thidua.core.law.operators import Run
from thidua.core.law.words import FOR_ONE_DEED, TITLES_OF_ONE_YEAR, TITLES_OF_PEOPLE, CommendationType

_NOTHING = pl.lit(0, dtype=pl.Int64)


def holds(asks: ask.Holds, crowd: Crowd) -> ColumnLook:
    year = crowd.question.last_year
    rows = crowd.honours(asks.award, own=asks.own, not_types=asks.not_types)
    columns = crowd.wide.held(asks.award, asks.not_types)
    if asks.period == "same-year":
        rows = rows.filter((pl.col("first") <= year) & (pl.col("last") >= year))
        columns = [pair for pair in columns if pair[0] == year]
    held = crowd.held_number(("holds", asks), rows, columns)
    known = crowd.knows("honours")
    if asks.at_most is not None:
        return ColumnLook(known_or_null(known, held <= int(crowd.amount(asks.at_most)[0])))
    wanted = int(crowd.amount(asks.at_least)[0])
    if not asks.doubtful_types:
        return ColumnLook(known_or_null(known, _awaited(asks, reaches(held, held, wanted), crowd)))
    sure_rows = rows.filter(~pl.col("type").is_in([str(item) for item in asks.doubtful_types]))
    sure_columns = [] if CommendationType.MERIT in asks.doubtful_types else columns
    sure = crowd.held_number(("holds surely", asks), sure_rows, sure_columns)
    return ColumnLook(known_or_null(known, _awaited(asks, reaches(sure, held, wanted), crowd)))


def _awaited(asks: ask.Holds, met: pl.Expr, crowd: Crowd) -> pl.Expr:
    """Leave open what is not held of a year still being judged, but for those rated too low for it."""
    if asks.period != "same-year" or not crowd.question.is_open:
        return met
    _, low, _ = crowd.rated(least_rank(asks.award, crowd.ground, crowd.day))
    may_come = ~crowd.knows("ratings") | (low & 1 == 0)
    return pl.when(~met & may_come).then(None).otherwise(met)


def chain(asks: ask.Chain, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.years)
    if asks.rating is not None:
        run = Run(asks.rating, asks.after, asks.not_types, asks.doubtful_types, asks.anew, asks.renewed)
        return ColumnLook(reaches(*crowd.run(run), int(wanted)), None, entry)
    mask = crowd.title_mask(asks.award, int(wanted) + 2)
    ends = [0] if asks.ends == "year" else [0, 1]
    starts = crowd.restarts(asks)
    met, perhaps = (
        reduce(or_, [_unbroken(years, back, starts, crowd) >= int(wanted) for back in ends])
        for years in (mask, mask | _awaited_years(asks.award, crowd))
    )
    if crowd.question.is_open:
        met = pl.when(~met & perhaps).then(None).otherwise(met)
    return ColumnLook(known_or_null(crowd.knows("honours"), met), None, entry)


def _awaited_years(awards: tuple[str, ...], crowd: Crowd) -> pl.Expr:
    """Return the years still being judged that may bring one of the titles, as bits."""
    first, last = crowd.question.open_from, crowd.question.last_year
    if first is None or last < first:
        return _NOTHING
    still_open = pl.lit((1 << min(last - first + 1, BITS)) - 1, dtype=pl.Int64)
    _, low, _ = crowd.rated(least_rank(awards, crowd.ground, crowd.day))
    return still_open - pl.when(crowd.knows("ratings")).then(still_open & low).otherwise(0)


def _unbroken(mask: pl.Expr, back: int, starts: list[pl.Expr], crowd: Crowd) -> pl.Expr:
    """Return how many titled years lie without a gap before ``back`` years ago, none before a new start."""
    years = (mask // (1 << back) if back else mask).bitwise_trailing_ones()
    if not starts:
        return years
    room = (crowd.question.last_year - back + 1 - pl.max_horizontal(*starts)).clip(0, None)
    return pl.min_horizontal(years.cast(pl.Int64), room)


def count(asks: ask.Count, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.at_least)
    sure, possible = crowd.run(asks.within)
    surely, perhaps = _window(sure), _window(possible)
    if asks.rating is not None:
        good, _, known = crowd.rated(asks.rating.rank)
        unknown = possible - _ones(known & perhaps)
        return ColumnLook(
            reaches(_ones(good & surely), _ones(good & perhaps) + unknown, int(wanted)), None, entry
        )
    masks = [_rewarded(award, asks, crowd) for award in asks.award]
    held = pl.sum_horizontal(*(_ones(mask & surely) for mask in masks))
    awaited = [_may_be_rewarded(award, asks, crowd) for award in asks.award]
    at_most = pl.sum_horizontal(
        *(_ones((mask | more) & perhaps) for mask, more in zip(masks, awaited, strict=True))
    )
    known = crowd.knows("honours")
    return ColumnLook(
        reaches(
            pl.when(known).then(held).otherwise(0),
            pl.when(known).then(at_most).otherwise(possible),
            int(wanted),
        ),
        None,
        entry,
    )


def _rewarded(award: str, asks: ask.Count, crowd: Crowd) -> pl.Expr:
    """Return the years one award is counted for, as bits."""
    if award in TITLES_OF_ONE_YEAR and not asks.not_types:
        return crowd.title_mask((award,))
    return crowd.ends_mask((award,), asks.not_types)


def _may_be_rewarded(award: str, asks: ask.Count, crowd: Crowd) -> pl.Expr:
    if award in TITLES_OF_ONE_YEAR and not asks.not_types:
        return _awaited_years((award,), crowd)
    return _NOTHING


def _window(length: pl.Expr) -> pl.Expr:
    """Return the last ``length`` years as bits."""
    return power_of_two(length.clip(0, BITS)) - 1


def _ones(mask: pl.Expr) -> pl.Expr:
    return mask.bitwise_count_ones().cast(pl.Int64)


def times(asks: ask.Times, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.times)
    apart = int(crowd.amount(asks.apart)[0])
    mask = crowd.ends_mask(asks.award)
    met = mask != 0
    for _ in range(int(wanted) - 1):
        rest = mask & (mask - 1)
        gap = rest.bitwise_trailing_zeros().cast(pl.Int64) - mask.bitwise_trailing_zeros().cast(pl.Int64)
        met &= (rest != 0) & (gap <= apart)
        mask = rest
    return ColumnLook(known_or_null(crowd.knows("honours"), met), None, entry)


def since(asks: ask.Since, crowd: Crowd) -> ColumnLook:
    least, entry = crowd.amount(asks.at_least)
    rows = crowd.honours(asks.award, own=asks.own)
    columns = crowd.wide.held(asks.award)
    known = crowd.knows("honours")
    asked = ~known | (crowd.held_number(("since number", asks), rows, columns) > 0)
    in_columns = first_or_last(columns, "max") if columns else pl.lit(None, dtype=pl.Int64)
    if asks.at_most is not None:
        later = pl.max_horizontal(
            pl.col("last").fill_null(0), pl.col("decided_on").dt.year().fill_null(0)
        ).cast(pl.Int64)
        latest = crowd.keep(
            ("since latest", asks),
            lambda: rows.select("row", later=later).group_by("row").agg(pl.col("later").max()),
        )
        met = crowd.question.received.year - pl.max_horizontal(latest, in_columns) <= int(
            crowd.amount(asks.at_most)[0]
        )
        return ColumnLook(known_or_null(known, met), asked, entry)
    decided = pl.col("decided_on").fill_null(pl.date(pl.col("last").fill_null(1), 12, 31))
    day = crowd.keep(
        ("since day", asks), lambda: rows.select("row", day=decided).group_by("row").agg(pl.col("day").max())
    )
    latest_day = pl.max_horizontal(day, pl.date(in_columns, 12, 31))
    met = months_30(latest_day, pl.lit(crowd.question.on)) - 1 >= int(least * YEAR_30)
    return ColumnLook(known_or_null(known, met), asked, entry)


# -- initiatives and research ------------------------------------------------------------------------


def initiatives(asks: ask.Initiatives, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.at_least)
    rows = crowd.part("initiatives").filter(pl.col("scope") >= asks.scope.rank)
    if _single_use(asks.reuse, crowd):
        rows = rows.filter(
            ~pl.col("used_for_form") if crowd.question.award in TITLES_OF_PEOPLE else ~pl.col("used")
        )
    latest = pl.max_horizontal(pl.col("recognised_on").dt.year(), pl.col("applied_on").dt.year()).cast(
        pl.Int64
    )
    rows, in_time = _in_time(rows, latest, asks.within, crowd)
    in_time &= _of_the_years(pl.col("applied_on"), pl.col("recognised_on"), crowd.question.last_year)
    truth = pl.when(pl.col("recognised_on").is_not_null()).then(True).otherwise(None) & in_time
    if asks.applied:
        truth &= pl.when(pl.col("applied_on").is_not_null()).then(True).otherwise(None)
    if asks.replicable:
        truth &= pl.col("replicable")
    columns = _up_to(crowd.question.last_year, crowd.wide.works("made", asks.scope.rank))
    key = ("initiatives", asks, crowd.question.award)
    met = _counted(key, rows, truth, columns, asks.within, int(wanted), crowd)
    return ColumnLook(known_or_null(crowd.knows("initiatives"), met), None, entry)


def _single_use(reuse: str | None, crowd: Crowd) -> bool:
    if reuse is None:
        return False
    try:
        crowd.law.figure(reuse, crowd.question.authority).on(crowd.question.on)
    except NotInForceError:
        return False
    return True


def _up_to(last: int, columns: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [pair for pair in columns if pair[0] <= last]


def _of_the_years(applied: pl.Expr, recognised: pl.Expr, last: int) -> pl.Expr:
    """Return whether works are not of a later year; one only recognised in the year after leaves it open."""
    by_recognition = (
        pl.when(recognised.dt.year() <= last)
        .then(True)
        .when(recognised.dt.year() > last + 1)
        .then(False)
        .otherwise(None)
    )
    return pl.when(applied.is_not_null()).then(applied.dt.year() <= last).otherwise(by_recognition)


def _in_time(
    rows: pl.DataFrame, latest: pl.Expr, run: Run | None, crowd: Crowd
) -> tuple[pl.DataFrame, pl.Expr]:
    """Return the rows with what they need beside them, and whether each work belongs to the time asked about."""
    last = crowd.question.last_year
    if run is not None:
        sure, possible = crowd.run(run)
        beside = crowd.frame.select("row", sure=sure, possible=possible)
        rows = rows.join(beside, on="row", how="left")
        surely = (latest >= last - pl.col("sure") + 1) & (pl.col("sure") > 0)
        perhaps = (latest >= last - pl.col("possible") + 1) & (pl.col("possible") > 0)
        in_time = pl.when(surely).then(True).when(perhaps).then(None).otherwise(False)
    else:
        in_time = pl.lit(True)
    return rows, pl.when(latest.is_null()).then(None).otherwise(in_time)


def _counted(
    key: tuple[object, ...],
    rows: pl.DataFrame,
    truth: pl.Expr,
    columns: list[tuple[int, str]],
    run: Run | None,
    wanted: int,
    crowd: Crowd,
    *,
    doubtful: bool = False,
) -> pl.Expr:
    """Return whether enough works count, among ``rows`` judged by ``truth`` and yearly ``columns``.

    Of works that are ``doubtful`` the yearly columns do not say enough to count them surely.
    """
    if columns and rows.is_empty():
        return reaches(*_works_in_time(columns, run, crowd), wanted)
    judged = rows.select("row", truth=truth)
    perhaps = judged.filter(pl.col("truth").is_null() | pl.col("truth"))
    sure = crowd.held_number((*key, "sure"), judged.filter(pl.col("truth")), [])
    possible = crowd.held_number((*key, "perhaps"), perhaps, [])
    if columns:
        surely, maybe = _works_in_time(columns, run, crowd)
        sure, possible = sure if doubtful else sure + surely, possible + maybe
    return reaches(sure, possible, wanted)


def _works_in_time(columns: list[tuple[int, str]], run: Run | None, crowd: Crowd) -> tuple[pl.Expr, pl.Expr]:
    """Return how many works of the yearly columns surely and possibly belong to the time asked about."""
    last = crowd.question.last_year
    lengths = crowd.run(run) if run is not None else (None, None)
    sure, possible = (
        [_number_within(column, last, length) for column in columns if column[0] <= latest]
        for length, latest in zip(lengths, (last, last + 1), strict=True)
    )
    return reduce(add, sure, _NOTHING), reduce(add, possible, _NOTHING)


def _number_within(column: tuple[int, str], last: int, length: pl.Expr | None) -> pl.Expr:
    """Return the works of one yearly column that lie in the ``length`` years up to ``last``."""
    year, name = column
    found = pl.col(name).fill_null(0).cast(pl.Int64)
    if length is None:
        return found
    return pl.when((length > 0) & (year >= last - length + 1)).then(found).otherwise(_NOTHING)


def research(asks: ask.Research, crowd: Crowd) -> ColumnLook:
    wanted, entry = crowd.amount(asks.at_least)
    rows = crowd.part("research").filter(pl.col("scope") >= asks.scope.rank)
    latest = pl.col("accepted_on").dt.year().cast(pl.Int64)
    rows, in_time = _in_time(rows, latest, asks.within, crowd)
    sure_role = pl.col("role").is_in([role.value for role in asks.sure_roles]).fill_null(False)
    in_time &= _of_the_years(pl.lit(None, dtype=pl.Date), pl.col("accepted_on"), crowd.question.last_year)
    truth = in_time & pl.when(sure_role).then(True).otherwise(None) if asks.sure_roles else in_time
    columns = _up_to(crowd.question.last_year + 1, crowd.wide.works("studied", asks.scope.rank))
    key = ("research", asks, crowd.question.award)
    doubtful = bool(asks.sure_roles)
    met = _counted(key, rows, truth, columns, asks.within, int(wanted), crowd, doubtful=doubtful)
    return ColumnLook(known_or_null(crowd.knows("research"), met), None, entry)


def initiative_reuse(asks: ask.InitiativeReuse, crowd: Crowd) -> ColumnLook:
    entry = crowd.law.figure(asks.rule_figure, crowd.question.authority).on(crowd.question.on)
    rows = crowd.part("initiatives")
    some = crowd.any_row("initiatives raised", rows)
    fresh = crowd.any_row("initiatives unused", rows.filter(~pl.col("used")))
    made = crowd.wide.works("made", 0)
    asked = (
        some
        & ~fresh
        & (number(made) == 0)
        & crowd.knows("initiatives")
        & pl.lit(crowd.question.award in TITLES_OF_PEOPLE)
    )
    return ColumnLook(pl.lit(False), asked, entry)


# -- other honours ---------------------------------------------------------------------------------


def once_a_year(asks: ask.OnceAYear, crowd: Crowd) -> ColumnLook:
    """Proposals are not known of a population: only honours already decided in the year are looked at."""
    if crowd.question.type in asks.except_types:
        return ColumnLook(UNKNOWN, pl.lit(False))
    rows = crowd.honours(asks.among, not_types=asks.except_types)
    given = rows.filter(pl.col("decided_on").dt.year() == crowd.question.received.year)
    return ColumnLook(pl.lit(False), crowd.any_row(("once a year", asks), given))


def one_form(asks: ask.OneFormForOneAchievement, crowd: Crowd) -> ColumnLook:
    question = crowd.question
    if question.type in FOR_ONE_DEED:
        return ColumnLook(UNKNOWN, pl.lit(False))
    same = (
        pl.col("stated")
        & (pl.col("type") == question.type.value)
        & (pl.col("first") == question.first_year)
        & (pl.col("last") == question.last_year)
    )
    rows = crowd.honours(asks.among).filter(same)
    this_year = question.type is CommendationType.MERIT and question.first_year == question.last_year
    columns = {
        award: [pair for pair in crowd.wide.held((award,)) if this_year and pair[0] == question.last_year]
        for award in asks.among
    }
    own = rows.filter(pl.col("award") == question.award)
    itself = (
        crowd.held_number(("one form itself", asks, question.award), own, columns.get(question.award, [])) > 0
    )
    asked = (
        crowd.held_number(("one form", asks), rows, [pair for pairs in columns.values() for pair in pairs])
        > 0
    )
    return ColumnLook(pl.when(itself).then(False).otherwise(None), asked)
