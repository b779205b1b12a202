from datetime import date

import pytest
import time_machine

from factories import make_account, make_cluster, make_kind, make_person, make_role, make_unit
from thidua.accounts.models import Account
from thidua.audit.models import Entry
from thidua.organisations.models import ClusterMember, Person, Unit, UnitRole, UnitSuccession
from thidua.organisations.permissions import scope_of, visible_people, visible_units
from thidua.organisations.problems import UnitChangeRefusedError
from thidua.organisations.selectors.trees import tree_on
from thidua.organisations.services.reorganisations import PreviewOutdatedError, preview, reorganise
from thidua.organisations.services.requests import Dissolve, Merge, Move, Rename, Split
from thidua.organisations.services.units import NewUnit, apply_due_changes

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)
EVE = date(2025, 6, 30)
DECISION = "QĐ 99/QĐ-BTN ngày 20/6/2025"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


def codes(error):
    return [problem.code for problem in error.value.problems]


def carry_out(request, on=DAY, **fields):
    return reorganise(None, request, on=on, decision=DECISION, **fields)


def names(day):
    return [node.name for node in tree_on(day)]


def test_a_new_name_holds_from_its_day_and_the_old_one_until_the_eve():
    ministry = make_unit("Bộ Cũ")

    carry_out(Rename(ministry, "Bộ Mới"))

    assert (names(EVE), names(DAY)) == (["Bộ Cũ"], ["Bộ Mới"])
    assert Unit.objects.get().name == "Bộ Mới"


def test_a_name_for_a_day_to_come_shows_only_once_that_day_is_applied():
    ministry = make_unit("Bộ Cũ")

    carry_out(Rename(ministry, "Bộ Mới"), on=date(2026, 4, 1))
    before = Unit.objects.get().name
    changed = apply_due_changes(date(2026, 4, 1))

    assert (before, Unit.objects.get().name) == ("Bộ Cũ", "Bộ Mới")
    assert changed == {"units": 1, "people": 0, "accounts": 0}
    assert apply_due_changes(date(2026, 4, 1)) == {"units": 0, "people": 0, "accounts": 0}


def test_a_rename_to_the_same_name_is_refused_with_a_sentence():
    ministry = make_unit("Bộ Thử nghiệm", short_name="BTN")

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Rename(ministry, " Bộ  Thử nghiệm"))

    assert codes(refused) == ["same_name"]
    assert refused.value.problems[0].text() == "Tên mới trùng tên đang dùng của Bộ Thử nghiệm. Nhập tên khác."


def test_a_new_short_name_alone_is_a_rename():
    ministry = make_unit("Bộ Thử nghiệm", short_name="BTN")

    carry_out(Rename(ministry, "Bộ Thử nghiệm", "Bộ TN"))

    assert ministry.names.get(valid_from=DAY).short_name == "Bộ TN"


def test_moving_takes_everything_below_along():
    ministry = make_unit("Bộ")
    first, second = make_unit("Cục A", ministry), make_unit("Cục B", ministry)
    division = make_unit("Phòng", first)
    team = make_unit("Tổ", division)

    carry_out(Move(division, second))

    team.refresh_from_db()
    division.refresh_from_db()
    assert team.path == f"{second.path}{division.segment}/{team.segment}/"
    assert (division.parent, team.depth) == (second, 3)
    assert list(Unit.objects.within(first)) == [first]


def test_a_unit_cannot_go_under_one_of_its_own():
    ministry = make_unit("Bộ")
    department = make_unit("Cục", ministry)
    division = make_unit("Phòng", department)

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Move(department, division))

    assert codes(refused) == ["cycle"]
    assert refused.value.problems[0].text() == "Phòng đang thuộc Cục vào ngày 1/7/2025. Chọn cấp trên khác."


def test_a_cycle_that_would_arise_only_later_is_refused_too():
    ministry = make_unit("Bộ")
    first, second = make_unit("Cục A", ministry), make_unit("Cục B", ministry)
    carry_out(Move(first, second), on=date(2026, 1, 1))

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Move(second, first), on=DAY)

    assert codes(refused) == ["cycle"]


def test_without_a_decision_nothing_is_carried_out():
    ministry = make_unit("Bộ Cũ")

    with pytest.raises(UnitChangeRefusedError) as refused:
        reorganise(None, Rename(ministry, "Bộ Mới"), on=DAY, decision=" ")

    assert codes(refused) == ["decision_missing"]
    assert names(DAY) == ["Bộ Cũ"]


