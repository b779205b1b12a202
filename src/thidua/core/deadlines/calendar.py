"""Working days: weekends, public holidays, and the days an installation knows better."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from thidua.core.deadlines.holidays import SATURDAY, YearDecision, holidays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The calendar of an installation.

    The law's holidays are built in. What is announced only year by year is data of the
    installation: ``days_off`` beyond the law's, ``made_up`` weekend days on which people work instead,
    and ``decisions`` by year on the days of Tết and of the National Day. Without them those
    days are the usual ones, and a deadline counted over them may be off by the days swapped.
    """

    days_off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()
    decisions: Mapping[int, YearDecision] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        if day in self.made_up:
            return True
        return not (day.weekday() >= SATURDAY or day in self.days_off or day in self._holidays(day.year))

    def working_day_from(self, day: date) -> date:
        """Return ``day`` itself or the next working day."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def working_day_up_to(self, day: date) -> date:
        """Return ``day`` itself or the last working day before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, before it where negative; ``day`` is not."""
        step = _ONE_DAY if count >= 0 else -_ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days(self, first: date, last: date) -> int:
        """Return how many working days lie from ``first`` to ``last``, both counted."""
        return sum(self.is_working(first + timedelta(days=place)) for place in range((last - first).days + 1))

    def _holidays(self, year: int) -> frozenset[date]:
        decision = self.decisions.get(year)
        return _usual_holidays(year) if decision is None else _days(year, decision)


def _days(year: int, decision: YearDecision | None) -> frozenset[date]:
    return frozenset(holiday.day for holiday in holidays(year, decision))


@lru_cache(maxsize=256)
def _usual_holidays(year: int) -> frozenset[date]:
    return _days(year, None)
