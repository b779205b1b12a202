"""A case is read strictly: what is wrong is said with its line and what to do."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from thidua.core.eligibility.reading import case_from_values, read_case, read_with_notices
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


def test_a_revoked_honour_is_pointed_out_and_no_fault():
    text = CASE.replace("decided_on: 2022-12-20", "decided_on: 2022-12-20, revoked_on: 2023-05-01")

    _, notices = read_with_notices(text, "ho-so.yaml")

    assert list(map(str, notices)) == [
        "ho-so.yaml, dòng 6: CSTDCS đã bị hủy ngày 01/05/2023 nên không tính. Đã được khôi phục thì bỏ revoked_on."
    ]


def test_an_honour_revoked_after_the_day_asked_about_still_counts():
    text = CASE.replace("decided_on: 2022-12-20", "decided_on: 2022-12-20, revoked_on: 2024-05-01")

    assert read_with_notices(text, "ho-so.yaml")[1] == []


def test_everything_found_is_said_not_only_the_first():
    text = CASE.replace("kind: individual", "kind: person").replace(
        "period: [2022, 2022]", "periods: [2022, 2022]"
    )

    assert len(faults(text)) == 2


def test_a_file_that_is_no_case_is_said():
    assert faults("một\n") == [
        "ho-so.yaml, dòng 1: một trường hợp gồm các mục “tên: giá trị”: on, award, subject… Xem lại tệp."
    ]


@pytest.mark.parametrize("text", ["- on: 2023-12-15\n", "cases: []\n", "name: một\ngiven: {}\n"])
def test_several_cases_or_a_jurists_case_are_told_apart(text):
    said = "ở đây có nhiều trường hợp, hoặc một trường hợp mẫu. Mỗi lần hỏi một: "

    assert [fault[: len("ho-so.yaml, dòng 1: " + said)] for fault in faults(text)] == [
        "ho-so.yaml, dòng 1: " + said
    ]


def test_an_authority_in_small_letters_is_not_passed_over():
    with pytest.raises(FileProblemsError) as caught:
        read_case("authority: btp\n" + CASE, "ho-so.yaml", ["BTP"])

    assert list(map(str, caught.value.problems)) == [
        "ho-so.yaml, dòng 1: không có cơ quan “btp”. Có phải “BTP”?"
    ]


def test_an_authority_by_its_name_is_not_passed_over():
    with pytest.raises(FileProblemsError) as caught:
        read_case("authority: Bắc Ninh\n" + CASE, "ho-so.yaml", ["BAC_NINH"])

    assert list(map(str, caught.value.problems)) == [
        "ho-so.yaml, dòng 1: không có cơ quan “Bắc Ninh”. Có phải “BAC_NINH”?"
    ]


def test_an_authority_without_own_rules_is_asked_about():
    assert read_case("authority: HA_NOI\n" + CASE, "ho-so.yaml", ["BTP"]).authority == "HA_NOI"


def test_a_word_of_ones_own_may_be_vouched_for():
    case = read_case(CASE + "  attested: {united: true, follows_rules: true}\n", "ho-so.yaml")

    assert case.subject.attested == {"follows_rules": True}


def test_an_empty_value_says_no_more_than_a_missing_one():
    case = read_case(CASE + "  ratings: {2023: }\n  attested:\n  leave:\n", "ho-so.yaml")

    assert (case.subject.ratings, case.subject.attested, case.subject.leave) == ({}, {}, None)


def test_a_dissolution_may_lie_ahead():
    text = CASE.replace("kind: individual", "kind: collective\n  dissolved_on: 2024-07-01")

    assert read_case(text, "ho-so.yaml").subject.dissolved_on == date(2024, 7, 1)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "on:\n" + "- " * 100_000, "a: &a [*a]"],
    ids=["brackets", "dashes", "a loop"],
)
def test_what_nests_without_end_is_refused(text):
    assert faults(text)[0].endswith("các mục lồng vào nhau quá sâu. Viết lại đơn giản hơn.")


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


def test_a_span_to_the_end_of_the_calendar_is_counted():
    assert months(date(2020, 1, 1), date.max) == (9999 - 2020) * 12 + 11 + Fraction(29, 30)
