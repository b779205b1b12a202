"""An event that is the beginning or the end of a round has its day from the plan."""

from datetime import date

import pytest

from factories import make_unit
from movements.plans import launch, make_movement
from thidua.movements.models import Event
from thidua.movements.services.event_days import set_event_day

pytestmark = pytest.mark.django_db

PHASES = (
    ("phases", {"name": "Đợt 1", "from": "2026-12-01", "to": "2027-05-30"}),
    ("phases", {"name": "Đợt 2", "from": "2027-06", "to_event": "tổng kết"}),
    ("period", {"from": "2026-12-01", "to": "2027-10-31"}),
)


def term(event):
    return (
        "deadlines",
        {"what": "Gửi báo cáo", "relation": "after", "due_event": event, "offset": "05 ngày"},
    )


@pytest.fixture
def launched(ministry, departments, officer):
    def make(*events, phases=PHASES, **fields):
        items = [("themes", {"text": "Chủ đề"}), *map(term, events), *phases]
        return launch(make_movement(ministry, items=items, by=officer, **fields), departments, by=officer)

    return make


@pytest.mark.parametrize(
    ("event", "on", "due"),
    [
        ("kết thúc Đợt 1", date(2027, 5, 30), date(2027, 6, 4)),
        ("bắt đầu đợt 2", date(2027, 6, 1), date(2027, 6, 7)),
        ("Kết thúc phong trào thi đua", date(2027, 10, 31), date(2027, 11, 5)),
        ("kết thúc đợt 2", None, None),
        ("kết thúc đợt 3", None, None),
        ("hội nghị tổng kết", None, None),
    ],
)
def test_an_end_of_a_round_is_a_day_the_plan_gives(launched, event, on, due):
    movement = launched(event)

    assert movement.events.get().on == on
    assert movement.deadlines.get().last_on == due


def test_the_day_may_be_changed_by_hand(launched, officer):
    event = launched("kết thúc Đợt 1").events.get()

    set_event_day(event.pk, date(2027, 6, 10), version=event.version, by=officer)

    assert event.movement.deadlines.get().last_on == date(2027, 6, 15)


def test_the_plan_of_a_unit_has_the_day_of_its_own_round(launched, departments, officer):
    parent = launched("kết thúc Đợt 1")
    child = make_movement(
        departments[0],
        items=[("themes", {"text": "Chủ đề"}), term("kết thúc Đợt 1")],
        by=officer,
        answers=parent,
    )
    child.plan.issued_at = parent.launched_at
    child.plan.save()

    launch(child, [make_unit("Phòng Hành chính", departments[0])], by=officer)

    assert Event.objects.get(movement=child).on == date(2027, 5, 30)
