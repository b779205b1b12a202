"""Lists of people ask the database as often for many rows as for few, and at most twelve times."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_person, make_unit, make_user, signed_in
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
