"""The last permitted day of each kind of deadline."""

from datetime import date, datetime, time

import pytest

from thidua.core.deadlines.calendar import WorkCalendar
from thidua.core.deadlines.deadline import (
    HO_CHI_MINH,
    Awaited,
    Dated,
    Every,
    Recurring,
    Relation,
    Relative,
    last_day,
    last_moment,
    waits_for,
)
from thidua.core.deadlines.periods import Span, Unit, end_of_period, latest_before
from thidua.core.deadlines.recurrence import occurrences
from thidua.core.text.partial import Partial

USUAL = WorkCalendar()
FRIDAYS = """
2025-01-03 2025-01-10 2025-01-17 2025-01-24 2025-01-31 2025-02-07 2025-02-14 2025-02-21 2025-02-28
2025-03-07 2025-03-14 2025-03-21 2025-03-28
"""


@pytest.mark.parametrize(
    ("due", "relation", "expected"),
    [
        ("2020-06-30", Relation.BEFORE, "2020-06-29"),
        ("2020-06-30", Relation.BY, "2020-06-30"),
        ("2020-06-30", Relation.UNTIL, "2020-06-30"),
        ("2020-06-30", Relation.ON, "2020-06-30"),
        ("2020-06-30", Relation.WITH, "2020-06-30"),
        ("2021-08", Relation.UNTIL, "2021-08-31"),
        ("2021-08", Relation.BEFORE, "2021-07-31"),
        ("2020-Q3", Relation.ON, "2020-09-30"),
        ("2023-H1", Relation.BY, "2023-06-30"),
        ("2023", Relation.UNTIL, "2023-12-31"),
        ("2024-02", Relation.ON, "2024-02-29"),
        ("2023", Relation.AT_START, "2023-01-31"),
        ("2023-H2", Relation.AT_START, "2023-07-31"),
        ("2023-Q4", Relation.AT_START, "2023-10-31"),
        ("2023-05", Relation.AT_START, "2023-05-10"),
    ],
)
def test_the_last_day_follows_the_words_and_the_precision(due, relation, expected):
    assert last_day(Dated(Partial.parse(due), relation)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "deadline",
    [
        Dated(Partial.parse("2025-02-31")),
        Dated(Partial.parse("--03-31")),
        Dated(Partial.parse("2025-01-15"), Relation.FROM),
        Dated(Partial.parse("2025-01-15"), Relation.AFTER),
        Relative("launch", Relation.AFTER),
        Relative("launch", Relation.FROM),
        Recurring(Every.MONTH, day=20),
    ],
)
def test_where_no_day_is_the_last_none_is_given(deadline):
    assert last_day(deadline, {"launch": date(2025, 3, 3)}) is None


def test_a_day_the_document_names_stays_though_it_is_a_sunday():
    assert last_day(Dated(Partial.parse("2025-11-30"), Relation.BY)) == date(2025, 11, 30)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        # the day of the event is not counted
        (Relative("end", Relation.AFTER, Span(5)), date(2025, 6, 10)),
        # the tenth day is Sunday 15 June, so the period ends on Monday
        (Relative("end", Relation.AFTER, Span(10)), date(2025, 6, 16)),
        (Relative("end", Relation.AFTER, Span(10, Unit.WORKING_DAY)), date(2025, 6, 19)),
        (Relative("end", Relation.BEFORE, Span(30, Unit.WORKING_DAY)), date(2025, 4, 22)),
        # 31 May is a Saturday: one who must be early is early
        (Relative("end", Relation.BEFORE, Span(5)), date(2025, 5, 30)),
        (Relative("end", Relation.BEFORE), date(2025, 6, 4)),
        (Relative("end", Relation.WITH), date(2025, 6, 5)),
        (Relative("end", Relation.UNTIL), date(2025, 6, 5)),
        (Relative("end", Relation.AFTER, Span(2, Unit.WEEK)), date(2025, 6, 19)),
        (Relative("end", Relation.AFTER, Span(1, Unit.MONTH)), date(2025, 7, 7)),
        (Relative("end", Relation.AFTER, Span(1, Unit.YEAR)), date(2026, 6, 5)),
    ],
)
def test_a_relative_deadline_counts_from_its_event(deadline, expected):
    assert last_day(deadline, {"end": date(2025, 6, 5)}) == expected


