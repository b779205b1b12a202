"""What each of a screened population lacks: people share few sets of conditions, so each set is put down once."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from thidua.core.eligibility.facts import Truth
from thidua.core.law.messages import Said
from thidua.core.law.sources import Rule


class Lack(NamedTuple):
    """A condition that would decide and is not met, or of which nobody knows (``met`` is null)."""

    asked: Said
    rule: Rule | None
    """Null where no law of that day is known."""
    met: Truth


class Lacks(NamedTuple):
    """The sets of conditions lacked in one award, and which of them each person lacks; one may be empty."""

    sets: tuple[tuple[Lack, ...], ...]
    which: pl.Series


class Conditions:
    """What was judged of everybody, each as a column of answers, until the sets they make are asked for."""

    def __init__(self, people: int) -> None:
        self.people = people
        self._said: list[tuple[Said, Rule]] = []
        self._lacked: list[pl.Series] = []

    def add(self, said: tuple[Said, Rule], met: pl.Series) -> None:
        """Put down a condition; an answer of one row is everybody's."""
        lacked = ((~met).cast(pl.UInt64) * _UNMET).fill_null(_OPEN)
        self._said.append(said)
        self._lacked.append(lacked if len(lacked) == self.people else lacked.new_from_index(0, self.people))

    def lacks(self) -> Lacks:
        codes = pl.DataFrame([column.alias(f"code{n}") for n, column in enumerate(self._codes())])
        if not codes.width:
            return Lacks(((),), pl.repeat(0, self.people, dtype=pl.UInt32, eager=True))
        kinds = codes.unique(maintain_order=True).with_row_index("which")
        which = codes.join(kinds, on=codes.columns, how="left", maintain_order="left")["which"]
        sets = tuple(tuple(self._decoded(row)) for row in kinds.drop("which").iter_rows())
        return Lacks(sets, which)

    def _codes(self) -> Iterator[pl.Series]:
        """Yield the answers packed into whole numbers, two bits for each condition."""
        for start in range(0, len(self._lacked), _IN_ONE):
            packed = [column * 4**place for place, column in enumerate(self._lacked[start : start + _IN_ONE])]
            yield pl.DataFrame([one.alias(f"{n}") for n, one in enumerate(packed)]).sum_horizontal()

    def _decoded(self, codes: tuple[int, ...]) -> Iterator[Lack]:
        for place, said in enumerate(self._said):
            code = codes[place // _IN_ONE] >> 2 * (place % _IN_ONE) & 3
            if code:
                yield Lack(*said, False if code == _UNMET else None)


_OPEN, _UNMET = 1, 2
_IN_ONE = 31
"""How many conditions of two bits a whole number of 64 bits holds."""


def everybody_lacks(lack: Lack, people: int) -> Lacks:
    return Lacks(((lack,),), pl.repeat(0, people, dtype=pl.UInt32, eager=True))


def end_to_end(pieces: list[Lacks]) -> Lacks:
    """Return what the people of all pieces lack, one piece after the other."""
    sets, which = _numbered_on(pieces)
    return Lacks(sets, pl.concat(which))


def of_the_best(lacks: list[Lacks], outcomes: list[pl.Series], best: pl.Series) -> Lacks:
    """Return what each lacks under the first pack whose outcome is the ``best``."""
    sets, which = _numbered_on(lacks)
    found = which[-1]
    for under, outcome in reversed(list(zip(which, outcomes, strict=True))[:-1]):
        found = under.zip_with(outcome == best, found)
    return Lacks(sets, found)


def _numbered_on(lacks: list[Lacks]) -> tuple[tuple[tuple[Lack, ...], ...], list[pl.Series]]:
    """Return the sets of all in one row, and the places of each among them."""
    sets: list[tuple[Lack, ...]] = []
    which = []
    for one in lacks:
        which.append((one.which + len(sets)).cast(pl.UInt32))
        sets += one.sets
    return tuple(sets), which
