"""Everybody of a unit at once: the columns hold the facts of the cases, and the answers are theirs."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from polars.testing import assert_frame_equal

from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.census import census_of
from thidua.commendations.selectors.columns import listed_with_facts
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.reach import Outlook
from thidua.commendations.views.reach import ON_UNIT_PAGES
from thidua.core.eligibility.columns.population import population_of
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.law.law import shipped_law
from thidua.honours.models import HonourEvent
from thidua.honours.services.changing import Grounds, change_state
from thidua.initiatives.models import Authorship, Initiative, InitiativeUse
from thidua.organisations.models import Discipline, Leave, Person, Post, Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def outlook():
    return Outlook(ON, 2025, Ground(shipped_law()), Binding(None), years_ahead=1)


def rated(person, *years, level="EXCELLENT"):
    for year in years:
        Rating.objects.create(person=person, year=year, level=level)


@pytest.fixture
def people(unit):
    """People of every kind: no record, full, disciplined, moved, on leave, with initiatives or research."""
    _blank, chained, disciplined, moved, away, inventor, researcher = (
        make_person(f"Người Số {place}", unit, since=date(2015, 3, 1), sex="female" if place % 2 else "")
        for place in range(7)
    )
    rated(chained, *range(2018, 2026), level="GOOD")
    for year in range(2021, 2026):
        make_honour(chained, "LDTT", year)
        make_honour(chained, "CSTDCS", year)
    for award in ("CSTDCS", "CSTDB", "BK_BO"):  # titles given once more, and another form
        for number in ("1/QĐ-BTN", "2/QĐ-BTN"):
            make_honour(chained, award, 2024, number=number)
    fallen = make_honour(chained, "BK_BO", 2022)
    change_state(
        None, fallen, HonourEvent.Kind.REVOKED, Grounds(date(2026, 2, 1), "Khai sai", "9/QĐ-BTN", date(2025, 2, 1)),
    )  # fmt: skip
    rated(disciplined, 2024, 2025)
    make_honour(disciplined, "LDTT", 2025)
    Discipline.objects.create(person=disciplined, level="CANH_CAO", valid_from=date(2026, 1, 1))
    Discipline.objects.create(
        person=disciplined, level="KHIEN_TRACH", valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1)
    )
    moved.posts.update(valid_until=date(2025, 6, 1))
    Post.objects.create(
        person=moved, unit=make_unit("Vụ Khác", unit), position="Phó Vụ trưởng", staff_kind="public_employee",
        is_manager=True, valid_from=date(2025, 6, 1),
    )  # fmt: skip
    rated(moved, 2025)
    Leave.objects.create(person=away, kind="study", valid_from=date(2025, 1, 1), result="good")
    rated(away, 2025, level="GOOD")
    rated(inventor, 2025)
    make_honour(inventor, "LDTT", 2025)
    for place, uses in enumerate(((), ("CSTDCS",), ("BK_BO",))):
        made = Initiative.objects.create(
            unit=unit, root=unit.root, year=2025, submitter=inventor, title=f"Sáng kiến {place}",
            description="…", state="recognised", scope="CO_SO", recognised_on=date(2025, 5, 1),
            applied_on=date(2025, 2, 1),
        )  # fmt: skip
        Authorship.objects.create(initiative=made, person=inventor, percent=100)
        for award in uses:
            InitiativeUse.objects.create(initiative=made, person=inventor, award=award, year=2024)
    rated(researcher, 2025, level="GOOD")
    make_honour(researcher, "LDTT", 2025)
    for place, role in enumerate(("lead", "")):
        study = Initiative.objects.create(
            unit=unit, root=unit.root, year=2025, submitter=researcher, title=f"Đề tài {place}", kind="topic",
            state="recognised", scope="BO", recognised_on=date(2025, 6, 1), accepted_on=date(2025, 5, 20),
        )  # fmt: skip
        Authorship.objects.create(initiative=study, person=researcher, role=role)
    return Person.objects.filter(root=unit.root).order_by("sort_key", "pk")


def test_columns_hold_what_the_cases_hold(people):
    subjects = subjects_of_people(people, on=ON)
    expected = population_of([replace(subjects[person.pk], pending=()) for person in people])

    found = listed_with_facts(people, on=ON).population

    assert_frame_equal(found.people, expected.people, check_column_order=False)
    for name, rows in expected.parts.items():
        assert_frame_equal(found.parts[name], rows, check_row_order=False)


def test_the_census_answers_as_each_case_is_explained(people, outlook):
    subjects = subjects_of_people(people, on=ON)

    census = census_of(people, ON_UNIT_PAGES, outlook)

    for award in ON_UNIT_PAGES:
        explained = [
            check_on(
                case_of(replace(subjects[person.pk], pending=()), award, ON, year=2025), outlook.ground
            ).outcome
            for person in people
        ]
        assert census.outcomes[award].cast(str).to_list() == explained


def test_counts_add_up_to_everybody_and_name_who_they_are(people, outlook):
    census = census_of(people, ("CSTDCS",), outlook)

    ((award, counts),) = census.table()

    assert (award, sum(number for _outcome, number in counts)) == ("CSTDCS", len(people))
    assert Person.objects.get(pk=census.people("CSTDCS", "eligible", 0, 1)[0]).full_name == "Người Số 5"


@pytest.mark.parametrize("number", [1, 12])
def test_many_people_cost_as_many_queries_as_one(unit, outlook, number, django_assert_num_queries):
    for place in range(number):
        rated(make_person(f"Người Số {place}", unit), 2025)
    people = Person.objects.filter(root=unit.root).order_by("sort_key", "pk")

    with django_assert_num_queries(10):
        census = census_of(people, ("LDTT",), outlook)

    assert len(census) == number


def shown(client, unit, query="", **headers):
    address = reverse("commendations:reach_of_unit", args=[unit.pk])
    return client.get(f"{address}?year=2025{query}", headers=headers).content.decode()


def test_the_page_asks_for_the_counts_apart_and_works_without_script(client, unit):
    signed_in(client, make_user(unit))
    rated(make_person("Trần Thị Ánh", unit), 2025)

    first, whole = shown(client, unit), shown(client, unit, "&counts=on")
    piece = shown(client, unit, "&counts=on", **{"HX-Request": "true"})

    assert ("hx-get" in first.partition('id="everybody"')[2][:20], "outcome=eligible" in first) == (
        True,
        False,
    )
    assert (whole.count("award=LDTT&amp;outcome=eligible"), "<html" in whole) == (1, True)
    assert (piece.count("award=LDTT&amp;outcome=eligible"), "<html" in piece) == (1, False)


def test_the_unit_itself_is_asked_for_apart_and_stands_on_the_page_without_script(client, unit):
    signed_in(client, make_user(unit))

    first, whole = shown(client, unit), shown(client, unit, "&own=on")
    piece = shown(client, unit, "&own=on", **{"HX-Request": "true"})

    link = '<a href="xet/?award=TTLDTT'
    assert [text.count(link) for text in (first, whole, piece)] == [0, 1, 1]
    assert ("<html" in whole, "<html" in piece) == (True, False)


def test_a_count_opens_the_people_it_counts(client, unit):
    signed_in(client, make_user(unit, full_name="Phạm Thu Hà"))
    rated(make_person("Trần Thị Ánh", unit), 2025)

    page = shown(client, unit, "&award=LDTT&outcome=eligible")

    assert (page.count(">Trần Thị Ánh</a>"), page.count(">Phạm Thu Hà</a>")) == (1, 0)


def test_who_may_not_see_the_unit_is_given_no_counts(client, unit):
    signed_in(client, make_account(make_person("Đồng nghiệp", unit)))

    answer = client.get(reverse("commendations:reach_of_unit", args=[unit.pk]) + "?counts=on")

    assert answer.status_code == 404
