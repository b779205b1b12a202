"""The rail holds what the person may enter, and no more."""

import pytest
from django.urls import reverse

from factories import make_administrator, make_unit, make_user
from thidua.config.navigation import places
from thidua.organisations.models import UnitRole
from thidua.organisations.permissions import scope_of

pytestmark = pytest.mark.django_db
Role = UnitRole.Role


def entered(user, path="/"):
    return [str(place.label) for place in places(scope_of(user), path)]


def test_staff_without_a_role_enter_what_is_everybodys():
    assert entered(make_user(make_unit(), None)) == [
        "Việc của tôi",
        "Phong trào",
        "Sổ khen",
        "Điều kiện khen thưởng",
        "Sáng kiến",
        "Đơn vị",
    ]


@pytest.mark.parametrize(
    ("role", "imports"),
    [(Role.OFFICER, True), (Role.PERSONNEL, True), (Role.STAFF_ADMIN, True), (Role.AUDITOR, False)],
)
def test_whoever_brings_some_table_in_has_the_way_to_it(role, imports):
    assert ("Nhập, xuất Excel" in entered(make_user(make_unit(), role))) == imports


def test_only_administrators_have_the_outbox():
    assert "Hộp thư đi" in entered(make_administrator())
    assert "Hộp thư đi" not in entered(make_user(make_unit(), Role.STAFF_ADMIN))


def test_the_longest_address_that_fits_is_the_active_one():
    user = make_user(make_unit())

    active = [place.url for place in places(scope_of(user), reverse("organisations:people")) if place.active]

    assert active == [reverse("organisations:people")]
