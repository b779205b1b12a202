from datetime import date

import pytest
import time_machine
from django.urls import reverse

from factories import make_account, make_administrator, make_person, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.organisations.models import Discipline, Leave, Rating, UnitRole
from thidua.organisations.permissions import may, may_see_sensitive
from thidua.organisations.problems import PersonChangeRefusedError
from thidua.organisations.selectors.records import record_of
from thidua.organisations.services.record_keeping import (
    Absence,
    DecisionFacts,
    Mark,
    Measure,
    change_discipline,
    change_leave,
    record_discipline,
    record_leave,
    remove_dated,
    remove_rating,
    set_ratings,
)
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
DECISION = DecisionFacts("45/QĐ-BTP", date(2026, 1, 10))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit)


def codes(error):
    return [problem.code for problem in error.value.problems]


def measure(level=Discipline.Level.REPRIMAND, since=date(2025, 5, 1), last=None):
    return Measure(level, since, last, DECISION)


def test_a_rating_is_written_once_a_year_and_again_only_by_who_saw_it(unit, person):
    set_ratings(None, 2025, [Mark(person, "GOOD"), Mark(unit, "EXCELLENT")], DECISION)
    row = person.ratings.get()

    with pytest.raises(ChangedMeanwhileError):
        set_ratings(None, 2025, [Mark(person, "FAILED")])
    changed = set_ratings(None, 2025, [Mark(person, "EXCELLENT", row.version)])

    assert [(one.level, one.version, one.decision.number) for one in changed] == [
        ("EXCELLENT", 2, "45/QĐ-BTP")
    ]
    assert Rating.objects.get(unit=unit).level == "EXCELLENT"


def test_an_unchanged_rating_leaves_no_trace(person):
    set_ratings(None, 2025, [Mark(person, "GOOD")])
    entries = Entry.objects.count()

    assert set_ratings(None, 2025, [Mark(person, "GOOD", 1)]) == []
    assert Entry.objects.count() == entries


def test_a_year_to_come_is_not_rated(person):
    with pytest.raises(PersonChangeRefusedError) as refused:
        set_ratings(None, 2027, [Mark(person, "GOOD")])

    assert codes(refused) == ["rating_year_to_come"]


def test_a_rating_written_by_mistake_is_taken_away(person):
    row = set_ratings(None, 2025, [Mark(person, "GOOD")])[0]

    remove_rating(None, row, version=1)

    assert person.ratings.count() == 0


def test_discipline_is_written_once_and_changed_by_who_saw_it(person):
    row = record_discipline(None, person, measure())
    with pytest.raises(PersonChangeRefusedError) as twice:
        record_discipline(None, person, measure())
    with pytest.raises(PersonChangeRefusedError) as future:
        record_discipline(None, person, measure(since=date(2026, 4, 1)))

    changed = change_discipline(None, row, measure(last=date(2026, 4, 30)), version=1)

    assert (codes(twice), codes(future)) == (["discipline_known"], ["discipline_to_come"])
    assert changed.last_day == date(2026, 4, 30)
    with pytest.raises(ChangedMeanwhileError):
        change_discipline(None, row, measure(), version=1)


def test_the_log_of_discipline_does_not_name_the_person(person):
    row = record_discipline(None, person, measure())

    entry = Entry.objects.get(action="discipline.recorded")

    assert (entry.subject_id, entry.subject_label, entry.details) == (str(row.pk), str(row.pk), {})


def test_two_leaves_do_not_overlap(person):
    first = record_leave(None, person, Absence("maternity", date(2025, 1, 1), date(2025, 6, 30)))

    with pytest.raises(PersonChangeRefusedError) as refused:
        record_leave(None, person, Absence("study", date(2025, 6, 30), date(2025, 9, 1)))
    after = record_leave(None, person, Absence("study", date(2025, 7, 1), date(2025, 9, 1), "good"))

    assert codes(refused) == ["leave_overlaps"]
    with pytest.raises(ChangedMeanwhileError):
        change_leave(None, first, Absence("maternity", date(2025, 1, 1)), version=9)
    remove_dated(None, after, version=1)
    assert person.leaves.count() == 1


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (UnitRole.Role.OFFICER, "leave_overlaps_hidden"),
        (UnitRole.Role.STAFF_ADMIN, "leave_overlaps_hidden"),
        (UnitRole.Role.PERSONNEL, "leave_overlaps"),
    ],
)
def test_a_leave_that_meets_one_for_health_names_it_only_to_who_may_know(unit, person, role, said):
    record_leave(None, person, Absence(Leave.Kind.SICK, date(2025, 1, 1), date(2025, 2, 1)))

    with pytest.raises(PersonChangeRefusedError) as refused:
        record_leave(make_user(unit, role), person, Absence("study", date(2024, 1, 1), date(2025, 9, 1)))

    assert codes(refused) == [said]
    told = refused.value.problems[0].text()
    assert ("ốm" in told, "1/1/2025" in told) == ((said == "leave_overlaps",) * 2)


def test_only_a_role_that_names_the_right_shows_discipline_and_health(unit, person):
    record_discipline(None, person, measure())
    record_leave(None, person, Absence(Leave.Kind.SICK, date(2025, 1, 1), date(2025, 2, 1)))
    readers = {
        "officer": make_user(unit, UnitRole.Role.OFFICER),
        "head": make_user(unit, UnitRole.Role.HEAD, full_name="Lê Văn Thủ"),
        "personnel": make_user(unit, UnitRole.Role.PERSONNEL, full_name="Lê Thị Tổ"),
        "administrator": make_administrator(),
        "oneself": make_account(person),
    }
    records = {name: record_of(user, person) for name, user in readers.items()}

    seen = {name: (one.disciplines is not None, len(one.leaves)) for name, one in records.items()}

    assert seen == {
        "officer": (False, 0),
        "head": (True, 1),
        "personnel": (True, 1),
        "administrator": (False, 0),
        "oneself": (True, 1),
    }
    assert [
        may(readers[name], "edit_sensitive", unit) for name in ("administrator", "head", "personnel")
    ] == [
        False,
        False,
        True,
    ]


