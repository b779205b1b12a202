"""What a merger is told of the movements that still run in the units it ends."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from thidua.movements.models import Movement
from thidua.movements.selectors.running import running_movements
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
MERGER = {
    "into": "new",
    "name": "Sở Hợp nhất",
    "on": "1/3/2026",
    "decision": "99/QĐ-BTP",
    "decided_on": "20/2/2026",
}


def named(found):
    return [(one.title, one.units) for one in found]


def test_movements_that_ended_units_take_part_in_are_told(ministry, departments, officer):
    launch(make_movement(ministry), departments, by=officer)
    make_movement(departments[0])

    found = running_movements(officer, departments[:2])

    assert named(found) == [("Phong trào thử", (departments[0].name, departments[1].name))]


def test_a_movement_that_has_closed_is_not_told(ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    Movement.objects.filter(pk=movement.pk).update(status=Movement.Status.CLOSED)

    assert running_movements(officer, departments) == []


def test_nobody_is_told_of_what_he_may_not_see(ministry, departments, officer):
    launch(make_movement(ministry), departments, by=officer)
    stranger = make_user(make_unit("Bộ khác"), username="la")

    assert running_movements(stranger, departments) == []


def test_asking_costs_the_same_for_few_and_many(ministry, departments, officer):
    running_movements(officer, departments)  # the scope is read once for a visitor
    costs = []
    for _round in range(2):
        launch(make_movement(ministry), departments, by=officer)
        with CaptureQueriesContext(connection) as asked:
            running_movements(officer, departments)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_the_preview_of_a_merger_names_them(client, ministry, departments, officer):
    movement = launch(make_movement(ministry), departments, by=officer)
    keeper = make_user(ministry, UnitRole.Role.STAFF_ADMIN, username="giu")
    address = reverse("organisations:reorganise_form", args=[departments[0].pk, "sap-nhap"])

    answer = signed_in(client, keeper).post(address, MERGER | {"others": [departments[1].pk]})

    page = answer.content.decode()
    assert "1 phong trào đang chạy có đơn vị sắp chấm dứt" in page
    assert f'<a href="/phong-trao/{movement.pk}/">Phong trào thử</a>: ' in page
