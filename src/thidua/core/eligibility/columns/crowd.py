"""One question to a whole population: what ``Facts`` is to one person, in columns that are kept once computed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import count
from typing import NamedTuple

import polars as pl

from thidua.core.eligibility.case import FIRST_YEAR
from thidua.core.eligibility.columns.population import Population
from thidua.core.eligibility.columns.truth import YES
from thidua.core.eligibility.columns.wide import Wide, bits, first_or_last, number
from thidua.core.eligibility.facts import Ground
from thidua.core.law.exact import Sex
from thidua.core.law.figures import DatedValue
from thidua.core.law.operators import Chain, Run
from thidua.core.law.words import FOR_ONE_DEED, CommendationType

BITS = 62
"""Years looked back upon: bit 0 of a mask is the year asked about, bit 1 the one before."""


class Question(NamedTuple):
    """What is asked of everybody alike."""

    award: str
    on: date
    received: date
    first_year: int
    last_year: int
    type: CommendationType
    authority: str | None
    open_from: int | None = None

    @property
    def is_open(self) -> bool:
        """Say whether the year asked about is still being judged."""
        return self.open_from is not None and self.last_year >= self.open_from


class Crowd:
    """A population under questions of one day; ``frame`` grows by the columns asked for.

    Awards are asked one after another (``question`` is set anew); a kept column that depends on the
    award asked about carries it in its key.
    """

    def __init__(self, population: Population, question: Question, ground: Ground, day: date) -> None:
        self.population = population
        self.question = question
        self.ground = ground
        self.law = ground.law
        self.day = day
        self.overlays = ground.law.overlays_on(question.authority, day)
        self.frame = population.people
        self.wide = Wide(population.people.columns)
        self._kept: dict[object, pl.Expr] = {}
        self._known: dict[str, pl.Expr] = {}
        self._numbers = count()

    # -- columns ---------------------------------------------------------------------------------

    def keep(
        self, key: object, build: Callable[[], pl.Expr | pl.DataFrame], default: object = None
    ) -> pl.Expr:
        """Return the column of ``key``, computed at the first call.

        ``build`` gives an expression over ``frame``, or a frame of ``row`` and one more column, where
        people without a row get ``default``.
        """
        found = self._kept.get(key)
        if found is None:
            # What is built may keep columns of its own, so the name is taken first.
            name = f"c{next(self._numbers)}"
            found = self._kept[key] = self._beside(name, build(), default)
        return found

    def _beside(self, name: str, built: pl.Expr | pl.DataFrame, default: object) -> pl.Expr:
        """Put a column beside the people; one that is the same for all of them stays a literal."""
        if isinstance(built, pl.Expr):
            self.frame = self.frame.with_columns(built.alias(name))
            return pl.col(name)
        value, kind = next((column, kind) for column, kind in built.schema.items() if column != "row")
        if built.is_empty():
            return pl.lit(default, dtype=kind)
        built = built.rename({value: name})
        self.frame = self.frame.join(built, on="row", how="left", maintain_order="left")
        if default is not None:
            self.frame = self.frame.with_columns(pl.col(name).fill_null(default))
        return pl.col(name)

    def computed(self, expression: pl.Expr) -> pl.Expr:
        """Return the same column computed at once: an expression used in many places would be computed in each."""
        name = f"e{self.frame.width}"
        self.frame = self.frame.with_columns(expression.alias(name))
        return pl.col(name)

    def part(self, name: str) -> pl.DataFrame:
        return self.population.parts[name]

    def knows(self, part: str) -> pl.Expr:
        """Return of whom the part is known; the literal true where it is known of everybody."""
        name = f"knows_{part}"
        if part not in self._known:
            self._known[part] = YES if self.population.people[name].all() else pl.col(name)
        return self._known[part]

    def any_row(self, key: object, rows: pl.DataFrame) -> pl.Expr:
        """Return whether a person has at least one of ``rows``."""
        return self.keep(key, lambda: rows.select("row", there=pl.lit(True)).unique("row"), default=False)

    # -- figures ---------------------------------------------------------------------------------

    def amount(self, asked: Fraction | str) -> tuple[Fraction, DatedValue | None]:
        """Return a number and the dated value it came from; raises NotInForceError as for one person."""
        if isinstance(asked, Fraction):
            return asked, None
        entry = self.law.figure(asked, self.question.authority).on(self.day)
        return entry.number, entry

    def for_sex(
        self, asked: "Fraction | str | Mapping[Sex, Fraction | str]", scale: int
    ) -> tuple[pl.Expr, pl.Expr]:
        """Return the least and the greatest number asked of each person, in whole ``scale``-ths."""
        if isinstance(asked, Mapping):
            per = {sex: self.amount(number)[0] for sex, number in asked.items()}
        elif isinstance(asked, str):
            value = self.law.figure(asked, self.question.authority).on(self.day).value
            number = value if isinstance(value, Fraction) else Fraction(0)
            per = dict(value) if isinstance(value, Mapping) else {"male": number, "female": number}
        else:
            per = {"male": asked, "female": asked}
        numbers = {sex: int(number * scale) for sex, number in per.items()}
        least, most = (
            pl.when(pl.col("sex") == "male")
            .then(numbers["male"])
            .when(pl.col("sex") == "female")
            .then(numbers["female"])
            .otherwise(unknown(numbers.values()))
            for unknown in (min, max)
        )
        return least, most

    # -- honours ---------------------------------------------------------------------------------

    def honours(
        self, awards: Iterable[str], *, own: bool = False, not_types: Iterable[object] = ()
    ) -> pl.DataFrame:
        """Return the honours of these awards that count."""
        live = pl.col("revoked_on").is_null() | (pl.col("revoked_on") > self.question.on)
        wanted = pl.col("award").is_in(list(awards)) & live
        if barred := [str(item) for item in not_types]:
            wanted &= ~pl.col("type").is_in(barred)
        if own:
            former = [name for overlay in self.overlays for name in overlay.formerly]
            givers = [self.question.authority or "", *former]
            wanted &= pl.col("issuer").is_null() | pl.col("issuer").is_in(givers)
        return self.part("honours").filter(wanted)

    def title_mask(self, awards: tuple[str, ...], span: int = BITS) -> pl.Expr:
        """Return the years for which one of these titles is held, as bits; ``span`` says how far back one looks."""
        last = self.question.last_year
        high, low = last - pl.col("last").cast(pl.Int64), last - pl.col("first").cast(pl.Int64)
        spans = power_of_two(low.clip(-1, BITS - 1) + 1) - power_of_two(high.clip(0, BITS))
        inside = (pl.col("first") <= last) & (last - pl.col("last") < BITS)
        rows = self.keep(
            ("titles", awards), lambda: _masks(self.honours(awards).filter(inside), spans), default=0
        )
        return self._with_wide(("all titles", awards, span), rows, self.wide.held(awards), span)

    def ends_mask(self, awards: tuple[str, ...], not_types: tuple[object, ...] = ()) -> pl.Expr:
        """Return the years in which achievements of these awards ended, as bits."""
        back = self.question.last_year - pl.col("last").cast(pl.Int64)
        inside = (back >= 0) & (back < BITS)
        key = (awards, not_types)
        honours = self.honours(awards, not_types=not_types)
        rows = self.keep(("ends", key), lambda: _masks(honours.filter(inside), power_of_two(back)), default=0)
        return self._with_wide(("all ends", key), rows, self.wide.held(awards, not_types))

    def _with_wide(
        self, key: object, rows: pl.Expr, columns: list[tuple[int, str]], span: int = BITS
    ) -> pl.Expr:
        """Return ``rows`` with the years held as columns."""
        if not columns:
            return rows
        held = bits(columns, self.question.last_year, span, lambda held: held)
        return self.keep(key, lambda: held if self.part("honours").is_empty() else rows | held)

    def year_of(self, awards: tuple[str, ...], not_types: tuple[object, ...], which: str) -> pl.Expr:
        """Return the earliest or latest last year of these honours; null where there is none."""
        key = (awards, not_types, which)
        honours = self.honours(awards, not_types=not_types)
        last = getattr(pl.col("last"), which)().cast(pl.Int64)
        rows = self.keep(("year", key), lambda: honours.group_by("row").agg(last))
        columns = self.wide.held(awards, not_types)
        if not columns:
            return rows
        either = pl.min_horizontal if which == "min" else pl.max_horizontal
        return self.keep(("all years", key), lambda: either(rows, first_or_last(columns, which)))

    def held_number(self, key: object, rows: pl.DataFrame, columns: list[tuple[int, str]]) -> pl.Expr:
        """Return how many honours a person has among ``rows`` and yearly ``columns``."""
        if columns and rows.is_empty():
            return number(columns)
        listed = self.keep(key, lambda: rows.group_by("row").agg(number=pl.len().cast(pl.Int64)), default=0)
        return listed + number(columns) if columns else listed

    # -- runs of years ---------------------------------------------------------------------------

    def rated(self, rank: int) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """Return the years rated so or better, those rated worse, and those rated at all, as bits."""
        good = self._ratings(("rated", rank), lambda found: found >= rank)
        known = self._ratings(("rated", None), lambda found: found.is_not_null())
        return good, known - good, known

    def _ratings(self, key: object, holds: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
        last = self.question.last_year
        back = last - pl.col("year").cast(pl.Int64)
        chosen = (back >= 0) & (back < BITS) & holds(pl.col("rank"))
        ratings = self.part("ratings")
        rows = self.keep((key, "rows"), lambda: _masks(ratings.filter(chosen), power_of_two(back)), default=0)
        if not self.wide.ranks:
            return rows
        return self.keep((key, "all"), lambda: rows | bits(self.wide.ranks, last, BITS, holds))

    def run(self, asked: Run) -> tuple[pl.Expr, pl.Expr]:
        """Return how many years the run surely has and how many it may have."""
        key = ("run", asked, self.question.award if asked.renewed else None)
        possible = self.keep((*key, "possible"), lambda: self._possible(asked))
        sure = self.keep((*key, "sure"), lambda: self._sure(asked, possible))
        return sure, possible

    def _possible(self, asked: Run) -> pl.Expr:
        _, bad, _ = self.rated(asked.rating.rank)
        _, start = self._starts(asked)
        room = (self.question.last_year + 1 - start).clip(0, None)
        unbroken = bad.bitwise_trailing_zeros().cast(pl.Int64)
        return (
            pl.when(self.knows("ratings") & (bad != 0))
            .then(pl.min_horizontal(unbroken, room))
            .otherwise(room)
        )

    def _sure(self, asked: Run, possible: pl.Expr) -> pl.Expr:
        good, _, _ = self.rated(asked.rating.rank)
        start, _ = self._starts(asked)
        room = (self.question.last_year + 1 - start).clip(0, None)
        unbroken = good.bitwise_trailing_ones().cast(pl.Int64)
        return pl.when(self.knows("ratings")).then(pl.min_horizontal(unbroken, room, possible)).otherwise(0)

    def _starts(self, asked: Run) -> tuple[pl.Expr, pl.Expr]:
        born = pl.col("hired_on").dt.year().cast(pl.Int64).fill_null(FIRST_YEAR)
        sure = possible = [born]
        never = self.question.last_year + 1
        if asked.after:
            doubtful = (*asked.not_types, *asked.doubtful_types)
            known = self.knows("honours")
            surely = (self.year_of(asked.after, doubtful, "min") + 1).fill_null(never)
            perhaps = (self.year_of(asked.after, asked.not_types, "min") + 1).fill_null(never)
            sure = [*sure, pl.when(known).then(surely).otherwise(never)]
            possible = [*possible, pl.when(known).then(perhaps).otherwise(FIRST_YEAR)]
        again = self.restarts(asked)
        if asked.last is not None:
            again.append(pl.lit(never - int(asked.last), dtype=pl.Int64))
        return pl.max_horizontal(*sure, *again), pl.max_horizontal(*possible, *again)

    def restarts(self, asked: Run | Chain) -> list[pl.Expr]:
        """Return the first years from which years may count anew."""
        starts = []
        if asked.renewed:
            rewarded = self.year_of((self.question.award,), tuple(sorted(FOR_ONE_DEED)), "max")
            starts.append((rewarded + 1).fill_null(FIRST_YEAR))
        if asked.anew:
            starts.append(self.fresh_year())
        return starts

    def fresh_year(self) -> pl.Expr:
        """Return the first whole year after the last discipline ended."""
        ended = pl.col("to").fill_null(self.question.on).dt.year().cast(pl.Int64) + 1
        times = self.part("discipline")
        return self.keep(
            "fresh",
            lambda: times.select("row", fresh=ended).group_by("row").agg(pl.col("fresh").max()),
            default=FIRST_YEAR,
        )


def _masks(rows: pl.DataFrame, years: pl.Expr) -> pl.DataFrame:
    """Return one mask of years per person."""
    return rows.select("row", bits=years).group_by("row").agg(pl.col("bits").bitwise_or())


def power_of_two(exponent: pl.Expr) -> pl.Expr:
    return pl.lit(2, dtype=pl.Int64).pow(exponent.cast(pl.UInt32))


def reaches(sure: pl.Expr, possible: pl.Expr, wanted: int) -> pl.Expr:
    """Return true, false, or null where the count may or may not be enough; the same count is sure."""
    if sure is possible:
        return sure >= wanted
    return pl.when(sure >= wanted).then(True).when(possible >= wanted).then(None).otherwise(False)
