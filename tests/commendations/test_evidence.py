"""Links from a finding follow the condition's own parameters, never the words it is told in."""

from datetime import date

import pytest
from django.utils.translation import override

from factories import make_honour, make_person, make_unit
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.evidence import evidence_of, sources_of
from thidua.core.eligibility.explain import check
from thidua.core.law.law import shipped_law
from thidua.organisations.models import Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def person():
    found = make_person("Trần Thị Ánh", make_unit("Cục Trợ giúp"))
    Rating.objects.create(person=found, year=2025, level="EXCELLENT")
    for year in (2024, 2025):
        make_honour(found, "LDTT", year, number=f"{year}/QĐ-BTN")
    make_honour(found, "CSTDCS", 2025, number="9/QĐ-BTN")
    return found


def evidence(person, award, operator):
    """Return the evidence of the findings of one operator, in both languages."""
    case = case_of(subjects_of_people([person], on=ON)[person.pk], award, ON, year=2025)
    sources = sources_of(person.pk, on=ON)
    found = []
    for language in ("vi", "en"):
        with override(language):
            findings = check(case, shipped_law()).packs[0].findings
            found.append(
                [
                    evidence_of(one, sources, year=2025)
                    for one in findings
                    if one.leaf and one.leaf.operator == operator
                ]
            )
    assert found[0] == found[1]
    return found[0]


def test_a_title_of_the_year_links_to_that_years_alone(person):
    (found,) = evidence(person, "CSTDCS", "holds")

    assert [fact.number for fact in found.honours] == ["2025/QĐ-BTN"]


def test_a_chain_of_titles_links_to_the_titles_it_is_made_of(person):
    (found,) = evidence(person, "CSTDB", "chain")

    assert [fact.number for fact in found.honours] == ["9/QĐ-BTN"]


def test_ratings_link_to_the_record(person):
    assert {one.on_record for one in evidence(person, "CSTDCS", "rating")} == {True}


def test_what_was_found_of_the_award_itself_has_no_rows_behind_it(person):
    case = case_of(subjects_of_people([person], on=ON)[person.pk], "CSTDCS", ON, year=2025)
    first = check(case, shipped_law()).packs[0].findings[0]

    found = evidence_of(first, sources_of(person.pk, on=ON), year=2025)

    assert (first.leaf, found.honours, found.initiatives, found.on_record) == (None, (), (), False)