def test_a_head_of_another_unit_sees_nothing(person):
    other = make_user(make_unit("Cục khác"), UnitRole.Role.HEAD)

    assert may_see_sensitive(other, person) is False


def test_a_successors_head_reads_the_record_of_who_left_the_predecessor(unit):
    retired = make_person("Lê Văn Hưu", unit)
    retired.posts.update(valid_until=date(2025, 6, 1))
    heir = make_unit("Cục mới", unit.parent)
    head = make_user(heir, UnitRole.Role.HEAD)
    before = may_see_sensitive(head, retired)

    reorganise(None, Merge((unit,), heir), on=date(2026, 1, 1), decision="12/QĐ-BTN")
    retired.refresh_from_db()
    head = type(head).objects.get(pk=head.pk)

    assert (before, may_see_sensitive(head, retired)) == (False, True)


def test_the_page_of_a_record_is_silent_about_discipline_to_an_officer(client, unit, person):
    record_discipline(None, person, measure())
    signed_in(client, make_user(unit))

    page = client.get(reverse("organisations:person_record", args=[person.pk])).content.decode().lower()

    assert ("kỷ luật" in page, "khiển trách" in page) == (False, False)
    assert client.get(reverse("organisations:discipline_add", args=[person.pk])).status_code == 404


def test_personnel_writes_and_corrects_discipline_by_page(client, unit, person):
    signed_in(client, make_user(unit, UnitRole.Role.PERSONNEL))
    given = {
        "level": "CANH_CAO",
        "valid_from": "1/5/2025",
        "decision_number": "9/QĐ-X",
        "decided_on": "28/4/2025",
    }

    made = client.post(reverse("organisations:discipline_add", args=[person.pk]), given)
    row = person.disciplines.get()
    address = reverse("organisations:discipline_edit", args=[person.pk, row.pk])
    edited = client.post(address, given | {"last_day": "30/4/2026", "version": "1"})
    stale = client.post(address, given | {"version": "1"})

    assert (made.status_code, edited.status_code, stale.status_code) == (302, 302, 200)
    row.refresh_from_db()
    assert (row.level, row.last_day, row.decision.number) == ("CANH_CAO", date(2026, 4, 30), "9/QĐ-X")
    page = client.get(reverse("organisations:person_record", args=[person.pk])).content.decode()
    assert page.count("Cảnh cáo") == 1


def test_an_officer_writes_ratings_and_leave_but_not_health(client, unit, person):
    signed_in(client, make_user(unit))
    add_leave = reverse("organisations:leave_add", args=[person.pk])
    add_rating = reverse("organisations:rating_add", args=[person.pk])

    rated = client.post(add_rating, {"year": 2025, "level": "GOOD"})
    leave = client.post(add_leave, {"kind": "study", "valid_from": "1/1/2025", "last_day": "1/3/2025"})
    sick = client.post(add_leave, {"kind": "sick", "valid_from": "1/6/2025", "last_day": "1/7/2025"})
    again = client.post(add_rating, {"year": 2025, "level": "GOOD"})

    assert [one.status_code for one in (rated, leave, sick, again)] == [302, 302, 200, 200]
    assert list(person.leaves.values_list("kind", flat=True)) == ["study"]
    assert again.content.decode().count("Năm 2025 đã có xếp loại.") == 1
    assert client.get(reverse("organisations:person_record", args=[person.pk])).status_code == 200
    edit = reverse("organisations:leave_edit", args=[person.pk, person.leaves.get().pk])
    assert client.get(edit).status_code == 200


def test_a_line_written_by_mistake_is_removed_by_page(client, unit, person):
    signed_in(client, make_user(unit))
    row = set_ratings(None, 2025, [Mark(person, "GOOD")])[0]
    address = reverse("organisations:record_remove", args=[person.pk, "rating", row.pk])

    client.post(address, {"version": "7"})
    kept = person.ratings.count()
    client.post(address, {"version": "1"})

    assert (kept, person.ratings.count()) == (1, 0)


@pytest.mark.parametrize("people", [1, 12])
def test_a_units_ratings_are_read_and_written_in_one_table(
    client, unit, people, django_assert_max_num_queries
):
    staff = [make_person(f"Người Số {n}", unit) for n in range(people)]
    signed_in(client, make_user(unit))
    address = reverse("organisations:unit_ratings", args=[unit.pk]) + "?year=2025"

    with django_assert_max_num_queries(12):
        shown = client.get(address)
    given = {f"level-{one.pk}": "GOOD" for one in staff} | {f"level-{unit.pk}": "EXCELLENT"}
    saved = client.post(address, given | {"decision_number": "3/QĐ-C", "decided_on": "5/1/2026"})
    stale = client.post(address, {f"level-{staff[0].pk}": "FAILED"})

    assert (shown.status_code, saved.status_code, stale.status_code) == (200, 302, 200)
    assert Rating.objects.filter(year=2025, level="GOOD").count() == people


def test_who_only_looks_does_not_write_ratings(client, unit, person):
    signed_in(client, make_user(unit, UnitRole.Role.AUDITOR))
    address = reverse("organisations:unit_ratings", args=[unit.pk]) + "?year=2025"

    assert client.get(address).status_code == 200
    assert client.post(address, {f"level-{person.pk}": "GOOD"}).status_code == 403
    assert Rating.objects.count() == 0
