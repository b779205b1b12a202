"""Until the day a revision applies, everything shows what is in force, and says beside it what comes."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Q

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.movements.models import Completion, Deadline
from thidua.movements.papers import paper_of
from thidua.movements.selectors.board import board
from thidua.movements.selectors.deadlines import bound_units, rows_on, terms_of_unit
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.watched import watched
from thidua.movements.services import revising, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.movements.services.launching import admit
from thidua.movements.tasks import turn_day
from thidua.movements.views.calendars import calendar_of
from thidua.organisations.models import UnitRole
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
LAUNCHED, ISSUED, EVE, FIRST = (date(2026, 11, 1), date(2026, 11, 22), date(2026, 12, 4), date(2026, 12, 5))
OLD, NEW = date(2026, 11, 30), date(2027, 3, 15)
ITEMS = (
    ("themes", {"text": "Chủ đề"}),
    ("deadlines", {"what": "Ban hành kế hoạch", "relation": "by", "due": "2026-11-30"}),
)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


def revised(movement, officer, change):
    draft = revising.begin_revision(movement.plan, by=officer, decision="QĐ 5", effective_on=FIRST)
    item = movement.plan.items.get(field="deadlines", until=None)
    draft = change(draft, item)
    return revising.issue_revision(draft, by=officer)


@pytest.fixture
def movement(ministry, departments, officer):
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), departments[:2], by=officer)
    with at(ISSUED):
        revised(
            movement,
            officer,
            lambda draft, item: revising.change_item(
                draft, item.pk, item.value | {"due": "15/3/2027"}, by=officer
            ),
        )
    return movement


def days_shown(movement, unit, organiser, on):
    """Return the last day on the deadline board, the unit's page, the calendar, the cascade board and in the paper."""
    with at(on):
        turn_day(on)
        (progress,) = progress_of(movement, Q(), on=on)
        (term,) = terms_of_unit(unit.pk, type(movement).objects.filter(pk=movement.pk), on=on)
        calendar = {entry.decoded("dtstart") for entry in calendar_of([unit], on).walk("VEVENT")}
        paper = repr(paper_of(movement.plan, on=on))
        printed = [day for day in (OLD, NEW) if f"{day.day}/{day.month}/{day.year}" in paper]
        return [
            progress.last_day,
            term.last_day,
            *calendar,
            *board(movement, Q(), on=on).terms.values(),
            *printed,
        ]


@pytest.mark.parametrize(("on", "day"), [(ISSUED, OLD), (EVE, OLD), (FIRST, NEW)])
def test_every_page_shows_the_day_in_force(movement, departments, ministry, on, day):
    assert days_shown(movement, departments[0], ministry, on) == [day] * 5


@pytest.mark.parametrize(("on", "late"), [(EVE, 2), (FIRST, 0)])
def test_units_are_late_by_the_term_in_force(movement, ministry, on, late):
    with at(on):
        turn_day(on)
        (row,) = watched([ministry.pk], on=on)

    assert (row.late, len(board(movement, Q(), on=on).late_rows)) == (late, late)


@pytest.mark.parametrize("name", ["deadlines", "deadline", "board"])
def test_a_day_before_the_revision_was_issued_knows_of_nothing_to_come(movement, officer, name):
    row = [movement.deadlines.first().pk] if name == "deadline" else []
    days = (ISSUED - timedelta(days=1), ISSUED)

    with at(EVE):
        pages = [opened(officer, name, movement.pk, *row, as_of=day.isoformat()) for day in days]

    assert ["từ 5/12/2026: 15/3/2027" in text_of(page) for page in pages] == [False, True]


def test_the_pages_say_beside_it_what_comes(movement, departments, officer):
    chief = make_user(departments[0], UnitRole.Role.HEAD)
    coming = "từ 5/12/2026: 15/3/2027"
    with at(ISSUED):
        pages = [
            opened(officer, "deadlines", movement.pk),
            opened(officer, "deadline", movement.pk, movement.deadlines.first().pk),
            opened(officer, "board", movement.pk),
            opened(chief, "part", movement.pk, departments[0].pk),
        ]
    with at(FIRST):
        turn_day(FIRST)
        after = text_of(opened(officer, "deadlines", movement.pk))

    assert [coming in text_of(page) for page in pages] == [True] * 4
    assert coming not in after


def test_a_deadline_that_will_fall_away_says_so(ministry, departments, officer):
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)
    with at(ISSUED):
        revised(movement, officer, lambda draft, item: revising.drop_item(draft, item.pk, by=officer))
        page = text_of(opened(officer, "deadlines", movement.pk))

    assert "từ 5/12/2026: thôi áp dụng" in page
    assert (len(rows_on(movement, FIRST)), len(progress_of(movement, Q(), on=FIRST))) == (0, 0)


def test_what_is_finished_or_reopened_meanwhile_is_so_after_the_change(movement, departments, officer):
    old = Deadline.objects.get(movement=movement, last_on=OLD)
    with at(EVE):
        for unit in departments[:2]:
            schedule.complete(unit, finished_on=EVE, today=EVE, by=officer, deadline=old)
        schedule.reopen(departments[1], by=officer, deadline=old)

    heir = Deadline.objects.get(movement=movement, last_on=NEW)
    assert list(Completion.objects.filter(deadline=heir).values_list("unit", flat=True)) == [
        departments[0].pk
    ]


def test_a_unit_let_in_meanwhile_is_bound_before_and_after(ministry, departments, officer):
    items = (ITEMS[0], ("deadlines", ITEMS[1][1] | {"who": "Các Sở Tư pháp"}))
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=items, by=officer), departments[:1], by=officer)
    with at(ISSUED):
        revised(
            movement,
            officer,
            lambda draft, item: revising.change_item(
                draft, item.pk, item.value | {"due": "15/3/2027"}, by=officer
            ),
        )
        admit(movement, [departments[1].pk], by=officer)

    bound = [
        [unit for row in rows_on(movement, on) for unit, _term in bound_units(row, Q(), on=on).living]
        for on in (EVE, FIRST)
    ]
    assert bound == [departments[:2]] * 2


def test_an_event_moves_the_term_in_force_and_the_coming_one(ministry, departments, officer):
    hanging = {"what": "Nộp báo cáo", "relation": "after", "due_event": "Kết thúc đợt 1", "offset": "10 ngày"}
    with at(LAUNCHED):
        movement = launch(
            make_movement(ministry, items=(ITEMS[0], ("deadlines", hanging)), by=officer),
            departments,
            by=officer,
        )
    with at(ISSUED):
        revised(
            movement,
            officer,
            lambda draft, item: revising.change_item(
                draft, item.pk, item.value | {"offset": "20 ngày"}, by=officer
            ),
        )
        set_event_day(movement.events.get().pk, date(2027, 3, 1), version=None, by=officer)

    assert [rows_on(movement, on)[0].last_on for on in (ISSUED, FIRST)] == [
        date(2027, 3, 11),
        date(2027, 3, 22),  # the 21st is a Sunday
    ]
