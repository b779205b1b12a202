from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.deadlines.deadline import Every, Recurring, Relation
from thidua.core.deadlines.recurrence import course, nearest
from thidua.core.deadlines.state import Standing, State, state_in_course

MONTHLY = Recurring(Every.MONTH, day=20)
YEAR = date(2026, 1, 1), date(2026, 12, 31)
MONTHS = [date(2026, month, 20) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("recurring", "start", "end", "days"),
    [
        (MONTHLY, "2026-01-21", "2026-04-19", ["2026-02-20", "2026-03-20"]),
        (MONTHLY, "2026-01-20", "2026-02-20", ["2026-01-20", "2026-02-20"]),
        (
            Recurring(Every.MONTH, day=31),
            "2027-01-01",
            "2027-04-30",
            ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"],
        ),
        (Recurring(Every.MONTH, day=30), "2028-02-01", "2028-02-29", ["2028-02-29"]),
        (
            Recurring(Every.QUARTER),
            "2026-01-20",
            "2026-12-31",
            ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"],
        ),
        (
            Recurring(Every.QUARTER, day=10, month=1),
            "2026-01-20",
            "2026-12-31",
            ["2026-04-10", "2026-07-10", "2026-10-10"],
        ),
        (Recurring(Every.HALF), "2026-01-20", "2026-12-31", ["2026-06-30", "2026-12-31"]),
        (
            Recurring(Every.WEEK, day=5),
            "2026-01-28",
            "2026-02-14",
            ["2026-01-30", "2026-02-06", "2026-02-13"],
        ),
        (Recurring(Every.WEEK), "2026-01-28", "2026-02-08", ["2026-02-01", "2026-02-08"]),
        (
            Recurring(Every.MONTH, day=1, relation=Relation.BEFORE),
            "2026-01-20",
            "2026-02-28",
            ["2026-01-31", "2026-02-28"],
        ),
    ],
)
def test_occurrences_run_from_the_beginning_to_the_end(recurring, start, end, days):
    found = course(recurring, date.fromisoformat(start), date.fromisoformat(end), on=date(2026, 1, 1))

    assert [day.isoformat() for day in found] == days


def test_what_has_no_end_is_told_for_a_year_ahead():
    found = course(MONTHLY, date(2026, 1, 1), None, on=date(2026, 3, 1))

    assert (found[0], found[-1], len(found)) == (date(2026, 1, 20), date(2027, 2, 20), 14)


def test_no_more_than_a_year_ahead_is_told_however_far_the_end():
    found = course(MONTHLY, date(2026, 1, 1), date(9999, 12, 31), on=date(2026, 3, 1))

    assert (len(found), course(MONTHLY, date(9999, 12, 25), None, on=date(9999, 12, 25))) == (14, [])


def test_what_is_too_short_for_any_has_the_first_after_its_start():
    yearly = Recurring(Every.YEAR, day=15, month=12)

    assert course(yearly, date(2026, 3, 1), date(2026, 6, 30), on=date(2026, 3, 1)) == [date(2026, 12, 15)]


@pytest.mark.parametrize(
    ("day", "found"), [(4, date(2026, 4, 20)), (5, date(2026, 4, 20)), (6, date(2026, 5, 20))]
)
def test_a_day_belongs_to_the_occurrence_it_fell_nearest_to(day, found):
    assert nearest([date(2026, 4, 20), date(2026, 5, 20)], date(2026, 5, day)) == found


def test_without_occurrences_none_is_near():
    assert nearest([], date(2026, 5, 20)) is None


def done(**days):
    """Return finishing days by month: ``m3=18`` is the occurrence of March, finished on its 18th."""
    return {date(2026, int(m[1:]), 20): date(2026, int(m[1:]), day) for m, day in days.items()}


@pytest.mark.parametrize(
    ("on", "finished", "expected"),
    [
        ("2026-01-02", {}, State(Standing.OPEN, MONTHS[0], 18)),
        ("2026-01-20", {}, State(Standing.DUE_SOON, MONTHS[0], 0)),
        ("2026-01-21", {}, State(Standing.LATE, MONTHS[0], 1)),
        ("2026-03-21", {}, State(Standing.LATE, MONTHS[0], 60, missed=2)),
        ("2026-03-21", done(m1=20, m3=20), State(Standing.LATE, MONTHS[1], 29)),
        ("2026-01-21", done(m1=18), State(Standing.DONE, MONTHS[0], 2, next_day=MONTHS[1])),
        ("2026-01-25", done(m1=24), State(Standing.DONE_LATE, MONTHS[0], 4, next_day=MONTHS[1])),
        ("2026-01-23", done(m1=24), State(Standing.LATE, MONTHS[0], 3)),
        ("2026-02-12", done(m1=18), State(Standing.DONE, MONTHS[0], 2, next_day=MONTHS[1])),
        ("2026-02-13", done(m1=18), State(Standing.DUE_SOON, MONTHS[1], 7)),
        ("2026-02-13", done(m1=18, m2=13), State(Standing.DONE, MONTHS[1], 7, next_day=MONTHS[2])),
    ],
)
def test_a_recurring_deadline_stands_as_its_earliest_unfinished_occurrence(on, finished, expected):
    assert state_in_course(MONTHS, finished, on=date.fromisoformat(on)) == expected


def test_with_the_last_occurrence_finished_nothing_comes_next():
    finished = {day: day for day in MONTHS}

    assert state_in_course(MONTHS, finished, on=date(2027, 1, 5)) == State(Standing.DONE, MONTHS[-1], 0)


def test_who_came_later_owes_no_occurrence_of_before():
    assert state_in_course(MONTHS, {}, on=date(2026, 4, 1), since=date(2026, 3, 20)) == State(
        Standing.LATE, MONTHS[2], 12
    )
    assert state_in_course(MONTHS, {}, on=date(2027, 1, 9), since=date(2027, 1, 5)) == State(
        Standing.OPEN, MONTHS[-1], was_over=True
    )
    assert state_in_course([], {}, on=date(2026, 4, 1)) is None


@given(st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.sets(st.sampled_from(MONTHS)))
def test_nothing_missed_is_ever_forgotten(on, finished):
    found = state_in_course(MONTHS, {day: day for day in finished}, on=on)
    known = {day for day in finished if day <= on}

    over = [day for day in MONTHS if day < on and day not in known]

    assert (found.standing == Standing.LATE) == bool(over)
    assert found.missed == max(len(over) - 1, 0)
    assert not over or found.last_day == over[0]
