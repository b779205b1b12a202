"""A term «kể từ ngày nhận được Kế hoạch này» counts from each unit's own day of receipt."""

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
from thidua.movements.models import Movement
from thidua.movements.selectors.board import board
from thidua.movements.selectors.deadlines import bound_units, terms_of_parts, terms_of_unit
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.receipts import with_receipt
from thidua.movements.selectors.watched import watched
from thidua.movements.services import launching, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.movements.tasks import turn_day
from thidua.movements.terms import is_receipt
from thidua.notices.models import Notice
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 3, 2), date(2026, 3, 12)
TERM = {
    "what": "Ban hành kế hoạch của đơn vị",
    "who": "Các đơn vị",
    "relation": "after",
    "due_event": "nhận được Kế hoạch này",
    "offset": "15 ngày",
}
DUE, DUE_LATER = date(2026, 3, 17), date(2026, 3, 27)


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE), tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    with at(FIRST):
        made = make_movement(
            ministry, items=[("themes", {"text": "Chủ đề"}), ("deadlines", TERM)], by=officer
        )
        movement = launch(made, departments[:2], by=officer)
    with at(LATER):
        launching.admit(movement, [departments[2].pk], by=officer)
    return movement


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("nhận được Kế hoạch này", True),
        ("ngày nhận được Kế hoạch này", True),
        ("sau khi nhận kế hoạch", True),
        ("nhận được văn bản này của Bộ", True),
        ("nhận được Kế hoạch của Bộ Công an", False),
        ("nhận được văn bản hướng dẫn", False),
        ("kết thúc đợt 1", False),
    ],
)
def test_only_the_receipt_of_this_plan_is_one(name, is_one):
    assert is_receipt(name) is is_one


def test_each_unit_counts_from_its_own_receipt(movement, departments):
    this = Movement.objects.filter(pk=movement.pk)

    days = [terms_of_unit(unit.pk, this, on=LATER)[0].last_day for unit in departments]

    assert days == [DUE, DUE, DUE_LATER]


def test_terms_of_many_parts_and_of_one_deadline_say_the_same(movement):
    parts = list(with_receipt(movement.participations.select_related("unit", "movement")))
    row = movement.deadlines.select_related("event", "movement").get()

    together = {part.unit_id: term.last_day for part, term in terms_of_parts(parts, on=LATER)}

    assert together == {unit.pk: term.last_day for unit, term in bound_units(row, Q(), on=LATER).living}
    assert sorted(together.values()) == [DUE, DUE, DUE_LATER]


def test_the_organiser_sees_the_day_of_those_it_was_launched_to(movement):
    (found,) = progress_of(movement, Q(), on=date(2026, 3, 18))

    assert (found.standing, found.last_day) == (Standing.LATE, DUE)


def test_a_day_set_for_all_wins(movement, departments, officer):
    event = movement.events.get()
    set_event_day(event.pk, date(2026, 4, 1), version=event.version, by=officer)

    term = terms_of_unit(departments[2].pk, Movement.objects.filter(pk=movement.pk), on=LATER)[0]

    assert term.last_day == date(2026, 4, 16)


@pytest.mark.parametrize(
    "words", ["nhận được Kế hoạch này", "NHẬN ĐƯỢC KẾ HOẠCH NÀY", "nhan duoc ke hoach nay"]
)
def test_each_unit_is_reminded_before_its_own_day(movement, departments, words):
    movement.events.update(name=words)
    first, last = make_user(departments[0]), make_user(departments[2])

    told = [turn_day(date(2026, 3, 14)), turn_day(date(2026, 3, 24))]

    assert told == [1, 1]
    titles = {row.account_id: row.words().title for row in Notice.objects.filter(kind="movement.due")}
    assert titles == {
        first.pk: "Hạn 17/3/2026: Ban hành kế hoạch của đơn vị",
        last.pk: "Hạn 27/3/2026: Ban hành kế hoạch của đơn vị",
    }


def test_a_step_is_late_by_each_units_own_receipt(movement):
    shown = board(movement, Q(), on=date(2026, 3, 18))

    assert shown.terms == {"own_plan": DUE}
    assert sorted(row.days_late for row in shown.rows) == [0, 1, 1]
    with at(date(2026, 3, 30)):
        assert sorted(row.days_late for row in board(movement, Q(), on=date(2026, 3, 20)).rows) == [0, 3, 3]


