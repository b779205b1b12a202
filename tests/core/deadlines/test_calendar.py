"""Holidays and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.holidays import YearDecision, holidays

USUAL = WorkCalendar()


def days_off(year, first, last):
    """Return the weekdays off between two days (month-day), as month-day."""
    start, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
    days = [start + timedelta(days=place) for place in range((end - start).days + 1)]
    return [day.strftime("%m-%d") for day in days if day.weekday() < 5 and not USUAL.is_working(day)]


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2020, ["01-23", "01-24", "01-27", "01-28", "01-29"]),
        (2021, ["02-10", "02-11", "02-12", "02-15", "02-16"]),
        (2022, ["01-31", "02-01", "02-02", "02-03", "02-04"]),
        (2023, ["01-20", "01-23", "01-24", "01-25", "01-26"]),
        (2024, ["02-08", "02-09", "02-12", "02-13", "02-14"]),
        (2025, ["01-27", "01-28", "01-29", "01-30", "01-31"]),
        (2026, ["02-16", "02-17", "02-18", "02-19", "02-20"]),
    ],
)
def test_tet_is_off_as_it_was_announced(year, off):
    assert days_off(year, "01-15", "03-05") == off


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2019, ["09-02"]),
        (2020, ["09-02"]),
        (2021, ["09-02", "09-03"]),
        (2022, ["09-01", "09-02"]),
        (2023, ["09-01", "09-04"]),
        (2024, ["09-02", "09-03"]),
        (2025, ["09-01", "09-02"]),
        (2026, ["09-01", "09-02"]),
    ],
)
def test_the_national_day_has_a_second_day_since_2021(year, off):
    assert days_off(year, "08-25", "09-10") == off


def test_holidays_on_a_weekend_are_off_on_the_next_working_days():
    # 2023: the Hùng Kings' Day on Saturday 29 April, 30 April a Sunday.
    assert days_off(2023, "04-20", "05-10") == ["05-01", "05-02", "05-03"]
    assert days_off(2022, "01-01", "01-05") == ["01-03"]


def test_every_year_from_2015_to_2035_has_eleven_holidays_by_law():
    counts = {year: sum(not h.in_lieu for h in holidays(year)) for year in range(2015, 2036)}

    assert counts == {year: 10 if year < 2021 else 11 for year in range(2015, 2036)}


def test_each_holiday_names_its_source_and_what_is_decided_yearly():
    second = next(h for h in holidays(2026) if h.name == "Quốc khánh")

    assert (second.day, second.decided_yearly) == (date(2026, 9, 1), True)
    assert second.source.startswith("Bộ luật Lao động 2019, Điều 112")


def test_a_year_decided_otherwise_is_data():
    first, third = date(2031, 9, 1), date(2031, 9, 3)
    decided = WorkCalendar(decisions={2031: YearDecision({"Quốc khánh": 0})})

    assert (USUAL.is_working(first), USUAL.is_working(third)) == (False, True)
    assert (decided.is_working(first), decided.is_working(third)) == (True, False)


def test_swapped_days_are_data_of_the_installation():
    swapped = WorkCalendar(days_off=frozenset({date(2024, 4, 29)}), made_up=frozenset({date(2024, 5, 4)}))

    assert (USUAL.is_working(date(2024, 4, 29)), USUAL.is_working(date(2024, 5, 4))) == (True, False)
    assert (swapped.is_working(date(2024, 4, 29)), swapped.is_working(date(2024, 5, 4))) == (False, True)


def test_working_days_are_counted_over_a_weekend_and_holidays():
    assert USUAL.add_working_days(date(2025, 4, 28), 3) == date(2025, 5, 5)
    assert USUAL.add_working_days(date(2025, 5, 5), -3) == date(2025, 4, 28)
    assert USUAL.working_days(date(2025, 4, 28), date(2025, 5, 5)) == 4


@given(st.dates(date(2015, 1, 1), date(2035, 12, 1)), st.integers(1, 60))
def test_counting_on_and_counting_up_agree(day, count):
    end = USUAL.add_working_days(day, count)

    assert USUAL.is_working(end)
    assert USUAL.working_days(day + timedelta(days=1), end) == count


@given(st.dates(date(2015, 1, 1), date(2035, 12, 1)))
def test_no_stretch_without_work_is_longer_than_ten_days(day):
    assert USUAL.working_day_from(day) - USUAL.working_day_up_to(day) <= timedelta(days=10)
