"""Dates as a plan states them, made into days where they can be."""

import re
from datetime import date

from thidua.core.text.partial import Partial

# «… phong trào thi đua năm 2027»; not the year of a day: «ngày 16 tháng 11 năm 2026».
YEAR = re.compile(r"(?P<month>\btháng \d{1,2} )?\bnăm (?P<year>20\d\d)\b", re.IGNORECASE)


def parsed(iso: str) -> Partial | None:
    """Return the date, or None for nothing stated, a day of every year, or one the calendar lacks."""
    try:
        partial = Partial.parse(iso)
    except ValueError:
        return None
    return partial if partial.possible and partial.year is not None else None


def first_day(iso: str) -> date | None:
    partial = parsed(iso)
    return partial.first_day() if partial else None


def last_day(iso: str) -> date | None:
    partial = parsed(iso)
    return partial.last_day() if partial else None


def day(text: str) -> date | None:
    """Return a full date, None for anything less."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def year_in(title: str) -> int | None:
    """Return the year that a title names last, None where it names none."""
    years = [int(found["year"]) for found in YEAR.finditer(title) if not found["month"]]
    return years[-1] if years else None
