"""Research recorded in the register decides verdicts, one case explained and many screened alike."""

from dataclasses import replace
from datetime import date

import pytest

from factories import make_honour, make_person, make_unit
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.census import census_of
from thidua.commendations.selectors.evidence import evidence_of, sources_of
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.reach import Outlook
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.law.law import shipped_law
from thidua.initiatives.models import Authorship, Initiative
from thidua.organisations.models import Person, Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def person():
    """Rated good with the year's first title: only a work of the year is wanting for the next."""
    found = make_person("Trần Thị Ánh", make_unit("Cục Trợ giúp"))
    Rating.objects.create(person=found, year=2025, level="GOOD")
    make_honour(found, "LDTT", 2025)
    return found


def make_research(
    person, *, accepted_on=date(2025, 5, 20), decided_on=date(2025, 6, 1), role="lead", **fields
):
    unit = person.record_unit
    made = Initiative.objects.create(
        unit=unit, root=unit.root, year=accepted_on.year, submitter=person, title="Đề tài", kind="topic",
        state="recognised", accepted_on=accepted_on, recognised_on=decided_on, **{"scope": "CO_SO"} | fields,
    )  # fmt: skip
    Authorship.objects.create(initiative=made, person=person, role=role)
    return made


def verdict(person, award="CSTDCS"):
    subject = replace(subjects_of_people([person], on=ON)[person.pk], pending=())
    return check_on(case_of(subject, award, ON, year=2025), Ground(shipped_law()))


def screened(person, award="CSTDCS"):
    people = Person.objects.filter(pk=person.pk)
    census = census_of(
        people, (award,), Outlook(ON, 2025, Ground(shipped_law()), Binding(None), years_ahead=0)
    )
    return census.outcomes[award].cast(str).to_list()


@pytest.fixture
def kept(person):
    """Somebody else's research: the office records it here."""
    return make_research(make_person("Lê Văn Khác", person.record_unit), decided_on=date(2024, 6, 1))


def test_where_no_research_is_recorded_none_is_known_of_anyone(person):
    assert (verdict(person).outcome, screened(person)) == ("unknown", ["unknown"])


@pytest.mark.usefixtures("kept")
def test_accepted_research_makes_the_difference(person):
    without = (verdict(person).outcome, screened(person))
    make_research(person)

    assert without == ("not_eligible", ["not_eligible"])
    assert (verdict(person).outcome, screened(person)) == ("eligible", ["eligible"])


@pytest.mark.usefixtures("kept")
def test_research_decided_later_does_not_settle_the_year_and_of_years_ago_does(person):
    make_research(person, decided_on=date(2026, 5, 1))
    not_yet = verdict(person).outcome, screened(person)
    make_research(person, accepted_on=date(2020, 5, 20), decided_on=date(2020, 6, 1))

    assert not_yet == ("not_eligible", ["not_eligible"])
    assert (verdict(person).outcome, screened(person)) == ("eligible", ["eligible"])


def test_a_person_with_research_alone_has_a_record_and_no_initiative(person):
    other = make_person("Lê An", person.record_unit)
    make_research(other, scope="BO", role="")

    subject = subjects_of_people([other], on=ON)[other.pk]

    assert (subject.initiatives, subject.honours) == ((), ())
    assert [(one.scope, one.accepted_on, one.role) for one in subject.research] == [
        ("BO", date(2025, 5, 20), None)
    ]


def test_the_finding_links_to_the_research_it_counted(person):
    made = make_research(person)

    findings = [
        one for one in verdict(person).packs[0].findings if one.leaf and one.leaf.operator == "research"
    ]
    linked = [evidence_of(one, sources_of(person.pk, on=ON), year=2025).research for one in findings]

    assert linked == [(made.pk,)]
