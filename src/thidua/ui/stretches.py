"""A list in the order and paged by number as the address asks for, never beyond its last page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from django.http import QueryDict

from thidua.ui.parts import page_number

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Row]):
    rows: Sequence[Row]
    total: int
    number: int
    has_next: bool


def sort_asked(given: QueryDict) -> str:
    """Return the order asked for: by name, or by name from the last."""
    return "-name" if given.get("sort") == "-name" else "name"


def stretch_of(
    given: QueryDict, total: int, size: int, take: Callable[[int, int], Sequence[Row]]
) -> Stretch[Row]:
    """Return the page asked for, or the last one; ``take`` gives rows by where they begin and how many."""
    last = max(ceil(total / size), 1)
    number = min(page_number(given), last)
    return Stretch(take((number - 1) * size, size), total, number, number < last)
