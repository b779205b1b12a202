"""Three-valued answers as columns; a flag that is the same for everybody stays a plain bool and costs nothing.

``met`` is a nullable column: true, false, or null where nobody can tell. Its ``&`` and ``|`` are Kleene's.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

import polars as pl

Flag = pl.Expr | bool
UNKNOWN = pl.lit(None, dtype=pl.Boolean)
YES, NO = pl.lit(True), pl.lit(False)


class ColumnAnswer(NamedTuple):
    """A node's answer for everybody: met, asked, may decide, waits for somebody's word."""

    met: pl.Expr
    asked: Flag
    decides: Flag
    waits: Flag


Parts = list[tuple[Flag, pl.Expr]]
"""Whether a part counts, and whether it is met."""


def both(one: Flag, other: Flag) -> Flag:
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    return one & other


def opposite(flag: Flag) -> Flag:
    return not flag if isinstance(flag, bool) else ~flag


def any_of(flags: Iterable[Flag]) -> Flag:
    columns = []
    for flag in flags:
        if flag is True:
            return True
        if not isinstance(flag, bool):
            columns.append(flag)
    return reduce(or_, columns) if columns else False


def chosen(flag: Flag, yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    if isinstance(flag, bool):
        return yes if flag else no
    return pl.when(flag).then(yes).otherwise(no)


def any_met(parts: Parts, doubtful: Parts) -> pl.Expr:
    """Return whether one of the parts is met; a doubtful one not surely unmet leaves it open."""
    answers = [chosen(counts, met, NO) for counts, met in parts]
    answers += [
        chosen(counts, pl.when(met.fill_null(True)).then(None).otherwise(False), NO)
        for counts, met in doubtful
    ]
    return reduce(or_, answers) if answers else NO


def all_met(parts: Parts) -> pl.Expr:
    answers = [chosen(counts, met, YES) for counts, met in parts]
    return reduce(and_, answers) if answers else YES


def joined(join: str, answers: list[ColumnAnswer]) -> ColumnAnswer:
    """Return the answer of a group for everybody; see ``joining.joined`` for one person."""
    heard = [(both(answer.asked, opposite(answer.waits)), answer) for answer in answers]
    deciding = counted((both(asked, answer.decides), answer.met) for asked, answer in heard)
    warning = counted((both(asked, opposite(answer.decides)), answer.met) for asked, answer in heard)
    any_asked = any_of(answer.asked for answer in answers)
    any_heard = any_of(asked for asked, _ in heard)
    any_deciding = any_of(counts for counts, _ in deciding)
    by_deciding = any_met(deciding, warning) if join == "any" else all_met(deciding)
    by_warning = any_met(warning, []) if join == "any" else all_met(warning)
    if join == "not":
        by_deciding = ~by_deciding
    met = chosen(any_deciding, by_deciding, chosen(any_heard, by_warning, UNKNOWN))
    return ColumnAnswer(met, any_asked, any_deciding, both(any_asked, opposite(any_heard)))


def counted(parts: Iterable[tuple[Flag, pl.Expr]]) -> Parts:
    return [(counts, met) for counts, met in parts if counts is not False]
