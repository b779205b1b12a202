"""The tree of units on its page: what is shown at once, what is fetched, with script and without."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_unit, make_user, signed_in
from thidua.organisations.models import Unit, UnitName, UnitParent, UnitRole
from thidua.organisations.views import trees

pytestmark = pytest.mark.django_db
SHOWN, MOST = 3, 12
LONG_NAME = "Vụ Công tác xây dựng văn bản quy phạm pháp luật"


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


def large_house(departments, rooms):
    """Return a ministry of so many departments with so many rooms each, under long names, and its officer."""
    ministry = make_unit("Bộ có cây lớn")
    made = [make_unit(f"{LONG_NAME} {number}", ministry) for number in range(1, departments + 1)]
    first = make_unit("Phòng Tổng hợp, kế hoạch và điều phối dự án 1.1", made[0])
    copies = [
        copied(first, above, f"{first.name[:-4]} {number}.{place}")
        for number, above in enumerate(made, start=1)
        for place in range(1, rooms + 1)
        if (number, place) != (1, 1)
    ]
    for model, rows in zip((Unit, UnitName, UnitParent), zip(*copies, strict=True), strict=True):
        model.objects.bulk_create(rows)
    return ministry, make_user(ministry, UnitRole.Role.OFFICER)


def copied(unit, above, name):
    """Return the rows of a unit like ``unit`` under ``above``, not yet written."""
    given = {"kind": unit.kind, "root": above.root, "founded_on": unit.founded_on, "sort_key": name}
    new = Unit(name=name, code=name[-12:], parent=above, depth=above.depth + 1, **given)
    new.path = f"{above.path}{new.segment}/"
    called = UnitName(unit=new, valid_from=unit.founded_on, name=name, folded=name, marked=name)
    return new, called, UnitParent(unit=new, valid_from=unit.founded_on, parent=above)


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


def whole_tree_of(account):
    """Return the pieces the whole tree comes in: its page, then what each way to the rest answers."""
    pieces, waiting = [], [reverse("organisations:tree") + "?all=1"]
    while waiting:
        piece = got(account, waiting.pop(), **({"HX-Request": "true"} if pieces else {}))
        pieces.append(piece)
        waiting += [unescape(link) for link in re.findall(r'hx-get="([^"]+)" hx-trigger="load"', piece)]
    return pieces


def test_the_whole_tree_comes_in_pieces_that_hold_every_unit_once(monkeypatch):
    monkeypatch.setattr(trees, "AT_ONCE", 4)
    _ministry, officer = large_house(3, 5)

    pieces = whole_tree_of(officer)

    rooms = re.findall(r">Phòng [^<]+ (\d\.\d)</a>", "".join(pieces))
    departments = re.findall(r">Vụ [^<]+ (\d)</a>", "".join(pieces))
    assert len(pieces) > 1
    assert sorted(rooms) == [f"{one}.{place}" for one in range(1, 4) for place in range(1, 6)]
    assert sorted(departments) == ["1", "2", "3"]


def test_without_script_the_rest_of_the_whole_tree_is_a_page_that_stays_open(monkeypatch):
    monkeypatch.setattr(trees, "AT_ONCE", 5)
    ministry, officer = large_house(2, 3)

    beginning = got(officer, reverse("organisations:tree") + "?all=1")
    address, _attributes = link_to_the_rest(beginning)
    rest = got(officer, unescape(address))

    assert unescape(address) == reverse("organisations:branch", args=[ministry.pk]) + "?all=1&from=1"
    assert "<title>Dưới Bộ có cây lớn" in rest
    assert re.findall(r">Phòng [^<]+ (\d\.\d)</a>", rest) == ["2.1", "2.2", "2.3"]


def test_a_whole_tree_that_fits_is_one_piece():
    _ministry, officer = large_house(2, 3)

    pieces = whole_tree_of(officer)

    assert len(pieces) == 1
    assert link_to_the_rest(pieces[0]) is None


def test_each_piece_of_a_large_tree_stays_small():
    _ministry, officer = large_house(97, 4)

    pieces = whole_tree_of(officer)

    assert len(pieces) == 2
    assert max(len(piece.encode()) for piece in pieces) <= 100 * 1024


def test_the_whole_tree_asks_as_often_for_many_units_as_for_few():
    counted = []
    for departments in (2, 9):
        _ministry, officer = large_house(departments, 3)
        client = signed_in(Client(), officer)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("organisations:tree"), {"all": "1"})
        counted.append(len(captured))

    assert counted[0] == counted[1] <= MOST


@pytest.mark.parametrize(("number", "folded"), [(15, 0), (16, 4)])
def test_a_unit_with_very_many_below_folds_what_follows_the_first(number, folded):
    ministry, officer = house(number)

    page = got(officer, reverse("organisations:unit", args=[ministry.pk]))

    below = page.partition("<h2>Đơn vị trực thuộc</h2>")[2].partition("</section>")[0]
    assert len(units_in(below)) == number
    assert len(units_in(below.partition("<details")[2])) == folded
