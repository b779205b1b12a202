"""Lists of people ask the database as often for many rows as for few, and at most twelve times."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_cluster, make_person, make_role, make_unit, make_user, signed_in
from thidua.organisations.models import UnitRole
from thidua.records.ids import uuid7

FEW, MANY, MOST = 55, 110, 12  # both more than a page, which alone asks how many there are
PAGE = 50
OFFICER = UnitRole.Role.OFFICER


@pytest.fixture(params=["officer of the top", "officer of a unit", "member of staff"])
def houses(db, request):
    """Return a small and a large house, each with a reader of the sort asked for."""
    return [house(size, request.param) for size in (FEW, MANY)]


def house(size, sort):
    top = make_unit(f"Bộ có {size} người")
    unit = make_unit("Vụ Tổ chức cán bộ", top)
    first = make_person("Nguyễn Văn An", unit)
    for number in range(1, size):
        first.pk, first.staff_code = uuid7(), f"NV{number:04}"
        first.save(force_insert=True)
    return make_user(top if "top" in sort else unit, None if "staff" in sort else OFFICER)


def asked(account, **query):
    """Return how many queries the list of people takes, and how many rows it shows."""
    client = signed_in(Client(), account)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("organisations:people"), query).content.decode()
    return len(captured), page.count("</tr>") - 1


@pytest.mark.parametrize("query", [{}, {"q": "nguyen van"}, {"q": "Nguyễn Văn"}])
def test_a_list_of_many_people_asks_as_often_as_one_of_few(houses, query):
    (few, few_rows), (many, many_rows) = (asked(account, **query) for account in houses)

    assert many == few
    assert many <= MOST
    assert few_rows == many_rows == PAGE


def queries_of(account, name, pk, **query):
    client = signed_in(Client(), account)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"organisations:{name}", args=[pk]), query).status_code == 200
    return len(captured)


@pytest.fixture
def offices(db):
    """Return a small and a large office three levels down, each with its officer and a person with roles."""
    return [office(size) for size in (2, 12)]


def office(size):
    top = make_unit(f"Bộ có {size} phòng")
    unit = make_unit("Cục Một", make_unit("Khối Một", top))
    for number in range(size):
        make_person(f"Bùi Văn {number}", make_unit(f"Phòng {number}", unit))
        make_role(make_person(f"Lê Thị {number}", unit), unit, UnitRole.Role.AUDITOR)
    person = make_person("Trần Văn Dũng", unit)
    for role in (UnitRole.Role.AUDITOR, UnitRole.Role.HEAD)[: 1 + size // 12]:
        make_role(person, unit, role)
    make_cluster(top, unit, code=f"c{size}")
    return unit, person, make_user(unit, OFFICER), make_user(top, UnitRole.Role.STAFF_ADMIN)


@pytest.mark.parametrize("reader", [2, 3])
def test_the_page_of_a_unit_asks_at_most_twelve_times(offices, reader):
    asked = [queries_of(house[reader], "unit", house[0].pk) for house in offices]

    assert asked[0] == asked[1] <= MOST


@pytest.mark.parametrize("reader", [2, 3])
def test_the_page_of_a_person_asks_at_most_twelve_times(offices, reader):
    asked = [queries_of(house[reader], "person", house[1].pk) for house in offices]

    assert asked[0] == asked[1] <= MOST


@pytest.mark.parametrize("reader", [2, 3])
def test_people_of_one_unit_are_listed_in_at_most_twelve_queries(offices, reader):
    asked = []
    for house in offices:
        client = signed_in(Client(), house[reader])
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("organisations:people"), {"unit": house[0].pk})
        asked.append(len(captured))

    assert asked[0] == asked[1] <= MOST
