"""What an administrator of a fresh installation sees of the way to the first plan."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_person,
    make_role,
    make_unit,
    signed_in,
)
from movements.plans import make_movement
from thidua.movements.selectors.first_steps import first_steps
from thidua.organisations.permissions import scope_of
from thidua.records.days import today

pytestmark = pytest.mark.django_db


def done(administrator):
    scope = scope_of(type(administrator).objects.get(pk=administrator.pk))
    return [step.is_done for step in first_steps(scope, today().year)]


def work(account):
    return signed_in(Client(), account).get(reverse("movements:work")).content.decode()


def test_each_step_is_ticked_once_it_is_done_and_all_go_together():
    top, administrator = make_unit("Sở Nội vụ"), make_administrator()
    seen = [done(administrator)]

    unit = make_unit("Phòng Một", top)
    seen.append(done(administrator))
    person = make_person("Lê An", unit)
    seen.append(done(administrator))
    make_account(person)
    seen.append(done(administrator))
    make_role(person, top)
    seen.append(done(administrator))
    make_cluster(top, unit, year=today().year)
    seen.append(done(administrator))
    make_movement(top)

    assert seen == [[True] * number + [False] * (6 - number) for number in range(6)]
    assert done(administrator) == []


def test_the_page_leads_to_each_step_that_is_open():
    top, administrator = make_unit("Sở Nội vụ"), make_administrator()
    make_unit("Phòng Một", top)

    page = work(administrator)

    steps = page.split('id="buoc-dau"')[1].split("</section>")[0]
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', steps))
    assert links == {
        "/nhap-xuat/nhap/people/",
        "/don-vi/tai-khoan/?without=1",
        f"/don-vi/{top.pk}/quyen/giao/",
        "/don-vi/cum/",
        "/phong-trao/tu-van-ban/",
    }
    assert {signed_in(Client(), administrator).get(link).status_code for link in links} == {200}


def test_the_steps_are_gone_from_a_browser_that_hid_them():
    make_unit("Sở Nội vụ")
    administrator = make_administrator()
    client = signed_in(Client(), administrator)

    client.post(reverse("movements:hide_first_steps"))

    assert 'id="buoc-dau"' not in client.get(reverse("movements:work")).content.decode()
    assert 'id="buoc-dau"' in work(administrator)


def test_nobody_else_is_shown_the_steps():
    top = make_unit("Sở Nội vụ")

    assert 'id="buoc-dau"' not in work(make_account(make_person("Lê An", top)))


def test_an_empty_register_of_people_says_how_to_fill_it():
    make_unit("Sở Nội vụ")
    client = signed_in(Client(), make_administrator())

    empty = client.get(reverse("organisations:people")).content.decode()
    filtered = client.get(reverse("organisations:people"), {"q": "an"}).content.decode()

    assert "Chưa có ai. Nhập danh sách từ Excel, hoặc thêm từng người." in empty
    assert "Không có ai khớp." not in empty
    assert "Không có ai khớp." in filtered
