"""A rating says nothing before the day it was decided, of people and of collectives alike."""

from dataclasses import replace
from datetime import date

import pytest

from factories import make_person
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.collectives import subject_of_unit
from thidua.commendations.selectors.columns import listed_with_facts
from thidua.core.eligibility.explain import check
from thidua.core.law.law import shipped_law
from thidua.library.models import Document
from thidua.organisations.models import Person, Rating

pytestmark = pytest.mark.django_db
DECIDED = date(2025, 12, 24)


@pytest.fixture
def decision():
    return Document.objects.create(type="QUYET_DINH", number="9/QĐ-X", number_key="9/QĐ-X", issued_on=DECIDED)


@pytest.fixture
def person(unit, decision):
    """Return one rated for 2024 on a day nobody knows, and for 2025 by the decision."""
    found = make_person("Trần Thị Ánh", unit, since=date(2015, 3, 1))
    undated = Document.objects.create(type="QUYET_DINH", number="8/QĐ-X", number_key="8/QĐ-X")
    Rating.objects.create(person=found, year=2023, level="GOOD")
    Rating.objects.create(person=found, year=2024, level="GOOD", decision=undated)
    Rating.objects.create(person=found, year=2025, level="EXCELLENT", decision=decision)
    return found


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2025, 12, 23), [2023, 2024]), (DECIDED, [2023, 2024, 2025]), (date(2024, 6, 1), [2023, 2024])],
)
def test_a_rating_is_known_from_the_day_of_its_decision(person, on, years):
    of_case = subjects_of_people([person], on=on)[person.pk].ratings
    of_columns = listed_with_facts(Person.objects.filter(pk=person.pk), on=on).population.parts["ratings"]

    assert (sorted(of_case), sorted(of_columns["year"])) == (years, years)


@pytest.mark.parametrize(("on", "outcome"), [(date(2025, 7, 1), "unknown"), (date(2025, 12, 28), "eligible")])
def test_a_title_rests_on_no_rating_still_to_be_given(person, on, outcome):
    subject = replace(subjects_of_people([person], on=on)[person.pk], pending=())

    found = check(case_of(subject, "LDTT", on, year=2025), shipped_law())

    assert found.outcome == outcome


@pytest.mark.parametrize(("on", "years", "rated"), [(date(2025, 12, 23), [], None), (DECIDED, [2025], 1)])
def test_a_collective_and_its_members_are_rated_from_the_day_of_the_decision(
    unit, person, decision, on, years, rated
):
    Rating.objects.create(unit=unit, year=2025, level="GOOD", decision=decision)

    found = subject_of_unit(unit, on=on, year=2025)

    assert (sorted(found.ratings or ()), found.members.completed) == (years, rated)
