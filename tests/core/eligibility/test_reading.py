"""A case is read strictly: what is wrong is said with its line and what to do."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from thidua.core.eligibility.reading import case_from_values, read_case
from thidua.core.eligibility.spans import months
from thidua.core.law.yamltext import FileProblemsError, read_yaml

CASE = """\
on: 2023-12-15
award: CSTDB
subject:
  kind: individual
  honours:
    - {award: CSTDCS, period: [2022, 2022], decided_on: 2022-12-20}
    - {award: CSTDCS, period: [2023, 2023], decided_on: 2023-12-10}
"""

WRONG = read_yaml(
    (Path(__file__).parent / "wrong_cases.yaml").read_text(encoding="utf-8"), "wrong_cases.yaml"
).value


def faults(text):
    with pytest.raises(FileProblemsError) as caught:
        read_case(text, "ho-so.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_case_in_order_is_read():
    case = read_case(CASE, "ho-so.yaml")

    assert (case.received, case.type, case.subject.pending) == (case.on, "MERIT", None)


def test_json_is_read_as_well():
    case = read_case(
        '{"on": "2023-12-15", "award": "LDTT", "subject": {"kind": "individual", "pending": []}}', "x.json"
    )

    assert case.subject.pending == ()


def test_plain_values_are_read_as_a_page_has_them():
    case = case_from_values(
        {"on": "2023-12-15", "award": "LDTT", "subject": {"kind": "individual", "ratings": {2023: "GOOD"}}}
    )

    assert case.subject.ratings == {2023: "GOOD"}


@pytest.mark.parametrize("wrong", WRONG, ids=[wrong["said"][:60] for wrong in WRONG])
def test_what_is_wrong_is_said_with_its_line(wrong):
    assert wrong["old"] in CASE

    assert faults(CASE.replace(wrong["old"], wrong["new"]))[0] == wrong["said"]


def test_a_title_of_one_year_may_stand_twice_where_one_was_revoked():
    text = CASE.replace("[2023, 2023], decided_on: 2023-12-10", "[2022, 2022], revoked_on: 2023-05-01")

    assert len(read_case(text, "ho-so.yaml").subject.honours) == 2


def test_everything_found_is_said_not_only_the_first():
    text = CASE.replace("kind: individual", "kind: person").replace(
        "period: [2022, 2022]", "periods: [2022, 2022]"
    )

    assert len(faults(text)) == 2


def test_a_file_that_is_no_case_is_said():
    assert faults("- một\n- hai\n") == ["ho-so.yaml, dòng 1: mục “?” phải gồm các mục con “tên: giá trị”."]


@pytest.mark.parametrize(
    ("first", "last", "whole", "loose"),
    [
        ("2023-03-01", "2023-12-31", 10, 0),
        ("2026-06-15", "2026-12-15", 6, 1),
        ("2026-06-17", "2026-12-15", 5, 29),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2023-01-31", "2023-02-28", 1, 1),
        ("2023-05-02", "2023-05-01", 0, 0),
    ],
)
def test_months_are_counted_with_both_days(first, last, whole, loose):
    found = months(date.fromisoformat(first), date.fromisoformat(last))

    assert found == whole + Fraction(loose, 30)