def test_two_departments_become_one_with_their_people_divisions_and_places_in_clusters():
    ministry = make_unit("Bộ")
    kind = make_kind("so", name="Sở")
    first, second = make_unit("Sở A", ministry, kind=kind), make_unit("Sở B", ministry, kind=kind)
    division = make_unit("Phòng 1", second)
    person = make_person("Trần Thị Bình", second, position="Giám đốc")
    role = make_role(person, second)
    other = make_unit("Sở C", ministry)
    cluster = make_cluster(ministry, second, other, first, year=2025)
    new = NewUnit("Sở A", kind, ministry)

    carry_out(Merge((first, second), new))

    successor = Unit.objects.get(founded_on=DAY)
    division.refresh_from_db()
    person.refresh_from_db()
    role.refresh_from_db()
    assert names(EVE) == ["Bộ", "Sở A", "Sở B", "Phòng 1", "Sở C"]
    assert names(DAY) == ["Bộ", "Sở A", "Phòng 1", "Sở C"]
    assert division.parent == successor
    assert [(post.unit, post.valid_from) for post in person.posts.order_by("valid_from")] == [
        (second, date(2010, 1, 1)),
        (successor, DAY),
    ]
    assert (person.unit, person.position) == (successor, "Giám đốc")
    assert role.valid_until == DAY
    members = cluster.members.on(DAY).values_list("unit", "standing")
    assert set(members) == {
        (other.pk, ClusterMember.Standing.MEMBER),
        (successor.pk, ClusterMember.Standing.LEAD),
    }
    assert set(cluster.members.on(EVE).values_list("unit", flat=True)) == {first.pk, second.pk, other.pk}


def test_only_the_chosen_roles_go_on_at_the_successor():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    officer, head = make_person("Lê An", second), make_person("Lê Bình", second)
    going_on, ending = make_role(officer, second), make_role(head, second, UnitRole.Role.HEAD)

    carry_out(Merge((second,), first, continuing_roles=frozenset({going_on.pk})))

    assert list(UnitRole.objects.on(DAY).values_list("person", "unit", "role")) == [
        (officer.pk, first.pk, "officer")
    ]
    ending.refresh_from_db()
    assert ending.valid_until == DAY


def test_sixty_three_departments_become_thirty_four():
    ministry = make_unit("Bộ")
    departments = [make_unit(f"Sở {number:02d}", ministry) for number in range(63)]
    for unit in departments:
        make_person(f"Nguyễn Văn {unit.name[3:]}", unit)
    triples = [departments[start : start + 3] for start in range(0, 27, 3)]  # 9 of three
    pairs = [departments[start : start + 2] for start in range(27, 49, 2)]  # 11 of two

    for group in (*triples, *pairs):
        carry_out(Merge(tuple(group), NewUnit(f"{group[0].name} mới", group[0].kind, ministry)))

    assert (len(tree_on(EVE)), len(tree_on(DAY))) == (64, 35)
    assert UnitSuccession.objects.count() == 49
    kept = Unit.objects.get(name="Sở 00 mới")
    assert sorted(kept.people.values_list("full_name", flat=True)) == [f"Nguyễn Văn 0{n}" for n in range(3)]


def test_officers_of_the_successor_see_what_the_predecessor_left():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    officer = make_person("Lê An", first)
    make_role(officer, first)
    gone = make_person("Lê Bình", second, since=date(2012, 1, 1))
    gone.posts.update(valid_until=date(2020, 1, 1))
    apply_due_changes(date(2026, 3, 2))
    account = make_account(officer)
    seen_before = set(Unit.objects.filter(visible_units(account)))

    carry_out(Merge((second,), first))

    account = Account.objects.get(pk=account.pk)
    assert (seen_before, set(Unit.objects.filter(visible_units(account)))) == ({first}, {first, second})
    assert set(Person.objects.filter(visible_people(account))) == {officer, gone}


def test_predecessors_in_the_granted_tree_add_nothing_to_what_is_granted():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    whole, part = make_person("Lê An", ministry), make_person("Lê Bình", first)
    make_role(whole, ministry)
    make_role(part, first)

    carry_out(Merge((second,), first))

    scopes = [scope_of(make_account(person)) for person in (whole, part)]
    assert [[grant.unit_id for grant in scope.grants] for scope in scopes] == [
        [ministry.pk],
        [first.pk, second.pk],
    ]


def test_a_merger_with_a_unit_inside_another_is_refused_with_all_reasons():
    ministry = make_unit("Bộ")
    first = make_unit("Cục", ministry)
    inner = make_unit("Phòng", first)

    with pytest.raises(UnitChangeRefusedError) as refused:
        reorganise(None, Merge((first, inner), NewUnit("", make_kind(), ministry)), on=DAY, decision="")

    assert codes(refused) == ["nested_units", "name_missing", "decision_missing"]
    assert names(DAY) == ["Bộ", "Cục", "Phòng"]


