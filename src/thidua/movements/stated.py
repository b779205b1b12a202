"""Dates as a plan states them, made into days where they can be."""

from datetime import date

from thidua.core.text.partial import Partial


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
