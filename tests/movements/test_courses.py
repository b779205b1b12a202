"""A recurring deadline of a movement: each occurrence has its day, and is finished for itself."""

from datetime import date, datetime, time

import pytest

from thidua.core.deadlines.deadline import Every, Recurring, Relation
from thidua.core.deadlines.state import Standing
from thidua.movements.models import Deadline, Movement
from thidua.movements.terms import course_of, current_and_next, recurs, state_of, state_of_unit, term_of
from thidua.records.days import HERE

ISO = date.fromisoformat


def row(words="ngày 20 hằng tháng", relation="monthly", movement=None, **fields):
    movement = movement or Movement(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    return Deadline(what="Báo cáo nhanh", relation=relation, recurring=words, movement=movement, **fields)


@pytest.mark.parametrize(
    ("words", "relation", "rhythm"),
    [
        ("ngày 20 hằng tháng", "monthly", Recurring(Every.MONTH, 20)),
        ("20 hằng tháng", "monthly", Recurring(Every.MONTH, 20)),
        ("trước ngày 20 hằng tháng", "monthly", Recurring(Every.MONTH, 20, relation=Relation.BEFORE)),
        ("ngày 20 hằng tháng", "before", Recurring(Every.MONTH, 20, relation=Relation.BEFORE)),
        ("hằng tháng, trước ngày 20", "monthly", Recurring(Every.MONTH, 20, relation=Relation.BEFORE)),
        ("trước thứ Sáu hằng tuần", "weekly", Recurring(Every.WEEK, 5, relation=Relation.BEFORE)),
        ("hằng quý", "quarterly", Recurring(Every.QUARTER)),
        ("ngày 25 của tháng cuối quý", "quarterly", Recurring(Every.QUARTER, 25)),
        ("ngày 05 của tháng đầu quý", "quarterly", Recurring(Every.QUARTER, 5, 1)),
        (
            "hằng quý, trước ngày 10 quý sau",
            "quarterly",
            Recurring(Every.QUARTER, 10, 1, relation=Relation.BEFORE),
        ),
        ("06 tháng một lần", "by", Recurring(Every.HALF)),
        ("định kỳ 6 tháng", "by", Recurring(Every.HALF)),
        ("định kỳ 06 tháng (chậm nhất ngày 30/6 và 31/12)", "by", Recurring(Every.HALF, 31)),
        (
            "định kỳ 06 tháng (trước ngày 30/6 và ngày 31/12)",
            "by",
            Recurring(Every.HALF, 31, relation=Relation.BEFORE),
        ),
        ("định kỳ 06 tháng (ngày 15/6 và 15/12)", "by", Recurring(Every.HALF, 15)),
        ("chiều thứ Sáu hằng tuần", "weekly", Recurring(Every.WEEK, 5)),
        ("thứ 6 hằng tuần", "weekly", Recurring(Every.WEEK, 5)),
        ("15/12 hằng năm", "yearly", Recurring(Every.YEAR, 15, 12)),
        ("ngày 15 tháng 12 hằng năm", "yearly", Recurring(Every.YEAR, 15, 12)),
    ],
)
def test_rhythms_are_read_from_their_words(words, relation, rhythm):
    assert term_of(row(words, relation)) == rhythm


def test_a_half_year_with_both_its_ends_told_ends_on_each():
    days = course_of(row("định kỳ 06 tháng (chậm nhất ngày 30/6 và 31/12)", "by"), on=date(2026, 11, 22))

    assert days == [date(2027, 6, 30), date(2027, 12, 31)]


def test_occurrences_keep_within_the_movement():
    days = course_of(row(), on=date(2026, 11, 22))

    assert (days[0], days[-1], len(days)) == (date(2027, 1, 20), date(2027, 12, 20), 12)


def launched(on, **fields):
    return Movement(launched_at=datetime.combine(ISO(on), time(9), HERE), **fields)


@pytest.mark.parametrize(
    ("movement", "runs_from", "first", "last"),
    [
        (launched("2026-03-05"), None, "2026-03-20", "2027-05-20"),
        (launched("2026-03-05", starts_on=date(2026, 1, 1)), None, "2026-03-20", "2027-05-20"),
        (launched("2025-12-05", starts_on=date(2026, 1, 1)), None, "2026-01-20", "2027-05-20"),
        (launched("2026-03-05", ends_on=date(2026, 12, 31)), None, "2026-03-20", "2026-12-20"),
        (
            launched("2026-03-05", ends_on=date(2026, 12, 31), closed_on=date(2026, 9, 1)),
            None,
            "2026-03-20",
            "2026-08-20",
        ),
        (launched("2026-03-05", ends_on=date(2026, 12, 31)), date(2026, 7, 1), "2026-07-20", "2026-12-20"),
    ],
)
def test_occurrences_run_from_period_launch_or_revision_to_the_end(movement, runs_from, first, last):
    days = course_of(row(movement=movement, runs_from=runs_from), on=date(2026, 5, 20))

    assert [days[0], days[-1]] == [ISO(first), ISO(last)]


def test_a_plain_deadline_has_no_occurrences():
    plain = row("", "by", due="2027-03-01")

    assert (recurs(plain), course_of(plain, on=date(2027, 1, 1))) == (False, [])


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("2026-11-22", ("2027-01-20", "2027-02-20")),
        ("2027-01-20", ("2027-01-20", "2027-02-20")),
        ("2027-02-19", ("2027-01-20", "2027-02-20")),
        ("2027-12-25", ("2027-12-20", None)),
    ],
)
def test_the_current_occurrence_is_the_one_due_last(on, shown):
    assert current_and_next(row(), on=ISO(on)) == tuple(day and ISO(day) for day in shown)


def test_one_finished_month_does_not_close_the_next():
    done = {date(2027, 1, 20): date(2027, 1, 18)}

    january, march = (state_of_unit(row(), on=ISO(on), done=done) for on in ("2027-01-21", "2027-03-21"))

    assert (january.standing, january.last_day, january.next_day) == (
        Standing.DONE,
        date(2027, 1, 20),
        date(2027, 2, 20),
    )
    assert (march.standing, march.last_day, march.missed) == (Standing.LATE, date(2027, 2, 20), 1)


def test_an_occurrence_stands_like_a_deadline_of_its_own():
    given = {"on": date(2027, 3, 1), "occurrence": date(2027, 2, 20)}

    open_, done = (state_of(row(), finished_on=day, **given) for day in (None, date(2027, 2, 10)))

    assert (open_.standing, open_.days, done.standing, done.days) == (Standing.LATE, 9, Standing.DONE, 10)
