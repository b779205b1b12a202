"""A board of deadlines as of a day gone by shows what was known then, and nothing to act on."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from thidua.core.deadlines.state import Standing
from thidua.movements.models import Deadline
from thidua.movements.selectors.board import board
from thidua.movements.selectors.progress import progress_of
from thidua.movements.services import launching, revising, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
LAUNCHED, JOINED, TODAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)
BEFORE, THEN = date(2026, 2, 1), date(2026, 3, 20)
PLAN, REPORT = "Ban hành kế hoạch phát động", "Gửi báo cáo sơ kết"


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    """Launched to two units, joined by a third; later the event gets its day and the first deadline another."""
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, by=officer), departments[:2], by=officer)
    with at(JOINED):
        launching.admit(movement, [departments[2].pk], by=officer)
    with at(date(2026, 5, 1)):
        event = movement.events.get()
        set_event_day(event.pk, date(2026, 5, 10), version=event.version, by=officer)
        item = movement.plan.items.get(field="deadlines", value__what=PLAN)
        draft = revising.begin_revision(
            movement.plan, by=officer, decision="QĐ 5", effective_on=date(2026, 5, 1)
        )
        revising.change_item(draft, item.pk, item.value | {"due": "2026-05-15"}, by=officer)
        revising.issue_revision(draft, by=officer)
    with at(TODAY):
        yield movement


def shown(movement, on):
    return {p.deadline.what: (p.standing, p.last_day, p.bound) for p in progress_of(movement, Q(), on=on)}


def test_deadlines_units_and_events_are_those_of_the_day(movement):
    assert shown(movement, TODAY) == {
        PLAN: (Standing.LATE, date(2026, 5, 14), 3),
        REPORT: (Standing.LATE, date(2026, 5, 20), 3),
    }
    assert shown(movement, THEN) == {
        PLAN: (Standing.LATE, date(2026, 3, 14), 2),
        REPORT: (Standing.WAITING, None, 2),
    }
    assert shown(movement, BEFORE) == {}


def test_a_past_day_takes_as_many_queries_for_many_units(movement, ministry, officer):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            progress_of(movement, Q(), on=THEN)
        return len(captured)

    few = asked()
    launching.admit(movement, [make_unit(f"Sở số {n}", ministry).pk for n in range(10)], by=officer)

    assert asked() == few <= 6


def opened(who, name, *args, **query):
    answer = signed_in(Client(), who).get(reverse(f"movements:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_past_board_of_deadlines_offers_nothing_to_set(movement, officer):
    page = opened(officer, "deadlines", movement.pk, as_of=THEN.isoformat())

    assert "/su-kien/" not in page
    assert ("chưa có" in page, "10/5/2026" in page) == (True, False)


def test_a_figure_of_a_past_board_opens_to_the_list_of_that_day(movement, departments, officer):
    row = Deadline.objects.get(what=PLAN, ended_by_revision__isnull=False)
    for unit, day in zip(departments, (date(2026, 3, 10), date(2026, 4, 20), date(2026, 4, 20)), strict=True):
        schedule.complete(unit, finished_on=day, today=TODAY, by=officer, deadline=row)
    address = reverse("movements:deadline", args=[movement.pk, row.pk]) + f"?as_of={THEN.isoformat()}"

    board_page = opened(officer, "deadlines", movement.pk, as_of=THEN.isoformat())
    page = opened(officer, "deadline", movement.pk, row.pk, as_of=THEN.isoformat())

    assert f'href="{address}">1/2</a>' in board_page
    assert [unit.name in page for unit in departments] == [True, True, False]
    assert ("10/3/2026" in page, "20/4/2026" in page, "14/3/2026" in page) == (True, False, True)


def test_what_was_recorded_only_later_is_marked_with_the_day_it_was(movement, departments, officer):
    row = Deadline.objects.get(what=PLAN, ended_by_revision__isnull=False)
    done = date(2026, 3, 10)
    with at(date(2026, 3, 11)):
        schedule.complete(departments[0], finished_on=done, today=TODAY, by=officer, deadline=row)
    schedule.complete(departments[1], finished_on=done, today=TODAY, by=officer, deadline=row)

    (found,) = (p for p in progress_of(movement, Q(), on=THEN) if p.deadline == row)
    pages = [
        opened(officer, *where, as_of=THEN.isoformat())
        for where in (("deadlines", movement.pk), ("deadline", movement.pk, row.pk))
    ]

    assert (found.done, found.noted_later) == (2, 1)
    assert ["1 ghi nhận sau" in pages[0], pages[1].count("ghi nhận sau, ngày 1/6/2026")] == [True, 1]


def test_late_is_open_past_its_day_and_finished_late_is_told_apart(movement, departments, officer):
    row = movement.deadlines.get(what=PLAN, ended_by_revision=None)
    for unit, day in zip(departments[:2], (date(2026, 5, 10), date(2026, 5, 20)), strict=True):
        schedule.complete(unit, finished_on=day, today=TODAY, by=officer, deadline=row)

    (found,) = (p for p in progress_of(movement, Q(), on=TODAY) if p.deadline == row)
    pages = [
        opened(officer, *where) for where in (("deadlines", movement.pk), ("deadline", movement.pk, row.pk))
    ]

    assert (found.bound, found.done, found.done_late, found.late) == (3, 2, 1, 1)
    assert ["1 trễ" in pages[0], "1 xong muộn" in pages[0]] == [True, True]
    assert ["xong muộn 6 ngày" in pages[1], "xong, trễ" in pages[1]] == [True, False]


def test_the_plan_shows_its_terms_by_their_last_day(ministry, departments, officer):
    terms = (("Gửi báo cáo", "2026-11-30"), ("đăng ký thi đua", "2026-03-31"), ("Sơ kết", "2026-07-15"))
    items = [("deadlines", {"what": what, "relation": "by", "due": due}) for what, due in terms]
    made = make_movement(ministry, items=(("themes", {"text": "Chủ đề"}), *items), by=officer)
    with at(LAUNCHED):
        launch(made, departments, by=officer)

    page = opened(officer, "detail", made.pk)

    assert page.index("Đăng ký thi đua") < page.index("Sơ kết") < page.index("Gửi báo cáo")


def test_a_note_alone_leaves_the_moment_and_a_new_day_is_recorded_anew(movement, departments, officer):
    row = Deadline.objects.get(what=PLAN, ended_by_revision__isnull=False)
    moments = []
    for day, note, on in ((11, "", 10), (12, "Gửi bưu điện", 10), (13, "", 9)):
        with at(date(2026, 3, day)):
            given = {"finished_on": date(2026, 3, on), "today": TODAY, "by": officer}
            done = schedule.complete(departments[0], note=note, deadline=row, **given)
            moments.append(done.at.date())

    assert moments == [date(2026, 3, 11), date(2026, 3, 11), date(2026, 3, 13)]


def test_nobody_is_ticked_on_a_past_board(movement, officer):
    pages = [opened(officer, "board", movement.pk, as_of=day.isoformat()) for day in (TODAY, THEN)]

    assert ['name="selected"' in page for page in pages] == [True, False]


def test_a_day_before_the_launch_says_so(movement, officer):
    pages = [opened(officer, name, movement.pk, as_of=BEFORE.isoformat()) for name in ("board", "deadlines")]

    sentence = "Ngày 1/2/2026 phong trào chưa phát động: phát động ngày 1/3/2026."
    assert [sentence in page for page in pages] == [True, True]


def test_the_number_of_a_plan_is_not_known_before_the_plan(movement, departments, officer):
    part = movement.participations.get(unit=departments[0])
    own = make_movement(departments[0], answers=movement)
    own.plan.number = "12/KH-STP"
    own.plan.save()
    part.own = own
    part.save()
    launching.advance(part.pk, "own_plan", on=TODAY, by=officer)

    numbers = [{row.own_number for row in board(movement, Q(), on=day).rows} for day in (TODAY, THEN)]

    assert numbers == [{"12/KH-STP", ""}, {""}]


def test_the_tabs_stay_on_the_past_day(movement, officer):
    page = opened(officer, "board", movement.pk, as_of=THEN.isoformat())

    assert f'{reverse("movements:deadlines", args=[movement.pk])}?as_of={THEN.isoformat()}"' in page


def test_a_unit_sees_its_own_past(movement, departments):
    page = opened(make_user(departments[0]), "deadlines", movement.pk, as_of=THEN.isoformat())

    assert (">0/1<" in page, ">0/2<" in page) == (True, False)


def test_work_of_other_units_is_told_as_theirs(movement, departments, officer):
    row = movement.deadlines.get(what=PLAN, ended_by_revision=None)
    row.for_all = False
    row.save()
    row.for_units.set(departments[:1])

    pages = [opened(who, "deadlines", movement.pk) for who in (make_user(departments[1]), officer)]

    assert ["không giao cho đơn vị của bạn" in page for page in pages] == [True, False]
    row.for_units.clear()
    assert "không giao đơn vị nhận nào" in opened(officer, "deadlines", movement.pk)


def test_before_the_launch_the_board_has_no_figures(movement, officer):
    page = opened(officer, "board", movement.pk, as_of=BEFORE.isoformat())

    assert ["board-sum" in page, "format=xlsx" in page, "0/0" in page] == [False, False, False]
