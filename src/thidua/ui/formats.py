"""How days, numbers and sizes are written, in the language of the page.

Vietnamese papers write ``30/6/2026`` and ``1.250`` and ``42,02``; English pages write ``30 Jun 2026``
and ``1,250`` and ``42.02``. No function here asks the clock:
what is relative takes the day it is relative to.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

Number = int | float | Decimal | Fraction

_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZES = ("B", "KB", "MB", "GB", "TB")
_STEP = 1024

TOTAL_CAP = 10_000
"""Lists count no further than this; beyond it they say “more than”."""


def day(value: dt.date | None, *, weekday: bool = False) -> str:
    """Write a day; an instant is first brought to local time; nothing is written for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    written = stated_day(value.year, value.month, value.day)
    weekdays = _WEEKDAYS_EN if _english() else _WEEKDAYS_VI
    return f"{weekdays[value.weekday()]} {written}" if weekday else written


def stated_day(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Write a day as far as a paper states it: a month or a year alone, a day of any year, even an impossible one."""
    if _english() and month is not None and 1 <= month <= len(_MONTHS_EN):
        parts: list[str | int | None] = [day, _MONTHS_EN[month - 1], year]
        return " ".join(str(part) for part in parts if part is not None)
    return "/".join(str(part) for part in (day, month, year) if part is not None)


def moment(value: dt.datetime | None, *, weekday: bool = False) -> str:
    """Write an instant in local time, the hour first as on Vietnamese papers."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local:%H:%M} {day(local.date(), weekday=weekday)}"


def period(start: dt.date | None, end: dt.date | None) -> str:
    """Write a stretch of days, both ends included; an open end says so."""
    if start and end:
        return f"{day(start)} – {day(end)}"
    if start:
        return gettext("từ %(day)s") % {"day": day(start)}
    if end:
        return gettext("đến hết %(day)s") % {"day": day(end)}
    return ""


def number(value: Number | None, places: int | None = None) -> str:
    """Write a number with the separators of the language; ``places`` rounds half up and pads.

    Without ``places`` a whole number is written whole and any other to at most two places.
    """
    if value is None:
        return ""
    exact = _exact(value)
    if places is None:
        rounded = _rounded(exact, 2)
        written = (
            f"{rounded:,f}".rstrip("0").rstrip(".") if rounded != rounded.to_integral() else f"{rounded:,.0f}"
        )
    else:
        written = f"{_rounded(exact, places):,.{places}f}"
    return written if _english() else written.translate({ord(","): ".", ord("."): ","})


def percent(share: Number | None, places: int | None = None) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return "" if share is None else f"{number(_exact(share) * 100, places)}%"


def total(count: int, cap: int = TOTAL_CAP) -> str:
    """Write the length of a list that is counted no further than ``cap``."""
    if count > cap:
        return gettext("hơn %(number)s") % {"number": number(cap)}
    return number(count)


def size(count: int) -> str:
    """Write a number of bytes in the unit a person would choose, to two figures at most below ten."""
    amount, steps = Decimal(count), 0
    while amount >= _STEP and steps < len(_SIZES) - 1:
        amount, steps = amount / _STEP, steps + 1
    return f"{number(_rounded(amount, 1 if amount < 10 else 0))} {_SIZES[steps]}"  # noqa: PLR2004 - as it says


def days_from(value: dt.date, today: dt.date) -> str:
    """Say how far a day lies from today: “3 ngày trước”, “hôm nay”, “còn 12 ngày”."""
    distance = (value - today).days
    near = {0: gettext("hôm nay"), 1: gettext("ngày mai"), -1: gettext("hôm qua")}
    if distance in near:
        return near[distance]
    if distance > 0:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", distance) % {"n": number(distance)}
    return ngettext("%(n)s ngày trước", "%(n)s ngày trước", -distance) % {"n": number(-distance)}


def days_late(due: dt.date, day_done: dt.date) -> str:
    """Say by how many days ``day_done`` passed ``due``; nothing when it did not."""
    late = (day_done - due).days
    if late <= 0:
        return ""
    return ngettext("trễ %(n)s ngày", "trễ %(n)s ngày", late) % {"n": number(late)}


def initials(name: str) -> str:
    """Give the first letters of family name and given name, as a badge shows a person."""
    words = name.split()
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _exact(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
