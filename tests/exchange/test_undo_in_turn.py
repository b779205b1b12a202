"""Imports of the same rows taken back one after the other, the last first."""

from datetime import date

import pytest
import time_machine

from exchange.imports import PEOPLE, person_row, previewed, saved, undone, workbook
from factories import make_administrator, make_kind, make_unit, signed_in
from thidua.exchange.services import undoing
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.services.people import change_person

pytestmark = pytest.mark.django_db
UNITS = ("Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên", "Ngày thành lập", "Ký hiệu")
NO_OPTIONS = {"parent": "", "parent_name": "", "kind": "", "kind_name": "", "founded_on": ""}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def keeper():
    top = make_unit("Bộ Thử nghiệm", code="bo")
    make_unit("Phòng A", top)
    make_unit("Phòng B", top)
    return make_administrator()


def people(keeper, *rows):
    return saved(keeper, previewed(keeper, workbook(PEOPLE, *rows)))


def test_what_a_later_import_changed_and_gave_back_stands_in_nobodys_way(keeper):
    first = people(keeper, person_row(code="CB-1"), person_row(code="CB-2"))
    second = people(keeper, person_row(code="CB-1", name="Lê Ân", position="Chuyên viên chính"))

    assert undone(keeper, second).status == "undone"
    assert undone(keeper, first).status == "undone"
    assert (Person.objects.count(), Post.objects.count()) == (0, 0)


def test_a_post_a_later_import_began_and_gave_back_stands_in_nobodys_way(keeper):
    first = people(keeper, person_row(code="CB-1"))
    second = people(keeper, person_row(code="CB-1", unit="Phòng B", since=date(2026, 1, 1)))
    undone(keeper, second)

    assert undone(keeper, first).status == "undone"
    assert Person.objects.count() == 0


def test_three_imports_of_one_row_go_back_in_turn(keeper):
    batches = [people(keeper, person_row(name, code="CB-1")) for name in ("Lê An", "Lê Ân", "Lê Ấn")]

    states = [undone(keeper, batch).status for batch in reversed(batches)]

    assert (states, Person.objects.count()) == (["undone"] * 3, 0)


def test_a_change_by_hand_in_between_still_counts(keeper):
    first = people(keeper, person_row("Lê An", code="CB-1"))
    person = Person.objects.get()
    change_person(keeper, person, version=person.version, email="an@bo.vn")
    second = people(keeper, person_row("Lê Ân", code="CB-1"))
    undone(keeper, second)

    assert [one.examples for one in undoing.problems_before_undo(first)] == [("Lê An",)]


def test_units_go_back_in_turn(keeper):
    make_kind("division", name="Phòng")
    row = ("c1", "Phòng Ba", "Phòng", "Bộ Thử nghiệm", "1/1/2020")
    first = saved(keeper, previewed(keeper, workbook(UNITS, (*row, "P3")), target="units", **NO_OPTIONS))
    second = saved(keeper, previewed(keeper, workbook(UNITS, (*row, "PB")), target="units", **NO_OPTIONS))

    assert [undone(keeper, batch).status for batch in (second, first)] == ["undone", "undone"]
    assert not Unit.objects.filter(code="c1").exists()


def test_the_page_names_the_later_import_and_leads_to_its_undo(keeper, client):
    first = people(keeper, person_row("Lê An", code="CB-1"))
    second = people(keeper, person_row("Lê Ân", code="CB-1"))
    signed_in(client, keeper)

    page = client.get(f"/nhap-xuat/{first.pk}/hoan-tac/").content.decode()

    assert f'href="/nhap-xuat/{second.pk}/hoan-tac/"' in page
