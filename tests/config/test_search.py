"""One search over everything, within what the visitor may see."""

import re

import pytest
import time_machine
from django.urls import reverse

from factories import make_person, make_unit, make_user, signed_in
from movements.stage import TODAY, Stage
from thidua.movements.models import Movement
from thidua.organisations.models import UnitRole
from thidua.organisations.searching import search_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY, tick=False):
        yield


def found(client, account, query, **headers):
    signed_in(client, account)
    return client.get(reverse("search"), {"q": query}, headers=headers).content.decode()


def test_units_and_people_are_found_with_and_without_diacritics(client):
    unit = make_unit("Cục Trợ giúp pháp lý", make_unit("Bộ"))
    person = make_person("Đặng Thị Hoà", unit)
    user = make_user(unit, UnitRole.Role.OFFICER)

    answers = {query: found(client, user, query) for query in ("dang thi hoa", "Đặng", "tro giup", "đãng")}

    assert {query: str(person.pk) in page for query, page in answers.items()} == {
        "dang thi hoa": True,
        "Đặng": True,
        "tro giup": False,
        "đãng": False,
    }
    assert str(unit.pk) in answers["tro giup"]


def test_what_one_may_not_see_is_not_found(client):
    ministry = make_unit("Bộ")
    here, there = make_unit("Cục Một", ministry), make_unit("Cục Hai", ministry)
    stranger = make_person("Ngô Văn Lạ", there)

    shown = found(client, make_user(here, UnitRole.Role.OFFICER), "ngo van la")

    assert str(stranger.pk) not in shown
    assert str(there.pk) not in found(client, make_user(here, None), "cuc hai")


def test_people_of_one_name_are_told_apart_by_the_authority_above(client):
    ministry = make_unit("Bộ")
    for place in ("Sở Tư pháp Lào Cai", "Sở Tư pháp Hà Nội"):
        make_person("Nguyễn Văn Dũng", make_unit("Phòng Hành chính tư pháp", make_unit(place, ministry)))

    page = found(client, make_user(ministry, UnitRole.Role.OFFICER), "nguyen van dung")

    assert sorted(re.findall(r"Chuyên viên · Phòng Hành chính tư pháp[^<]*", page)) == [
        "Chuyên viên · Phòng Hành chính tư pháp · Sở Tư pháp Hà Nội",
        "Chuyên viên · Phòng Hành chính tư pháp · Sở Tư pháp Lào Cai",
    ]


def test_movements_and_documents_are_found_by_those_who_may_open_them(client):
    stage = Stage()
    name = search_text(stage.movement.name)
    Movement.objects.filter(pk=stage.movement.pk).update(folded=name.folded, marked=name.marked)
    movement, document = f"/phong-trao/{stage.movement.pk}/", f"/so-van-ban/{stage.document.pk}/"

    seen = {
        name: (
            movement in found(client, account, stage.movement.name),
            document in found(client, account, "06/2022"),
        )
        for name, account in (("officer", stage.officer), ("stranger", stage.stranger))
    }

    assert seen == {"officer": (True, True), "stranger": (False, False)}


def test_one_letter_is_too_short_and_finds_nothing(client):
    unit = make_unit("Bộ")
    user = make_user(unit)

    shown = found(client, user, "b")

    assert str(unit.pk) not in shown


def test_while_typing_only_the_list_is_answered(client):
    user = make_user(make_unit("Bộ Thử nghiệm"))

    fragment = found(client, user, "thu nghiem", **{"HX-Request": "true"})

    assert ("<html" in fragment, "Bộ Thử nghiệm" in fragment) == (False, True)


def test_a_search_costs_few_queries_however_much_is_found(client, django_assert_max_num_queries):
    unit = make_unit("Bộ")
    for number in range(30):
        make_person(f"Lê An {number}", unit)
    user = make_user(unit)
    signed_in(client, user)

    with django_assert_max_num_queries(13):
        assert client.get(reverse("search"), {"q": "le an"}).status_code == 200
