from datetime import date

import pytest
import time_machine

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_person,
    make_role,
    make_unit,
    make_user,
)
from thidua.initiatives.services.councils import NewCouncil, seat, set_up
from thidua.organisations.managing import may_manage_account
from thidua.organisations.models import ClusterRole, Unit, UnitRole
from thidua.organisations.permissions import (
    givable_roles,
    may,
    require,
    scope_of,
    visible_units,
)
from thidua.organisations.problems import RoleRefusedError
from thidua.organisations.services.roles import end_role, give_role, name_stand_in
from thidua.ui.errors import PermissionNeeded

pytestmark = pytest.mark.django_db
Role = UnitRole.Role
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def ministry():
    return make_unit("Bộ")


@pytest.fixture
def department(ministry):
    return make_unit("Cục", ministry)


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_an_account_without_a_role_sees_nothing_but_the_own_unit(ministry, department):
    visitor, staff = make_account(), make_user(department, None)

    assert list(Unit.objects.filter(visible_units(visitor))) == []
    assert list(Unit.objects.filter(visible_units(staff))) == [department]
    assert not may(staff, "view", department)


def test_a_role_reaches_down_and_not_up(ministry, department):
    division = make_unit("Phòng", department)
    officer = make_user(department)

    assert set(Unit.objects.filter(visible_units(officer))) == {department, division}
    assert (may(officer, "launch", division), may(officer, "launch", ministry)) == (True, False)


def test_a_role_works_on_its_days_only(department):
    person = make_person("Lê An", department)
    make_role(person, department, since=date(2026, 3, 1), until=date(2026, 3, 3))
    account = make_account(person)

    allowed = [may(account, "launch", department, date(2026, 3, day)) for day in (1, 2, 3)]

    assert allowed == [True, True, False]


@pytest.mark.parametrize(
    ("role", "here", "below"),
    [
        (Role.OFFICER, [], []),
        (Role.AUDITOR, [], []),
        (Role.HEAD, ["officer", "staff_admin", "personnel", "auditor"], list(Role.values)),
        (Role.STAFF_ADMIN, ["officer", "auditor"], ["officer", "head", "staff_admin", "auditor"]),
    ],
)
def test_each_role_gives_only_what_is_its_to_give(ministry, department, role, here, below):
    giver = make_user(ministry, role)

    assert givable_roles(giver, ministry) == here
    assert givable_roles(giver, department) == below


def test_giving_what_one_may_not_give_is_refused(ministry, department):
    giver, person = make_user(department, Role.HEAD), make_person("Lê An", department)

    with pytest.raises(RoleRefusedError) as refused:
        give_role(giver, person, ministry, Role.OFFICER, valid_from=TODAY)

    assert codes(refused) == ["role_not_yours_to_give"]
    assert not person.unit_roles.exists()


def test_nobody_gives_himself_a_role(department):
    giver = make_user(department, Role.HEAD)

    with pytest.raises(RoleRefusedError) as refused:
        give_role(giver, giver.person, department, Role.OFFICER, valid_from=TODAY)

    assert codes(refused) == ["role_to_oneself"]


def test_a_role_given_twice_is_held_once(department):
    person, giver = make_person("Lê An", department), make_administrator()
    give_role(giver, person, department, Role.OFFICER, valid_from=TODAY, last_day=date(2026, 6, 30))

    with pytest.raises(RoleRefusedError) as refused:
        give_role(giver, person, department, Role.OFFICER, valid_from=date(2026, 6, 30))

    assert codes(refused) == ["role_held"]
    give_role(giver, person, department, Role.OFFICER, valid_from=date(2026, 7, 1))


def test_a_stand_in_acts_on_the_days_of_absence_and_the_holder_keeps_the_role(department):
    holder, other = make_person("Lê An", department), make_person("Lê Bình", department)
    role, account = make_role(holder, department, Role.HEAD), make_account(other)

    name_stand_in(
        None, role, other, first_day=date(2026, 3, 10), last_day=date(2026, 3, 12), reason="Đi công tác"
    )

    allowed = [may(account, "issue", department, date(2026, 3, day)) for day in (9, 10, 12, 13)]
    assert allowed == [False, True, True, False]
    assert may(make_account(holder), "issue", department, date(2026, 3, 11))


