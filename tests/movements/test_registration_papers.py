"""The registration as a paper: who stands on it, in which order, and what it bears."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import (
    make_account,
    make_cluster,
    make_kind,
    make_person,
    make_role,
    make_unit,
    make_user,
    signed_in,
)
from thidua.audit.models import Entry
from thidua.core.drafting.document import Table
from thidua.core.drafting.layout import heading, number_line
from thidua.movements.models import Registration
from thidua.movements.registration_papers import paper_of_registration
from thidua.movements.services import registering
from thidua.movements.services.registering import Line, add
from thidua.movements.services.wishing import wish
from thidua.organisations.models import ClusterRole, Unit
from thidua.records.days import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def sheet(department):
    room = make_unit(
        "Phòng Hành chính tư pháp", department, kind=make_kind("phong"), is_small_collective=True
    )
    person, head = make_person("Lò Văn Mai", room), make_person("Đỗ Minh", department, position="Giám đốc Sở")
    make_role(head, department, "head")
    lines = [
        Line(person, "LDTT"),
        Line(person, "CSTDCS", "năm thứ hai"),
        Line(head, "LDTT"),
        Line(room, "TTLDTT"),
    ]
    add(None, department, 2026, lines)
    return Registration.objects.get()


def tables(document):
    return {part.title: next(b for b in part.blocks if isinstance(b, Table)).rows for part in document.parts}


def test_each_subject_stands_once_with_all_it_strives_for(sheet):
    assert tables(paper_of_registration(sheet)) == {
        "TẬP THỂ": (("01", "Phòng Hành chính tư pháp", "Tập thể lao động tiên tiến", ""),),
        "CÁ NHÂN": (
            (
                "01",
                "Lò Văn Mai",
                "Chuyên viên, Phòng Hành chính tư pháp",
                "Lao động tiên tiến; Chiến sĩ thi đua cơ sở",
                "năm thứ hai",
            ),
            ("02", "Đỗ Minh", "Giám đốc Sở", "Lao động tiên tiến", ""),
        ),
        "TỔNG HỢP": (
            ("01", "Lao động tiên tiến", "02"),
            ("02", "Chiến sĩ thi đua cơ sở", "01"),
            ("03", "Tập thể lao động tiên tiến", "01"),
        ),
    }


@pytest.mark.parametrize(("symbol", "line"), [("STP", "Số:        /STP"), ("", "Số:        /")])
def test_it_leaves_room_for_a_number_and_no_type_of_the_decree_lends_it_letters(sheet, symbol, line):
    Unit.objects.filter(pk=sheet.unit_id).update(symbol=symbol)
    document = paper_of_registration(Registration.objects.select_related("unit").get())

    assert (heading(document.doc_type), number_line(document)) == ("BẢN ĐĂNG KÝ", line)
    assert (document.addressees, document.signature.name) == (("Bộ Tư pháp",), "Đỗ Minh")


def test_a_draft_leaves_room_for_the_day_and_a_sent_one_bears_it(sheet):
    before = paper_of_registration(sheet).header
    after = paper_of_registration(registering.send(None, sheet)).header

    assert (before.issued_on, before.year) == (None, 2026)
    assert str(after.issued_on) == "2026-03-02"


def test_a_wish_is_not_on_the_paper(sheet, department):
    person = make_person("Vàng Thị Dế", department)
    wish(make_account(person), person, 2026, "LDTT")

    assert "Vàng Thị Dế" not in str(tables(paper_of_registration(sheet)))


def test_who_took_the_paper_out_is_logged(sheet, department, ministry):
    keeper = make_user(department)
    cluster = make_cluster(ministry, make_unit("Sở Tư pháp tỉnh Sơn La", ministry), department, year=2026)
    leader = make_user(make_unit("Sở Tư pháp tỉnh Yên Bái", ministry), None)
    ClusterRole.objects.create(cluster=cluster, person=leader.person, role="lead", valid_from=today())
    staff = make_user(department, None)
    before = taken(leader, sheet)
    registering.send(keeper, sheet)

    codes = [before, *(taken(who, sheet) for who in (keeper, leader, staff))]

    rows = Entry.objects.filter(action="export.registration").order_by("at")
    assert codes == [404, 200, 200, 404]
    assert [(row.actor_id, row.details) for row in rows] == [
        (str(who.pk), {"year": "2026", "kind": "pdf"}) for who in (keeper, leader)
    ]


def taken(account, sheet):
    client = signed_in(Client(), account)
    answer = client.get(reverse("movements:registration_paper", args=[sheet.unit_id, sheet.year, "pdf"]))
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code
