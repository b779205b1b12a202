"""The tree of units on its page: what is shown at once, what is fetched, with script and without."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from thidua.organisations.models import UnitRole
from thidua.organisations.views import trees

pytestmark = pytest.mark.django_db
SHOWN, MOST = 3, 12


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch):
    monkeypatch.setattr(trees, "SIBLINGS", SHOWN)


def house(children):
    """Return a ministry with so many units under it, and its officer."""
    ministry = make_unit(f"Bộ có {children} đơn vị")
    for number in range(1, children + 1):
        make_unit(f"Vụ {number}", ministry)
    return ministry, make_user(ministry, UnitRole.Role.OFFICER)


def got(account, address, **headers):
    return signed_in(Client(), account).get(address, headers=headers).content.decode()


def units_in(text):
    return re.findall(r">(Vụ \d+)</a>", text)


def link_to_the_rest(text):
    found = re.search(r'<a href="([^"]+)"([^>]*)>Xem các đơn vị tiếp theo</a>', text)
    return found and found.groups()


def test_a_unit_with_many_below_shows_the_first_and_leads_to_the_rest():
    ministry, officer = house(5)

    beginning = got(officer, reverse("organisations:tree"))
    address, attributes = link_to_the_rest(beginning)
    rest = got(officer, address, **{"HX-Request": "true"})

    assert units_in(beginning) == ["Vụ 1", "Vụ 2", "Vụ 3"]
    assert address == reverse("organisations:branch", args=[ministry.pk]) + "?from=3"
    assert f'hx-get="{address}"' in attributes
    assert units_in(rest) == ["Vụ 4", "Vụ 5"]
    assert link_to_the_rest(rest) is None
    assert rest.strip().startswith("<li>")


def test_without_script_the_rest_is_a_page_of_its_own():
    ministry, officer = house(5)

    page = got(officer, reverse("organisations:branch", args=[ministry.pk]) + "?from=3")

    assert units_in(page) == ["Vụ 4", "Vụ 5"]
    assert "<title>Dưới Bộ có 5 đơn vị" in page


def test_exactly_as_many_as_are_shown_lead_nowhere():
    _ministry, officer = house(SHOWN)

    assert link_to_the_rest(got(officer, reverse("organisations:tree"))) is None


def test_a_branch_not_yet_fetched_can_be_opened_without_script():
    ministry, officer = house(1)
    above = ministry.children.get()
    make_unit("Vụ 7", above)

    page = got(officer, reverse("organisations:tree"))

    assert f'<a href="{reverse("organisations:branch", args=[above.pk])}">Dưới Vụ 1</a>' in page


def test_a_place_beyond_all_or_no_number_is_no_error():
    ministry, officer = house(1)
    address = reverse("organisations:branch", args=[ministry.pk])

    assert units_in(got(officer, f"{address}?from=99")) == []
    assert units_in(got(officer, f"{address}?from=-1")) == ["Vụ 1"]


@pytest.mark.parametrize("name", ["tree", "branch"])
def test_the_tree_asks_as_often_for_many_units_as_for_few(name):
    counted = []
    for size in (SHOWN + 1, SHOWN + 9):
        ministry, officer = house(size)
        client = signed_in(Client(), officer)
        args = [ministry.pk] if name == "branch" else []
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"organisations:{name}", args=args))
        counted.append(len(captured))

    assert counted[0] == counted[1] <= MOST