@pytest.mark.parametrize(
    ("first_day", "last_day", "expected"),
    [
        (date(2026, 3, 10), None, ["stand_in_open"]),
        (date(2026, 3, 10), date(2026, 3, 9), ["ends_before_start"]),
        (date(2025, 12, 31), date(2026, 1, 2), ["stand_in_outside"]),
        (date(2026, 6, 30), date(2026, 7, 1), ["stand_in_outside"]),
    ],
)
def test_a_stand_in_outside_the_role_is_refused(department, first_day, last_day, expected):
    holder, other = make_person("Lê An", department), make_person("Lê Bình", department)
    role = make_role(holder, department, since=date(2026, 1, 1), until=date(2026, 7, 1))

    with pytest.raises(RoleRefusedError) as refused:
        name_stand_in(None, role, other, first_day=first_day, last_day=last_day, reason="")

    assert codes(refused) == expected


def test_a_stand_in_cannot_pass_the_role_on(department):
    people = [make_person(name, department) for name in ("Lê An", "Lê Bình", "Lê Chi")]
    role = make_role(people[0], department)
    days = {"first_day": TODAY, "last_day": date(2026, 3, 31), "reason": "Nghỉ phép"}
    stand_in = name_stand_in(None, role, people[1], **days)

    with pytest.raises(RoleRefusedError) as refused:
        name_stand_in(None, stand_in, people[2], **days)

    assert codes(refused) == ["stand_in_of_stand_in"]


def test_ending_a_role_ends_whoever_stands_in(department):
    holder, other = make_person("Lê An", department), make_person("Lê Bình", department)
    role = make_role(holder, department)
    name_stand_in(None, role, other, first_day=TODAY, last_day=date(2026, 3, 31), reason="Nghỉ phép")

    end_role(None, role, last_day=date(2026, 3, 15))

    assert set(UnitRole.objects.values_list("person", "valid_until")) == {
        (holder.pk, date(2026, 3, 16)),
        (other.pk, date(2026, 3, 16)),
    }


def test_a_refusal_names_who_can_grant_the_right(ministry, department):
    head = make_user(ministry, Role.HEAD, full_name="Ngô Thị Hạnh")
    officer = make_user(department, Role.OFFICER)
    del head

    with pytest.raises(PermissionNeeded) as refused:
        require(officer, "edit_units", department)

    assert refused.value.reason == "Bạn chưa được phép lập và sắp xếp đơn vị tại Cục."
    assert refused.value.granted_by == ("Ngô Thị Hạnh (Bộ)",)


def test_an_account_is_managed_only_by_who_could_give_all_its_roles(ministry, department):
    admin, clerk = make_user(ministry, Role.STAFF_ADMIN), make_user(department, Role.OFFICER)
    head, staff = make_user(department, Role.HEAD), make_user(department, None)

    assert [may_manage_account(admin, user.person) for user in (clerk, head, staff)] == [True, True, True]
    assert [may_manage_account(clerk, user.person) for user in (admin, head, staff)] == [False, False, True]
    assert not may_manage_account(clerk, clerk.person)


def test_an_account_with_a_seat_or_a_cluster_to_lead_is_managed_only_by_who_could_give_those(
    ministry, department
):
    admin, keeper = make_user(ministry, Role.STAFF_ADMIN), make_user(department, Role.STAFF_ADMIN)
    leader, expert = make_person("Vũ Lê", department), make_person("Đỗ Hà", department)
    cluster = make_cluster(ministry, department)
    ClusterRole.objects.create(cluster=cluster, person=leader, role="lead", valid_from=date(2026, 1, 1))
    number, day = "1/QĐ-BTN", date(2026, 1, 5)
    council = set_up(None, NewCouncil(ministry, "Hội đồng sáng kiến", number, day, valid_from=day))
    seat(None, council, expert, "member", on=date(2026, 2, 1))

    assert [may_manage_account(admin, one) for one in (leader, expert)] == [True, False]
    assert [may_manage_account(keeper, one) for one in (leader, expert)] == [False, False]


def test_a_closed_account_has_no_scope_left(department):
    officer = make_user(department)
    officer.closed_on = TODAY

    assert scope_of(officer).is_empty
