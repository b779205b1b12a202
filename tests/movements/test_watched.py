"""What an organiser sees of the movements it runs."""

from datetime import date

import pytest
from django.utils import timezone

from movements.plans import launch, make_movement
from thidua.movements.models import Participation, ParticipationEvent, StepTerm
from thidua.movements.selectors.watched import watched

pytestmark = pytest.mark.django_db
State = Participation.State


def running(ministry, departments, officer):
    movement = launch(make_movement(ministry, by=officer), departments, by=officer)
    StepTerm.objects.filter(movement=movement).delete()
    StepTerm.objects.create(movement=movement, state=State.OWN_PLAN, last_on=date(2026, 3, 14))
    StepTerm.objects.create(movement=movement, state=State.INTERIM, last_on=date(2026, 7, 2))
    return movement


def issue_own_plan(movement, unit, on):
    part = movement.participations.get(unit=unit)
    ParticipationEvent.objects.create(participation=part, state=State.OWN_PLAN, on=on, at=timezone.now())


def test_a_unit_is_late_when_a_term_is_over_and_its_step_not_reached(ministry, departments, officer):
    movement = running(ministry, departments, officer)
    issue_own_plan(movement, departments[0], date(2026, 3, 10))

    (eve,) = watched({ministry.pk}, on=date(2026, 3, 14))
    (after,) = watched({ministry.pk}, on=date(2026, 3, 15))

    assert (eve.units, eve.late) == (3, 0)
    assert (after.units, after.late) == (3, 2)


def test_the_next_term_is_told_and_none_once_all_are_over(ministry, departments, officer):
    running(ministry, departments, officer)

    found = [
        watched({ministry.pk}, on=day)[0] for day in (date(2026, 3, 14), date(2026, 3, 15), date(2026, 8, 1))
    ]

    assert [(row.next_step, row.next_on) for row in found] == [
        (State.OWN_PLAN, date(2026, 3, 14)),
        (State.INTERIM, date(2026, 7, 2)),
        (None, None),
    ]


def test_others_movements_and_those_not_launched_are_not_watched(ministry, departments, officer):
    make_movement(ministry, by=officer)
    running(ministry, departments, officer)

    assert len(watched({ministry.pk}, on=date(2026, 3, 1))) == 1
    assert watched({departments[0].pk}, on=date(2026, 3, 1)) == ()
    assert watched(set(), on=date(2026, 3, 1)) == ()


def test_two_queries_at_any_number_of_movements(ministry, departments, officer, django_assert_num_queries):
    for _ in range(3):
        running(ministry, departments, officer)

    with django_assert_num_queries(2):
        assert len(watched({ministry.pk}, on=date(2026, 3, 1))) == 3
