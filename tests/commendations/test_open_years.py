"""CSTĐCS in a year that has not ended: counts, lists and verdicts agree that its LĐTT may still come."""

from datetime import date

import pytest
from django.urls import reverse

from factories import make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.census import census_of
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.reach import Outlook, Standing, reach_of
from thidua.commendations.selectors.verdicts import verdict_for
from thidua.core.eligibility.facts import Ground
from thidua.core.law.law import shipped_law
from thidua.organisations.models import Person, Rating

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
ON = date(2026, 11, 22)


@pytest.fixture
def people():
    """Return one unrated this year, one rated too low for the title, one who has it, one nobody recorded."""
    unit = make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))
    unrated, low, titled, _blank = (make_person(f"Người Số {place}", unit) for place in range(4))
    for person in (unrated, low, titled):
        Rating.objects.create(person=person, year=2025, level="EXCELLENT")
    Rating.objects.create(person=low, year=2026, level="COMPLETED")
    Rating.objects.create(person=titled, year=2026, level="EXCELLENT")
    make_honour(titled, "LDTT", 2026, decided_on=date(2026, 11, 20))
    return Person.objects.filter(unit=unit).order_by("full_name", "pk")


def outlook(year=2026):
    return Outlook(ON, year, Ground(shipped_law()), Binding(None), years_ahead=1)


def test_the_counts_leave_the_title_of_an_open_year_undecided(people):
    found = census_of(people, ["LDTT", "CSTDCS"], outlook())
    past = census_of(people, ["CSTDCS"], outlook(2025))

    assert found.outcomes["CSTDCS"].to_list() == ["unknown", "not_eligible", "eligible", "unknown"]
    assert past.outcomes["CSTDCS"].to_list() == ["not_eligible"] * 3 + ["unknown"]


def test_the_list_agrees_with_the_counts(people):
    subjects = subjects_of_people(people, on=ON)

    found = [
        reach_of(subjects[one.pk], ["CSTDCS"], outlook(), knows_sensitive=True)[0].standing for one in people
    ]

    assert [one is Standing.PAPERS for one in found] == [True, False, False, True]


def test_the_verdict_says_that_the_year_is_not_judged_yet(client, people):
    signed_in(client, make_user(people[0].unit))
    address = reverse("commendations:verdict_of_person", args=[people[0].pk])

    shown = client.get(f"{address}?award=CSTDCS&year=2026&type=MERIT&nothing_pending=on").content.decode()

    head = shown.split("</h1>")[1].split("<form")[0]
    assert ("Chưa đủ dữ liệu" in head, shown.count("đang được đề nghị")) == (True, 0)
    assert shown.count("năm 2026 chưa bình xét xong") == 2


def test_a_case_of_a_closed_year_is_asked_as_it_stands(people):
    case = case_of(subjects_of_people(people, on=ON)[people[0].pk], "CSTDCS", ON, year=2025)

    shown = verdict_for(case, Ground(shipped_law()), knows_sensitive=True)

    assert shown.verdict.outcome == "not_eligible"
