"""Rounds of a recurring deadline when plans change, units join later, steps are reached and heirs take over."""

from datetime import date

import pytest
import time_machine
from django.db.models import Q

from movements.plans import launch, make_movement
from thidua.movements.models import Completion, Participation
from thidua.movements.selectors.deadlines import bound_units, terms_of_organisers
from thidua.movements.selectors.occurrences import occurrences_of_unit, to_choose, to_list
from thidua.movements.selectors.progress import progress_of
from thidua.movements.services import launching, revising, schedule
from thidua.movements.services.finishing import finish
from thidua.movements.services.schedule import NoSuchOccurrenceError

pytestmark = pytest.mark.django_db
LAUNCHED, REVISED, TODAY = date(2026, 3, 2), date(2026, 5, 10), date(2026, 6, 10)
REPORT = {"what": "Báo cáo nhanh", "relation": "monthly", "recurring": "ngày 20 hằng tháng"}
ITEMS = [("themes", {"text": "Chủ đề"}), ("period", {"from": "2026", "to": "2026"}), ("deadlines", REPORT)]


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


@pytest.fixture
def movement(ministry, departments, officer):
    with at(LAUNCHED):
        movement = launch(make_movement(ministry, items=ITEMS, by=officer), departments, by=officer)
    row = movement.deadlines.get()
    for on in (date(2026, 3, 19), date(2026, 4, 21)):
        schedule.complete(departments[0], finished_on=on, today=on, by=officer, deadline=row)
    with at(TODAY):
        yield movement


def revised(movement, by, **change):
    """Issue a revision as of May that changes the report, and return what took its place."""
    with at(REVISED):
        draft = revising.begin_revision(movement.plan, by=by, decision="QĐ 5", effective_on=REVISED)
        item = movement.plan.items.get(field="deadlines")
        revising.change_item(draft, item.pk, REPORT | change, by=by)
        revising.issue_revision(draft, by=by)
    return movement.deadlines.get(ended_by_revision=None)


def finished(row):
    return list(row.completions.order_by("occurrence").values_list("occurrence", "finished_on"))


def test_another_day_of_the_month_keeps_what_was_finished_and_missed(movement, departments, officer):
    heir = revised(movement, officer, recurring="ngày 25 hằng tháng")

    assert finished(heir) == [
        (date(2026, 3, 25), date(2026, 3, 19)),
        (date(2026, 4, 25), date(2026, 4, 21)),
    ]
    assert heir.runs_from is None
    other = occurrences_of_unit(heir, departments[1].pk, on=TODAY)
    assert [one.last_day.month for one in other if one.last_day < TODAY] == [3, 4, 5]


def test_another_rhythm_begins_with_the_revision(movement, departments, officer):
    heir = revised(movement, officer, relation="weekly", recurring="thứ Sáu hằng tuần")

    assert (heir.runs_from, finished(heir)) == (REVISED, [])
    rounds = occurrences_of_unit(heir, departments[0].pk, on=TODAY)
    assert rounds[0].last_day == date(2026, 5, 15)


def test_what_becomes_a_single_day_is_not_over_with_a_report_of_before(movement, officer):
    heir = revised(movement, officer, relation="by", recurring="", due="2026-11-30")

    assert finished(heir) == []


def test_a_round_noted_after_the_revision_was_issued_is_noted_in_what_comes_too(
    movement, departments, officer
):
    heir = revised(movement, officer, recurring="ngày 25 hằng tháng")
    old = movement.deadlines.exclude(pk=heir.pk).get()

    schedule.complete(
        departments[1], finished_on=TODAY, today=TODAY, by=officer, deadline=old, occurrence=date(2026, 5, 20)
    )
    noted = finished(heir)
    schedule.reopen(departments[1], by=officer, deadline=old, occurrence=date(2026, 5, 20))

    assert (date(2026, 5, 25), TODAY) in noted
    assert len(finished(heir)) == 2


def test_a_unit_that_received_the_movement_later_owes_no_round_of_before(movement, departments):
    part = movement.participations.get(unit=departments[2])
    part.events.update(on=date(2026, 5, 1))

    rounds = occurrences_of_unit(movement.deadlines.get(), departments[2].pk, on=TODAY)

    assert [rounds[0].last_day, rounds[-1].last_day] == [date(2026, 5, 20), date(2026, 12, 20)]


def test_every_round_finished_leaves_nothing_to_finish(movement, departments, officer):
    part = movement.participations.select_related("movement", "unit").get(unit=departments[0])
    row = movement.deadlines.get()
    for _round in range(8):
        finish(part, row, on=TODAY, today=TODAY, by=officer)

    with pytest.raises(NoSuchOccurrenceError):
        finish(part, row, on=TODAY, today=TODAY, by=officer)

    assert Completion.objects.filter(unit=departments[0]).count() == 10


@pytest.mark.parametrize("day", [date(2026, 5, 19), date(2027, 1, 20), date(2026, 2, 20)])
def test_a_round_that_is_none_is_not_finished(movement, departments, officer, day):
    row = movement.deadlines.get()

    with pytest.raises(NoSuchOccurrenceError):
        schedule.complete(
            departments[0], finished_on=TODAY, today=TODAY, by=officer, deadline=row, occurrence=day
        )


def test_a_step_is_not_reached_with_one_report_of_many_nor_reports_with_a_step(
    ministry, departments, officer
):
    report = REPORT | {"what": "Báo cáo sơ kết"}
    with at(LAUNCHED):
        made = launch(
            make_movement(ministry, items=[*ITEMS[:2], ("deadlines", report)], by=officer),
            departments,
            by=officer,
        )
    first, second = made.participations.select_related("movement", "unit")[:2]

    finish(first, made.deadlines.get(), on=TODAY, today=TODAY, by=officer)
    launching.advance(second.pk, Participation.State.INTERIM, on=TODAY, by=officer)

    first.refresh_from_db()
    assert (first.state, Completion.objects.filter(unit=second.unit).count()) == ("received", 0)


def test_a_page_lists_what_is_over_or_finished_and_the_next(movement, departments, officer):
    row = movement.deadlines.get()
    schedule.complete(
        departments[0], finished_on=TODAY, today=TODAY, by=officer, deadline=row, occurrence=date(2026, 8, 20)
    )

    rounds = occurrences_of_unit(row, departments[0].pk, on=TODAY)

    assert [one.last_day.month for one in to_list(rounds, TODAY)] == [3, 4, 5, 6, 8]
    assert [day.month for day in to_choose(rounds, TODAY)] == [5, 6, 7, 9]


def test_the_organiser_waits_for_each_round_to_come(movement):
    days = [term.last_day for _unit, term in terms_of_organisers([movement], on=TODAY)]

    assert days == [date(2026, month, 20) for month in range(6, 13)]


@pytest.mark.parametrize("on", [date(2026, 3, 10), date(2026, 4, 20), TODAY])
def test_the_line_of_the_board_sums_up_the_list_of_its_round(movement, departments, on):
    (line,) = progress_of(movement, Q(), on=on)

    terms = [term for _unit, term in bound_units(movement.deadlines.get(), Q(), on=on).living]

    assert line.done == sum(1 for term in terms if term.finished_on)
    assert line.late == sum(1 for term in terms if term.standing == "late")
    assert {line.last_day} == {term.last_day for term in terms}
