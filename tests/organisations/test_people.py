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
from thidua.accounts.models import Account
from thidua.accounts.services import LastAdministratorError
from thidua.organisations.models import ClusterRole, Person, Post, UnitRole
from thidua.organisations.problems import PersonChangeRefusedError
from thidua.organisations.services.clusters import give_cluster_role
from thidua.organisations.services.people import (
    NewPerson,
    NewPost,
    change_person,
    create_person,
    end_post,
    leave,
    preview_leaving,
    start_post,
)
from thidua.organisations.services.roles import name_stand_in
from thidua.organisations.services.units import apply_due_changes
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
KIND = Post.StaffKind.CIVIL_SERVANT
LAST_DAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_a_person_stands_where_the_main_post_of_today_is():
    unit = make_unit("Cục")

    person = make_person("Nguyễn Văn Dũng", unit, position="Chuyên viên chính")

    assert (person.unit, person.record_unit, person.root) == (unit, unit, unit)
    assert (person.position, person.position_folded) == ("Chuyên viên chính", "chuyen vien chinh")
    assert (person.folded, person.marked) == ("nguyen van dung", "3nguyên 0văn 3dung")


def test_people_are_listed_by_given_name():
    unit = make_unit()
    for name in ("Trần Ánh", "Lê An", "Đỗ Yến", "Đặng Đức", "Bùi Dung", "Phan Ăn"):
        make_person(name, unit)

    listed = Person.objects.order_by("sort_key").values_list("full_name", flat=True)

    assert list(listed) == ["Lê An", "Trần Ánh", "Phan Ăn", "Bùi Dung", "Đặng Đức", "Đỗ Yến"]


def test_a_staff_code_is_given_once_in_a_root():
    unit = make_unit()
    make_person("Lê An", unit, staff_code="CB-01")

    with pytest.raises(PersonChangeRefusedError) as refused:
        make_person("Lê Bình", unit, staff_code="CB-01")

    assert codes(refused) == ["staff_code_taken"]
    make_person("Lê Bình", make_unit("Bộ khác"), staff_code="CB-01")


def test_a_citizen_number_is_known_again_and_never_kept():
    unit = make_unit()
    person = make_person("Lê An", unit, citizen_number="001 090 000 123")

    with pytest.raises(PersonChangeRefusedError) as refused:
        make_person("Lê Văn An", unit, citizen_number="001090000123")

    assert codes(refused) == ["citizen_known"]
    assert "001090000123" not in str(vars(person))


def test_a_refusal_names_nobody_the_clerk_may_not_read_of():
    ministry = make_unit("Bộ")
    here, there = make_unit("Cục A", ministry), make_unit("Cục B", ministry)
    make_person("Lê An", there, staff_code="CB-01", citizen_number="001090000123")
    clerk = make_user(here, UnitRole.Role.OFFICER)
    post = NewPost(here, "Chuyên viên", "civil_servant", date(2025, 1, 1))
    new = NewPerson("Lê Bình", post, staff_code="CB-01", citizen_number="001090000123")

    with pytest.raises(PersonChangeRefusedError) as refused:
        create_person(clerk, new)

    assert codes(refused) == ["staff_code_taken_outside", "citizen_known_outside"]
    assert "Lê An" not in " ".join(problem.text() for problem in refused.value.problems)


def test_a_new_main_post_ends_the_one_before_on_its_eve():
    first, second = make_unit("Cục A"), make_unit("Cục B")
    person = make_person("Lê An", first)

    start_post(None, person, NewPost(second, "Phó Cục trưởng", KIND, date(2026, 1, 1)))

    person.refresh_from_db()
    assert (person.unit, person.position, person.root) == (second, "Phó Cục trưởng", second)
    assert list(person.posts.order_by("valid_from").values_list("unit", "valid_until")) == [
        (first.pk, date(2026, 1, 1)),
        (second.pk, None),
    ]


def test_a_post_written_down_late_ends_where_the_next_begins():
    unit = make_unit()
    person = make_person("Lê An", unit, since=date(2025, 1, 1), position="Trưởng phòng")

    start_post(None, person, NewPost(unit, "Chuyên viên", KIND, date(2020, 1, 1)))

    person.refresh_from_db()
    assert person.position == "Trưởng phòng"
    assert person.posts.get(position="Chuyên viên").valid_until == date(2025, 1, 1)


