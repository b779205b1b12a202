from datetime import date

import pytest

from factories import make_honour, make_person, make_unit
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.collectives import subject_of_unit
from thidua.core.eligibility.explain import check
from thidua.core.law.law import shipped_law
from thidua.honours.models import HonourEvent
from thidua.honours.services.changing import Grounds, change_state
from thidua.organisations.models import Discipline, Leave, Post, Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


def subject_of(person, on=ON):
    return subjects_of_people([person], on=on)[person.pk]


def test_the_registers_become_the_facts_of_a_case(unit):
    person = make_person("Trần Thị Ánh", unit, since=date(2020, 5, 4), sex="female")
    Rating.objects.create(person=person, year=2025, level="GOOD")
    Discipline.objects.create(
        person=person, level="CANH_CAO", valid_from=date(2022, 1, 1), valid_until=date(2023, 1, 1)
    )
    Leave.objects.create(person=person, kind="maternity", valid_from=date(2024, 1, 1))
    make_honour(person, "LDTT", 2025, number="7/QĐ-X")

    found = subject_of(person)

    assert (found.sex, found.hired_on, found.staff_kind) == ("female", date(2020, 5, 4), "civil_servant")
    assert found.ratings == {2025: "GOOD"}
    assert [(one.level, one.from_day, one.to_day) for one in found.discipline] == [
        ("CANH_CAO", date(2022, 1, 1), date(2022, 12, 31))
    ]
    assert [(one.kind, one.to_day) for one in found.leave] == [("maternity", None)]
    assert [(one.award, one.period, one.number) for one in found.honours] == [
        ("LDTT", (2025, 2025), "7/QĐ-X")
    ]


def test_nothing_recorded_is_not_known_and_something_recorded_makes_the_rest_none(unit):
    blank, kept = make_person("Lê Văn Bốn", unit), make_person("Lê Văn Năm", unit)
    Rating.objects.create(person=kept, year=2025, level="GOOD")

    found = subjects_of_people([blank, kept], on=ON)

    assert (found[blank.pk].honours, found[blank.pk].discipline) == (None, None)
    assert (found[kept.pk].honours, found[kept.pk].discipline) == ((), ())


def test_a_title_given_twice_for_one_year_counts_once_by_the_decision_that_stands(unit):
    person = make_person("Trần Thị Ánh", unit)
    honours = [
        make_honour(person, "CSTDCS", 2024, number=number, decided_on=date(2025, 1, day))
        for day, number in enumerate(("1/QĐ-BTN", "2/QĐ-BTN"), start=1)
    ]
    make_honour(person, "GIAY_KHEN", 2024, number="3/QĐ-BTN", decided_on=date(2025, 1, 3))
    make_honour(person, "GIAY_KHEN", 2024, number="4/QĐ-BTN", decided_on=date(2025, 1, 4))

    before = subject_of(person).honours
    day = date(2026, 2, 1)
    change_state(None, honours[0], HonourEvent.Kind.REVOKED, Grounds(day, "Khai sai", "9/QĐ-BTN", day))
    after = [one.number for one in subject_of(person).honours if not one.revoked_on]

    assert [one.number for one in before] == ["1/QĐ-BTN", "3/QĐ-BTN", "4/QĐ-BTN"]
    assert after == ["2/QĐ-BTN", "3/QĐ-BTN", "4/QĐ-BTN"]


def test_a_revoked_honour_counts_until_the_day_it_fell(unit):
    person = make_person("Trần Thị Ánh", unit)
    honour = make_honour(person, "CSTDCS", 2024)
    day = date(2026, 2, 1)
    change_state(None, honour, HonourEvent.Kind.REVOKED, Grounds(day, "Khai sai", "9/QĐ-BTN", day))

    before, after = (subject_of(person, on).honours[0].revoked_on for on in (date(2026, 1, 31), ON))

    assert (before, after) == (None, day)


def test_a_move_between_units_is_a_transfer_and_a_service_of_two_parts(unit):
    person = make_person("Trần Thị Ánh", unit, since=date(2020, 1, 1))
    other = make_unit("Vụ Khác", unit.root)
    person.posts.update(valid_until=date(2025, 6, 1))
    Post.objects.create(
        person=person, unit=other, position="Phó Vụ trưởng", staff_kind="civil_servant",
        is_manager=True, valid_from=date(2025, 6, 1),
    )  # fmt: skip

    found = subject_of(person)

    assert [(one.on_day, one.to_unit) for one in found.transfers] == [(date(2025, 6, 1), str(other.pk))]
    assert [(one.post, one.to_day) for one in found.service] == [
        ("staff", date(2025, 5, 31)),
        ("deputy", None),
    ]


@pytest.mark.parametrize("number", [1, 20])
def test_many_people_cost_as_many_queries_as_one(unit, number, django_assert_max_num_queries):
    people = [make_person(f"Người Số {place}", unit) for place in range(number)]
    for person in people:
        make_honour(person, number=f"{person.full_name}")

    with django_assert_max_num_queries(8):
        found = subjects_of_people(people, on=ON)

    assert [len(found[person.pk].honours) for person in people] == [1] * number


def test_a_collective_counts_what_is_known_of_every_member(unit):
    women = [make_person(f"Bà {place}", unit, sex="female") for place in range(2)]
    make_person("Ông Ba", unit, sex="male")
    Rating.objects.create(person=women[0], year=2025, level="GOOD")
    make_honour(women[0], "LDTT", 2025)

    members = subject_of_unit(unit, on=ON, year=2025).members

    assert (members.total, members.women, members.LDTT, members.good_or_better) == (3, 2, 1, None)


def test_the_case_answers_as_the_law_says(unit):
    person = make_person("Trần Thị Ánh", unit)
    Rating.objects.create(person=person, year=2025, level="EXCELLENT")

    without = check(case_of(subject_of(person), "CSTDCS", ON, year=2025), shipped_law())
    make_honour(person, "LDTT", 2025)
    having = check(case_of(subject_of(person), "CSTDCS", ON, year=2025), shipped_law())

    assert (without.outcome, having.outcome) == ("not_eligible", "unknown")
