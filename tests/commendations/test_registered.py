"""What was registered beside what was honoured: shares of the same units and year."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import make_honour, make_kind, make_person, make_unit, make_user, signed_in
from movements.stage import text_of
from thidua.commendations.selectors.fairness import Among
from thidua.commendations.selectors.registered_lines import compared, registered_by
from thidua.core.law.law import shipped_law
from thidua.movements.models import Registration
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.organisations.models import Person
from thidua.records.days import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(unit):
    return [
        make_person("Trần Thị Ánh", unit, sex="female", is_manager=True),
        make_person("Lê Văn Bốn", unit, sex="male"),
        make_person("Hà Thị Tư", unit, sex="female"),
    ]


def handed_in(unit, lines, year=2025):
    add(None, unit, year, lines)
    registering.send(None, Registration.objects.get(unit=unit, year=year))


def shares(user, unit, year=2025):
    law, day = shipped_law(), today()
    found = compared(registered_by(user, unit, year, law, day), law, day)
    return found.total, {name: (part.counted, part.asked) for name, part in found.shares.items()}


def fairness(client, unit, **query):
    address = reverse("commendations:fairness_of_year", args=[unit.pk])
    return client.get(address, {"year": 2025, **query})


def test_shares_are_those_of_who_was_registered(root, unit, people):
    room = make_unit("Phòng Một", unit, is_small_collective=True, kind=make_kind("phong"))
    handed_in(unit, [*(Line(one, "LDTT") for one in people), Line(room, "TTLDTT")])

    total, found = shares(make_user(root), unit)

    assert total == 4
    assert (found["women"], found["leaders"], found["direct_workers"]) == ((2, 3), (1, 3), (2, 3))
    assert found["small_collectives"] == (1, 1)


def test_a_draft_a_wish_and_another_year_count_for_nothing(root, unit, people):
    add(None, unit, 2025, [Line(people[0], "LDTT")])
    handed_in(unit, [Line(people[1], "LDTT")], year=2024)
    handed_in(root, [Line(people[1], "LDTT")])
    registering.write(Registration.objects.get(unit=root), [Line(people[2], "LDTT")], is_wish=True)

    assert [shares(make_user(root), place)[0] for place in (unit, root)] == [0, 1]


def test_what_stands_on_two_sheets_counts_once(root, unit, people):
    handed_in(unit, [Line(people[0], "LDTT"), Line(people[0], "CSTDCS")])
    handed_in(root, [Line(people[0], "LDTT")])

    assert shares(make_user(root), root)[0] == 2


def test_every_share_opens_as_many_lines_as_it_counts(root, unit, people):
    handed_in(unit, [*(Line(one, "LDTT") for one in people), Line(unit, "TTLDXS")])
    law, day = shipped_law(), today()
    lines = registered_by(make_user(root), unit, 2025, law, day)

    found = compared(lines, law, day)

    assert {name: part.counted for name, part in found.shares.items()} == {
        name: lines.count(Among(name)) for name in found.shares
    }
    assert [len(lines.shown(Among(name), 0, 50)) for name in found.shares] == [
        part.counted for part in found.shares.values()
    ]


def test_the_page_sets_registered_beside_honoured_and_opens_both(client, root, unit, people):
    signed_in(client, make_user(root))
    make_honour(people[0], "LDTT", 2025)
    handed_in(unit, [Line(one, "LDTT") for one in people])

    page = text_of(fairness(client, unit))
    opened = text_of(fairness(client, unit, group="women", of="registered")).rpartition("<tbody>")[2]

    assert "Tỷ lệ trong số đăng ký" in page
    assert [name in opened for name in ("Trần Thị Ánh", "Hà Thị Tư", "Lê Văn Bốn")] == [True, True, False]
    assert reverse("movements:registration", args=[unit.pk, 2025]) in opened


def test_the_page_tells_the_unknown_beside_each_share_and_what_it_counts(client, root, unit, people):
    signed_in(client, make_user(root))
    Person.objects.filter(pk=people[2].pk).update(sex="")
    handed_in(unit, [Line(one, "LDTT") for one in people])
    make_honour(people[0], "LDTT", 2025)

    page = text_of(fairness(client, unit))

    women = page.split(">Nữ</a>")[1].split("</tr>")[0]
    assert women.count("<small>1 chưa rõ</small>") == 1
    assert women.count('<small class="phone-only num">trên 1</small>') == 1
    assert page.count("Cơ cấu đếm lần khen") == 1


def test_where_nobody_registered_the_page_says_so_instead_of_nothing(client, root, unit, people):
    signed_in(client, make_user(root))
    make_honour(people[0], "LDTT", 2025)

    page = text_of(fairness(client, unit))

    assert "Chưa có bản đăng ký nào của năm 2025 được gửi" in page
    assert "Tỷ lệ trong số đăng ký" not in page


def test_the_workbook_has_the_shares_of_the_registered_too(client, root, unit, people):
    signed_in(client, make_user(root))
    handed_in(unit, [Line(one, "LDTT") for one in people])

    book = CalamineWorkbook.from_filelike(BytesIO(fairness(client, unit, format="xlsx").getvalue()))

    rows = {row[0]: row[1:] for row in book.get_sheet_by_name("Tỷ lệ trong số đăng ký").to_python()}
    assert rows["Lãnh đạo, quản lý"] == [1, 3, 0, pytest.approx(1 / 3)]


def test_the_workbook_says_of_which_unit_year_and_day_it_is(client, root, unit, people):
    signed_in(client, make_user(root))
    handed_in(unit, [Line(one, "LDTT") for one in people])
    make_honour(people[0], "LDTT", 2025)

    book = CalamineWorkbook.from_filelike(BytesIO(fairness(client, unit, format="xlsx").getvalue()))

    assert book.get_sheet_by_name("Cách xét").to_python()[1:6] == [
        ["Danh sách", f"{unit.name}, thành tích năm 2025"],
        ["Năm thành tích", "2025"],
        ["Theo quy định của ngày", "31/12/2025"],
        ["Số lần khen", "1"],
        ["Số lượt đăng ký", "3"],
    ]
