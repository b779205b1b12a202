"""The Vietnamese lunar calendar, computed from the moon and the sun as seen at UTC+7.

A month begins on the day of the new moon. The eleventh month holds the winter solstice; where thirteen
months lie between two solstices, the first without a principal term of the sun is the leap month.
Formulas: J. Meeus, Astronomical Algorithms, chapters 25 and 49, cut to the terms that matter within
minutes. Good for 1968, when the country took up UTC+7, to 2100.
"""

from datetime import date, timedelta
from functools import lru_cache
from math import floor, radians, sin

_EPOCH = 2451545.0  # noon of 1 January 2000, in Julian days
_CENTURY = 36525.0
_ZONE = 7 / 24
_CLOCK_DRIFT = 70 / 86400  # dynamical time runs about a minute ahead of civil time in these decades
_MONTH = 29.530588861
_FIRST_NEW_MOON = 2451550.09766  # of the year 2000
_JULIAN_DAY_OF_ORDINAL_ZERO = 1721424.5
_MONTHS = 12
_SOLSTICE_MONTH = 11
_WINTER_SOLSTICE_TERM = 9  # the sun at 270 degrees, in steps of 30

# Corrections to the mean new moon: days, and how often each takes the sun's anomaly, the moon's
# anomaly, the moon's distance from its node, the node itself; the last figure is the power of the
# shrinking of the earth's orbit.
_MOON_TERMS = (
    (-0.40720, 0, 1, 0, 0, 0),
    (0.17241, 1, 0, 0, 0, 1),
    (0.01608, 0, 2, 0, 0, 0),
    (0.01039, 0, 0, 2, 0, 0),
    (0.00739, -1, 1, 0, 0, 1),
    (-0.00514, 1, 1, 0, 0, 1),
    (0.00208, 2, 0, 0, 0, 2),
    (-0.00111, 0, 1, -2, 0, 0),
    (-0.00057, 0, 1, 2, 0, 0),
    (0.00056, 1, 2, 0, 0, 1),
    (-0.00042, 0, 3, 0, 0, 0),
    (0.00042, 1, 0, 2, 0, 1),
    (0.00038, 1, 0, -2, 0, 1),
    (-0.00024, -1, 2, 0, 0, 1),
    (-0.00017, 0, 0, 0, 1, 0),
)


def solar_day(year: int, month: int, day: int) -> date:
    """Return the day of the common calendar for a day of the lunar year ``year``, never of a leap month."""
    return _month_starts(year)[month] + timedelta(days=day - 1)


def lunar_new_year(year: int) -> date:
    """Return the first day of Tết of ``year``."""
    return solar_day(year, 1, 1)


@lru_cache(maxsize=256)
def _month_starts(year: int) -> dict[int, date]:
    """Return the first day of each month of the lunar year, by number; leap months left out."""
    before, after = _solstice_month(year - 1), _solstice_month(year)
    following = _solstice_month(year + 1)
    starts: dict[int, date] = {}
    for number, start in [*_numbered(before, after)[2:], *_numbered(after, following)[:2]]:
        starts.setdefault(number, start)
    return starts


def _numbered(first: int, last: int) -> list[tuple[int, date]]:
    """Return number and first day of the months between two solstice months, leap month left out.

    Months are told by their count of new moons since the year 2000.
    """
    months = list(range(first, last))
    if len(months) > _MONTHS:
        months.remove(next(moon for moon in months[1:] if _has_no_principal_term(moon)))
    return [
        ((_SOLSTICE_MONTH - 1 + place) % _MONTHS + 1, _new_moon_day(moon))
        for place, moon in enumerate(months)
    ]


def _has_no_principal_term(moon: int) -> bool:
    return _sun_term(_new_moon_day(moon)) == _sun_term(_new_moon_day(moon + 1))


@lru_cache(maxsize=256)
def _solstice_month(year: int) -> int:
    """Return the count of the new moon that begins the month of the winter solstice of ``year``."""
    december_end = (date(year, 12, 31).toordinal() - date(2000, 1, 6).toordinal()) / _MONTH
    moon = floor(december_end)
    while _new_moon_day(moon) > date(year, 12, 31):
        moon -= 1
    while _new_moon_day(moon + 1) <= date(year, 12, 31):
        moon += 1
    return moon if _sun_term(_new_moon_day(moon)) < _WINTER_SOLSTICE_TERM else moon - 1


@lru_cache(maxsize=1024)
def _new_moon_day(moon: int) -> date:
    """Return the day, at UTC+7, of the new moon counted ``moon`` from the first of the year 2000."""
    centuries = moon / 1236.85
    mean = _FIRST_NEW_MOON + _MONTH * moon + 0.00015437 * centuries**2
    anomalies = (
        2.5534 + 29.10535670 * moon,
        201.5643 + 385.81693528 * moon + 0.0107582 * centuries**2,
        160.7108 + 390.67050284 * moon - 0.0016118 * centuries**2,
        124.7746 - 1.56375588 * moon,
    )
    orbit = 1 - 0.002516 * centuries
    correction = sum(
        days * orbit**power * sin(radians(sum(n * angle for n, angle in zip(times, anomalies, strict=True))))
        for days, *times, power in _MOON_TERMS
    )
    return _day(mean + correction - _CLOCK_DRIFT)


def _sun_term(day: date) -> int:
    """Return the twelfth of its yearly way (0-11, from the March equinox) the sun is in as ``day`` begins."""
    julian = day.toordinal() + _JULIAN_DAY_OF_ORDINAL_ZERO - _ZONE + _CLOCK_DRIFT
    centuries = (julian - _EPOCH) / _CENTURY
    anomaly = radians(357.52911 + 35999.05029 * centuries - 0.0001537 * centuries**2)
    centre = (
        (1.914602 - 0.004817 * centuries) * sin(anomaly)
        + (0.019993 - 0.000101 * centuries) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    longitude = 280.46646 + 36000.76983 * centuries + 0.0003032 * centuries**2 + centre
    apparent = longitude - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * centuries))
    return floor(apparent % 360 / 30)


def _day(julian: float) -> date:
    return date.fromordinal(floor(julian + _ZONE - _JULIAN_DAY_OF_ORDINAL_ZERO))
