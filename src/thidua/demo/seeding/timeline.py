"""The acts of a history, played in order of their moments."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from thidua.demo.seeding.clock import standing_at


@dataclass(frozen=True, slots=True)
class Act:
    """Something done at a moment."""

    at: datetime
    do: Callable[[], object]


def play(acts: Iterable[Act], *, until: datetime) -> int:
    """Do everything up to ``until``, each at its own moment, and return how many were done."""
    due = sorted((act for act in acts if act.at <= until), key=lambda act: act.at)
    for act in due:
        with standing_at(act.at):
            act.do()
    return len(due)
