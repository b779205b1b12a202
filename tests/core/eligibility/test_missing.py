"""What keeps a case open, counted once: an open group is one thing, its parts are the ways to meet it."""

import pytest

from thidua.core.eligibility.answer import answer
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import read_case
from thidua.core.law.law import shipped_law

WITHOUT_WORKS = """
on: 2026-11-20
award: CSTDCS
year: 2025
subject:
  kind: individual
  ratings: {2025: GOOD}
  honours: [{award: LDTT, period: 2025, decided_on: 2025-12-20, number: 1/QĐ-X, issuer: BTP}]
  discipline: []
  pending: []
"""
WITHOUT_A_STANDARD = """
on: 2026-11-20
award: KNC
authority: BTP
year: 2026
subject:
  kind: individual
  sex: male
  honours: []
  discipline: []
  pending: []
  service: [{from: 2024-01-01, sector: tư pháp, post: staff, moved_in: false}]
"""


def verdict_of(text):
    return check(read_case(text, "case.yaml"), shipped_law())


def test_an_open_group_is_one_thing_and_names_its_ways():
    missing = verdict_of(WITHOUT_WORKS).missing

    said = (
        "Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận: "
        "Có 1 sáng kiến được công nhận, phạm vi cấp cơ sở, đã áp dụng, có khả năng nhân rộng: "
        "chưa có dữ liệu; Có 1 đề tài, đề án được nghiệm thu, phạm vi cấp cơ sở: chưa có dữ liệu"
    )
    assert [str(one.what) for one in missing] == [said]


def test_the_answer_for_programs_names_the_rules_of_the_ways_after_the_group():
    found = answer(verdict_of(WITHOUT_WORKS))

    assert [one["rule"] for one in found["missing"]] == ["B.CSTDCS", "B.INIT", "B.CSTDCS"]


@pytest.mark.parametrize(
    ("case", "gaps"), [(WITHOUT_WORKS, [False]), (WITHOUT_A_STANDARD, [True])], ids=["a paper", "a standard"]
)
def test_a_gap_of_the_law_is_told_from_what_a_person_can_bring(case, gaps):
    verdict = verdict_of(case)

    assert (verdict.outcome, [one.lacks_law for one in verdict.missing]) == ("unknown", gaps)
