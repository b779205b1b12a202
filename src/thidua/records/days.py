"""The day it is here: every day in the system is a day in Viet Nam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SINCE_EVER = date(1900, 1, 1)
"""The first day that pages and tables take: what began on a day nobody knows holds from it."""


def today() -> date:
    """Return the current day in Viet Nam, whatever zone the server keeps."""
    return timezone.now().astimezone(HERE).date()


def day_of(instant: datetime) -> date:
    """Return the day in Viet Nam on which ``instant`` falls."""
    return instant.astimezone(HERE).date()
