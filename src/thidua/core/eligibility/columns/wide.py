"""What a population may hold as one column per year instead of one row: the fast way, and how tables come.

``held_AWARD_YEAR`` (true or false): held for that year, by merit. ``rank_YEAR``: the rank of the rating, null where not
known. ``made_SCOPE_YEAR``: initiatives of that scope (0, 1, 2) recognised, applied and replicable in the year, used for
nothing yet. ``studied_SCOPE_YEAR``: research accepted in the year.
"""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from operator import add, or_
from typing import Any

import polars as pl

from thidua.core.law.words import CommendationType

_HELD = re.compile(r"held_(\w+)_(\d{4})")
_RANK = re.compile(r"rank_(\d{4})")
_WORK = re.compile(r"(made|studied)_(\d)_(\d{4})")
_NOTHING = pl.lit(0, dtype=pl.Int64)
_SIZES: tuple[tuple[int, Any], ...] = ((8, pl.UInt8), (16, pl.UInt16), (32, pl.UInt32), (64, pl.Int64))


class Wide:
    """The yearly columns of a population, by what they hold."""

    def __init__(self, names: Iterable[str]) -> None:
        self._held: dict[str, list[tuple[int, str]]] = {}
        self.ranks: list[tuple[int, str]] = []
        self._works: dict[str, list[tuple[int, int, str]]] = {"made": [], "studied": []}
        for name in names:
            if match := _HELD.fullmatch(name):
                self._held.setdefault(match[1], []).append((int(match[2]), name))
            elif match := _RANK.fullmatch(name):
                self.ranks.append((int(match[1]), name))
            elif match := _WORK.fullmatch(name):
                self._works[match[1]].append((int(match[2]), int(match[3]), name))

    def held(self, awards: Iterable[str], not_types: Iterable[object] = ()) -> list[tuple[int, str]]:
        """Return year and column for each year in which one of these awards may be held."""
        if CommendationType.MERIT in set(not_types):
            return []
        return [pair for award in awards for pair in self._held.get(award, ())]

    def works(self, kind: str, least_scope: int) -> list[tuple[int, str]]:
        """Return year and column of the initiatives (``made``) or research (``studied``) of a scope or wider."""
        return [(year, name) for scope, year, name in self._works[kind] if scope >= least_scope]


def bits(
    columns: Iterable[tuple[int, str]], last_year: int, span: int, holds: Callable[[pl.Expr], pl.Expr]
) -> pl.Expr:
    """Return the years of ``columns`` that hold, as bits from ``last_year`` back."""
    # The smallest whole number that holds the span: a quarter of the memory is a quarter of the time.
    kind = next(kind for size, kind in _SIZES if span <= size)
    masks = [
        holds(pl.col(name)).fill_null(False).cast(kind) * pl.lit(1 << (last_year - year), dtype=kind)
        for year, name in columns
        if 0 <= last_year - year < span
    ]
    # Two columns of one year (two awards) set one bit.
    return reduce(or_, masks) if masks else pl.lit(0, dtype=kind)


def number(columns: Iterable[tuple[int, str]]) -> pl.Expr:
    """Return how many of these columns hold."""
    held = [pl.col(name).cast(pl.Int64) for _, name in columns]
    return reduce(add, held) if held else _NOTHING


def first_or_last(columns: list[tuple[int, str]], which: str) -> pl.Expr:
    """Return the earliest (``min``) or latest (``max``) year held; null where none is."""
    years = [
        pl.when(pl.col(name)).then(pl.lit(year, dtype=pl.Int64)).otherwise(None) for year, name in columns
    ]
    return pl.min_horizontal(*years) if which == "min" else pl.max_horizontal(*years)
