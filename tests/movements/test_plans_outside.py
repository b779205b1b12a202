"""A unit whose own plan was issued outside the system is not asked for one as if it had none."""

from datetime import date

import pytest
from django.urls import reverse

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.movements.models import Participation, ParticipationEvent
from thidua.movements.selectors.work import work_of
from thidua.movements.services import launching
from thidua.organisations.permissions import scope_of

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
LACKS = "Đã nhận, chưa có kế hoạch của đơn vị"
MAIN = 'class="button button-primary" href="{}"'


@pytest.fixture
def writer(department):
    return make_user(department, full_name="Lò Thị Yên")


@pytest.fixture
def part(ministry, departments, department, officer):
    parent = launch(make_movement(ministry, by=officer), departments, by=officer)
    ParticipationEvent.objects.filter(participation__movement=parent).update(on=date(2026, 1, 21))
    return Participation.objects.get(movement=parent, unit=department)


@pytest.fixture
def recorded(part, officer):
    """The part whose own plan and last step were written down by hand."""
    launching.advance(part.pk, "own_plan", on=date(2026, 2, 11), by=officer)
    launching.advance(part.pk, "pledged", on=date(2026, 3, 26), by=officer)
    return part


def pages(writer, part):
    return text_of(opened(writer, "part", part.movement_id, part.unit_id)), text_of(
        opened(writer, "detail", part.movement_id)
    )


def test_a_unit_without_a_plan_is_asked_for_one_with_the_day_of_receipt(part, writer):
    page = text_of(opened(writer, "work"))

    assert (page.count(LACKS), page.count("nhận 21/1/2026")) == (1, 1)


def test_a_plan_recorded_by_hand_is_not_missing_but_has_no_copy_here(recorded, writer):
    work = work_of(scope_of(writer), on=ON)
    page = text_of(opened(writer, "work"))

    brings = f'href="{reverse("movements:intake")}?tra-loi={recorded.pk}"'
    assert ([*work.unanswered], [*work.outside]) == ([], [recorded])
    assert (page.count(LACKS), page.count("nhận 21/1/2026"), page.count(brings)) == (0, 1, 1)
    assert page.count("đã ban hành ngoài hệ thống, chưa có bản ở đây") == 1


def test_beginning_a_plan_is_the_main_act_of_who_has_none(part, writer):
    main = MAIN.format(reverse("movements:answer", args=[part.pk]))

    assert [page.count(main) for page in pages(writer, part)] == [1, 1]


def test_beginning_a_plan_is_no_main_act_of_who_has_issued_one(recorded, writer):
    brings = f"{reverse('movements:intake')}?tra-loi={recorded.pk}"

    for page in pages(writer, recorded):
        assert page.count(MAIN.format(reverse("movements:answer", args=[recorded.pk]))) == 0
        assert page.count(f'href="{brings}"') == 1
