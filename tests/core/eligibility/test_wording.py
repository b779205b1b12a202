"""What conditions ask and see is told in words, never in the codes of the files."""

import pytest

from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import read_case
from thidua.core.law.law import shipped_law

CASE = """\
on: 2024-12-20
award: HCLD3
type: MOVEMENT
year: 2024
subject: {kind: individual, occupation: OCCUPATION}
movement: {launched_by: ministry, from: 2018-01-01, to: 2024-12-31}
"""


def told(text):
    """Return what each finding asks and what was seen, by what it asks."""
    verdict = check(read_case(text, "x"), shipped_law())
    return {str(found.asked): str(found.seen) for pack in verdict.packs for found in pack.findings}


@pytest.mark.parametrize(
    ("occupation", "seen"), [("worker", "công nhân"), ("farmer", "nông dân"), ("thợ gốm", "thợ gốm")]
)
def test_an_occupation_is_told_in_words(occupation, seen):
    assert told(CASE.replace("OCCUPATION", occupation))["Là một trong: công nhân; nông dân"] == seen


def test_the_years_of_a_movement_are_told_as_a_number():
    found = told(CASE.replace("OCCUPATION", "worker"))

    asked = "Phong trào thi đua do bộ, ban, ngành, tỉnh phát động, từ 5 năm trở lên"
    assert found[asked] == "do bộ, ban, ngành, tỉnh phát động; 7 năm"


def test_the_years_of_a_movement_are_told_where_none_is_known():
    found = told(CASE.replace("OCCUPATION", "worker").partition("movement:")[0])

    assert (
        found["Phong trào thi đua do bộ, ban, ngành, tỉnh phát động, từ 5 năm trở lên"] == "chưa có dữ liệu"
    )


def test_the_result_of_a_course_is_told_in_words():
    found = told(
        "on: 2021-12-20\naward: LDTT\nyear: 2021\nsubject:\n  kind: individual\n"
        "  leave: [{kind: study, from: 2020-09-01, to: 2021-12-01, result: very_good}]\n"
    )

    assert "loại giỏi" in found.values()


HONOURED = """\
on: 2026-09-20
award: HCLD3
year: 2026
subject:
  kind: individual
  ratings: {2022: EXCELLENT, 2023: GOOD, 2024: GOOD, 2025: GOOD, 2026: GOOD}
  honours:
    - {award: BK_TTG, period: [2012, 2016]}
    - {award: CSTDCS, period: 2018}
    - {award: CSTDCS, period: 2022}
"""


def test_what_surely_counts_within_the_years_is_told_apart_from_what_may():
    assert told(HONOURED)["Trong thời gian đó có từ 3 lần CSTĐCS"] == (
        "CSTĐCS 2022; chưa chắc được tính: CSTĐCS 2018 (chưa có xếp loại năm 2021)"
    )


def test_an_honour_before_the_years_is_not_told():
    text = HONOURED.replace("2022: EXCELLENT", "2021: COMPLETED, 2022: EXCELLENT")

    assert told(text)["Trong thời gian đó có từ 3 lần CSTĐCS"] == "CSTĐCS 2022"
