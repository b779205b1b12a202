"""Screening agrees with explaining, person by person."""

import os
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from core.eligibility.histories import person
from thidua.core.eligibility.case import Case
from thidua.core.eligibility.columns.population import population_of
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.screen import Screening, screen, screen_with_lacks
from thidua.core.law.law import shipped_law
from thidua.core.law.sources import Effect
from thidua.core.law.words import CommendationType

INDIVIDUAL = (
    "LDTT", "CSTDCS", "CSTDB", "CSTDTQ", "GIAY_KHEN", "BK_BO", "BK_TTG", "HCLD3", "HCLD2", "HCLD1", "KNC",
    "HERO_LABOUR", "XATB",
)  # fmt: skip
MERIT = CommendationType.MERIT
QUESTIONS = [
    (date(2016, 12, 15), None, None, MERIT),
    (date(2019, 12, 15), None, "BTP", MERIT),
    (date(2023, 12, 15), date(2023, 11, 20), "BTP", MERIT),
    (date(2024, 12, 20), None, None, MERIT),
    (date(2025, 8, 10), date(2025, 6, 15), "BTP", MERIT),
    (date(2026, 6, 20), None, "BNG", MERIT),
    (date(2026, 6, 20), None, "BXD", MERIT),
    (date(2026, 6, 20), None, "BGDDT", MERIT),
    (date(2026, 6, 20), None, "BNNMT", MERIT),
    (date(2026, 6, 20), None, "BKHCN", CommendationType.CONTRIBUTION),
    (date(2026, 6, 20), None, "BVHTTDL", CommendationType.CONTRIBUTION),
    (date(2026, 11, 20), date(2026, 9, 20), "BTC", MERIT),
    (date(2026, 11, 20), None, "BNV", CommendationType.THEMATIC),
    (date(2022, 12, 20), None, "BTP", MERIT),
    (date(2026, 6, 20), None, "BKHCN", MERIT),
    (date(2024, 12, 20), None, None, CommendationType.MOVEMENT),
    (date(2025, 12, 20), None, "BAC_NINH", CommendationType.AD_HOC),
    (date(2026, 11, 20), None, None, CommendationType.CONTRIBUTION),
]


def disagreements(people, on, received, authority, kind, year=None, open_from=None):
    law = shipped_law()
    year = year or (on.year - 1, on.year - 1)
    asked = Screening(on, INDIVIDUAL, year, received, kind, authority, open_from)
    screened = screen(population_of(people), asked, law)
    found = []
    for row, subject in enumerate(people):
        for award in INDIVIDUAL:
            case = Case(
                on=on,
                award=award,
                subject=subject,
                received_on=received,
                type=kind,
                authority=authority,
                year=year,
                open_from=open_from,
            )
            explained = check(case, law).outcome.value
            if screened[award][row] != explained:
                found.append((award, row, explained, screened[award][row]))
    return found


# A longer run is asked for by number: 100000 histories take some minutes.
HISTORIES = int(os.environ.get("LAW_HISTORIES", "1080"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", QUESTIONS, ids=[f"{on} {authority} {kind}" for on, _, authority, kind in QUESTIONS]
)
def test_a_generated_population_is_screened_as_each_person_is_explained(question):
    on, received, authority, kind = question
    random = Random(f"{question}")
    people = [person(random, on) for _ in range(HISTORIES // len(QUESTIONS))]

    assert disagreements(people, on, received, authority, kind) == []


@pytest.mark.slow
@given(random=strategies.randoms(use_true_random=False), question=strategies.sampled_from(QUESTIONS))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_history_can_be_found_on_which_they_disagree(random, question):
    on, received, authority, kind = question
    people = [person(random, on)]

    assert disagreements(people, on, received, authority, kind) == []


@pytest.mark.parametrize("on", [date(2022, 12, 20), date(2026, 11, 20)])
@pytest.mark.parametrize("open_from", [None, 0, 1])
def test_a_year_still_being_judged_is_screened_as_each_person_is_explained(on, open_from):
    random = Random(f"{on}")
    people = [person(random, on) for _ in range(60)]
    first = None if open_from is None else on.year + open_from

    assert disagreements(people, on, None, None, MERIT, year=(on.year, on.year), open_from=first) == []


@pytest.mark.parametrize("back", [2, 3])
def test_works_of_years_after_the_one_asked_are_screened_as_each_person_is_explained(back):
    on = date(2026, 11, 20)
    random = Random(back)
    people = [person(random, on) for _ in range(60)]

    assert disagreements(people, on, None, None, MERIT, year=(on.year - back, on.year - back)) == []


def lacked(verdict):
    """Return the conditions that keep a verdict from being favourable, by rule, as a screening tells them."""
    best = next(pack for pack in verdict.packs if pack.outcome is verdict.outcome)
    return sorted(
        (found.rule.id, str(found.met))
        for found in best.findings
        if found.effect is Effect.BLOCK and found.met is not True
    )


@pytest.mark.parametrize("question", [QUESTIONS[2], QUESTIONS[6], QUESTIONS[11]])
def test_what_each_lacks_is_what_explaining_finds(question):
    on, received, authority, kind = question
    people = [person(Random(f"{question} {place}"), on) for place in range(40)]
    year = (on.year - 1, on.year - 1)
    asked = Screening(on, INDIVIDUAL, year, received, kind, authority)

    screened, lacks = screen_with_lacks(population_of(people), asked, shipped_law())

    assert screened.equals(screen(population_of(people), asked, shipped_law()))
    for award in INDIVIDUAL:
        found = [
            sorted((lack.rule.id, str(lack.met)) for lack in lacks[award].sets[which])
            for which in lacks[award].which
        ]
        cases = [
            Case(
                on=on,
                award=award,
                subject=one,
                received_on=received,
                type=kind,
                authority=authority,
                year=year,
            )
            for one in people
        ]
        assert found == [lacked(check(case, shipped_law())) for case in cases]


def test_what_is_lacked_is_put_end_to_end_where_a_population_is_sliced(monkeypatch):
    people = [person(Random(place), date(2024, 12, 20)) for place in range(20)]
    asked = Screening(date(2024, 12, 20), ("LDTT", "CSTDB"), (2024, 2024))
    _, whole = screen_with_lacks(population_of(people), asked, shipped_law())

    monkeypatch.setattr("thidua.core.eligibility.screen.SLICE", 7)
    _, pieces = screen_with_lacks(population_of(people), asked, shipped_law())

    for award, lacks in whole.items():
        found = [pieces[award].sets[which] for which in pieces[award].which]
        assert [[str(lack.asked) for lack in one] for one in found] == [
            [str(lack.asked) for lack in lacks.sets[which]] for which in lacks.which
        ]


def test_a_population_asked_in_slices_answers_as_a_whole(monkeypatch):
    random = Random(11)
    people = [person(random, date(2024, 12, 20)) for _ in range(40)]
    asked = Screening(date(2024, 12, 20), ("LDTT", "CSTDB", "KNC"), (2024, 2024), authority="BTP")
    whole = screen(population_of(people), asked, shipped_law())

    monkeypatch.setattr("thidua.core.eligibility.screen.SLICE", 7)
    pieces = screen(population_of(people), asked, shipped_law())

    assert pieces.equals(whole)
