"""The make-up of a list: shares own rules aim at, quotas of a plan, every figure opening the lines it counts."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from commendations.trying import applied
from factories import make_honour, make_kind, make_person, make_unit, make_user, signed_in
from movements.plans import make_movement
from movements.stage import text_of
from thidua.commendations.services.own_rules import upload
from thidua.honours.models import Honour
from thidua.movements.models import Registration
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.organisations.models import Unit

pytestmark = pytest.mark.django_db
RULES = """\
authority: BTN
label: {vi: Quy chế, en: Rules}
text: 7/2025/QĐ-BTN
in_force: 2025-02-01
new_figures:
  workers:
    label: {vi: Người trực tiếp công tác, en: Direct workers}
    unit: share-of-list
    value: 0.60
    group: direct_workers
    for: LDTT
    place: Điều 3
    rule: X.WORKERS
  women: {label: {vi: Nữ}, unit: share-of-list, value: 0.30, group: women, place: Điều 4, rule: X.WOMEN}
"""
NO_SHARES = "không đặt tỷ lệ cho từng nhóm"


def in_force(root, rules=RULES):
    return applied(upload(None, root, "quy-che.yaml", rules.encode()))


def of_year(client, unit, **query):
    address = reverse("commendations:fairness_of_year", args=[unit.pk])
    return client.get(address, {"year": 2025, **query})


def of_decision(client, honour, **query):
    address = reverse("commendations:fairness_of_decision", args=[decision_of(honour)])
    return client.get(address, query)


def decision_of(honour):
    return Honour.objects.get(pk=honour.pk).decision_id


def finding(page, words):
    """Return the row of the page's findings that begins with these words."""
    return next(row for row in page.partition("findings")[2].split("<li><span>") if f"<b>{words}" in row)


def links_in(html):
    return dict(reversed(found) for found in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html))


def names_listed(page):
    return re.findall(r">((?:Trần|Lê|Hà|Người) [^<]*)</a>", page.partition('id="list"')[2])


@pytest.fixture
def people(unit):
    return [
        make_person("Trần Thị Ánh", unit, sex="female", is_manager=True),
        make_person("Lê Văn Bốn", unit, sex="male", is_manager=True),
        make_person("Hà Văn Tư", unit, sex="male"),
    ]


def test_a_share_of_own_rules_is_held_against_those_honoured_and_those_registered(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root)
    for person in people:
        make_honour(person, "LDTT", 2025)
    add(None, unit, 2025, [Line(one, "LDTT") for one in people[1:]])
    registering.send(None, Registration.objects.get(unit=unit, year=2025))

    page = text_of(of_year(client, unit))

    row = finding(page, "Người trực tiếp công tác, Lao động tiên tiến: ít nhất 60%")
    honoured, registered = row.split("Đã đăng ký:")
    assert ("thấp hơn tỷ lệ" in honoured, "1 trên 3</a>, 33,3%; còn thiếu 1" in honoured) == (True, True)
    assert ("thấp hơn tỷ lệ" in registered, "1 trên 2</a>, 50,0%; còn thiếu 1" in registered) == (True, True)
    assert ("7/2025/QĐ-BTN, Điều 3" in row, NO_SHARES in page) == (True, False)


def test_each_figure_of_a_share_opens_the_lines_it_counts(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root)
    for person in people:
        make_honour(person, "LDTT", 2025)
    make_honour(people[2], "GIAY_KHEN", 2025)
    add(None, unit, 2025, [Line(people[2], "LDTT"), Line(people[2], "CSTDCS")])
    registering.send(None, Registration.objects.get(unit=unit, year=2025))
    row = finding(text_of(of_year(client, unit)), "Người trực tiếp công tác, Lao động tiên tiến")

    links = links_in(row)
    opened = [
        text_of(client.get(reverse("commendations:fairness_of_year", args=[unit.pk]) + links[words]))
        for words in ("1 trên 3", "1 trên 1")
    ]

    assert [names_listed(page) for page in opened] == [["Hà Văn Tư"], ["Hà Văn Tư"]]
    heading = "Người trực tiếp công tác, Lao động tiên tiến"
    assert [heading in page.partition('id="list"')[2] for page in opened] == [True, True]
    assert "Đã đăng ký:" in opened[1].partition('id="list"')[2]


