"""Every case of the jurists gives the expected part of the answer."""

import pytest

from core.eligibility.law_cases import differences, law_cases
from thidua.core.eligibility.answer import answer
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import case_from
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import FileProblemsError

CASES = list(law_cases())


def case_of(law_case):
    """Return the case; a slip in its file fails with the sentence alone, no traceback above it."""
    try:
        return case_from(law_case.located())
    except FileProblemsError as error:
        said = str(error)
    pytest.fail(said, pytrace=False)


@pytest.mark.parametrize("law_case", CASES, ids=[f"{c.file}: {c.name}" for c in CASES])
def test_the_law_answers_as_the_jurist_expects(law_case):
    found = answer(check(case_of(law_case), shipped_law()))

    assert list(differences(law_case.expect, found)) == []


def test_no_two_cases_of_a_file_share_a_name():
    names = [(case.file, case.name) for case in CASES]

    assert len(names) == len(set(names))


SLIP = """\
always: {year: 2024, subject: {kind: individual}}
cases:
  - name: Xếp loại viết sai
    given:
      on: 2024-12-20
      award: LDTT
      subject:
        ratings: {2024: GOODD}
    expect: {outcome: eligible}
"""


def test_a_slip_in_a_case_is_told_with_its_line_and_no_traceback(tmp_path):
    (tmp_path / "thu.yaml").write_text(SLIP, encoding="utf-8")
    (slipped,) = law_cases(tmp_path)

    with pytest.raises(pytest.fail.Exception) as failed:
        case_of(slipped)

    assert failed.value.pytrace is False
    assert str(failed.value).startswith("tests/law/thu.yaml, “Xếp loại viết sai”, dòng 8: ")
