"""Lets the demonstration's past happen through today's services, each act on its own day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone

from thidua.records.days import HERE


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Make ``moment`` the present for everything that asks Django's clock.

    Services and columns filled on saving (``auto_now_add``) both ask it, so that a row made here is the row
    that would have been made then. Only for a process that does nothing else meanwhile.
    """
    kept = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = kept


def moment_of(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return the moment of a working day in Viet Nam."""
    return datetime.combine(day, time(hour, minute, second), HERE)


def not_ahead(moment: datetime) -> datetime:
    """Return ``moment``, or now for what was decided before the day it takes effect."""
    return min(moment, timezone.now())