def test_where_no_rule_in_force_sets_a_share_the_page_says_so(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root, RULES.replace("2025-02-01", "2026-01-15"))
    make_honour(people[0], "LDTT", 2025)

    before = text_of(of_year(client, unit))
    later = make_honour(people[0], "CSTDB", 2025, number="9/QĐ-BTN", decided_on=date(2026, 2, 20))
    after = text_of(of_decision(client, later))

    assert (NO_SHARES in before, NO_SHARES in after) == (True, False)


def test_a_share_binds_no_department_a_province_runs(client, people):
    ministry = make_unit("Bộ Thử nghiệm", code="btn", kind=make_kind("bo", name="Bộ", level="central"))
    kind = make_kind("so", name="Sở", level="province", is_of_province=True)
    department = make_unit("Sở Thử nghiệm Bắc Ninh", ministry, kind=kind)
    Unit.objects.filter(pk=ministry.pk).update(code="btn")
    in_force(ministry)
    signed_in(client, make_user(ministry))
    honours = [
        make_honour(make_person(name, place), "LDTT", 2025, number=number)
        for name, place, number in (
            ("Hà Thị Sở", department, "1/QĐ-STN"),
            ("Lê Văn Bộ", make_unit("Vụ Một", ministry), "2/QĐ-BTN"),
        )
    ]

    pages = [text_of(of_decision(client, honour)) for honour in honours]

    assert [NO_SHARES in page for page in pages] == [True, False]


def test_a_share_counts_those_alone_whom_its_authority_binds_and_opens_them(client, people):
    ministry = make_unit("Bộ Thử nghiệm", code="btn", kind=make_kind("bo", name="Bộ", level="central"))
    department = make_unit(
        "Sở Bắc Ninh", ministry, kind=make_kind("so", name="Sở", level="province", is_of_province=True)
    )
    in_force(ministry, RULES.replace("for: LDTT", "for: [LDTT, BK_BO]"))
    signed_in(client, make_user(ministry))
    own, other = make_person("Lê Văn Bộ", make_unit("Vụ Một", ministry)), make_person("Hà Thị Sở", department)
    for award, number in (("LDTT", "1/QĐ-BTN"), ("BK_BO", "2/QĐ-BTN")):
        for person in (own, other):
            make_honour(person, award, 2025, number=number)
    page = text_of(of_year(client, ministry))

    rows = [
        finding(page, f"Người trực tiếp công tác, {award}")
        for award in ("Lao động tiên tiến", "Bằng khen của bộ")
    ]
    opened = [
        names_listed(
            text_of(client.get(reverse("commendations:fairness_of_year", args=[ministry.pk]) + address))
        )
        for row, words in zip(rows, ("1 trên 1", "2 trên 2"), strict=True)
        for address in (links_in(row)[words],)
    ]

    assert list(map(sorted, opened)) == [["Lê Văn Bộ"], ["Hà Thị Sở", "Lê Văn Bộ"]]


def test_a_share_nobody_of_the_list_is_asked_about_is_left_out(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root)
    honour = make_honour(unit, "TTLDTT", 2025, number="8/QĐ-BTN")

    page = text_of(of_decision(client, honour))

    assert ("ít nhất 60%" in page, NO_SHARES in page) == (False, True)


def test_the_workbook_has_the_shares_with_what_was_seen(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root)
    for person in people:
        make_honour(person, "LDTT", 2025)

    book = CalamineWorkbook.from_filelike(BytesIO(of_year(client, unit, format="xlsx").getvalue()))

    rows = book.get_sheet_by_name("Hạn mức").to_python()
    assert [
        "Người trực tiếp công tác, Lao động tiên tiến, được khen: ít nhất 60%",
        "1 trên 3",
        "thấp hơn tỷ lệ",
        "7/2025/QĐ-BTN, Điều 3",
    ] in rows


