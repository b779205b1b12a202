"""What happened to a unit or a person is fetched when it is opened; without script it is a page away."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_administrator, make_person, make_unit, make_user, signed_in
from thidua.organisations.models import UnitRole
from thidua.organisations.services.people import change_person
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge

pytestmark = pytest.mark.django_db
AS_FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def merged():
    """Return a unit that took over another, the one taken over, and who keeps them."""
    top = make_unit("Bộ Thử nghiệm")
    old, new = make_unit("Cục Cũ", top), make_unit("Cục Mới", top)
    reorganise(None, Merge((old,), new), on=date(2025, 7, 1), decision="60/QĐ-BTN")
    return new, old, make_user(top, UnitRole.Role.STAFF_ADMIN)


def got(account, name, pk, query="", **headers):
    address = reverse(f"organisations:{name}", args=[pk])
    return signed_in(Client(), account).get(address + query, headers=headers).content.decode()


def test_a_units_page_leads_to_what_happened_to_it(merged):
    unit, _old, keeper = merged

    page = got(keeper, "unit", unit.pk)
    whole = got(keeper, "unit", unit.pk, "?life=on")
    piece = got(keeper, "unit", unit.pk, "?life=on", **AS_FRAGMENT)

    assert 'hx-get="?life=on" hx-trigger="toggle once"' in page
    assert "60/QĐ-BTN" not in page
    assert "60/QĐ-BTN" in whole
    assert "60/QĐ-BTN" in piece
    assert "<html" in whole
    assert "<html" not in piece


def test_a_unit_that_is_gone_says_at_once_who_took_it_over(merged):
    _unit, old, keeper = merged

    page = got(keeper, "unit", old.pk)

    assert 'hx-get="?life=on" hx-trigger="load"' in page


def test_only_who_may_look_is_told_what_was_done(merged):
    unit, _old, keeper = merged
    staff = make_user(unit, None)

    assert "Lịch sử thay đổi" in got(keeper, "unit", unit.pk, "?life=on", **AS_FRAGMENT)
    assert "Lịch sử thay đổi" not in got(staff, "unit", unit.pk, "?life=on", **AS_FRAGMENT)


def test_what_was_done_about_a_person_is_told_to_who_may_look():
    unit = make_unit("Cục Một")
    person = make_person("Trần Văn Dũng", unit)
    change_person(make_administrator(), person, version=person.version, email="dung@example.org")
    officer = make_user(unit, UnitRole.Role.OFFICER)

    page = got(officer, "person", person.pk)
    piece = got(officer, "person", person.pk, "?history=on", **AS_FRAGMENT)

    assert 'hx-get="?history=on"' in page
    assert 'class="life"' not in page
    assert piece.count("<li>") == 2
    assert "<html" not in piece


def test_a_person_without_the_right_to_look_has_no_history_of_the_own_record():
    unit = make_unit("Cục Một")
    staff = make_user(unit, None)

    page = got(staff, "person", staff.person.pk, "?history=on")
    asked = got(staff, "person", staff.person.pk, "?history=on", **AS_FRAGMENT)

    assert "Lịch sử thay đổi" not in page
    assert 'class="life"' not in asked
