"""Every page: who may open it, what it shows to whom, what it costs."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_person,
    make_role,
    make_unit,
    make_user,
    signed_in,
)
from thidua.organisations.models import Cluster, Person, Unit, UnitKind, UnitRole
from thidua.organisations.selectors.people import look_alikes
from thidua.organisations.selectors.units import counts_below
from thidua.organisations.services.people import change_person
from thidua.organisations.services.roles import name_stand_in

pytestmark = pytest.mark.django_db
Role = UnitRole.Role


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def house():
    """A ministry of two departments, each with a division, and one user of every sort."""
    return House()


class House:
    def __init__(self):
        self.ministry = make_unit("Bộ Thử nghiệm")
        self.department = make_unit("Cục Một", self.ministry)
        self.other = make_unit("Cục Hai", self.ministry)
        self.division = make_unit("Phòng Một", self.department)
        self.officer = make_user(self.department, Role.OFFICER, full_name="Phạm Thu Hà")
        self.head = make_user(self.department, Role.HEAD, full_name="Đỗ Quang Minh")
        self.personnel = make_user(self.ministry, Role.STAFF_ADMIN, full_name="Vũ Hải Yến")
        self.staff = make_user(self.department, None, full_name="Lê Thị Nhàn")
        self.stranger = make_user(self.other, Role.OFFICER, full_name="Ngô Văn Lạ")
        self.administrator = make_administrator(full_name="Quản Trị")
        self.nobody = make_account(full_name="Không Vai Trò")
        self.cluster = make_cluster(self.ministry, self.department, self.other)
        self.person = make_person(
            "Trần Văn Dũng",
            self.division,
            email="dung@example.org",
            staff_code="TP-77",
            birth_date=date(1985, 4, 3),
        )
        self.role = self.officer.person.unit_roles.get()


def opened(account, name, *args, **query):
    return signed_in(Client(), account).get(reverse(f"organisations:{name}", args=args), query)


def sent(account, name, /, *args, **data):
    return signed_in(Client(), account).post(reverse(f"organisations:{name}", args=args), data)


def text_of(response):
    return response.content.decode()


# Who may open what: statuses for officer, head, personnel officer, staff, stranger, administrator, nobody.
PAGES = [
    ("tree", lambda _h: (), (200, 200, 200, 200, 200, 200, 200)),
    ("people", lambda _h: (), (200, 200, 200, 200, 200, 200, 200)),
    ("clusters", lambda _h: (), (200, 200, 200, 200, 200, 200, 200)),
    ("unit", lambda h: (h.department.pk,), (200, 200, 200, 200, 404, 200, 404)),
    ("branch", lambda h: (h.department.pk,), (200, 200, 200, 200, 404, 200, 404)),
    ("unit_create", lambda _h: (), (403, 403, 200, 403, 403, 200, 403)),
    ("unit_edit", lambda h: (h.department.pk,), (403, 403, 200, 403, 404, 200, 404)),
    (
        "name_correct",
        lambda h: (h.department.pk, h.department.names.get().pk),
        (403, 403, 200, 403, 404, 200, 404),
    ),
    ("reorganise", lambda h: (h.department.pk,), (403, 403, 200, 403, 404, 200, 404)),
    *(
        ("reorganise_form", lambda h, kind=kind: (h.department.pk, kind), (403, 403, 200, 403, 404, 200, 404))
        for kind in ("doi-ten", "chuyen", "sap-nhap", "chia-tach", "giai-the")
    ),
    ("person", lambda h: (h.person.pk,), (200, 200, 200, 404, 404, 200, 404)),
    ("person_create", lambda _h: (), (200, 403, 200, 403, 200, 200, 403)),
    ("person_edit", lambda h: (h.person.pk,), (200, 403, 200, 404, 404, 200, 404)),
    ("post_start", lambda h: (h.person.pk,), (200, 403, 200, 404, 404, 200, 404)),
    ("post_end", lambda h: (h.person.pk, h.person.posts.get().pk), (200, 403, 200, 404, 404, 200, 404)),
    ("person_leave", lambda h: (h.person.pk,), (200, 403, 200, 404, 404, 200, 404)),
    ("person_invite", lambda h: (h.person.pk,), (200, 200, 200, 404, 404, 200, 404)),
    ("person_account", lambda h: (h.officer.person.pk,), (403, 200, 200, 404, 404, 200, 404)),
    ("duplicates", lambda _h: (), (200, 403, 200, 403, 200, 200, 403)),
    ("roles", lambda h: (h.department.pk,), (200, 200, 200, 403, 404, 200, 404)),
    ("role_give", lambda h: (h.department.pk,), (403, 200, 200, 403, 404, 200, 404)),
    ("role_end", lambda h: (h.role.pk,), (200, 200, 200, 403, 404, 200, 404)),
    ("role_stand_in", lambda h: (h.role.pk,), (200, 200, 200, 403, 404, 200, 404)),
    ("cluster", lambda h: (h.cluster.pk,), (200, 200, 200, 200, 200, 200, 404)),
    ("cluster_create", lambda _h: (), (403, 403, 200, 403, 403, 200, 403)),
    ("cluster_edit", lambda h: (h.cluster.pk,), (404, 404, 200, 404, 404, 200, 404)),
    ("members_add", lambda h: (h.cluster.pk,), (404, 404, 200, 404, 404, 200, 404)),
    ("cluster_appoint", lambda h: (h.cluster.pk,), (404, 404, 200, 404, 404, 200, 404)),
    ("representative_give", lambda h: (h.cluster.pk,), (404, 404, 200, 404, 404, 200, 404)),
    ("clusters_copy", lambda _h: (), (403, 403, 200, 403, 403, 200, 403)),
    ("accounts", lambda _h: (), (200, 200, 200, 403, 200, 200, 403)),
    ("account", lambda h: (h.nobody.pk,), (403, 403, 403, 403, 403, 200, 403)),
    ("kinds", lambda _h: (), (403, 403, 403, 403, 403, 200, 403)),
    ("kind_create", lambda _h: (), (403, 403, 403, 403, 403, 200, 403)),
    ("kind", lambda h: (h.ministry.kind_id,), (403, 403, 403, 403, 403, 200, 403)),
    ("account_create", lambda _h: (), (403, 403, 403, 403, 403, 200, 403)),
]


@pytest.mark.parametrize(
    ("name", "arguments", "expected"), PAGES, ids=[f"{page[0]}-{number}" for number, page in enumerate(PAGES)]
)
def test_each_page_opens_to_those_it_is_for_and_to_nobody_else(house, name, arguments, expected):
    users = (
        house.officer,
        house.head,
        house.personnel,
        house.staff,
        house.stranger,
        house.administrator,
        house.nobody,
    )

    statuses = tuple(opened(user, name, *arguments(house)).status_code for user in users)

    assert statuses == expected


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("organisations:people"))

    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=/don-vi/ca-nhan/")


def test_a_refused_page_says_why_and_who_can_grant_it(house):
    page = text_of(opened(house.officer, "unit_edit", house.department.pk))

    assert "Bạn chưa được phép lập và sắp xếp đơn vị tại Cục Một." in page
    assert "Đỗ Quang Minh (Cục Một)" in page


def test_the_record_shows_its_personal_facts_only_to_those_who_need_them(house):
    seen = {}
    for name in ("officer", "head"):
        page = text_of(opened(getattr(house, name), "person", house.person.pk))
        seen[name] = ("3/4/1985" in page, "TP-77" in page, "dung@example.org" in page)
    own = text_of(opened(make_account(house.person), "person", house.person.pk))

    assert seen == {"officer": (True, True, True), "head": (False, False, True)}
    assert "3/4/1985" in own


def test_colleagues_are_named_to_staff_without_a_way_into_their_record(house):
    page = text_of(opened(house.staff, "people"))

    assert "Phạm Thu Hà" in page
    assert reverse("organisations:person", args=[house.officer.person.pk]) not in page
    assert "Trần Văn Dũng" not in page
    assert "3 dòng trong 3" in page.replace("1–3 trong 3", "3 dòng trong 3")


def test_what_lies_outside_the_own_subtree_is_in_no_list_and_no_count(house):
    page = text_of(opened(house.officer, "people"))

    assert "Ngô Văn Lạ" not in page
    assert "1–4 trong 4" in page
    assert "Cục Hai" not in text_of(opened(house.officer, "tree"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tran van dung", ["Trần Văn Dũng"]),
        ("dũng", ["Trần Văn Dũng"]),
        ("dung", ["Trần Văn Dũng"]),
        ("đũng", []),
        ("TP-77", ["Trần Văn Dũng"]),
    ],
)
def test_people_are_found_with_and_without_diacritics(house, query, found):
    response = opened(house.officer, "people", q=query)

    assert [name for name in ["Trần Văn Dũng", "Phạm Thu Hà"] if f">{name}</a>" in text_of(response)] == found


def test_a_staff_code_is_not_found_by_who_may_not_read_it(house):
    assert "Trần Văn Dũng" not in text_of(opened(house.head, "people", q="TP-77"))


def test_the_list_pages_forward_and_back_in_the_order_of_given_names(house):
    names = [f"Hoàng Văn {letter}" for letter in "ABCDEGHIKLMNOPQRSTUVXY"] + [
        f"Hồ Thị {letter}" for letter in "ABCDEG"
    ]
    for name in names:
        make_person(name, house.division)
    client, address = signed_in(Client(), house.officer), reverse("organisations:people")
    everybody = list(
        Person.objects.filter(unit__in=[house.department, house.division]).order_by("sort_key", "pk")
    )

    first = client.get(address, {"size": 25})
    second = client.get(address, {"size": 25, "after": everybody[24].pk})
    again = client.get(address, {"size": 25, "before": everybody[25].pk})

    def shown(response):
        page = text_of(response)
        return [person for person in everybody if f'/ca-nhan/{person.pk}/">{person.full_name}<' in page]

    assert shown(first) == everybody[:25]
    assert shown(second) == everybody[25:]
    assert shown(again) == everybody[:25]


@pytest.mark.parametrize(("name", "shown"), [("people", "Trần Văn Dũng"), ("accounts", "Đỗ Quang Minh")])
def test_htmx_gets_only_the_list(house, name, shown):
    response = signed_in(Client(), house.administrator).get(
        reverse(f"organisations:{name}"), headers={"HX-Request": "true"}
    )

    assert "<html" not in text_of(response)
    assert shown in text_of(response)
    assert "HX-Request" in response["Vary"]


def queries_for(account, name, *args, **query):
    client = signed_in(Client(), account)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"organisations:{name}", args=args), query)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["tree", "people", "clusters", "accounts"])
def test_a_list_costs_the_same_at_any_size_and_little(house, name):
    for number in range(60):
        make_account(make_person(f"Cao Văn {number}", house.department))
    before = queries_for(house.personnel, name)
    for number in range(12):
        unit = make_unit(f"Vụ {number}", house.ministry)
        make_unit("Phòng", unit)
        make_cluster(house.ministry, unit, code=f"c{number}", name=f"Cụm {number}")
        make_account(make_person(f"Bùi Văn {number}", unit))
        for letter in "ABCDEGHI":
            make_person(f"Lý Thị {letter}", unit)

    after = queries_for(house.personnel, name)

    assert after == before
    assert after <= 12


def test_a_units_page_costs_the_same_whoever_works_there(house):
    before = queries_for(house.personnel, "unit", house.department.pk)
    for number in range(10):
        make_person(f"Bùi Văn {number}", house.department)
        make_unit(f"Phòng {number}", house.department)

    assert queries_for(house.personnel, "unit", house.department.pk) == before


def test_the_tree_of_a_past_day_shows_that_days_units(house):
    make_unit("Cục Mới Lập", house.ministry, founded_on=date(2026, 1, 1))

    assert "Cục Mới Lập" in text_of(opened(house.personnel, "tree"))
    assert "Cục Mới Lập" not in text_of(opened(house.personnel, "tree", as_of="2025-12-31"))


def test_the_whole_tree_opens_without_scripts(house):
    page = text_of(opened(house.personnel, "tree", all="1"))

    assert "Phòng Một" in page
    assert "hx-get" not in page.split('class="tree"')[1].split("</nav>")[0]


def test_a_new_unit_is_offered_below_the_only_top_and_without_a_day(house):
    fields = re.findall(r"<input[^>]*>", text_of(opened(house.personnel, "unit_create")))
    given = {name[1]: "value=" in field for field in fields if (name := re.search('name="([^"]+)"', field))}

    assert (given["parent"], given["founded_on"]) == (True, False)


def test_a_unit_is_made_once_however_often_the_form_is_sent(house):
    data = {
        "name": "Vụ Pháp chế",
        "kind": house.ministry.kind_id,
        "parent": "Bộ Thử nghiệm",
        "founded_on": "1/3/2026",
        "body_role": "ordinary",
    }

    first, second = (sent(house.personnel, "unit_create", **data) for _ in range(2))

    made = Unit.objects.get(name="Vụ Pháp chế")
    assert (first.status_code, made.parent, made.founded_on) == (302, house.ministry, date(2026, 3, 1))
    assert "Đã có “Vụ Pháp chế” trong cùng đơn vị cấp trên." in text_of(second)


def test_a_parent_outside_the_editors_reach_is_not_found(house):
    editor = make_user(house.department, Role.STAFF_ADMIN)
    data = {"name": "Phòng Lạ", "kind": house.ministry.kind_id, "parent": "Cục Hai", "founded_on": "1/3/2026"}

    page = text_of(sent(editor, "unit_create", **data, body_role="ordinary"))

    assert "Không tìm thấy “Cục Hai”." in page
    assert not Unit.objects.filter(name="Phòng Lạ").exists()


def test_a_unit_changed_meanwhile_is_not_overwritten(house):
    data = {
        "kind": house.department.kind_id,
        "code": "c1",
        "body_role": "ordinary",
        "version": house.department.version,
        "founded_on": "1/1/2010",
    }
    sent(house.personnel, "unit_edit", house.department.pk, **data, phone="111")

    page = text_of(sent(house.administrator, "unit_edit", house.department.pk, **data, phone="222"))

    assert "Đã được Vũ Hải Yến xử lý lúc 08:00 2/3/2026." in page
    assert Unit.objects.get(pk=house.department.pk).phone == "111"


MERGER = {
    "into": "new",
    "name": "Cục Hợp nhất",
    "on": "1/3/2026",
    "decision": "99/QĐ-BTN",
    "decided_on": "20/2/2026",
}


def test_a_merger_is_previewed_then_carried_out(house):
    data = MERGER | {"others": [house.other.pk]}
    preview = sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data)
    page = text_of(preview)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    untouched = Unit.objects.filter(name="Cục Hợp nhất").exists()

    done = sent(
        house.personnel,
        "reorganise_form",
        house.department.pk,
        "sap-nhap",
        **data,
        seen=seen,
        continuing_roles=[house.role.pk],
    )

    merged = Unit.objects.get(name="Cục Hợp nhất")
    assert (untouched, done.status_code) == (False, 302)
    assert "Việc này không hoàn tác được." in page
    assert set(merged.people.values_list("full_name", flat=True)) == {
        "Phạm Thu Hà",
        "Đỗ Quang Minh",
        "Lê Thị Nhàn",
        "Ngô Văn Lạ",
    }
    assert list(merged.roles.values_list("person__full_name", flat=True)) == ["Phạm Thu Hà"]


def test_after_a_merger_the_reader_stands_before_the_new_unit_and_the_old_counts_nothing_below(house):
    data = MERGER | {"others": [house.other.pk], "on": "2/3/2026"}
    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data))
    seen = page.split('name="seen" value="')[1].split('"')[0]

    done = sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data, seen=seen)

    old, new = Unit.objects.get(pk=house.department.pk), Unit.objects.get(name="Cục Hợp nhất")
    assert done["location"] == reverse("organisations:unit", args=[new.pk])
    assert [counts_below(unit, date(2026, 3, 2)) for unit in (old, new)] == [(0, 0), (1, 5)]


def test_a_unit_that_receives_another_stays_in_view(house):
    data = MERGER | {"into": "own", "others": [house.other.pk]}
    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data))
    seen = page.split('name="seen" value="')[1].split('"')[0]

    done = sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data, seen=seen)

    assert done["location"] == reverse("organisations:unit", args=[house.department.pk])


@pytest.mark.parametrize("into", ["new", "own"])
def test_the_preview_names_those_who_would_both_be_head(house, into):
    titles = (("Trưởng phòng", "Đinh Công Tâm"), ("Phó Trưởng phòng", "Hồ Thị Mai"))
    for unit, other_name in ((house.department, ""), (house.other, " Hai")):
        for title, name in titles:
            make_person(name + other_name, unit, position=title, is_manager=True)
    data = MERGER | {"others": [house.other.pk], "into": into}

    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data))

    told = page.split("cùng đứng đầu")[1].split("<li>")[1:]
    name = "Cục Hợp nhất" if into == "new" else "Cục Một"
    assert [line.split("</li>")[0] for line in told if "Trưởng phòng (" in line] == [
        f"<b>{name}</b>: 2 Trưởng phòng (Đinh Công Tâm, Đinh Công Tâm Hai)"
    ]


def test_the_preview_does_not_speak_of_heads_when_there_is_one(house):
    make_person("Đinh Công Tâm", house.department, position="Trưởng phòng", is_manager=True)
    data = MERGER | {"others": [house.other.pk]}

    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data))

    assert ("Đinh Công Tâm" in page, "cùng đứng đầu" in page) == (True, False)


def test_the_name_a_merger_may_need_is_not_called_optional(house):
    page = text_of(opened(house.personnel, "reorganise_form", house.department.pk, "sap-nhap"))

    labels = re.findall(r'<label class="field-label" for="id_(\w+)">(.*?)</label>', page)
    assert {name: "không bắt buộc" in label for name, label in labels} == {
        "name": False,
        "short_name": True,
        "receiver": False,
        "decision": False,
        "decided_on": False,
        "note": True,
        "on": False,
    }


def test_a_merger_without_a_decision_number_goes_no_further_than_the_form(house):
    data = MERGER | {"others": [house.other.pk], "decision": ""}

    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "sap-nhap", **data))

    assert 'name="seen"' not in page
    assert "Số quyết định" in page


def test_a_merger_that_changed_since_its_preview_is_shown_again(house):
    data = MERGER | {"others": [house.other.pk]}

    page = text_of(
        sent(
            house.personnel,
            "reorganise_form",
            house.department.pk,
            "sap-nhap",
            **data,
            seen="an earlier state",
        )
    )

    assert "Có thay đổi từ lúc bạn xem trước." in page
    assert not Unit.objects.filter(name="Cục Hợp nhất").exists()


def test_a_division_of_people_follows_the_form(house):
    data = {
        "part_1": "Cục Bắc",
        "part_2": "Cục Nam",
        "on": "1/3/2026",
        "decision": "QĐ 99",
        "day_unknown": "on",
    }
    data[f"person_{house.staff.person.pk}"] = "2"
    page = text_of(sent(house.personnel, "reorganise_form", house.department.pk, "chia-tach", **data))
    seen = page.split('name="seen" value="')[1].split('"')[0]

    sent(house.personnel, "reorganise_form", house.department.pk, "chia-tach", **data, seen=seen)

    where = dict(Person.objects.values_list("full_name", "unit__name"))
    assert (where["Lê Thị Nhàn"], where["Phạm Thu Hà"]) == ("Cục Nam", "Cục Bắc")
    assert Unit.objects.get(pk=house.division.pk).parent.name == "Cục Bắc"


PERSON = {
    "full_name": "Trần Văn Dũng",
    "position": "Chuyên viên",
    "staff_kind": "civil_servant",
    "valid_from": "1/3/2026",
}


def test_somebody_who_may_be_there_already_is_added_only_when_confirmed(house):
    data = PERSON | {"unit": "Phòng Một — Cục Một", "birth_date": "3/4/1985"}

    asked = text_of(sent(house.officer, "person_create", **data))
    before = Person.objects.filter(folded="tran van dung").count()
    confirmed = sent(house.officer, "person_create", **data, confirmed="on")

    assert "Có thể đã có hồ sơ của người này" in asked
    assert (before, confirmed.status_code) == (1, 302)
    assert Person.objects.filter(folded="tran van dung").count() == 2


def test_look_alikes_are_listed_until_somebody_settles_them(house):
    twin = make_person("Trần Văn Dũng", house.division, birth_date=date(1985, 4, 3))
    listed = text_of(opened(house.officer, "duplicates"))

    sent(house.officer, "settle", house.person.pk, twin.pk, answer="different")

    assert "Là một người, gộp vào hồ sơ bên trái" in listed
    assert "Không có hồ sơ nào cần xem lại." in text_of(opened(house.officer, "duplicates"))


def test_two_records_of_one_person_become_one_with_all_posts_and_roles(house):
    twin = make_person("Trần Văn Dũng", house.division, birth_date=date(1985, 4, 3), since=date(2024, 1, 1))
    make_role(twin, house.division)

    seen = {f"version_{one.pk}": one.version for one in (house.person, twin)}

    sent(house.personnel, "settle", house.person.pk, twin.pk, answer="same", **seen)

    assert not Person.objects.filter(pk=twin.pk).exists()
    assert house.person.posts.count() == 2
    assert house.person.posts.filter(is_main=True).count() == 1
    assert house.person.unit_roles.count() == 1


def test_records_changed_since_the_page_was_opened_are_not_joined(house):
    twin = make_person("Trần Văn Dũng", house.division, birth_date=date(1985, 4, 3))
    seen = {f"version_{one.pk}": one.version for one in (house.person, twin)}
    change_person(None, twin, version=twin.version, email="moi@bo.vn")

    sent(house.personnel, "settle", house.person.pk, twin.pk, answer="same", **seen)

    assert Person.objects.filter(pk=twin.pk).exists()


def test_look_alikes_are_found_in_few_queries_however_many(house, django_assert_max_num_queries):
    for number in range(12):
        make_person(f"Lê An {number}", house.division, birth_date=date(1985, 4, 3))
        make_person(f"Lê An {number}", house.division, birth_date=date(1985, 4, 3))

    with django_assert_max_num_queries(6):
        groups = look_alikes(house.officer)

    assert len(groups) == 12


def test_joining_records_gives_nobody_a_role_that_was_not_to_be_given(house):
    head = make_person("Đặng Thị Trưởng", house.department)
    make_role(head, house.department, Role.HEAD)
    own = house.officer.person

    answers = [
        sent(house.officer, "settle", kept.pk, dropped.pk, answer="same").status_code
        for kept, dropped in ((own, head), (head, own), (house.person, head), (head, head))
    ]

    assert answers == [403, 403, 403, 404]
    assert list(own.unit_roles.values_list("role", flat=True)) == [Role.OFFICER]
    assert list(head.unit_roles.values_list("role", flat=True)) == [Role.HEAD]


def test_leaving_shows_what_ends_before_it_ends(house):
    person, version = house.officer.person, house.officer.person.version
    data = {"last_day": "31/3/2026", "reason": "Nghỉ hưu", "version": version}
    asked = text_of(sent(house.personnel, "person_leave", person.pk, **data))
    untouched = person.posts.get().valid_until

    sent(house.personnel, "person_leave", person.pk, **data, agreed="1")

    assert "Hết Thứ Ba 31/3/2026 sẽ kết thúc" in asked
    assert (untouched, person.posts.get().valid_until) == (None, date(2026, 4, 1))


def test_the_reach_of_a_role_is_shown_before_it_is_given(house):
    data = {"person": "Lê Thị Nhàn", "role": "officer", "valid_from": "2/3/2026"}
    asked = text_of(sent(house.head, "role_give", house.department.pk, **data))
    untouched = house.staff.person.unit_roles.count()

    done = sent(house.head, "role_give", house.department.pk, **data, agreed="1")

    assert "Vai trò này sẽ thấy và làm được gì" in asked
    assert "Phòng Một" in asked
    assert (untouched, done.status_code, house.staff.person.unit_roles.get().role) == (0, 302, "officer")


def test_a_role_the_giver_may_not_give_is_no_choice(house):
    data = {"person": "Lê Thị Nhàn", "role": "head", "valid_from": "2/3/2026", "agreed": "1"}

    sent(house.head, "role_give", house.department.pk, **data)

    assert not house.staff.person.unit_roles.exists()


def test_the_holder_names_a_stand_in(house):
    data = {
        "person": "Trần Văn Dũng",
        "first_day": "2/3/2026",
        "last_day": "6/3/2026",
        "reason": "Nghỉ phép",
        "agreed": "1",
    }

    response = sent(house.officer, "role_stand_in", house.role.pk, **data)

    assert response.status_code == 302
    stand_in = house.person.unit_roles.get()
    assert (stand_in.stand_in_for, stand_in.last_day) == (house.role, date(2026, 3, 6))


def test_who_named_a_stand_in_ends_the_standing_in(house):
    days = {"first_day": date(2026, 3, 2), "last_day": date(2026, 3, 6), "reason": "Nghỉ phép"}
    head_role = house.head.person.unit_roles.get()
    stand_in = name_stand_in(house.head, head_role, house.person, **days)
    address = reverse("organisations:role_end", args=[stand_in.pk])

    listed = text_of(opened(house.head, "roles", house.department.pk))
    done = sent(
        house.head, "role_end", stand_in.pk, last_day="3/3/2026", reason="Đã về", version=stand_in.version
    )

    stand_in.refresh_from_db()
    assert (f'href="{address}"' in listed, done.status_code) == (True, 302)
    assert stand_in.valid_until == date(2026, 3, 4)
    assert opened(house.officer, "role_end", stand_in.pk).status_code == 403


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("role_stand_in", {"first_day": "22/11/2026", "reason": "Nghỉ phép"}),
        ("role_give", {"role": "officer", "valid_from": "22/11/2026"}),
    ],
)
def test_days_in_the_wrong_order_are_refused_before_the_preview(house, name, data):
    pk = house.role.pk if name == "role_stand_in" else house.department.pk

    page = text_of(sent(house.head, name, pk, person="Trần Văn Dũng", last_day="20/11/2026", **data))

    assert "Ngày kết thúc 20/11/2026 trước ngày bắt đầu 22/11/2026. Sửa lại ngày." in page
    assert 'name="agreed"' not in page


def test_the_list_of_people_offers_excel_only_to_who_may_bring_people_in(house):
    offered = {
        name: "Nhập từ Excel" in text_of(opened(account, "people"))
        for name, account in (
            ("officer", house.officer),
            ("head", house.head),
            ("staff_admin", house.personnel),
        )
    }

    assert offered == {"officer": False, "head": False, "staff_admin": True}
    start = reverse("exchange:start", args=["people"])
    assert signed_in(Client(), house.personnel).get(start).status_code == 200


def test_a_cluster_is_filled_led_and_copied_into_the_next_year(house):
    cluster = {
        "authority": "Bộ Thử nghiệm",
        "year": 2026,
        "kind": "khoi",
        "name": "Khối Cục",
        "code": "khoi-1",
    }
    sent(house.personnel, "cluster_create", **cluster)
    made = Cluster.objects.get(code="khoi-1")
    sent(
        house.personnel,
        "members_add",
        made.pk,
        units=[house.department.pk, house.other.pk],
        valid_from="1/1/2026",
    )
    version = Cluster.objects.get(pk=made.pk).version
    appointment = {
        "lead": house.other.pk,
        "deputies": [house.department.pk],
        "on": "1/1/2026",
        "decision": "QĐ 9",
    }

    sent(house.personnel, "cluster_appoint", made.pk, **appointment, version=version)
    sent(house.personnel, "clusters_copy", authority="Bộ Thử nghiệm", from_year=2026, to_year=2027)

    standings = dict(made.members.values_list("unit__name", "standing"))
    assert standings == {"Cục Một": "deputy", "Cục Hai": "lead"}
    assert Cluster.objects.filter(year=2027).count() == 2
    assert "Khối Cục" in text_of(opened(house.personnel, "clusters", year="2027"))


def test_an_invitation_is_shown_once_and_opens_the_account(house, client):
    response = sent(house.officer, "person_invite", house.person.pk, username="dung.tran")
    link = text_of(response).split('id="link" value="')[1].split('"')[0]

    chosen = client.post(
        link.removeprefix("http://testserver"),
        {"password": "trau-xanh-qua-song", "again": "trau-xanh-qua-song"},
    )

    house.person.refresh_from_db()
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert chosen.status_code == 302
    assert house.person.account.check_password("trau-xanh-qua-song")


def test_a_reset_account_is_signed_out_at_once(house):
    browser = signed_in(Client(), house.officer)

    sent(house.head, "account_reset", house.officer.pk)

    assert browser.get(reverse("organisations:tree")).status_code == 302


def test_nobody_resets_an_account_with_rights_beyond_his_own(house):
    response = sent(house.officer, "account_reset", house.head.pk)

    assert response.status_code == 403
    assert Person.objects.get(pk=house.head.person.pk).account.has_usable_password()


def test_installation_roles_are_given_by_administrators_only(house):
    refused = sent(house.personnel, "installation_role_give", house.nobody.pk, role="auditor", agreed="1")
    given = sent(house.administrator, "installation_role_give", house.nobody.pk, role="auditor", agreed="1")

    assert (refused.status_code, given.status_code) == (403, 302)
    assert [row.role for row in house.nobody.installation_roles.all()] == ["auditor"]


def test_an_auditor_sees_everything_and_changes_nothing(house):
    sent(house.administrator, "installation_role_give", house.nobody.pk, role="auditor", agreed="1")

    assert opened(house.nobody, "unit", house.department.pk).status_code == 200
    assert opened(house.nobody, "unit_edit", house.department.pk).status_code == 403


def test_accounts_are_listed_and_found_by_name_and_login(house):
    listed = text_of(opened(house.personnel, "accounts"))
    found = text_of(opened(house.personnel, "accounts", q="do quang minh"))
    by_login = text_of(opened(house.personnel, "accounts", q=house.head.username))

    assert all(name in listed for name in ("Đỗ Quang Minh", "Phạm Thu Hà", "Lê Thị Nhàn"))
    assert ["Đỗ Quang Minh" in page and "Phạm Thu Hà" not in page for page in (found, by_login)] == [
        True,
        True,
    ]


def test_every_name_in_the_list_of_accounts_opens(house):
    client = signed_in(Client(), house.personnel)

    links = re.findall(r'<td><a href="([^"]+)"', text_of(opened(house.personnel, "accounts")))

    assert links != []
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_a_room_in_the_list_of_accounts_says_of_which_body(house):
    room = make_unit("Văn phòng Cục", house.department)
    make_account(make_person("Đào Thị Hiền", room), username="hien")

    page = text_of(opened(house.administrator, "accounts"))

    assert f'Văn phòng Cục <small class="quiet">{house.department.name}</small>' in page


def test_people_without_an_account_are_listed_apart(house):
    page = text_of(opened(house.officer, "accounts", without="1"))

    assert "Trần Văn Dũng" in page
    assert "Lê Thị Nhàn" not in page


def test_a_kind_of_unit_is_made_and_changed(house):
    data = {"name": "Chi cục", "level": "province", "rank": 70}
    sent(house.administrator, "kind_create", **data, code="chi-cuc")
    made = UnitKind.objects.get(code="chi-cuc")

    sent(house.administrator, "kind", made.pk, **data | {"name": "Chi cục thi hành án"})

    assert UnitKind.objects.get(code="chi-cuc").name == "Chi cục thi hành án"


@pytest.mark.parametrize(("year", "told"), [("2027", True), ("0", False), ("không", False), ("9999", False)])
def test_a_year_without_clusters_is_said_and_last_years_are_offered(house, year, told):
    page = text_of(opened(house.personnel, "clusters", year=year))

    assert ("Năm 2027 chưa có cụm, khối nào." in page, "Chép cụm của năm trước" in page) == (told, told)
