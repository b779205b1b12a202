"""Movements are found by the same words whether or not the database names the few that hold them."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from factories import make_unit, make_user
from thidua.movements.models import Movement
from thidua.movements.selectors import words
from thidua.movements.selectors.listing import listing
from thidua.organisations.searching import name_matches, search_text

pytestmark = pytest.mark.django_db
NAMES = (
    "Kỷ cương, sáng tạo, về đích sớm",
    "Chung sức chuyển đổi số",
    "Đặng Thai Mai học tốt 100%",
    'Phong trào "Dạy tốt - học tốt" * số 7',
    "Dâng công dựng nước",
)
ASKED = (
    "dang",
    "đặng",
    "đ",
    "so",
    "số 7",
    "chuyển đổi",
    "chuyen",
    '"day',
    "100%",
    "* s",
    "tot OR dung",
    "khong co",
)
only_with_letters = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL finds the rows by an index of its own"
)


@pytest.fixture
def unit():
    return make_unit("Bộ Thử nghiệm")


def movement(unit, name, **fields):
    found_by = search_text(name)
    return Movement.objects.create(
        organiser=unit,
        root=unit,
        year=2026,
        name=name,
        folded=found_by.folded,
        marked=found_by.marked,
        **fields,
    )


def names(query):
    found = Movement.objects.filter(words.among_few(query)).filter(name_matches(query))
    return sorted(found.values_list("name", flat=True))


def names_read_one_by_one(query):
    return sorted(Movement.objects.filter(name_matches(query)).values_list("name", flat=True))


@pytest.mark.parametrize("query", ASKED)
def test_the_same_movements_are_found_with_and_without_the_index(unit, query):
    for name in NAMES:
        movement(unit, name)

    assert names(query) == names_read_one_by_one(query)


def test_the_words_asked_for_do_find_something(unit):
    for name in NAMES:
        movement(unit, name)

    assert names("đặng") == ["Đặng Thai Mai học tốt 100%"]
    assert names("dang") == ["Dâng công dựng nước", "Đặng Thai Mai học tốt 100%"]
    assert names("khong co") == []


def test_a_movement_renamed_or_gone_is_no_longer_found_by_its_old_words(unit):
    row, other = movement(unit, NAMES[0]), movement(unit, NAMES[1])
    row.name, row.folded = "Về nguồn", "ve nguon"
    row.save()
    other.delete()

    assert names("ky cuong") == names("chuyen doi so") == []
    assert names("ve nguon") == ["Về nguồn"]


def test_movements_written_all_at_once_are_found_too(unit):
    rows = [Movement(organiser=unit, root=unit, year=2026, name="Xa", folded="xa xoi") for _ in range(3)]
    Movement.objects.bulk_create(rows)
    Movement.objects.filter(pk=rows[0].pk).update(folded="gan gui")

    assert [names("xa xoi"), names("gan gui")] == [["Xa", "Xa"], ["Xa"]]


@only_with_letters
def test_few_are_named_and_many_are_not(unit, monkeypatch):
    monkeypatch.setattr(words, "FEW", 2)
    rows = [movement(unit, f"Dạy tốt {number}") for number in range(3)]

    assert words.among_few("day tot 1") == Q(pk__in=[rows[1].pk.hex])
    assert words.among_few("day tot") == Q()
    assert words.among_few("da") == Q()


@only_with_letters
def test_each_movement_stands_in_the_index_as_it_is_kept(unit):
    for name in NAMES:
        movement(unit, name)
    Movement.objects.filter(name=NAMES[0]).update(folded="khac")

    with connection.cursor() as cursor:
        cursor.execute("SELECT movement, folded FROM movements_words")
        indexed = cursor.fetchall()

    kept = Movement.objects.values_list("pk", "folded")
    assert sorted(indexed) == sorted((pk.hex, folded) for pk, folded in kept)


@pytest.mark.parametrize("rows", [2, 20])
def test_a_search_asks_at_most_twelve_times_however_many_there_are(unit, rows):
    for number in range(rows):
        movement(unit, f"Thi đua số {number:03}", status=Movement.Status.LAUNCHED)
    user = make_user(unit)

    with CaptureQueriesContext(connection) as captured:
        found = listing(user, {"q": "so 001"})

    assert [row.name for row in found.rows] == ["Thi đua số 001"]
    assert len(captured) == (5 if connection.vendor == "sqlite" else 4)