def test_the_sex_of_few_is_not_told_by_the_share_of_one_award(client, root, unit):
    signed_in(client, make_user(root, role="auditor"))
    in_force(root, RULES.replace("group: women", "for: [LDTT, CSTDCS], group: women"))
    made = [make_person(f"Người Số {place}", unit, sex="female") for place in range(6)]
    for person in made:
        make_honour(person, "LDTT", 2025)
    make_honour(made[0], "CSTDCS", 2025)

    page = text_of(of_year(client, unit))

    shown = [finding(page, f"Nữ, {award}") for award in ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở")]
    assert ["6 trên 6" in shown[0], "1 chưa rõ" in shown[1]] == [True, True]


def test_the_sex_of_few_a_province_s_department_has_is_not_told_by_what_is_left(client):
    ministry = make_unit("Bộ Thử nghiệm", code="btn", kind=make_kind("bo", name="Bộ", level="central"))
    department = make_unit(
        "Sở Bắc Ninh", ministry, kind=make_kind("so", name="Sở", level="province", is_of_province=True)
    )
    office = make_unit("Vụ Một", ministry)
    in_force(ministry)
    signed_in(client, make_user(ministry, role="auditor"))
    for place in range(7):
        person = make_person(f"Người Số {place}", office if place else department, sex="female")
        make_honour(person, "LDTT", 2025)

    page = text_of(of_year(client, ministry))

    women = page.partition('id="shares"')[2].split(">Nữ</a>")[1].split("</tr>")[0]
    assert ("6 trên 6" in finding(page, "Nữ"), "1 chưa rõ" in women) == (True, True)


def test_a_share_without_a_group_is_named_and_said_not_to_be_counted(client, root, unit, people):
    signed_in(client, make_user(root))
    in_force(root, RULES.replace("group: women, ", ""))
    make_honour(people[0], "LDTT", 2025)

    row = finding(text_of(of_year(client, unit)), "Nữ: 30%")

    assert ("không đối chiếu" in row, "7/2025/QĐ-BTN, Điều 4" in row) == (True, True)


def test_the_text_s_page_says_what_each_share_asks_and_of_whom(client, root):
    signed_in(client, make_user(root))
    row = in_force(root, RULES.replace("group: women, ", ""))

    page = text_of(client.get(reverse("commendations:own_rules_text", args=[row.pk])))

    assert "ít nhất 60%: Người trực tiếp công tác, Lao động tiên tiến" in page
    assert "30%; chưa đối chiếu được: chưa ghi group" in page


@pytest.mark.parametrize("number", [1, 12])
def test_shares_of_a_long_list_cost_as_many_queries_as_those_of_a_short_one(
    client, root, unit, number, django_assert_max_num_queries
):
    signed_in(client, make_user(root))
    in_force(root)
    made = [make_person(f"Người Số {place}", unit) for place in range(number)]
    for person in made:
        make_honour(person, "LDTT", 2025)
    add(None, unit, 2025, [Line(one, "LDTT") for one in made])
    registering.send(None, Registration.objects.get(unit=unit, year=2025))

    with django_assert_max_num_queries(17):
        page = text_of(of_year(client, unit))

    assert f"{number} trên {number}" in finding(page, "Người trực tiếp công tác")


# -- ratios and quotas -----------------------------------------------------------------------------------


def test_a_ratio_opens_both_lists_it_compares(client, root, unit, people):
    signed_in(client, make_user(root))
    for person in people:
        honour = make_honour(person, "LDTT", 2023, number="7/QĐ-BTN", decided_on=date(2023, 12, 20))
    make_honour(people[2], "CSTDCS", 2023, number="7/QĐ-BTN", decided_on=date(2023, 12, 20))
    row = finding(text_of(of_decision(client, honour)), "Chiến sĩ thi đua cơ sở: ")

    links = links_in(row)
    address = reverse("commendations:fairness_of_decision", args=[decision_of(honour)])
    opened = [
        names_listed(text_of(client.get(address + links[words]))) for words in ("1/3", "Lao động tiên tiến")
    ]

    assert [len(names) for names in opened] == [1, 3]


def test_a_ministry_s_ratio_of_titles_leaves_out_those_a_province_gave(client):
    ministry = make_unit("Bộ Thử nghiệm", code="btn", kind=make_kind("bo", name="Bộ", level="central"))
    department = make_unit(
        "Sở Bắc Ninh", ministry, kind=make_kind("so", name="Sở", level="province", is_of_province=True)
    )
    office = make_unit("Vụ Một", ministry)
    in_force(ministry)
    signed_in(client, make_user(ministry))
    given = {office: ("LDTT", "LDTT", "CSTDCS"), department: ("LDTT", "CSTDCS", "CSTDCS")}
    for unit, awards in given.items():
        for place, award in enumerate(awards):
            person = make_person(f"Người {unit.name} {place}", unit)
            make_honour(person, award, 2023, number=f"{place}/QĐ", decided_on=date(2023, 12, 20))
    flags = [(office, "CO_BO", "5/QĐ"), (department, "CO_BO", "5/QĐ"), (department, "CO_CP", "6/QĐ")]
    for unit, award, number in flags:
        make_honour(unit, award, 2023, number=number, decided_on=date(2023, 12, 20))

    pages = {unit: text_of(of_year(client, unit, year=2023)) for unit in (ministry, department)}

    rows = [finding(page, "Chiến sĩ thi đua cơ sở: ") for page in pages.values()]
    opened = [
        len(names_listed(text_of(client.get(address + links_in(row)[words]))))
        for unit, row, seen in zip(pages, rows, ("1/2", "2/1"), strict=True)
        for address in (reverse("commendations:fairness_of_year", args=[unit.pk]),)
        for words in (seen, "Lao động tiên tiến")
    ]
    flags = links_in(finding(pages[ministry], "Cờ thi đua của Chính phủ: "))
    assert (opened, "1/2" in flags) == ([1, 2, 2, 1], True)


def test_flags_of_a_movement_are_no_part_of_the_ratio_of_those_by_merit(client, root, unit):
    signed_in(client, make_user(root))
    flags = [("CO_BO", "MERIT"), ("CO_CP", "MERIT"), ("CO_BO", "MOVEMENT"), ("CO_CP", "MOVEMENT")]
    for place, (award, kind) in enumerate(flags):
        team = make_unit(f"Người Số {place}", unit)
        make_honour(team, award, 2023, number=f"{place}/QĐ", decided_on=date(2023, 12, 20), type=kind)
    row = finding(text_of(of_year(client, root, year=2023)), "Cờ thi đua của Chính phủ: ")

    address = reverse("commendations:fairness_of_year", args=[root.pk])
    opened = [
        text_of(client.get(address + links_in(row)[words]))
        for words in ("1/1", "Cờ thi đua của bộ, ban, ngành, tỉnh")
    ]

    assert [names_listed(page) for page in opened] == [["Người Số 1"], ["Người Số 0"]]


def test_a_quota_opens_the_lines_it_counts(client, root, unit, people):
    signed_in(client, make_user(root))
    honour = make_honour(unit, "TTLDTT", 2025, number="7/QĐ-BTN")
    make_honour(people[0], "LDTT", 2025, number="7/QĐ-BTN")
    asked = {"persons": 0, "each_unit": "on"}

    links = links_in(finding(text_of(of_decision(client, honour, persons=0)), "Cá nhân"))
    per_unit = links_in(finding(text_of(of_decision(client, honour, **asked)), f"{unit.name}: Cá nhân"))
    address = reverse("commendations:fairness_of_decision", args=[decision_of(honour)])

    opened = [
        text_of(client.get(address + found["1 trên tối đa 0"])).partition('id="list"')[2].count("<td>")
        for found in (links, per_unit)
    ]
    everything = text_of(of_decision(client, honour)).partition('id="list"')[2].count("<td>")
    assert [number * 2 for number in opened] == [everything, everything]


def test_a_unit_none_of_the_list_stands_in_is_not_named(client, root, unit, people):
    hidden = make_unit("Cục Không Được Xem", root)
    signed_in(client, make_user(unit))
    honour = make_honour(people[0], "LDTT", 2025, number="7/QĐ-BTN")

    asked = [text_of(of_decision(client, honour, unit=str(one.pk))) for one in (hidden, unit)]

    assert ["Cục Không Được Xem" in asked[0], len(names_listed(asked[0])), len(names_listed(asked[1]))] == [
        False,
        1,
        1,
    ]
    assert f"<h2>{unit.name} <span" in asked[1]


def test_the_figures_of_a_typed_list_open_too(client, root):
    signed_in(client, make_user(root))
    sent = {"names": "Trần Thị Ánh|LĐTT\nPhòng Một|TTLĐTT", "decided_on": "20/12/2025", "persons": "0"}
    address = reverse("commendations:typed_list")
    page = text_of(client.post(address, sent))
    (value,) = re.findall(r'name="among" value="([^"]*)">1 trên tối đa 0<', page)

    opened = text_of(client.post(address, {**sent, "among": value})).partition('id="list"')[2]

    assert (value, "Trần Thị Ánh" in opened, "Phòng Một <" in opened) == ("kind=individual", True, False)


def test_flags_of_a_typed_list_are_counted_and_opened_whatever_they_are_for(client, root):
    signed_in(client, make_user(root))
    sent = {"names": "Người Một|CO_BO\nNgười Hai|CO_CP", "decided_on": "20/12/2023"}
    address = reverse("commendations:typed_list")
    row = finding(text_of(client.post(address, sent)), "Cờ thi đua của Chính phủ: ")
    (value,) = re.findall(r'name="among" value="([^"]*)">1/1<', row)

    opened = text_of(client.post(address, {**sent, "among": value})).partition('id="list"')[2]

    assert ("Người Hai <" in opened, "Người Một <" in opened) == (True, False)


def given_by(organiser, text, **value):
    item = ("quotas", {"text": text, "max": 1, "for": ["individual"], **value})
    return make_movement(organiser, items=(item,)).pk


def test_a_plan_s_quota_of_each_unit_names_the_units_beyond_it(client, root, unit, people):
    signed_in(client, make_user(root))
    movement = given_by(root, "mỗi cục 01 cá nhân", per="cục")
    for person in people[:2]:
        honour = make_honour(person, "GIAY_KHEN", 2025, number="7/QĐ-BTN", movement_id=movement)

    row = finding(text_of(of_decision(client, honour)), "mỗi cục 01 cá nhân")

    assert "hạn mức của kế hoạch Phong trào thử" in row
    assert (f"{unit.name}: " in row, "2 trên tối đa 1</a>" in row, "vượt, phải bớt" in row) == (
        True,
        True,
        True,
    )


def test_a_quota_of_each_unit_is_for_those_right_below_the_unit_looked_at(client, root, unit):
    signed_in(client, make_user(root))
    for name, room in (("Lê Văn Một", "Phòng Một"), ("Lê Văn Hai", "Phòng Hai")):
        make_honour(make_person(name, make_unit(room, unit)), "LDTT", 2025)

    pages = [
        text_of(of_year(client, one, persons=most, each_unit="on")) for one in (unit, root) for most in (1, 0)
    ]

    names = (unit.name, "Phòng Một", "Phòng Hai")
    assert [[name for name in names if f"<b>{name}: Cá nhân" in page] for page in pages] == [
        [],
        ["Phòng Một", "Phòng Hai"],
        [unit.name],
        [unit.name],
    ]


def test_each_unit_of_a_plan_stands_right_below_the_body_that_made_it(client, root, unit):
    signed_in(client, make_user(root))
    movement = given_by(unit, "mỗi đơn vị 01 cá nhân", per="đơn vị")
    for name, room in (("Lê Văn Một", "Phòng Một"), ("Lê Văn Hai", "Phòng Hai"), ("Lê Văn Ba", "Phòng Hai")):
        person = make_person(name, Unit.objects.filter(name=room).first() or make_unit(room, unit))
        honour = make_honour(person, "GIAY_KHEN", 2025, number="7/QĐ-BTN", movement_id=movement)

    row = finding(text_of(of_decision(client, honour)), "mỗi đơn vị 01 cá nhân")

    assert [name for name in (unit.name, "Phòng Một", "Phòng Hai") if f"{name}: " in row] == ["Phòng Hai"]
    assert "2 trên tối đa 1</a>" in row


def test_of_a_part_of_a_decision_no_unit_is_told_to_fall_short_or_to_keep_within(client, root, unit):
    movement = given_by(root, "mỗi cục 02 đến 03 cá nhân", per="cục", min=2, max=3)
    room = make_unit("Phòng Một", unit)
    for name, place in (("Lê Văn Một", room), ("Lê Văn Hai", make_unit("Phòng Hai", unit))):
        honour = make_honour(
            make_person(name, place), "GIAY_KHEN", 2025, number="7/QĐ-BTN", movement_id=movement
        )

    rows = []
    for reader in (make_user(root), make_user(room)):
        signed_in(client, reader)
        page = text_of(of_decision(client, honour))
        rows.append(finding(page, "mỗi cục 02 đến 03 cá nhân").partition("</li>")[0])

    assert ["trong mức" in row for row in rows] == [True, False]
    assert ["chưa đủ dữ liệu" in row for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("days", "number"),
    [((date(2025, 10, 2), date(2025, 12, 30)), 2), ((date(2025, 9, 30), date(2025, 12, 30)), 1)],
)
def test_a_plan_s_quota_of_each_quarter_counts_all_its_decisions_of_that_quarter(
    client, root, people, days, number
):
    signed_in(client, make_user(root))
    movement = given_by(root, "mỗi quý 01 cá nhân", per="quý")
    for person, day, name in zip(people, days, ("7/QĐ-BTN", "9/QĐ-BTN"), strict=False):
        honour = make_honour(person, "GIAY_KHEN", 2025, number=name, decided_on=day, movement_id=movement)

    row = finding(text_of(of_decision(client, honour)), "mỗi quý 01 cá nhân")

    assert f"{number} trên tối đa 1" in row
    assert [name for name in ("7/QĐ-BTN", "9/QĐ-BTN") if f">{name}</a>" in row] == ["7/QĐ-BTN", "9/QĐ-BTN"][
        -number:
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"per": "đợt"}, "Sổ khen không ghi đợt hay tuần xét khen nên không đếm được."),
        ({"per": "cụm"}, "Sổ khen không ghi lần khen theo cụm, khối nên không đếm được."),
        ({"per": "tổng cục"}, "Trong danh sách không có đơn vị nào tên bắt đầu bằng “tổng cục”."),
        ({"max": 15, "unit": "%"}, "Kế hoạch không ghi một số nguyên để đếm."),
    ],
)
def test_a_plan_s_quota_nothing_can_count_says_why(client, root, people, more, reason):
    signed_in(client, make_user(root))
    movement = given_by(root, "hạn mức thử", **more)
    honour = make_honour(people[0], "GIAY_KHEN", 2025, number="7/QĐ-BTN", movement_id=movement)

    row = finding(text_of(of_decision(client, honour)), "hạn mức thử")

    assert (reason in row, "không đối chiếu" in row) == (True, True)
