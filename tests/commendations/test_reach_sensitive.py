"""Lists of what is within reach tell many apart at once, so they tell no discipline to who may not know of it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from commendations.trying import rated, text
from factories import make_honour, make_person, make_unit, make_user, signed_in
from thidua.organisations.models import Discipline, Leave, Rating, UnitRole

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
Role = UnitRole.Role
DAYS = ("2025-06-30", "2025-07-01")
NOTED = "như thể không ai bị kỷ luật"
PAGES = {
    "counts": ("reach_of_unit", "counts=on"),
    "own": ("reach_of_unit", "own=on"),
    "everybody": ("reach_of_unit", ""),
    "barred": ("reach_of_unit", "award=LDTT&outcome=not_eligible"),
    "eligible": ("reach_of_unit", "award=LDTT&outcome=eligible"),
    "collectives": ("reach_of_units", ""),
    "make-up": ("fairness_of_year", ""),
}


@pytest.fixture
def team(unit):
    """A collective below the unit whose only member is disciplined from the second of ``DAYS`` on, and was ill."""
    team = make_unit("Phòng Một", unit)
    Rating.objects.create(unit=team, year=2025, level="GOOD")
    member = rated(make_person("Lê Văn Sáu", team, sex="female"), 2025)
    make_honour(member, "LDTT", 2025, decided_on=date(2025, 6, 1))
    Discipline.objects.create(person=member, level="CANH_CAO", valid_from=date.fromisoformat(DAYS[1]))
    Leave.objects.create(
        person=member, kind="sick", valid_from=date(2025, 1, 1), valid_until=date(2025, 9, 1)
    )
    return team


def shown(client, unit, page, day):
    name, query = PAGES[page]
    address = reverse(f"commendations:{name}", args=[unit.pk])
    page = text(client.get(f"{address}?year=2025&as_of={day}&{query}"))
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.partition("<h1")[2])


def on_both_days(client, unit):
    return {(page, day): shown(client, unit, page, day) for page in PAGES for day in DAYS}


def without_sensitive_facts():
    Discipline.objects.all().delete()
    Leave.objects.all().delete()


def test_lists_and_counts_of_any_day_read_alike_whether_anybody_was_disciplined(client, unit, team):
    signed_in(client, make_user(unit))
    before = on_both_days(client, unit)
    without_sensitive_facts()

    after = on_both_days(client, unit)

    assert [page for page, words in before.items() if words != after[page]] == []
    said = {page: words.count(NOTED) for (page, day), words in before.items() if day == DAYS[1]}
    assert said == dict.fromkeys(PAGES, 1) | {"make-up": 0}


def test_who_may_know_reads_of_discipline_in_the_lists(client, unit, team):
    signed_in(client, make_user(unit, Role.HEAD))
    before = on_both_days(client, unit)
    without_sensitive_facts()

    after = on_both_days(client, unit)

    changed = [page for page, words in before.items() if words != after[page]]
    assert ("counts", DAYS[1]) in changed
    assert ("barred", DAYS[1]) in changed
    assert [words.count(NOTED) for words in before.values()] == [0] * len(before)


def test_one_verdict_still_says_that_something_is_in_the_way(client, unit, team):
    signed_in(client, make_user(unit))
    member = team.posts.get().person
    question = f"?award=LDTT&year=2025&type=MERIT&nothing_pending=on&as_of={DAYS[1]}"

    page = text(client.get(reverse("commendations:verdict_of_person", args=[member.pk]) + question))

    assert (page.count("Một điều kiện không đạt"), page.count("xem người có thẩm quyền")) == (1, 1)
