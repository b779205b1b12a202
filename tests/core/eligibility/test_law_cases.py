"""Every case of the jurists gives the expected part of the answer."""

import pytest

from core.eligibility.law_cases import differences, law_cases
from thidua.core.eligibility.answer import answer
from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import case_from
from thidua.core.law.law import shipped_law

CASES = list(law_cases())


@pytest.mark.parametrize("law_case", CASES, ids=[f"{c.file}: {c.name}" for c in CASES])
def test_the_law_answers_as_the_jurist_expects(law_case):
    found = answer(check(case_from(law_case.located()), shipped_law()))

    assert list(differences(law_case.expect, found)) == []


def test_no_two_cases_of_a_file_share_a_name():
    names = [(case.file, case.name) for case in CASES]

    assert len(names) == len(set(names))