def test_a_relative_deadline_moves_with_its_event():
    deadline = Relative("end", Relation.AFTER, Span(5))

    assert [
        last_day(deadline, events) for events in ({}, {"end": date(2025, 6, 5)}, {"end": date(2025, 7, 2)})
    ] == [
        None,
        date(2025, 6, 10),
        date(2025, 7, 7),
    ]


def test_a_month_that_lacks_the_day_ends_the_period_with_its_last():
    assert end_of_period(date(2023, 12, 31), Span(2, Unit.MONTH), USUAL) == date(2024, 2, 29)


def test_a_period_that_ends_in_tet_runs_to_the_first_working_day():
    assert end_of_period(date(2026, 2, 6), Span(10), USUAL) == date(2026, 2, 23)


def test_days_before_an_event_end_on_the_eve_of_a_holiday():
    # Five days before 5 May 2025 is 30 April.
    assert latest_before(date(2025, 5, 5), Span(5), USUAL) == date(2025, 4, 29)


def test_what_waits_for_a_document_from_outside_has_no_day_until_it_comes():
    deadline = Awaited("hướng dẫn của Bộ", Span(15))

    assert (last_day(deadline), waits_for(deadline)) == (None, "hướng dẫn của Bộ")
    assert last_day(deadline, {"hướng dẫn của Bộ": date(2025, 10, 1)}) == date(2025, 10, 16)
    assert waits_for(deadline, {"hướng dẫn của Bộ": date(2025, 10, 1)}) is None


def test_a_dated_deadline_waits_for_nothing():
    assert waits_for(Dated(Partial.parse("2025-01-01"))) is None


def test_the_day_ends_at_midnight_in_viet_nam_or_at_the_hour_named():
    whole = Dated(Partial.parse("2024-06-10"), Relation.BY)
    hour = Dated(Partial.parse("2024-06-10"), Relation.BY, time(17))

    assert last_moment(whole) == datetime(2024, 6, 11, tzinfo=HO_CHI_MINH)
    assert last_moment(hour) == datetime(2024, 6, 10, 17, tzinfo=HO_CHI_MINH)
    assert last_moment(hour).isoformat() == "2024-06-10T17:00:00+07:00"
    assert last_moment(Relative("launch")) is None


@pytest.mark.parametrize(
    ("recurring", "expected"),
    [
        (Recurring(Every.MONTH, day=20), ["2025-01-20", "2025-02-20", "2025-03-20"]),
        (Recurring(Every.MONTH, day=31), ["2025-01-31", "2025-02-28", "2025-03-31"]),
        (Recurring(Every.MONTH), ["2025-01-31", "2025-02-28", "2025-03-31"]),
        (
            Recurring(Every.MONTH, day=20, relation=Relation.BEFORE),
            ["2025-01-19", "2025-02-19", "2025-03-19"],
        ),
        (Recurring(Every.MONTH, day=1, relation=Relation.BEFORE), ["2025-01-31", "2025-02-28", "2025-03-31"]),
        (Recurring(Every.QUARTER), ["2025-03-31"]),
        (Recurring(Every.QUARTER, day=15, month=1), ["2025-01-15"]),
        (Recurring(Every.HALF), []),
        (Recurring(Every.YEAR, day=29, month=2), ["2025-02-28"]),
        (Recurring(Every.WEEK, day=5, relation=Relation.ON), FRIDAYS.split()),
    ],
)
def test_the_rounds_of_a_quarter_are_found(recurring, expected):
    found = occurrences(recurring, date(2025, 1, 1), date(2025, 3, 31))

    assert [day.isoformat() for day in found] == expected
