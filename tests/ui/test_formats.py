import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from thidua.ui import formats


def test_a_day_is_written_without_leading_zeros():
    assert formats.day(dt.date(2026, 6, 3)) == "3/6/2026"


def test_a_day_on_which_someone_must_act_names_its_weekday():
    assert formats.day(dt.date(2026, 6, 30), weekday=True) == "Thứ Ba 30/6/2026"
    assert formats.day(dt.date(2026, 6, 28), weekday=True) == "Chủ Nhật 28/6/2026"


def test_english_pages_spell_the_month_so_that_day_and_month_cannot_be_confused():
    with translation.override("en"):
        assert formats.day(dt.date(2026, 6, 3), weekday=True) == "Wed 3 Jun 2026"


def test_an_instant_is_shown_in_local_time():
    late_evening_utc = dt.datetime(2026, 6, 29, 18, 5, tzinfo=dt.UTC)

    assert formats.moment(late_evening_utc) == "01:05 30/6/2026"
    assert formats.day(late_evening_utc) == "30/6/2026"


def test_nothing_is_written_for_a_missing_value():
    missing = [
        formats.day(None),
        formats.moment(None),
        formats.period(None, None),
        formats.number(None),
        formats.percent(None),
    ]

    assert missing == [""] * 5


def test_a_period_may_be_open_at_either_end():
    start, end = dt.date(2020, 1, 1), dt.date(2020, 6, 30)

    assert formats.period(start, end) == "1/1/2020 – 30/6/2020"
    assert formats.period(start, None) == "từ 1/1/2020"
    assert formats.period(None, end) == "đến hết 30/6/2020"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1250, None, "1.250"),
        (0, None, "0"),
        (42.02, None, "42,02"),
        (Decimal("96.50"), None, "96,5"),
        (Decimal("96.5"), 2, "96,50"),
        (Fraction(2, 3), 2, "0,67"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal(100), None, "100"),
        (-1250.5, None, "-1.250,5"),
    ],
)
def test_numbers_use_vietnamese_separators(value, places, written):
    assert formats.number(value, places) == written


def test_english_numbers_use_english_separators():
    with translation.override("en"):
        assert formats.number(Decimal("1250.5"), 2) == "1,250.50"


def test_a_share_is_written_as_a_percentage():
    assert formats.percent(Fraction(7, 8)) == "87,5%"


def test_lists_are_counted_up_to_the_cap_only():
    assert formats.total(10_000) == "10.000"
    assert formats.total(10_001) == "hơn 10.000"


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 B"), (1023, "1.023 B"), (1536, "1,5 KB"), (26_214_400, "25 MB"), (3 * 1024**4, "3 TB")],
)
def test_sizes_take_the_unit_a_person_would_choose(count, written):
    assert formats.size(count) == written


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "hôm nay"), (1, "ngày mai"), (-1, "hôm qua"), (3, "còn 3 ngày"), (-12, "12 ngày trước")],
)
def test_distance_from_today_is_said_in_words(days, said):
    today = dt.date(2025, 12, 18)

    assert formats.days_from(today + dt.timedelta(days), today) == said


def test_lateness_is_counted_from_the_day_due():
    due = dt.date(2025, 12, 6)

    assert formats.days_late(due, dt.date(2025, 12, 18)) == "trễ 12 ngày"
    assert formats.days_late(due, due) == ""


def test_initials_are_those_of_family_and_given_name():
    assert [formats.initials(name) for name in ("Nguyễn Thị Minh Châu", "đỗ Ân", "Hà", "")] == [
        "NC",
        "ĐÂ",
        "H",
        "",
    ]
