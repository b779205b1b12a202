"""Months between days as columns, in thirtieths, so that they agree with the exact ones of one case."""

import polars as pl

THIRTIETHS = 30
YEAR_30 = 12 * THIRTIETHS


def months_30(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Return thirtieths of months from ``first`` to ``last``, both days counted, never negative."""
    after = last.dt.offset_by("1d")
    whole = (after.dt.year() - first.dt.year()).cast(pl.Int64) * 12 + after.dt.month() - first.dt.month()
    loose = after.dt.day().cast(pl.Int64) - first.dt.day()
    short = loose < 0
    whole = pl.when(short).then(whole - 1).otherwise(whole)
    loose = pl.when(short).then((after - _later(first, whole)).dt.total_days().clip(0, None)).otherwise(loose)
    total = whole * THIRTIETHS + loose.clip(0, THIRTIETHS - 1)
    return pl.when(after <= first).then(0).otherwise(total)


def _later(first: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Return the day ``count`` months after ``first``, the month's last where it has no such day."""
    place = first.dt.year().cast(pl.Int64) * 12 + first.dt.month() - 1 + count
    month_first = pl.date(place // 12, place % 12 + 1, 1)
    day = pl.min_horizontal(first.dt.day().cast(pl.Int64), month_first.dt.days_in_month().cast(pl.Int64))
    return month_first + pl.duration(days=day - 1)
