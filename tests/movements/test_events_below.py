"""The day of an event set above reaches the same event of the plans that answer it."""

from datetime import date

import pytest

from factories import make_unit
from movements.plans import launch, make_movement
from thidua.movements.models import Event
from thidua.movements.services.event_days import set_event_day

pytestmark = pytest.mark.django_db
TERM = {"what": "Gửi báo cáo", "relation": "after", "due_event": "Hội nghị sơ kết", "offset": "10 ngày"}
ITEMS = [("themes", {"text": "Chủ đề"}), ("deadlines", TERM)]
SET, MOVED, OWN = date(2027, 7, 20), date(2027, 7, 25), date(2027, 7, 1)


def below(parent, unit, by):
    child = make_movement(unit, items=ITEMS, by=by, answers=parent)
    child.plan.issued_at = parent.launched_at
    child.plan.save()
    return launch(child, [make_unit("Phòng Hành chính", unit)], by=by)


@pytest.fixture
def parent(ministry, departments, officer):
    return launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)


def set_day(movement, on, by):
    event = Event.objects.get(movement=movement)
    return set_event_day(event.pk, on, version=event.version, by=by)


def day_of(movement):
    return Event.objects.get(movement=movement).on, movement.deadlines.get().last_on


def test_the_day_set_above_is_the_day_below_and_moves_with_it(parent, departments, officer):
    child = below(parent, departments[0], officer)

    set_day(parent, SET, officer)
    first = day_of(child)
    set_day(parent, MOVED, officer)

    assert first == (SET, date(2027, 7, 30))
    assert day_of(child) == (MOVED, date(2027, 8, 4))


def test_a_day_of_the_units_own_stays(parent, departments, officer):
    child = below(parent, departments[0], officer)
    set_day(child, OWN, officer)

    set_day(parent, SET, officer)

    assert day_of(child)[0] == OWN


def test_a_plan_launched_afterwards_has_the_day_at_once(parent, departments, officer):
    set_day(parent, SET, officer)

    child = below(parent, departments[0], officer)

    assert day_of(child) == (SET, date(2027, 7, 30))


def test_taking_the_day_away_above_takes_it_away_below(parent, departments, officer):
    child = below(parent, departments[0], officer)
    set_day(parent, SET, officer)

    set_day(parent, None, officer)

    assert day_of(child) == (None, None)
