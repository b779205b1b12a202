"""The day of an event set above reaches the same event of the plans that answer it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_unit
from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.movements.models import Event, Participation, StepTerm
from thidua.movements.services.event_days import set_event_day
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
TERM = {"what": "Gửi báo cáo", "relation": "after", "due_event": "Hội nghị sơ kết", "offset": "10 ngày"}
ITEMS = [("themes", {"text": "Chủ đề"}), ("deadlines", TERM)]
SET, MOVED, OWN = date(2027, 7, 20), date(2027, 7, 25), date(2027, 7, 1)


def below(parent, unit, by):
    child = make_movement(unit, items=ITEMS, by=by, answers=parent)
    child.plan.issued_at = parent.launched_at
    child.plan.save()
    return launch(child, [make_unit(f"Phòng Hành chính của {unit.name}", unit)], by=by)


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


def test_the_day_goes_down_to_plans_that_answer_an_answer(parent, departments, officer):
    child = below(parent, departments[0], officer)
    grandchild = below(child, Participation.objects.get(movement=child).unit, officer)

    set_day(parent, SET, officer)

    assert [day_of(row) for row in (child, grandchild)] == [(SET, date(2027, 7, 30))] * 2


def test_who_saw_the_event_before_it_followed_is_told(parent, departments, officer):
    child = below(parent, departments[0], officer)
    seen = Event.objects.get(movement=child)
    set_day(parent, SET, officer)

    with pytest.raises(ChangedMeanwhileError):
        set_event_day(seen.pk, OWN, version=seen.version, by=officer)

    assert day_of(child)[0] == SET


@pytest.mark.parametrize("reading", [1, 2])
def test_a_day_the_unit_sets_meanwhile_stays(parent, departments, officer, reading):
    """Whichever time its event is read, what the unit wrote just before is what counts."""
    child = below(parent, departments[0], officer)
    above, event = (Event.objects.get(movement=row) for row in (parent, child))
    readings = []

    def set_first(execute, sql, params, many, context):
        named = {str(one).replace("-", "") for one in params or ()}
        if 'FROM "movements_event"' in sql and named & {parent.pk.hex, event.pk.hex}:
            readings.append(sql)
            if len(readings) == reading:
                Event.objects.filter(pk=event.pk).update(on=OWN)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(set_first):
        set_event_day(above.pk, SET, version=above.version, by=officer)

    assert day_of(child)[0] == (OWN if len(readings) >= reading else SET)


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="this database locks itself whole")
def test_events_below_are_held_while_they_follow(parent, departments, officer):
    below(parent, departments[0], officer)

    with CaptureQueriesContext(connection) as captured:
        set_day(parent, SET, officer)

    read = [q["sql"] for q in captured if '"movements_movement"."answers_id" IN' in q["sql"]]
    assert [sql.split("FOR UPDATE")[1] for sql in read] == [' OF "movements_event"'] * 2


def test_each_movement_that_follows_has_it_in_its_log(parent, departments, officer):
    child = below(parent, departments[0], officer)

    set_day(parent, SET, officer)

    logged = Entry.objects.filter(action="movement.event_day").values_list("subject_id", "details")
    told = {"before": "", "after": SET.isoformat(), "event": TERM["due_event"]}
    assert dict(logged) == {str(row.pk): told for row in (parent, child)}


def test_the_step_below_has_its_term_from_the_event(parent, departments, officer):
    child = below(parent, departments[0], officer)
    child.deadlines.update(what="Gửi báo cáo sơ kết")

    set_day(parent, SET, officer)
    first = terms_of(child)
    set_day(parent, MOVED, officer)
    moved = terms_of(child)
    set_day(parent, None, officer)

    assert (first, moved) == ([("interim", date(2027, 7, 30))], [("interim", date(2027, 8, 4))])
    assert terms_of(child) == []


def terms_of(movement):
    return list(StepTerm.objects.filter(movement=movement).values_list("state", "last_on"))


@pytest.fixture
def crowds(ministry, officer):
    """Two movements, answered by two plans and by twenty."""
    return [crowd(ministry, number, officer) for number in (2, 20)]


def crowd(ministry, number, by):
    units = [make_unit(f"Sở số {n} trong {number}", ministry) for n in range(number)]
    parent = launch(make_movement(ministry, items=ITEMS, by=by), units, by=by)
    for unit in units:
        below(parent, unit, by)
    return parent


def test_twenty_plans_that_answer_take_no_more_queries_than_two(crowds, officer):
    taken = []
    for parent in crowds:
        with CaptureQueriesContext(connection) as captured:
            set_day(parent, SET, officer)
        taken.append(len(captured))

    followed = [Event.objects.filter(movement__answers=parent, on=SET).count() for parent in crowds]
    assert followed == [2, 20]
    assert taken[0] == taken[1] <= 16
