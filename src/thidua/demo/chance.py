"""Drawing lots that come out the same on every machine and every version of Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class Chance:
    """Draws built on ``Random.random`` alone, whose sequence Python keeps from version to version."""

    seed: int
    _random: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - invents data, guards nothing

    def happens(self, share: float) -> bool:
        return self._random.random() < share

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[tuple[Item, int]]) -> Item:
        mark = self._random.random() * sum(weight for _, weight in items)
        for item, weight in items:
            mark -= weight
            if mark < 0:
                return item
        return items[-1][0]

    def count(self, mean: float) -> int:
        """Draw the whole part of ``mean``, and one more with the chance of its fraction."""
        return int(mean) + self.happens(mean % 1)

    def day_before(self, day: date, low: int, high: int) -> date:
        """Draw a day from ``low`` to ``high`` days before ``day``."""
        return day - timedelta(days=self.whole(low, high))
