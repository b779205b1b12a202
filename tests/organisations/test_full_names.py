"""Rooms of one name stand in many departments: pages that give rights say which of them is meant."""

from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import make_role, make_unit, make_user, signed_in
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
ROOM = "Phòng Hành chính tư pháp — Sở Tư pháp tỉnh Nghệ An"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def department():
    return make_unit("Sở Tư pháp tỉnh Nghệ An", make_unit("Bộ Tư pháp"))


@pytest.fixture
def room(department):
    return make_unit("Phòng Hành chính tư pháp", department)


@pytest.fixture
def head(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Đỗ Quang Minh")


@pytest.fixture
def role(room):
    return make_role(make_user(room, None, full_name="Lê Thị Nhàn").person, room)


def page(account, name, *args):
    return unescape(
        signed_in(Client(), account).get(reverse(f"organisations:{name}", args=args)).content.decode()
    )


@pytest.mark.parametrize("name", ["roles", "role_give"])
def test_the_rights_of_a_unit_name_the_one_above_in_crumb_and_heading(head, room, name):
    assert page(head, name, room.pk).count(ROOM) >= 2


@pytest.mark.parametrize("name", ["role_end", "role_stand_in"])
def test_so_do_the_pages_of_one_right(head, role, name):
    assert page(head, name, role.pk).count(ROOM) == 2


def test_so_does_the_page_of_a_person(head, role):
    assert page(head, "person", role.person_id).count(ROOM) == 2


def test_the_preview_says_where_a_right_is_given(head, room):
    make_user(room, None, full_name="Lê Thị Nhàn")
    data = {"person": "Lê Thị Nhàn", "role": "officer", "valid_from": "2/3/2026"}

    answer = signed_in(Client(), head).post(reverse("organisations:role_give", args=[room.pk]), data)

    words = " ".join(unescape(answer.content.decode()).split())
    assert f"sẽ giữ vai trò <b>Chuyên viên thi đua, khen thưởng</b> tại <b>{ROOM}</b>" in words


def test_a_unit_right_below_the_top_goes_by_its_name_alone(department, head):
    assert department.full_name == "Sở Tư pháp tỉnh Nghệ An"
