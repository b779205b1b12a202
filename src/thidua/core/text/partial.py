"""A date as exactly as a document states it: day, month, quarter, half-year, year, or a day of every year."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

MONTHS = 12
MONTHS_IN_QUARTER = 3
MONTHS_IN_HALF = 6
QUARTERS = 4
LEAP_YEAR = 2000  # a day of every year may be 29 February
YEARS = range(2, 9000)  # the eve of the first and spans from the last are still days of the calendar

_ISO = re.compile(
    r"(?P<year>\d{4}|-)(?:-(?:Q(?P<quarter>\d)|H(?P<half>\d)|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)


@dataclass(frozen=True, slots=True)
class Partial:
    """What is known of a date; without any part it is "the year the text speaks of"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    @classmethod
    def parse(cls, iso: str) -> "Partial":
        """Read ``2021-07-13``, ``2021-06``, ``2020-Q3``, ``2023-H1``, ``2020`` or ``--03-31``.

        Raises ValueError for anything else; an impossible day such as ``2025-02-31`` is read as it stands.
        """
        match = _ISO.fullmatch(iso)
        if match is None:
            raise ValueError(iso)
        parts = {name: int(value) for name, value in match.groupdict().items() if value and value != "-"}
        return cls(**parts)

    @property
    def iso(self) -> str:
        """The date in ISO form at its own precision; empty when nothing at all is known."""
        year = f"{self.year:04}" if self.year is not None else "-"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter}"
        if self.half is not None:
            return f"{year}-H{self.half}"
        if self.month is not None:
            return f"{year}-{self.month:02}" + (f"-{self.day:02}" if self.day is not None else "")
        return year if self.year is not None else ""

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a date: 31/02/2025, 30/13, a fifth quarter and the year 0 are not in it."""
        if self.year is not None and self.year not in YEARS:
            return False
        if self.quarter is not None:
            return 1 <= self.quarter <= QUARTERS
        if self.month is None:
            return True
        if not 1 <= self.month <= MONTHS:
            return False
        days = monthrange(self.year if self.year is not None else LEAP_YEAR, self.month)[1]
        return self.day is None or 1 <= self.day <= days

    @property
    def is_year_alone(self) -> bool:
        """Whether neither a month nor another part of the year is known."""
        return self.month is None and self.quarter is None and self.half is None

    @property
    def first_month(self) -> int:
        if self.month is not None:
            return self.month
        if self.quarter is not None:
            return (self.quarter - 1) * MONTHS_IN_QUARTER + 1
        return MONTHS_IN_HALF + 1 if self.half == 2 else 1  # noqa: PLR2004  the second half of a year

    @property
    def last_month(self) -> int:
        if self.month is not None:
            return self.month
        if self.quarter is not None:
            return self.quarter * MONTHS_IN_QUARTER
        return MONTHS_IN_HALF if self.half == 1 else MONTHS

    def first_day(self) -> date:
        """Return the day on which it begins.

        Raises ValueError without a year or for an impossible date.
        """
        return date(self._known_year(), self.first_month, self.day or 1)

    def last_day(self) -> date:
        """Return the day on which it ends.

        Raises ValueError without a year or for an impossible date.
        """
        year, month = self._known_year(), self.last_month
        return date(year, month, self.day or monthrange(year, month)[1])

    def with_year(self, year: int | None) -> "Partial":
        """Return the same date in ``year``; a date that has a year of its own stays as it is."""
        return self if self.year is not None else replace(self, year=year)

    def _known_year(self) -> int:
        if self.year is None or not self.possible:
            raise ValueError(self.iso)
        return self.year