OWN_DAY = "mỗi đơn vị tính từ ngày nhận của mình"


def events_shown(movement, who):
    """Return whether the list of events says that units count for themselves, and whether it offers a day."""
    address = reverse("movements:deadlines", args=[movement.pk])
    body = signed_in(Client(), who).get(address).content.decode()
    return OWN_DAY in body, reverse(
        "movements:event_day", args=[movement.pk, movement.events.get().pk]
    ) in body


def test_a_receipt_waits_for_no_day_of_the_organiser(movement, officer):
    assert events_shown(movement, officer) == (True, False)


def test_a_day_once_given_to_a_receipt_can_be_taken_away(movement, officer):
    movement.events.update(on=date(2026, 4, 1))

    assert events_shown(movement, officer) == (False, True)


def test_any_other_event_waits_for_its_day(movement, officer):
    movement.events.update(name="kết thúc đợt 1")

    assert events_shown(movement, officer) == (False, True)


@pytest.mark.parametrize(
    ("on", "late"), [(DUE, 0), (date(2026, 3, 18), 2), (DUE_LATER, 2), (date(2026, 3, 28), 3)]
)
def test_the_organiser_counts_who_is_late_by_each_units_own_day(movement, ministry, on, late):
    (found,) = watched({ministry.pk}, on=on)

    assert (found.units, found.late) == (3, late)
    assert len(board(movement, Q(), on=on).late_rows) == late


def test_who_came_as_far_in_its_own_time_is_not_late(movement, ministry, officer):
    part = movement.participations.order_by("launch__finished_at", "pk").last()
    with at(date(2026, 3, 20)):
        launching.advance(part.pk, "own_plan", on=date(2026, 3, 20), by=officer)

    (found,) = watched({ministry.pk}, on=date(2026, 3, 28))

    assert found.late == 2


def test_terms_beside_a_receipt_count_too(movement, ministry, departments, officer):
    schedule.set_step_term(movement, "launched", date(2026, 3, 16), by=officer)

    assert [watched({ministry.pk}, on=day)[0].late for day in (date(2026, 3, 16), DUE)] == [0, 3]


def progress(movement, on):
    (found,) = progress_of(movement, Q(), on=on)
    return found


def finish(movement, unit, on, by):
    schedule.complete(unit, finished_on=on, today=on, by=by, deadline=movement.deadlines.get())


def test_a_unit_that_joined_later_finishes_late_by_its_own_day(movement, departments, officer):
    in_time = date(2026, 3, 20)
    for unit in departments[1:]:
        finish(movement, unit, in_time, officer)

    found = progress(movement, in_time)

    assert (found.done, found.done_late, found.standing, found.last_day) == (2, 1, Standing.LATE, DUE)


def test_the_day_of_those_still_open_is_what_the_organiser_sees(movement, departments, officer):
    for unit in departments[:2]:
        finish(movement, unit, date(2026, 3, 10), officer)

    found = progress(movement, date(2026, 3, 18))

    assert (found.standing, found.last_day, found.open) == (Standing.OPEN, DUE_LATER, 1)


def test_the_one_most_behind_tells_how_all_finished(movement, departments, officer):
    for unit, day in zip(departments, (DUE, date(2026, 3, 19), date(2026, 3, 25)), strict=True):
        finish(movement, unit, day, officer)

    found = progress(movement, date(2026, 3, 28))

    assert (found.standing, found.state.days, found.done_late) == (Standing.DONE_LATE, 2, 1)


def test_a_receipt_that_binds_one_body_counts_that_body_alone(movement, departments):
    row = movement.deadlines.get()
    row.for_all = False
    row.save()
    row.for_units.set(departments[2:])

    found = progress(movement, date(2026, 3, 18))

    assert (found.bound, found.standing, found.last_day) == (1, Standing.OPEN, DUE_LATER)


def test_a_receipt_is_counted_by_as_many_queries_for_many_units(movement, departments, ministry, officer):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            found = progress(movement, LATER).bound, watched({ministry.pk}, on=LATER)[0].units
        return found, len(captured)

    few = asked()
    with at(LATER):
        launching.admit(movement, [make_unit(f"Sở số {n}", ministry).pk for n in range(10)], by=officer)

    assert (few, asked()) == (((3, 3), few[1]), ((13, 13), few[1]))
