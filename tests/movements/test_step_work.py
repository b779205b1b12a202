"""«Xây dựng kế hoạch và phát động» is one deadline and one duty of two steps, finished together."""

from datetime import date, datetime

import pytest
import time_machine

from factories import make_user
from movements.plans import launch, make_movement
from thidua.movements.models import Completion, Participation
from thidua.movements.selectors.terms import terms_on
from thidua.movements.services.finishing import finish
from thidua.movements.services.launching import advance
from thidua.movements.services.schedule import complete
from thidua.organisations.models import UnitRole
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
State = Participation.State
LAUNCHED, DONE = date(2026, 11, 2), date(2026, 11, 9)
WORK = "xây dựng kế hoạch và phát động phong trào thi đua tại đơn vị mình, gửi về Bộ Tư pháp"
ITEMS = (
    ("themes", {"text": "Chủ đề"}),
    ("deadlines", {"what": f"Các đơn vị {WORK}", "who": "Các đơn vị", "relation": "by", "due": "2026-11-17"}),
    ("responsibilities", {"body": "Các đơn vị", "duties": [f"{WORK} chậm nhất 15 ngày", "Tuyên truyền"]}),
)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def part(ministry, department, officer):
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), [department], by=officer)
    return Participation.objects.get(movement=movement, unit=department)


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD)


def done(part):
    rows = Completion.objects.filter(unit=part.unit).select_related("deadline", "duty")
    return sorted(row.deadline.what if row.deadline else row.duty.text for row in rows)


BOTH = sorted([f"Các đơn vị {WORK}", f"{WORK} chậm nhất 15 ngày"])


def test_both_steps_have_the_deadline(part):
    with at(LAUNCHED):
        terms = terms_on(part.movement, LAUNCHED)

    assert terms.last_on == {"own_plan": date(2026, 11, 17), "launched": date(2026, 11, 17)}


def test_the_plan_alone_finishes_neither(part, chief):
    with at(DONE):
        advance(part.pk, State.OWN_PLAN, on=DONE, by=chief)

    assert done(part) == []


def test_the_launch_finishes_deadline_and_duty_together(part, chief):
    with at(DONE):
        advance(part.pk, State.OWN_PLAN, on=DONE, by=chief)
        advance(part.pk, State.LAUNCHED, on=DONE, by=chief)

    assert done(part) == BOTH


def test_finishing_the_deadline_by_hand_reaches_both_steps_and_finishes_the_duty(part, chief):
    with at(DONE):
        finish(part, part.movement.deadlines.get(), on=DONE, today=DONE, by=chief)

    part.refresh_from_db()
    assert (part.state, done(part)) == (State.LAUNCHED, BOTH)


def test_a_day_noted_before_stays(part, chief):
    duty = part.movement.dutys.get(text__startswith="xây dựng")
    earlier = date(2026, 11, 5)
    with at(DONE):
        complete(part.unit, duty=duty, finished_on=earlier, today=DONE, by=chief)
        advance(part.pk, State.LAUNCHED, on=DONE, by=chief)

    assert Completion.objects.get(duty=duty).finished_on == earlier
