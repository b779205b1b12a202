from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Q

from factories import make_kind, make_person, make_unit, make_user
from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.movements.models import Launch, Movement, Participation, PlanItem
from thidua.movements.selectors.board import board
from thidua.movements.services import launching
from thidua.movements.services.event_days import set_event_day
from thidua.movements.services.launch_preview import preview_launch
from thidua.movements.services.notifying import remind
from thidua.notices.models import Notice
from thidua.organisations.models import Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def ministry():
    return make_unit("Bộ Tư pháp")


@pytest.fixture
def departments(ministry):
    kind = make_kind("so", name="Sở Tư pháp", level="province")
    return [
        make_unit(f"Sở Tư pháp {place}", ministry, kind=kind) for place in ("An Giang", "Cà Mau", "Lào Cai")
    ]


@pytest.fixture
def officer(ministry):
    return make_user(ministry)


def test_a_launch_reaches_exactly_the_chosen_units(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments[:2], by=officer, at=AT)

    parts = Participation.objects.filter(movement=movement, is_visible=True)
    assert sorted(parts.values_list("unit__name", flat=True)) == ["Sở Tư pháp An Giang", "Sở Tư pháp Cà Mau"]
    assert movement.status == Movement.Status.LAUNCHED


def test_a_launch_waits_for_every_open_question(ministry, departments, officer):
    movement = make_movement(ministry)
    PlanItem.objects.filter(plan=movement.plan, field="targets").update(is_sure=False)

    with pytest.raises(launching.NotReadyError) as refused:
        launching.begin_launch(movement, [departments[0].pk], by=officer)

    assert [p.code for p in refused.value.problems] == ["open_questions"]
    assert not Launch.objects.exists()


def test_a_launch_stopped_half_way_is_not_seen_and_can_go_on(ministry, departments, officer):
    movement = make_movement(ministry)
    order = launching.begin_launch(movement, [u.pk for u in departments], by=officer)
    hidden = Participation.objects.filter(movement=movement, is_visible=True).count()

    launching.finish_launch(order.pk)
    launching.finish_launch(order.pk)

    assert hidden == 0
    assert Participation.objects.filter(movement=movement, is_visible=True).count() == 3
    assert movement.deadlines.count() == 2


def test_a_launch_stopped_half_way_can_be_taken_back(ministry, departments, officer):
    movement = make_movement(ministry)
    order = launching.begin_launch(movement, [u.pk for u in departments], by=officer)

    launching.cancel_launch(order.pk, by=officer)

    assert Participation.objects.count() == 0
    assert launching.problems_before_launch(movement, [departments[0].pk]) == []


def test_a_launch_taken_back_before_its_turn_came_is_not_carried_out(ministry, departments, officer):
    movement = make_movement(ministry)
    order = launching.begin_launch(movement, [u.pk for u in departments], by=officer)
    launching.cancel_launch(order.pk, by=officer)

    left = launching.finish_launch(order.pk)

    movement.refresh_from_db()
    assert (left.status, movement.status) == (Launch.Status.FAILED, Movement.Status.PREPARING)


def test_a_launch_that_is_out_is_not_taken_back(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)

    with pytest.raises(launching.NotReadyError):
        launching.cancel_launch(movement.launches.get().pk, by=officer)

    assert Participation.objects.filter(movement=movement, is_visible=True).count() == 3


def test_two_orders_for_one_movement_are_one_too_many(ministry, departments, officer):
    movement = make_movement(ministry)
    launching.begin_launch(movement, [departments[0].pk], by=officer)

    with pytest.raises(launching.NotReadyError) as refused:
        launching.begin_launch(movement, [departments[1].pk], by=officer)

    assert [p.code for p in refused.value.problems] == ["running"]


def test_the_preview_tells_what_each_unit_gets_and_writes_nothing(ministry, departments, officer):
    movement = make_movement(ministry)

    preview = preview_launch(movement, [u.pk for u in departments])

    assert [(r.unit.name, r.duties, r.deadlines) for r in preview.receives] == [
        ("Sở Tư pháp An Giang", 2, 2),
        ("Sở Tư pháp Cà Mau", 2, 2),
        ("Sở Tư pháp Lào Cai", 2, 2),
    ]
    assert not Participation.objects.exists()


def test_officers_and_heads_of_receiving_units_are_told_once(ministry, departments, officer):
    receiver = make_user(departments[0], full_name="Lò Thị Mai")
    make_user(departments[1], None, full_name="Trần Văn Bình")

    launch(make_movement(ministry), departments, by=officer)

    assert list(Notice.objects.values_list("account_id", flat=True)) == [receiver.pk]


def test_the_default_recipients_are_those_named_and_else_those_below(ministry, departments):
    named = make_movement(ministry, items=[("recipients", {"who": "Sở Tư pháp Cà Mau"})])
    nobody = make_movement(ministry, items=[])

    units = launching.candidates(named)

    assert [u.name for u in launching.default_recipients(named, units)] == ["Sở Tư pháp Cà Mau"]
    assert len(launching.default_recipients(nobody, units)) == 3


