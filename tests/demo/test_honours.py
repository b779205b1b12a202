from collections import Counter
from datetime import date

import pytest

from thidua.demo.honours import generate_history
from thidua.demo.people import generate_people
from thidua.demo.units import load_units

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sector():
    return load_units()


@pytest.fixture(scope="module")
def people(sector):
    return generate_people(2026, sector)


@pytest.fixture(scope="module")
def history(sector, people):
    return generate_history(7, sector, people, TODAY)


def test_the_same_seed_gives_the_same_history(sector, people, history):
    again = generate_history(7, sector, people, TODAY)

    assert (again.honours, again.changes, again.initiatives) == (
        history.honours,
        history.changes,
        history.initiatives,
    )


def test_nothing_was_decided_before_its_year_ended_its_merit_or_after_today(history):
    wrong = [
        one
        for one in history.honours
        if one.decision.day > TODAY or one.decision.day.year < one.year or one.first_year > one.year
    ]

    assert wrong == []


def test_no_two_bodies_share_a_number_on_a_day(history):
    issuers = {}
    for one in history.honours:
        issuers.setdefault((one.decision.number, one.decision.day), set()).add(one.decision.issuer)

    assert [paper for paper, several in issuers.items() if len(several) > 1] == []


def test_nobody_has_a_title_twice_for_a_year(history):
    counts = Counter((one.subject, one.award, one.year) for one in history.honours)

    assert [key for key, count in counts.items() if count > 1] == []


def test_chains_gaps_transfers_and_falls_occur(history):
    years, places = {}, {}
    for one in history.honours:
        if one.award == "CSTDCS":
            years.setdefault(one.subject, set()).add(one.year)
        if one.kind == "individual":
            places.setdefault(one.subject, set()).add(one.place)

    chains = [s for s, won in years.items() if any({y, y + 1, y + 2} <= won for y in won)]
    gaps = [s for s, won in years.items() if max(won) - min(won) >= len(won)]
    moved = [s for s, several in places.items() if len(several) > 1]

    assert min(len(chains), len(gaps), len(moved)) > 50
    assert {"revoked", "restored"} == {one.kind for one in history.changes}
    assert sum(len(one.used_for) > 1 for one in history.initiatives) > 5


def test_a_disciplined_year_brings_no_title(history):
    years = {(one.person, one.valid_from.year) for one in history.measures}

    assert [one for one in history.honours if (one.subject, one.year) in years] == []
    assert len(years) > 20


def test_every_place_was_there_on_the_day_of_the_decision(sector, history):
    gone = [
        one
        for one in history.honours
        if one.kind == "individual"
        and not sector.by_code[one.place].exists(one.decision.day)
        and sector.by_code[one.place].dissolved_on is None
    ]

    assert gone == []
