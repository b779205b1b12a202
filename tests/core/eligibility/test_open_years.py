"""A chain or a count that needs the title of a year still being judged stays open, not refused."""

import pytest

from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import read_case
from thidua.core.law.law import shipped_law

TWO_YEARS = """
on: 2026-11-22
award: CSTDB
year: 2026
open_from: 2026
subject:
  kind: individual
  ratings: {2024: EXCELLENT, 2025: EXCELLENT, 2026: EXCELLENT}
  honours: [{award: CSTDCS, period: 2024}, {award: CSTDCS, period: 2025}]
  initiatives: [{scope: BO, recognised_on: 2026-06-01, applied_on: 2026-02-01, replicable: true}]
  discipline: []
  pending: []
"""
FIVE_YEARS = """
on: 2026-11-22
received_on: 2026-11-22
award: BK_TTG
year: 2026
open_from: 2026
subject:
  kind: individual
  ratings: {2021: GOOD, 2022: GOOD, 2023: GOOD, 2024: GOOD, 2025: GOOD, 2026: GOOD}
  honours:
    - {award: BK_BO, period: 2020}
    - {award: CSTDCS, period: 2024}
    - {award: CSTDCS, period: 2025}
  discipline: []
  pending: []
"""
CHAIN, COUNT = "3 năm liên tục đạt CSTĐCS", "Trong thời gian đó có từ 3 lần CSTĐCS"


def told(text, asked):
    """Return the outcome, and the answer to one condition with what was seen."""
    verdict = check(read_case(text, "case.yaml"), shipped_law())
    found = next(one for one in verdict.packs[0].findings if str(one.asked) == asked)
    return verdict.outcome, found.met, str(found.seen)


@pytest.mark.parametrize(
    ("case", "asked", "seen"),
    [
        (TWO_YEARS, CHAIN, "2024, 2025; năm 2026 chưa bình xét xong"),
        (FIVE_YEARS, COUNT, "CSTĐCS 2024; CSTĐCS 2025; năm 2026 chưa bình xét xong"),
    ],
)
def test_the_title_of_an_open_year_may_still_come(case, asked, seen):
    assert told(case, asked) == ("unknown", None, seen)


@pytest.mark.parametrize(("case", "asked"), [(TWO_YEARS, CHAIN), (FIVE_YEARS, COUNT)])
@pytest.mark.parametrize(
    "changed",
    [("open_from: 2026", ""), ("{award: CSTDCS, period: 2024}", "{award: CSTDCS, period: 2015}")],
    ids=["the year is closed", "a year is missing before"],
)
def test_what_the_open_year_cannot_mend_is_refused(case, asked, changed):
    outcome, met, _seen = told(case.replace(*changed), asked)

    assert (outcome, met) == ("not_eligible", False)


def test_a_year_rated_too_low_brings_no_title():
    outcome, met, _seen = told(TWO_YEARS.replace("2026: EXCELLENT", "2026: COMPLETED"), CHAIN)

    assert (outcome, met) == ("not_eligible", False)