def test_a_deadline_moves_when_its_event_gets_a_day(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    event = movement.events.get()
    waiting = movement.deadlines.get(event=event).last_on

    set_event_day(event.pk, date(2026, 6, 30), version=event.version, by=officer)

    assert waiting is None
    assert movement.deadlines.get(event=event).last_on == date(2026, 7, 10)


def test_the_term_of_a_step_comes_from_the_plans_own_deadline(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)

    terms = list(movement.step_terms.values_list("state", "last_on"))

    assert terms == [("own_plan", date(2026, 3, 14))]


def test_the_board_as_of_a_day_shows_what_had_happened_and_marks_what_was_recorded_later(
    ministry, departments, officer
):
    movement = launch(make_movement(ministry), departments, by=officer, at=AT)
    part = Participation.objects.get(unit=departments[0])
    with time_machine.travel("2026-03-15 09:00:00+07:00", tick=False):
        launching.advance(part.pk, Participation.State.OWN_PLAN, on=date(2026, 3, 10), by=officer)
    with time_machine.travel("2026-04-01 09:00:00+07:00", tick=False):
        eve, between, then, now = (
            board(movement, Q(), on=date(2026, *day)) for day in ((3, 9), (3, 10), (3, 15), (4, 1))
        )

    noted = [
        [step.noted_on for row in shown.rows for step in row.steps if step.noted_on]
        for shown in (between, then)
    ]
    assert eve.reached == {"received": 3}
    assert between.reached == then.reached == now.reached == {"received": 3, "own_plan": 1}
    assert noted == [[date(2026, 3, 15)], []]


def test_units_over_the_term_are_late_by_days(ministry, departments, officer, django_assert_num_queries):
    movement = launch(make_movement(ministry), departments, by=officer, at=AT)
    with django_assert_num_queries(4):
        shown = board(movement, Q(), on=date(2026, 3, 20))

    assert [row.days_late for row in shown.rows] == [6, 6, 6]
    assert shown.late == {"own_plan": 3}


def test_a_step_reached_is_not_reached_again(ministry, departments, officer):
    launch(make_movement(ministry), departments[:1], by=officer)
    part = Participation.objects.get()
    launching.advance(part.pk, Participation.State.LAUNCHED, on=date(2026, 3, 10), by=officer)

    with pytest.raises(launching.NotNextError):
        launching.advance(part.pk, Participation.State.OWN_PLAN, on=date(2026, 3, 11), by=officer)


def test_only_the_chosen_units_are_reminded(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    late = make_user(departments[2], full_name="Đặng Thị Ngọc")
    make_user(departments[1], full_name="Vũ Văn Hải")
    part = Participation.objects.get(unit=departments[2])

    reminded = remind(movement, [part.pk], by=officer, about="Chưa ban hành kế hoạch")

    assert reminded == (1, 0)
    assert list(
        Notice.objects.filter(kind="movement.reminder_of_steps").values_list("account", flat=True)
    ) == [late.pk]


def test_a_second_reminder_so_soon_is_a_second_click(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    parts = [part.pk for part in Participation.objects.all()]

    with time_machine.travel("2026-03-20 08:00:00+07:00", tick=False) as clock:
        first = remind(movement, parts[:1], by=officer, about="Trễ")
        clock.shift(timedelta(minutes=9))
        again = remind(movement, parts, by=officer, about="Trễ")
        clock.shift(timedelta(minutes=2))
        later = remind(movement, parts, by=officer, about="Trễ")

    assert (first, again, later) == ((1, 0), (len(parts) - 1, 1), (1, len(parts) - 1))


def test_every_step_leaves_its_entry_in_the_log(ministry, departments, officer):
    launch(make_movement(ministry), departments, by=officer)

    assert Entry.objects.filter(action="movement.launch", actor_id=str(officer.pk)).count() == 1


def test_units_to_choose_from_say_whether_anybody_works_in_them_or_below(ministry, departments):
    make_person("Giàng Thị Mỷ", make_unit("Ban Thường vụ", departments[0]))
    make_person("Lò Văn Mai", departments[1])

    found = {unit.name: unit.is_peopled for unit in launching.candidates(make_movement(ministry))}

    assert found == {
        "Sở Tư pháp An Giang": True,
        "Sở Tư pháp Cà Mau": True,
        "Sở Tư pháp Lào Cai": False,
        "Ban Thường vụ": True,
    }


def test_a_co_ordinating_body_without_people_is_not_chosen_beforehand(ministry, departments):
    Unit.objects.filter(pk__in=[departments[0].pk, departments[1].pk]).update(body_role="coordinating")
    make_person("Giàng Thị Mỷ", make_unit("Ban Thường vụ", departments[0]))
    movement = make_movement(ministry, items=[])

    chosen = launching.default_recipients(movement, launching.candidates(movement))

    assert chosen == [departments[0], departments[2]]


def test_the_preview_names_each_body_of_a_list_that_receives_nothing(ministry, departments):
    shared = "Các Sở Tư pháp, Hội Luật gia Việt Nam và Sở Nội vụ"
    items = [
        ("themes", {"text": "Chủ đề"}),
        ("responsibilities", {"body": shared, "duties": ["Tuyên truyền"]}),
        ("deadlines", {"what": "Nộp", "who": "Giám đốc Sở Tư pháp, Sở Tài chính", "due": "2026-03-01"}),
    ]

    preview = preview_launch(make_movement(ministry, items=items), [u.pk for u in departments])

    assert [(r.duties, r.deadlines) for r in preview.receives] == [(1, 1)] * 3
    assert preview.unmatched == ("Hội Luật gia Việt Nam", "Sở Nội vụ", "Sở Tài chính")