def test_the_preview_names_exactly_what_will_change_and_writes_nothing():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    division = make_unit("Phòng 1", second)
    person = make_person("Trần Thị Bình", second)

    seen = preview(Merge((second,), first), DAY)

    assert seen.ended == [second]
    assert [(change.unit, change.parent) for change in seen.moved] == [(division, first)]
    assert [(change.post.person, change.unit) for change in seen.posts] == [(person, first)]
    assert seen.problems == []
    assert names(DAY) == ["Bộ", "Sở A", "Sở B", "Phòng 1"]


def test_what_changed_since_the_preview_stops_the_carrying_out():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    seen = preview(Merge((second,), first), DAY).fingerprint()
    make_person("Người Đến Sau", second)

    with pytest.raises(PreviewOutdatedError) as outdated:
        carry_out(Merge((second,), first), seen=seen)

    assert outdated.value.effects.people == 1
    assert names(DAY) == ["Bộ", "Sở A", "Sở B"]


def test_the_same_merger_sent_twice_is_done_once():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    carry_out(Merge((second,), first))

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Merge((Unit.objects.get(pk=second.pk),), first))

    assert codes(refused) == ["after_end"]
    assert UnitSuccession.objects.count() == 1


def test_a_unit_parted_whole_sends_each_person_where_told_and_the_rest_to_the_first_part():
    ministry = make_unit("Bộ")
    whole = make_unit("Cục", ministry)
    named, unnamed = make_person("Lê An", whole), make_person("Lê Bình", whole)
    parts = (NewUnit("Cục 1", whole.kind, ministry), NewUnit("Cục 2", whole.kind, ministry))

    carry_out(Split(whole, parts, people={named.pk: parts[1]}))

    named.refresh_from_db()
    unnamed.refresh_from_db()
    assert (named.unit.name, unnamed.unit.name) == ("Cục 2", "Cục 1")
    assert names(DAY) == ["Bộ", "Cục 1", "Cục 2"]


def test_a_unit_that_gives_off_a_part_goes_on_with_the_rest():
    ministry = make_unit("Bộ")
    whole = make_unit("Cục", ministry)
    going, staying = make_person("Lê An", whole), make_person("Lê Bình", whole)
    division = make_unit("Phòng 1", whole)
    part = NewUnit("Trung tâm", whole.kind, ministry)

    carry_out(Split(whole, (part,), stays=True, people={going.pk: part}, subunits={division.pk: part}))

    going.refresh_from_db()
    staying.refresh_from_db()
    division.refresh_from_db()
    assert (going.unit.name, staying.unit, division.parent.name) == ("Trung tâm", whole, "Trung tâm")


def test_dissolving_asks_first_for_the_units_below():
    ministry = make_unit("Bộ")
    department = make_unit("Cục", ministry)
    make_unit("Phòng 1", department)

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Dissolve(department))

    assert codes(refused) == ["has_subunits"]
    assert refused.value.problems[0].facts["names"] == "Phòng 1"


def test_dissolving_with_all_below_ends_posts_or_passes_them_to_the_heir():
    ministry = make_unit("Bộ")
    department = make_unit("Cục", ministry)
    division = make_unit("Phòng 1", department)
    person = make_person("Lê An", division)

    carry_out(Dissolve(department, heir=ministry, with_subunits=True))

    person.refresh_from_db()
    assert person.unit == ministry
    assert names(DAY) == ["Bộ"]


def test_a_place_written_down_for_later_under_an_ending_unit_goes_to_its_successor():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    division = make_unit("Phòng", ministry)
    carry_out(Move(division, second), on=date(2027, 1, 1))

    carry_out(Merge((second,), first), on=date(2026, 6, 1))

    apply_due_changes(date(2027, 1, 1))
    division.refresh_from_db()
    assert division.parent == first


def test_the_top_cannot_end():
    ministry = make_unit("Bộ")

    with pytest.raises(UnitChangeRefusedError) as refused:
        carry_out(Dissolve(ministry))

    assert codes(refused) == ["top_cannot_end"]


def test_every_touched_unit_has_its_entry_in_the_log():
    ministry = make_unit("Bộ")
    first, second = make_unit("Sở A", ministry), make_unit("Sở B", ministry)
    actor = make_account(full_name="Người Ký")
    Entry.objects.all().delete()

    reorganise(actor, Merge((second,), first), on=DAY, decision=DECISION)

    entry = Entry.objects.get()
    assert (entry.action, entry.subject_label, entry.actor_name) == ("unit.ended", "Sở B", "Người Ký")
    assert entry.details["decision"] == DECISION