def test_a_post_to_come_shows_only_once_its_day_is_applied():
    first, second = make_unit("Cục A"), make_unit("Cục B")
    person = make_person("Lê An", first)
    start_post(None, person, NewPost(second, "Chuyên viên", KIND, date(2026, 4, 1)))
    person.refresh_from_db()
    before = person.unit

    apply_due_changes(date(2026, 4, 1))

    person.refresh_from_db()
    assert (before, person.unit) == (first, second)


def test_a_side_post_leaves_the_main_one_alone():
    unit, board = make_unit("Cục"), make_unit("Ban Chỉ đạo")
    person = make_person("Lê An", unit)

    start_post(None, person, NewPost(board, "Ủy viên", KIND, date(2026, 1, 1), is_main=False))

    person.refresh_from_db()
    assert person.unit == unit
    assert person.posts.on(date(2026, 3, 2)).count() == 2


def test_a_post_in_a_unit_that_is_not_there_is_refused():
    unit = make_unit("Cục", founded_on=date(2020, 1, 1))

    with pytest.raises(PersonChangeRefusedError) as refused:
        make_person("Lê An", unit, since=date(2019, 12, 31))

    assert codes(refused) == ["post_outside_unit"]


def test_the_last_day_of_a_post_is_still_held():
    person = make_person("Lê An", make_unit())

    end_post(None, person.posts.get(), last_day=date(2026, 3, 2))

    person.refresh_from_db()
    assert person.posts.on(date(2026, 3, 2)).count() == 1
    assert person.posts.on(date(2026, 3, 3)).count() == 0
    assert person.unit == person.record_unit


def test_two_editors_of_one_person_do_not_overwrite_each_other():
    person = make_person("Lê An", make_unit())
    change_person(None, person, version=person.version, email="an@example.org")

    with pytest.raises(ChangedMeanwhileError) as meanwhile:
        change_person(None, person, version=person.version, email="khac@example.org")

    assert meanwhile.value.current.email == "an@example.org"


def test_leaving_ends_posts_roles_stand_ins_and_shuts_the_account_on_the_next_day():
    unit = make_unit("Cục")
    person, colleague = make_person("Lê An", unit), make_person("Lê Bình", unit)
    role = make_role(person, unit)
    stand_in = name_stand_in(
        None, role, colleague, first_day=date(2026, 3, 30), last_day=date(2026, 4, 10), reason="Nghỉ phép"
    )
    cluster = make_cluster(unit, unit)
    lead = give_cluster_role(None, cluster, person, ClusterRole.Role.LEAD, valid_from=date(2026, 1, 1))
    account = make_account(person)

    shown = preview_leaving(person, last_day=LAST_DAY)
    leave(None, person, last_day=LAST_DAY, reason="Nghỉ hưu")

    assert (len(shown.posts), shown.unit_roles, shown.stand_ins, shown.account) == (
        1,
        (role,),
        (stand_in,),
        account,
    )
    end = date(2026, 4, 1)
    for row in (person.posts.get(), role, stand_in, lead):
        row.refresh_from_db()
        assert row.valid_until == end
    account.refresh_from_db()
    assert (account.is_active, account.closed_on) == (True, end)
    assert apply_due_changes(end) == {"units": 0, "people": 1, "accounts": 1}
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.unit, person.record_unit, person.left_on) == (None, unit, end)
    assert (account.is_active, account.has_usable_password()) == (False, False)


def test_whoever_left_cannot_leave_again():
    person = make_person("Lê An", make_unit())
    leave(None, person, last_day=LAST_DAY)

    with pytest.raises(PersonChangeRefusedError) as refused:
        leave(None, person, last_day=LAST_DAY)

    assert codes(refused) == ["has_left"]


def test_the_last_administrator_cannot_leave():
    person = make_person("Lê An", make_unit())
    account = make_administrator()
    person.account = account
    person.save()

    with pytest.raises(LastAdministratorError):
        leave(None, person, last_day=LAST_DAY)

    assert Account.objects.get(pk=account.pk).is_active
    assert person.posts.get().valid_until is None


def test_a_role_to_come_is_taken_back_when_its_person_leaves():
    unit = make_unit()
    person = make_person("Lê An", unit)
    make_role(person, unit, since=date(2026, 6, 1))

    leave(None, person, last_day=LAST_DAY)

    assert UnitRole.objects.count() == 0
