import pytest
from django.urls import reverse

from factories import make_unit, signed_in
from movements.plans import launch, make_movement
from thidua.movements.models import Participation
from thidua.movements.services import launching

pytestmark = pytest.mark.django_db


@pytest.fixture
def movement(ministry, departments, officer):
    return launch(make_movement(ministry, by=officer), departments[:2], by=officer)


@pytest.fixture
def page(client, officer, movement):
    signed_in(client, officer)
    address = reverse("movements:admit", args=[movement.pk])
    return lambda **given: client.post(address, given) if given else client.get(address)


def receivers(movement):
    return list(
        Participation.objects.filter(movement=movement, is_visible=True)
        .order_by("unit__sort_key")
        .values_list("unit__name", flat=True)
    )


def test_only_units_that_have_not_received_it_are_offered(movement, departments):
    founded = make_unit("Cục mới thành lập", movement.organiser)

    assert {unit.name for unit in launching.newcomers(movement)} == {founded.name, departments[2].name}


def test_the_preview_admits_nobody(page, movement, departments):
    answer = page(unit=str(departments[2].pk))

    assert (answer.status_code, "Sẽ đưa thêm 1 đơn vị" in answer.content.decode()) == (200, True)
    assert len(receivers(movement)) == 2


def test_a_unit_that_joins_later_gets_the_plan_and_its_duties(page, movement, departments):
    answer = page(unit=str(departments[2].pk), go="1")

    assert answer.status_code == 302
    assert departments[2].name in receivers(movement)
    assert movement.dutys.filter(for_all=True).count() == 2


def test_nobody_chosen_is_said(page, movement):
    answer = page(go="1")

    assert (answer.status_code, "Chưa chọn đơn vị nhận." in answer.content.decode()) == (422, True)
    assert len(receivers(movement)) == 2


def test_where_all_have_it_the_page_says_so(client, ministry, departments, officer):
    movement = launch(make_movement(ministry, by=officer), departments, by=officer)

    answer = signed_in(client, officer).get(reverse("movements:admit", args=[movement.pk]))

    assert "Mọi đơn vị bên dưới đã nhận phong trào này." in answer.content.decode()


def test_nobody_joins_a_movement_that_is_over(page, movement, departments, officer):
    launching.close(movement, on=movement.launched_at.date(), by=officer)

    assert page(unit=str(departments[2].pk), go="1").status_code == 403
