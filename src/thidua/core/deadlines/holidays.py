"""Public holidays by year, from the law's list and the calendar."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from thidua.core.deadlines.lunar import solar_day

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by law.

    ``in_lieu``: off because a holiday fell on a Saturday or Sunday (Bộ luật Lao động 2019, Điều 111 khoản 3).
    ``decided_yearly``: the law leaves the very day to a yearly decision; this one is the usual choice.
    """

    day: date
    name: str
    source: str
    in_lieu: bool = False
    decided_yearly: bool = False


@dataclass(frozen=True, slots=True)
class YearDecision:
    """How one year was settled where not as usual: by the holiday's name, its days off before its own day."""

    days_before: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One entry of the list of holidays; see ``vn/holidays.toml``."""

    name: str
    source: str
    from_year: int
    to_year: int | None
    month: int
    day: int
    lunar: bool
    days: int
    days_before: tuple[int, ...]
    decided_yearly: bool

    def in_force(self, year: int) -> bool:
        return self.from_year <= year and (self.to_year is None or year <= self.to_year)

    def days_off(self, year: int, decision: YearDecision | None) -> list[date]:
        own = solar_day(year, self.month, self.day) if self.lunar else date(year, self.month, self.day)
        before = self.days_before[own.weekday()]
        if decision is not None:
            before = decision.days_before.get(self.name, before)
        return [own + timedelta(days=place - before) for place in range(self.days)]


def holidays(year: int, decision: YearDecision | None = None) -> tuple[Holiday, ...]:
    """Return the days off by law in ``year``, in order, days in lieu of weekends among them.

    Days swapped by a year's announcement are not known here: whoever keeps the calendar adds them
    (``WorkCalendar``). Before 1995 nothing is known.
    """
    own = sorted(_own_days(year, decision), key=lambda holiday: holiday.day)
    return tuple(sorted([*own, *_in_lieu(own)], key=lambda holiday: holiday.day))


def _own_days(year: int, decision: YearDecision | None) -> Iterator[Holiday]:
    for rule in _rules():
        if rule.in_force(year):
            for day in rule.days_off(year, decision):
                yield Holiday(day, rule.name, rule.source, decided_yearly=rule.decided_yearly)


def _in_lieu(own: list[Holiday]) -> Iterator[Holiday]:
    """Yield, for each holiday on a Saturday or Sunday, the next working day not yet given."""
    taken = {holiday.day for holiday in own}
    for holiday in own:
        if holiday.day.weekday() < SATURDAY:
            continue
        day = holiday.day
        while day in taken or day.weekday() >= SATURDAY:
            day += _ONE_DAY
        taken.add(day)
        yield Holiday(day, holiday.name, holiday.source, in_lieu=True, decided_yearly=holiday.decided_yearly)


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("thidua.core.deadlines").joinpath("vn/holidays.toml").read_text(encoding="utf-8")
    return tuple(_rule(entry) for entry in tomllib.loads(text)["holiday"])


def _rule(entry: Mapping[str, Any]) -> _Rule:
    month, day = (int(part) for part in (entry.get("day") or entry["lunar_day"]).split("-"))
    return _Rule(
        name=entry["name"],
        source=entry["source"],
        from_year=entry["from_year"],
        to_year=entry.get("to_year"),
        month=month,
        day=day,
        lunar="lunar_day" in entry,
        days=entry.get("days", 1),
        days_before=tuple(entry.get("days_before", [0] * 7)),
        decided_yearly=entry.get("decided_yearly", False),
    )
