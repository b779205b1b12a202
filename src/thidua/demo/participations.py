"""How far each unit came in a movement, and when: drawn once for each unit, the same every time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zlib import crc32

from thidua.demo.chance import Chance
from thidua.demo.units import Unit

State = Literal["received", "own_plan", "launched", "registered", "pledged", "interim", "final"]
Pace = Literal["early", "in_time", "late", "stuck"]
PACES: tuple[tuple[Pace, int], ...] = (("early", 25), ("in_time", 45), ("late", 26), ("stuck", 4))
DAYS_BEFORE_TERM: Mapping[Pace, tuple[int, int]] = {
    "early": (5, 14),
    "in_time": (0, 6),
    "late": (-12, -1),
    "stuck": (0, 6),
}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Term:
    """The last day by which a unit should have reached ``state``."""

    state: State
    last_on: date


@dataclass(frozen=True, slots=True)
class Reached:
    """A state and the day it was reached; ``days_late`` counts from the term, 0 when in time."""

    state: State
    on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Participation:
    """A unit in a movement: what it reached by today, oldest first, and the terms it has."""

    unit: str
    terms: tuple[Term, ...]
    reached: tuple[Reached, ...]

    @property
    def state(self) -> State:
        return self.reached[-1].state

    def day_of(self, state: State) -> date | None:
        return next((step.on for step in self.reached if step.state == state), None)

    def days_late(self, today: date) -> int:
        """Count the days since the first term that has passed without its state."""
        done = {step.state for step in self.reached}
        missed = [term.last_on for term in self.terms if term.state not in done and term.last_on < today]
        return (today - missed[0]).days if missed else 0


def participation(
    movement: str,
    unit: Unit,
    received_on: date,
    terms: tuple[Term, ...],
    known: Mapping[str, date | None],
    today: date,
) -> Participation:
    """Draw the days of ``unit``; ``known`` days stand, and a known None ends the way there."""
    days = _known(terms, known) if known else _drawn(movement, unit, received_on, terms)
    reached = [Reached("received", received_on, 0)]
    for term, day in days:
        if day > today:
            break
        reached.append(Reached(term.state, day, max(0, (day - term.last_on).days)))
    return Participation(unit.code, terms, tuple(reached))


def _known(terms: tuple[Term, ...], known: Mapping[str, date | None]) -> Iterator[tuple[Term, date]]:
    for term in terms:
        day = known.get(term.state)
        if day is None:
            return
        yield term, day


def _drawn(
    movement: str, unit: Unit, received_on: date, terms: tuple[Term, ...]
) -> Iterator[tuple[Term, date]]:
    chance = Chance(crc32(f"{movement} {unit.code}".encode()))
    habit = chance.weighted(PACES)
    stops_at = len(terms) - chance.whole(1, 2) if habit == "stuck" else len(terms)
    previous = received_on
    for term in terms[:stops_at]:
        pace = habit if chance.happens(0.7) else "in_time"
        drawn = chance.day_before(term.last_on, *DAYS_BEFORE_TERM[pace])
        previous = _working_day(max(drawn, previous + timedelta(days=1)), term.last_on, previous)
        yield term, previous


def _working_day(day: date, term: date, previous: date) -> date:
    """Leave the weekend: on to Monday, or back to Friday where only that is in time and after ``previous``."""
    if day.weekday() < SATURDAY:
        return day
    monday = day + timedelta(days=7 - day.weekday())
    friday = day - timedelta(days=day.weekday() - SATURDAY + 1)
    return friday if day <= term < monday and friday > previous else monday
