"""Lists of people: how many there are, from whichever page one asks, and whom a staff code finds."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_person, make_unit, make_user, signed_in
from thidua.organisations.models import Person, UnitRole
from thidua.organisations.selectors import people as lists
from thidua.organisations.selectors.people import PeopleFilter, listed_people, page_of
from thidua.records.ids import uuid7

pytestmark = pytest.mark.django_db
SIZE = 3


@pytest.fixture
def officer():
    """Return an officer of a unit of nine people of one name, by code, and one of another."""
    unit = make_unit("Sở Tư pháp", make_unit("Bộ Thử nghiệm"))
    first = make_person("Nguyễn Văn An", unit)
    for number in range(1, 9):
        first.pk, first.staff_code = uuid7(), f"NV{number:02}"
        first.save(force_insert=True)
    return make_user(unit, UnitRole.Role.OFFICER)


def paged(user, query, **where):
    asked = PeopleFilter(query=query)
    return page_of(listed_people(user, asked), SIZE, searched=asked.by_name, **where)


@pytest.mark.parametrize("query", ["nguyen", "", "Nguyễn Văn"])
def test_every_page_tells_the_same_number(officer, query):
    everybody = 9 if query else 10
    totals, following = [], None
    for _ in range(3):
        shown = paged(officer, query, after=following)
        totals.append((shown.total, len(shown.people)))
        following = shown.following
    back = paged(officer, query, before=following)

    assert totals == [(everybody, SIZE)] * 3
    assert back.total == everybody


def test_the_first_page_reached_backwards_tells_it_too(officer):
    second = paged(officer, "nguyen", after=paged(officer, "nguyen").following)

    first = paged(officer, "nguyen", before=second.previous)

    assert (first.is_first, first.total, [one.pk for one in first.people]) == (
        True,
        9,
        [one.pk for one in paged(officer, "nguyen").people],
    )


def test_a_search_is_counted_to_just_above_its_cap(officer, monkeypatch):
    monkeypatch.setattr(lists, "SEARCH_CAP", 5)

    first = paged(officer, "nguyen")
    later = paged(officer, "nguyen", after=first.following)

    assert (first.total, later.total, first.cap) == (6, 6, 5)


def test_the_list_of_a_long_search_says_more_than(officer, monkeypatch):
    monkeypatch.setattr(lists, "SEARCH_CAP", 30)
    one = Person.objects.filter(folded="nguyen van an").first()
    for number in range(100, 130):
        one.pk, one.staff_code = uuid7(), f"NV{number}"
        one.save(force_insert=True)

    seen = signed_in(Client(), officer).get(reverse("organisations:people"), {"q": "nguyen", "size": "25"})

    assert "1–25 trong hơn 30" in " ".join(seen.content.decode().split())


@pytest.mark.parametrize(("code", "found"), [("NV0", 8), ("NV08", 1), ("NV1", 0), ("0", 0)])
def test_a_staff_code_is_found_by_its_beginning(officer, code, found):
    shown = page_of(listed_people(officer, PeopleFilter(query=code)), 20, searched=False)

    assert shown.total == len(shown.people) == found


def test_whoever_has_no_code_is_found_by_none(officer):
    assert PeopleFilter(query="NV01").by_name is PeopleFilter(query=" ").by_name is False
    assert {one.staff_code for one in listed_people(officer, PeopleFilter(query="NV0"))} == {
        f"NV{number:02}" for number in range(1, 9)
    }


@pytest.mark.parametrize("sort", ["officer of the top", "officer of the unit", "colleague"])
def test_a_list_of_one_unit_holds_whom_the_reader_may_name_there(sort):
    top = make_unit("Bộ Thử nghiệm")
    unit, other = make_unit("Vụ Một", top), make_unit("Vụ Hai", top)
    office = make_unit("Phòng Một", unit)
    for place, name in (
        (unit, "Lê An"),
        (office, "Lê Bình"),
        (other, "Lê Yến"),
        (make_unit("Nơi khác"), "Lê Xa"),
    ):
        make_person(name, place)
    reader = make_user(top if "top" in sort else unit, UnitRole.Role.OFFICER if "officer" in sort else None)

    seen = {
        place.name: [one.full_name for one in listed_people(reader, PeopleFilter(query="le", unit=place))]
        for place in (top, unit, office, other)
    }

    own, below, beside = ["Lê An"], ["Lê Bình"], ["Lê Yến"]
    assert (
        seen
        == {
            "officer of the top": {
                "Bộ Thử nghiệm": own + below + beside,
                "Vụ Một": own + below,
                "Phòng Một": below,
                "Vụ Hai": beside,
            },
            "officer of the unit": {
                "Bộ Thử nghiệm": own + below,
                "Vụ Một": own + below,
                "Phòng Một": below,
                "Vụ Hai": [],
            },
            "colleague": {"Bộ Thử nghiệm": own, "Vụ Một": own, "Phòng Một": [], "Vụ Hai": []},
        }[sort]
    )
