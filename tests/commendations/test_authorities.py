"""The list of authorities: all of them, page by page, at the same price however many."""

import pytest
from django.urls import reverse

from commendations.trying import CIRCULAR, applied, text
from factories import make_administrator, make_unit, signed_in
from thidua.commendations.selectors.own_rules import as_authorities
from thidua.commendations.services.own_rules import upload
from thidua.commendations.views import own_rules

pytestmark = pytest.mark.django_db
HERE = "commendations:authorities"


@pytest.fixture
def visitor(client):
    return signed_in(client, make_administrator())


def roots(number):
    return [make_unit(f"Bộ {place:02}", code=f"bo-{place:02}") for place in range(number)]


@pytest.mark.parametrize("number", [2, 12])
def test_many_authorities_cost_as_many_queries_as_few(visitor, number, django_assert_max_num_queries):
    roots(number)

    with django_assert_max_num_queries(9):
        shown = text(visitor.get(reverse(HERE)))

    assert shown.count(">Bộ ") == number


def test_authorities_beyond_a_page_stand_on_the_next(visitor, monkeypatch):
    monkeypatch.setattr(own_rules, "SIZE", 2)
    roots(5)

    pages = [text(visitor.get(reverse(HERE) + f"?page={number}")) for number in (1, 3, 900)]

    assert [page.count(">Bộ ") for page in pages] == [2, 1, 1]
    assert [page.count(">Bộ 04<") for page in pages] == [0, 1, 1]


def test_each_authority_shows_the_texts_that_came_and_those_in_force_here():
    own, ministry = make_unit("Bộ Thử nghiệm", code="btn"), make_unit("Bộ Nội vụ", code="bnv")
    text_ = CIRCULAR.replace("authority: VN", "authority: BTN")
    applied(upload(None, own, "quy-che.yaml", text_.encode()))
    upload(None, own, "khac.yaml", text_.replace("99/2026", "98/2026").encode())

    rows = [(row.code, row.shipped > 0, row.uploaded) for row in as_authorities([own, ministry])]

    assert rows == [("BTN", False, 1), ("BNV", True, 0)]
