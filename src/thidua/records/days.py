"""The day it is here: every day in the system is a day in Viet Nam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """Return the current day in Viet Nam, whatever zone the server keeps."""
    return timezone.now().astimezone(HERE).date()


def day_of(instant: datetime) -> date:
    """Return the day in Viet Nam on which ``instant`` falls."""
    return instant.astimezone(HERE).date()
