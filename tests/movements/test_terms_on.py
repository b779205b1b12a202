from datetime import date, datetime

import pytest
import time_machine
from django.db.models import Q

from movements.plans import launch, make_movement
from thidua.movements.selectors.board import board
from thidua.movements.selectors.terms import terms_on
from thidua.movements.services import revising, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
BEFORE, SET, CLEARED = date(2026, 3, 10), date(2026, 3, 20), date(2026, 4, 20)
PLANNED, LATER = date(2026, 3, 14), date(2026, 4, 30)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    with at(date(2026, 3, 1)):
        movement = launch(make_movement(ministry, by=officer), departments, by=officer)
    with at(SET):
        schedule.set_step_term(movement, "own_plan", LATER, by=officer)
        schedule.set_step_term(movement, "launched", LATER, by=officer)
    with at(CLEARED):
        schedule.set_step_term(movement, "own_plan", None, by=officer)
    with at(date(2026, 5, 5)):
        yield movement


@pytest.mark.parametrize(
    ("on", "terms"),
    [
        (BEFORE, {"own_plan": PLANNED}),
        (date(2026, 3, 19), {"own_plan": PLANNED}),
        (SET, {"own_plan": LATER, "launched": LATER}),
        (date(2026, 4, 19), {"own_plan": LATER, "launched": LATER}),
        (CLEARED, {"launched": LATER}),
        (date(2026, 5, 5), {"launched": LATER}),
    ],
)
def test_terms_are_those_of_the_day_asked(movement, on, terms):
    assert terms_on(movement, on).last_on == terms


def test_a_board_of_a_past_day_counts_lateness_by_that_days_term(movement):
    shown = board(movement, Q(), on=date(2026, 3, 16))

    assert shown.terms == {"own_plan": PLANNED}
    assert [row.days_late for row in shown.rows] == [2, 2, 2]


def test_before_a_revision_its_terms_did_not_hold(ministry, departments, officer):
    with at(date(2026, 3, 1)):
        movement = launch(make_movement(ministry, by=officer), departments, by=officer)
        item = movement.plan.items.get(field="deadlines", value__what="Ban hành kế hoạch phát động")
    with at(date(2026, 3, 12)):
        draft = revising.begin_revision(
            movement.plan, by=officer, decision="1/QĐ", effective_on=date(2026, 3, 12)
        )
        draft = revising.change_item(draft, item.pk, item.value | {"due": "11/4/2026"}, by=officer)
        revising.issue_revision(draft, by=officer)
    with at(date(2026, 3, 15)):
        found = [
            terms_on(movement, day).last_on
            for day in (date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 15))
        ]

    assert found == [{"own_plan": PLANNED}, *[{"own_plan": date(2026, 4, 10)}] * 2]


def test_a_steps_term_follows_the_event_its_deadline_hangs_on(ministry, departments, officer):
    with at(date(2026, 3, 1)):
        movement = launch(make_movement(ministry, by=officer), departments, by=officer)
        event = movement.events.get()
        days = []
        for day in (date(2026, 6, 30), date(2026, 7, 15), None):
            event = set_event_day(event.pk, day, version=None, by=officer)
            days.append(movement.step_terms.filter(state="interim").values_list("last_on", flat=True).first())

    assert days == [date(2026, 7, 10), date(2026, 7, 27), None]


def test_a_term_taken_away_by_hand_stays_away_when_an_event_gets_its_day(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    schedule.set_step_term(movement, "own_plan", None, by=officer)
    event = movement.events.get()

    set_event_day(event.pk, date(2026, 6, 30), version=event.version, by=officer)

    terms = list(movement.step_terms.values_list("state", "last_on"))
    assert terms == [("interim", date(2026, 7, 10))]


def test_a_board_of_a_past_day_has_the_day_its_event_had_then(ministry, departments, officer):
    given = {
        date(2026, 3, 5): date(2026, 6, 30),
        date(2026, 3, 12): date(2026, 7, 15),
        date(2026, 3, 19): None,
    }
    with at(date(2026, 3, 1)):
        movement = launch(make_movement(ministry, by=officer), departments, by=officer)
    event = movement.events.get()
    for day, on in given.items():
        with at(day):
            set_event_day(event.pk, on, version=None, by=officer)

    with at(date(2026, 4, 1)):
        days = [terms_on(movement, date(2026, 3, n)).last_on.get("interim") for n in (4, 5, 11, 12, 18, 19)]

    first, second = date(2026, 7, 10), date(2026, 7, 27)
    assert days == [None, first, first, second, second, None]


@pytest.mark.parametrize(("issued_on", "begins_on"), [(None, date(2026, 3, 1)), (BEFORE, date(2026, 3, 1))])
def test_no_term_lies_before_the_movement_begins(movement, officer, issued_on, begins_on):
    movement.plan.issued_on = issued_on
    movement.plan.save()

    with pytest.raises(schedule.TermBeforeBeginningError) as refused:
        schedule.set_step_term(movement, "launched", date(2026, 2, 28), by=officer)

    assert refused.value.begins_on == begins_on
    assert terms_on(movement, date(2026, 5, 5)).last_on == {"launched": LATER}


def test_a_term_may_lie_on_the_day_of_the_plans_issue(movement, officer):
    issued_on = movement.plan.issued_on = date(2026, 2, 20)
    movement.plan.save()

    schedule.set_step_term(movement, "launched", issued_on, by=officer)

    assert terms_on(movement, date(2026, 5, 5)).last_on == {"launched": issued_on}
