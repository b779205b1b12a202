"""The lunar calendar against days known from calendars in print."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from thidua.core.deadlines import lunar
from thidua.core.deadlines.lunar import lunar_new_year, solar_day

# Day of Tết as celebrated. 1985, 2007 and 2030 differ from the Chinese calendar of UTC+8.
TET = """
1985-01-21 2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17 2008-02-07
2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16
2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26
2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08
"""
HUNG_KINGS = """
2015-04-28 2016-04-16 2017-04-06 2018-04-25 2019-04-14 2020-04-02 2021-04-21 2022-04-10 2023-04-29 2024-04-18
2025-04-07 2026-04-26
"""


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in TET.split()], ids=str)
def test_the_first_day_of_the_year_is_the_one_celebrated(day):
    assert lunar_new_year(day.year) == day


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in HUNG_KINGS.split()], ids=str)
def test_the_day_of_the_hung_kings_is_the_tenth_of_the_third_month(day):
    assert solar_day(day.year, 3, 10) == day


def test_the_leap_months_known_are_found():
    # Years with a thirteenth month, and after which month it stood.
    known = {
        2001: 4,
        2004: 2,
        2006: 7,
        2009: 5,
        2012: 4,
        2014: 9,
        2017: 6,
        2020: 4,
        2023: 2,
        2025: 6,
        2028: 5,
        2031: 3,
        2033: 11,
    }

    found = {}
    for year in range(2001, 2034):
        starts = [solar_day(year, month, 1) for month in range(1, 13)] + [lunar_new_year(year + 1)]
        for month, (start, end) in enumerate(pairwise(starts), 1):
            if (end - start).days > 30:
                found[year] = month

    assert found == known


def test_every_month_from_1968_to_2100_has_29_or_30_days():
    lengths = {(lunar._new_moon_day(moon + 1) - lunar._new_moon_day(moon)).days for moon in range(-400, 1250)}

    assert lengths == {29, 30}


def test_new_moons_agree_with_the_mean_moon_within_a_day():
    """A check of its own kind: counting mean months from a new moon that was an eclipse of the sun.

    On 22 July 2009 at 02:33 UTC the sun was eclipsed, which happens only at new moon; the true new moon
    strays from the mean one by at most fourteen hours either way.
    """
    eclipse, month = date(2009, 7, 22), timedelta(days=29.530588861)
    moon_of_eclipse = next(moon for moon in range(100, 130) if lunar._new_moon_day(moon) == eclipse)

    strays = [
        abs((lunar._new_moon_day(moon_of_eclipse + count) - (eclipse + month * count)).days)
        for count in range(-130, 330)
    ]

    assert max(strays) <= 2
