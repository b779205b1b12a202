import pytest
from django.contrib.auth.models import AnonymousUser

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_person,
    make_role,
    make_unit,
    make_user,
)
from movements.plans import launch, make_movement
from thidua.movements.models import Movement, Participation
from thidua.movements.permissions import heads_of, may, may_for_unit, visible, visible_participations
from thidua.movements.selectors.listing import listing
from thidua.movements.services import answering, launching
from thidua.movements.services.intake import name_after_plan
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def movement(ministry, departments, officer):
    return launch(make_movement(ministry, by=officer), departments[1:], by=officer)


def sees(user, movement):
    return Movement.objects.filter(visible(user), pk=movement.pk).exists()


def parts_seen(user, movement):
    found = movement.participations.filter(visible_participations(user, movement))
    return sorted(found.values_list("unit__place", flat=True))


def test_nobody_sees_anything_without_a_role_or_a_place(movement):
    assert [sees(user, movement) for user in (AnonymousUser(), make_account())] == [False, False]


def test_who_organises_sees_a_movement_before_it_goes_out(ministry, officer):
    assert sees(officer, make_movement(ministry))


def test_a_unit_sees_a_movement_once_it_received_it(movement, departments):
    receivers = [make_user(unit, full_name=f"Người {unit.place}") for unit in departments]

    assert [sees(user, movement) for user in receivers] == [False, True, True]


def test_staff_see_what_reached_their_unit_and_nothing_that_is_prepared(ministry, movement, department):
    room = make_unit("Phòng Hành chính tư pháp", department)
    staff = [make_user(unit, None, full_name="Giàng Thị Mỷ") for unit in (department, room)]
    prepared = make_movement(department)

    assert [(sees(user, movement), sees(user, prepared)) for user in staff] == [(True, False), (True, False)]


def test_staff_of_another_unit_see_nothing_of_it(movement, departments):
    stranger = make_user(departments[0], None, full_name="Lý Văn Tài")

    assert not sees(stranger, movement)


def test_a_units_own_plan_is_seen_by_its_people_and_by_who_received_it(movement, department):
    head = make_user(department, "head", full_name="Lò Văn Mai")
    room = make_unit("Phòng Hành chính tư pháp", department)
    inside, outside = make_user(room, None), make_user(make_unit("Đơn vị khác"), None)
    part = Participation.objects.get(movement=movement, unit=department)
    own = answering.start_own_plan(part.pk, [], by=head)
    before = sees(inside, own)

    Movement.objects.filter(pk=own.pk).update(status=Movement.Status.LAUNCHED)

    assert (before, sees(inside, own), sees(outside, own)) == (False, True, False)


def test_a_unit_sees_its_own_part_and_the_organiser_all(movement, departments, officer):
    receiver = make_user(departments[1], full_name="Lê Thị Cà")

    assert parts_seen(receiver, movement) == ["Cà Mau"]
    assert parts_seen(officer, movement) == ["Cà Mau", "Lào Cai"]


def test_an_auditor_sees_all_and_acts_on_nothing(movement, ministry):
    auditor = make_user(ministry, UnitRole.Role.AUDITOR)

    assert sees(auditor, movement)
    assert not any(may(auditor, action, movement) for action in ("edit_plan", "launch", "issue", "remind"))


def test_an_administrator_sees_all(movement):
    assert sees(make_administrator(), movement)


@pytest.mark.parametrize(("role", "issues"), [("officer", False), ("head", True)])
def test_only_a_head_issues(ministry, role, issues):
    assert may(make_user(ministry, role), "issue", make_movement(ministry)) is issues


def test_a_receiving_unit_does_not_act_as_the_organiser(movement, department):
    head = make_user(department, "head", full_name="Lò Văn Mai")

    assert not any(
        may(head, action, movement) for action in ("edit_plan", "launch", "issue", "remind", "view_all")
    )
    assert may_for_unit(head, "report_done", department)


def test_who_can_issue_is_named_the_nearest_first(ministry, department):
    make_role(make_person("Đỗ Khắc Thiệu", ministry), ministry, "head")
    make_role(make_person("Lò Văn Mai", department), department, "head")

    assert heads_of(department) == ["Lò Văn Mai (Sở Tư pháp tỉnh Lào Cai)", "Đỗ Khắc Thiệu (Bộ Tư pháp)"]


def test_the_lead_of_a_cluster_launches_to_its_members(ministry, departments):
    cluster = make_cluster(ministry, *departments)
    lead = make_user(departments[0], full_name="Lê Thị An")
    movement = make_movement(departments[0], cluster=cluster)

    units = launching.candidates(movement)
    launch(movement, units, by=lead)

    assert may(lead, "launch", movement)
    assert [unit.place for unit in units] == ["An Giang", "Cà Mau", "Lào Cai"]
    assert movement.participations.filter(is_visible=True).count() == 3


def test_lists_count_only_what_one_may_see(movement, ministry, departments, officer):
    make_movement(departments[0])
    receiver, stranger = make_user(departments[1], full_name="Lê Thị Cà"), make_account()

    totals = [listing(user, {}).total for user in (officer, receiver, stranger)]
    units = [dict(listing(user, {}).units) for user in (officer, receiver)]

    assert totals == [2, 1, 0]
    assert units == [{movement.pk: 2}, {}]


def test_a_withdrawn_movement_leaves_the_list_unless_asked_for(ministry, officer):
    movement = make_movement(ministry)
    launching.withdraw(movement, by=officer)

    assert [listing(officer, asked).total for asked in ({}, {"status": "withdrawn"})] == [0, 1]


@pytest.mark.parametrize(
    ("query", "found"), [("ky cuong", 1), ("kỷ cương", 1), ("kỳ cương", 0), ("KỶ CƯƠNG", 1)]
)
def test_the_list_finds_with_and_without_diacritics(ministry, officer, query, found):
    movement = make_movement(ministry)
    name_after_plan(movement, None)

    assert listing(officer, {"q": query}).total == found
