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
