"""Where a deadline stands, and what does not fit between dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.deadlines.checks import (
    AnniversaryProblem,
    OrderProblem,
    Stage,
    Step,
    anniversary_problem,
    order_problems,
)
from thidua.core.deadlines.deadline import Awaited, Dated, Relation, Relative
from thidua.core.deadlines.periods import Span
from thidua.core.deadlines.state import Standing, State, state
from thidua.core.text.partial import Partial

DUE = date(2025, 6, 30)
BY_30_JUNE = Dated(Partial.parse("2025-06-30"), Relation.BY)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 1), State(Standing.OPEN, DUE, 29)),
        (date(2025, 6, 22), State(Standing.OPEN, DUE, 8)),
        (date(2025, 6, 23), State(Standing.DUE_SOON, DUE, 7)),
        (date(2025, 6, 30), State(Standing.DUE_SOON, DUE, 0)),
        (date(2025, 7, 1), State(Standing.LATE, DUE, 1)),
        (date(2025, 7, 30), State(Standing.LATE, DUE, 30)),
    ],
)
def test_the_last_day_is_in_time_and_the_next_is_late(on, expected):
    assert state(BY_30_JUNE, on=on) == expected


def test_before_a_day_is_late_on_that_day():
    before = Dated(Partial.parse("2025-06-30"), Relation.BEFORE)

    assert state(before, on=DUE) == State(Standing.LATE, date(2025, 6, 29), 1)


@pytest.mark.parametrize(
    ("finished_on", "expected"),
    [
        (date(2025, 6, 10), State(Standing.DONE, DUE, 20)),
        (date(2025, 6, 30), State(Standing.DONE, DUE, 0)),
        (date(2025, 7, 4), State(Standing.DONE_LATE, DUE, 4)),
    ],
)
def test_what_is_done_is_early_in_time_or_late(finished_on, expected):
    assert state(BY_30_JUNE, on=date(2025, 12, 1), finished_on=finished_on) == expected


def test_a_board_of_an_earlier_day_does_not_know_the_finishing_yet():
    assert state(BY_30_JUNE, on=date(2025, 6, 1), finished_on=date(2025, 6, 10)).standing == Standing.OPEN


@pytest.mark.parametrize(
    ("bound_since", "finished_on", "expected"),
    [
        (DUE, None, State(Standing.LATE, DUE, 31)),
        (date(2025, 7, 1), None, State(Standing.OPEN, DUE, was_over=True)),
        (date(2025, 7, 1), date(2025, 7, 9), State(Standing.DONE, DUE, was_over=True)),
        (date(2025, 7, 8), date(2025, 7, 4), State(Standing.DONE_LATE, DUE, 4)),
        (date(2025, 7, 8), date(2025, 6, 29), State(Standing.DONE, DUE, 1)),
    ],
)
def test_nobody_is_late_with_what_was_over_before_it_took_it_over(bound_since, finished_on, expected):
    found = state(BY_30_JUNE, on=date(2025, 7, 31), finished_on=finished_on, bound_since=bound_since)

    assert found == expected


def test_a_deadline_waits_until_its_event_has_a_day():
    deadline = Relative("kết thúc đợt 1", Relation.AFTER, Span(5))

    waiting = state(deadline, on=date(2025, 6, 1))
    known = state(deadline, on=date(2025, 6, 1), events={"kết thúc đợt 1": date(2025, 6, 5)})

    assert waiting == State(Standing.WAITING, None, waits_for="kết thúc đợt 1")
    assert known == State(Standing.OPEN, date(2025, 6, 10), 9)


def test_a_document_that_came_without_a_span_opens_the_duty_without_a_last_day():
    deadline = Awaited("hướng dẫn của Bộ")

    assert state(deadline, on=DUE).standing == Standing.WAITING
    assert state(deadline, on=DUE, events={"hướng dẫn của Bộ": DUE}) == State(Standing.OPEN, None)


def test_what_was_done_while_waiting_is_done():
    assert state(Awaited("hướng dẫn"), on=DUE, finished_on=DUE) == State(Standing.DONE, None)


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(-400, 400))
def test_days_left_and_days_late_mirror_each_other(due, distance):
    deadline = Dated(Partial(due.year, due.month, due.day))

    found = state(deadline, on=due + timedelta(days=distance))

    assert found.days == abs(distance)
    assert (found.standing == Standing.LATE) == (distance > 0)


def test_a_review_after_the_dossier_deadline_is_a_problem():
    review = Step("sơ kết cụm", Stage.CLUSTER_REVIEW, date(2020, 12, 5))
    dossier = Step("hồ sơ", Stage.DOSSIER, date(2020, 11, 30))

    assert order_problems([dossier, review]) == [OrderProblem(review, dossier)]


def test_the_review_on_25_november_before_the_dossier_on_the_30th_is_in_order():
    steps = [
        Step("tổng kết cụm", Stage.CLUSTER_REVIEW, date(2020, 11, 25)),
        Step("hồ sơ", Stage.DOSSIER, date(2020, 11, 30)),
    ]

    assert order_problems(steps) == []


def test_steps_of_different_rounds_are_not_compared():
    steps = [
        Step("tổng kết 2019", Stage.CLUSTER_REVIEW, date(2020, 3, 1), round="2020"),
        Step("hồ sơ 2019", Stage.DOSSIER, date(2019, 11, 30), round="2019"),
    ]

    assert order_problems(steps) == []


def test_an_anniversary_that_adds_up_is_no_problem():
    assert anniversary_problem(Partial(1945, 8, 28), Partial(2020, 8, 28), 75) is None


@pytest.mark.parametrize(
    ("start", "on", "years", "problem"),
    [
        ("1945-08-28", "2020-08-28", 74, AnniversaryProblem(74, 75, same_day=True)),
        ("1945-08-28", "2020-09-28", 75, AnniversaryProblem(75, 75, same_day=False)),
        ("1930-02-03", "2025", 90, AnniversaryProblem(90, 95, same_day=True)),
    ],
)
def test_an_anniversary_that_does_not_add_up_says_how(start, on, years, problem):
    assert anniversary_problem(Partial.parse(start), Partial.parse(on), years) == problem


def test_an_anniversary_without_a_year_cannot_be_checked():
    assert anniversary_problem(Partial.parse("--08-28"), Partial(2020), 75) is None
