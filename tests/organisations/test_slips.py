"""Slips of an administrator: a member taken out, a name mistyped, a right given in haste."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_person,
    make_role,
    make_unit,
    signed_in,
)
from thidua.organisations.models import UnitEvent, UnitRole
from thidua.organisations.problems import ClusterChangeRefusedError, UnitChangeRefusedError
from thidua.organisations.services.clusters import add_members, put_member_back, remove_member
from thidua.organisations.services.reorganisations import preview, reorganise
from thidua.organisations.services.requests import Rename

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def house():
    return House()


class House:
    def __init__(self):
        self.top = make_unit("Bộ Thử nghiệm")
        self.unit = make_unit("Trường Cao đẳng Luật", self.top, short_name="CĐ Luật")
        self.other = make_unit("Cục Hai", self.top)
        self.cluster = make_cluster(self.top, self.other, self.unit)
        self.member = self.cluster.members.get(unit=self.unit)
        self.administrator = make_administrator()

    def opens(self, name, *args, **query):
        address = reverse(f"organisations:{name}", args=args)
        return signed_in(Client(), self.administrator).get(address, query)

    def sends(self, name, /, *args, **data):
        return signed_in(Client(), self.administrator).post(reverse(f"organisations:{name}", args=args), data)


def test_taking_a_member_out_asks_first(house):
    asked = house.opens("member_remove", house.cluster.pk, house.member.pk)

    house.member.refresh_from_db()
    assert asked.status_code == 200
    assert 'value="2/3/2026"' in asked.content.decode()
    assert house.member.valid_until is None


def test_a_member_leaves_at_the_end_of_the_day_that_was_said_and_can_be_put_back(house):
    house.sends("member_remove", house.cluster.pk, house.member.pk, last_day="1/3/2026")
    house.member.refresh_from_db()
    left = house.member.valid_until

    house.sends("member_put_back", house.cluster.pk, house.member.pk)

    house.member.refresh_from_db()
    assert (left, house.member.valid_until) == (DAY, None)
    assert house.cluster.members.count() == 2


def test_a_lead_comes_back_as_a_member(house):
    lead = house.cluster.members.get(unit=house.other)
    remove_member(None, lead, last_day=date(2026, 3, 1))

    back = put_member_back(None, lead)

    assert (back.standing, back.valid_from, back.valid_until) == ("member", DAY, None)


def test_what_was_never_a_member_goes_without_a_trace(house):
    house.sends("member_remove", house.cluster.pk, house.member.pk, never="on")

    assert [member.unit for member in house.cluster.members.all()] == [house.other]


def test_a_unit_that_moved_on_is_not_put_back_into_two_clusters(house):
    remove_member(None, house.member, last_day=date(2026, 3, 1))
    second = make_cluster(house.top, code="cum-2", name="Cụm thi đua số 2")
    add_members(None, second, [house.unit], valid_from=DAY)

    with pytest.raises(ClusterChangeRefusedError) as refused:
        put_member_back(None, house.member)

    assert [problem.code for problem in refused.value.problems] == ["member_already"]


def test_who_stays_to_the_end_of_a_day_is_told_from_which_day_another_cluster_may_take_it(house):
    remove_member(None, house.member, last_day=DAY)
    second = make_cluster(house.top, code="cum-2", name="Cụm thi đua số 2")

    with pytest.raises(ClusterChangeRefusedError) as refused:
        add_members(None, second, [house.unit], valid_from=DAY)
    add_members(None, second, [house.unit], valid_from=DAY + timedelta(days=1))

    assert [problem.code for problem in refused.value.problems] == ["member_until"]


def test_only_who_runs_the_clusters_puts_members_back(house):
    remove_member(None, house.member, last_day=date(2026, 3, 1))
    stranger = make_account(make_person("Lê An", house.unit))

    address = reverse("organisations:member_put_back", args=[house.cluster.pk, house.member.pk])
    answer = signed_in(Client(), stranger).post(address)

    house.member.refresh_from_db()
    assert (answer.status_code, house.member.valid_until) == (404, DAY)


def test_a_rename_keeps_the_short_name_unless_another_is_asked_for(house):
    reorganise(None, Rename(house.unit, "Trường Luật"), on=date(2026, 2, 1), decision="1/QĐ")
    reorganise(None, Rename(house.unit, "Trường Pháp luật", ""), on=date(2026, 2, 2), decision="2/QĐ")

    names = house.unit.names.order_by("valid_from").values_list("name", "short_name")
    assert list(names)[1:] == [("Trường Luật", "CĐ Luật"), ("Trường Pháp luật", "")]


def test_the_preview_of_a_rename_says_what_becomes_of_the_short_name(house):
    given = {"name": "Trường Luật", "on": "2/3/2026", "decision": "1/QĐ-B", "decided_on": "1/3/2026"}

    form = house.opens("reorganise_form", house.unit.pk, "doi-ten").content.decode()
    kept = house.sends("reorganise_form", house.unit.pk, "doi-ten", **given, short_name="CĐ Luật")
    gone = house.sends("reorganise_form", house.unit.pk, "doi-ten", **given, short_name="")

    assert 'name="short_name" value="CĐ Luật"' in form
    assert "giữ tên viết tắt CĐ Luật" in kept.content.decode()
    assert "tên viết tắt: CĐ Luật → bỏ" in gone.content.decode()


def test_a_slip_in_a_rename_is_mended_the_same_day(house):
    reorganise(None, Rename(house.unit, "Truờng Luật"), on=DAY, decision="1/QĐ")
    row = house.unit.names.get(valid_from=DAY)

    again = preview(Rename(house.unit, "Trường Luật"), DAY).problems
    house.unit.refresh_from_db()
    house.sends(
        "name_correct", house.unit.pk, row.pk, name="Trường Luật", short_name="", version=house.unit.version
    )

    house.unit.refresh_from_db()
    assert [problem.code for problem in again] == ["renamed_same_day"]
    assert "Sửa thông tin" in again[0].text()
    assert (house.unit.name, UnitEvent.objects.count()) == ("Trường Luật", 1)


def test_a_decision_is_named_by_a_number(house):
    with pytest.raises(UnitChangeRefusedError) as refused:
        reorganise(None, Rename(house.unit, "Trường Luật"), on=DAY, decision="x")

    assert [problem.code for problem in refused.value.problems] == ["decision_unlike"]


def test_a_right_over_the_whole_installation_is_shown_before_it_is_given(house):
    account = make_account()

    seen = house.sends("installation_role_give", account.pk, role="administrator", last_day="31/12/2026")
    before = account.installation_roles.count()
    house.sends("installation_role_give", account.pk, role="administrator", last_day="31/12/2026", agreed="1")

    row = account.installation_roles.get()
    assert "Mọi đơn vị, mọi người, không giới hạn phạm vi" in seen.content.decode()
    assert (before, row.role, row.last_day) == (0, "administrator", date(2026, 12, 31))


def test_a_right_that_would_be_over_is_not_given(house):
    account = make_account()

    answer = house.sends(
        "installation_role_give", account.pk, role="auditor", last_day="1/3/2026", agreed="1"
    )

    assert "Ngày này đã qua" in answer.content.decode()
    assert account.installation_roles.count() == 0


def test_the_preview_of_a_move_tells_who_begins_and_who_ceases_to_see(house):
    old, new = make_unit("Tổng cục Một", house.top), make_unit("Tổng cục Hai", house.top)
    moving = make_unit("Phòng Chuyển", old)
    make_person("Trần Văn Dũng", moving)
    for name, unit in (("Lê Mất", old), ("Vũ Được", new), ("Đỗ Vẫn", house.top)):
        make_role(make_person(name, unit), unit, UnitRole.Role.OFFICER)
    make_cluster(house.top, moving, code="cum-9", name="Cụm thi đua số 9")

    answer = house.sends(
        "reorganise_form",
        moving.pk,
        "chuyen",
        parent="Tổng cục Hai",
        on="2/3/2026",
        decision="1/QĐ-B",
        decided_on="1/3/2026",
    )

    page = answer.content.decode()
    assert "Ai thấy 1 người của đơn vị" in page
    assert page.index("thôi thấy") < page.index("Lê Mất") < page.index("sẽ thấy") < page.index("Vũ Được")
    assert "Đỗ Vẫn" not in page
    assert "Cụm thi đua số 9" in page


def test_the_administrators_account_is_tied_to_a_person_who_can_then_be_given_a_role(house):
    person = make_person("Lê Thị Quản", house.top)
    own = house.administrator

    asked = house.opens("account", own.pk).content.decode()
    house.sends("account_connect", own.pk, person="Lê Thị Quản")
    again = house.opens("account_connect", own.pk)

    person.refresh_from_db()
    assert reverse("organisations:account_connect", args=[own.pk]) in asked
    assert person.account == own
    assert again.status_code == 404


def test_nobody_else_ties_accounts_to_people(house):
    person = make_person("Lê Thị Quản", house.top)
    officer = make_account(make_person("Lê An", house.top))
    make_role(officer.person, house.top, UnitRole.Role.STAFF_ADMIN)

    address = reverse("organisations:account_connect", args=[house.administrator.pk])
    answer = signed_in(Client(), officer).post(address, {"person": "Lê Thị Quản"})

    person.refresh_from_db()
    assert (answer.status_code, person.account) == (403, None)


@pytest.mark.parametrize("kind", ["unit", "cluster"])
def test_nobody_takes_anothers_roles_by_tying_the_own_account(house, kind):
    holder = make_person("Đỗ Quang Minh", house.other)
    if kind == "unit":
        make_role(holder, house.top, UnitRole.Role.PERSONNEL)
    else:
        house.cluster.roles.create(person=holder, role="lead", valid_from=date(2026, 4, 1))

    answer = house.sends("account_connect", house.administrator.pk, person="Đỗ Quang Minh")

    holder.refresh_from_db()
    assert holder.account is None
    assert "Không ai tự giao quyền cho mình." in answer.content.decode()


def test_a_role_in_a_cluster_that_has_ended_is_nobodys_any_more(house):
    person = make_person("Đỗ Quang Minh", house.other)
    house.cluster.roles.create(
        person=person, role="lead", valid_from=date(2026, 1, 1), valid_until=date(2026, 3, 2)
    )

    house.sends("account_connect", house.administrator.pk, person="Đỗ Quang Minh")

    person.refresh_from_db()
    assert person.account == house.administrator
