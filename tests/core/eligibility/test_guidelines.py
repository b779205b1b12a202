"""Shares of a list an authority's own rules aim at: read, refused with file and line, held against a list."""

from datetime import date

import pytest

from thidua.core.eligibility.guidelines import findings_of, guidelines_on, uncounted_on
from thidua.core.eligibility.lists import Entry
from thidua.core.law.checks import overlay_problems
from thidua.core.law.drafts import own_rules_from
from thidua.core.law.law import shipped_law
from thidua.core.law.words import SubjectKind
from thidua.core.law.yamltext import FileProblemsError

ON = date(2026, 3, 2)
RULES = """\
authority: BTN
label: {vi: Quy chế, en: Rules}
text: 7/2026/QĐ-BTN
in_force: 2026-02-01
new_figures:
  workers: {label: {vi: Trực tiếp}, unit: share-of-list, value: 0.60, group: direct_workers, place: Điều 3, rule: X}
"""


def law(rules=RULES):
    return shipped_law().with_drafts({"quy-che.yaml": rules})


def seen(entries, rules=RULES, on=ON, **more):
    return list(findings_of(guidelines_on(law(rules), "BTN", on), entries, on, **more))


def people(direct, leading, unknown=0, award="LDTT"):
    answers = [True] * direct + [False] * leading + [None] * unknown
    return [Entry(SubjectKind.INDIVIDUAL, award, direct_worker=answer) for answer in answers]


@pytest.mark.parametrize(
    ("direct", "leading", "unknown", "met"),
    [(6, 4, 0, True), (5, 5, 0, False), (5, 4, 1, None), (6, 3, 1, True), (4, 5, 1, False), (0, 0, 0, None)],
)
def test_a_share_is_met_missed_or_open_by_those_known(direct, leading, unknown, met):
    (found,) = seen(people(direct, leading, unknown))

    assert (found.met, str(found.asked), str(found.entry.rule.source)) == (
        met,
        "ít nhất 60%",
        "7/2026/QĐ-BTN, Điều 3",
    )


@pytest.mark.parametrize(("direct", "leading", "met"), [(6, 4, True), (7, 3, False)])
def test_a_share_may_be_the_most(direct, leading, met):
    rules = RULES.replace("group:", "bound: at_most, group:")

    (found,) = seen(people(direct, leading), rules)

    assert (found.met, str(found.asked)) == (met, "nhiều nhất 60%")


@pytest.mark.parametrize(
    ("direct", "leading", "unknown", "gap"), [(5, 5, 0, 1), (3, 6, 1, 2), (6, 4, 0, 0), (5, 4, 1, 0)]
)
def test_what_a_share_lacks_is_what_it_surely_lacks(direct, leading, unknown, gap):
    (found,) = seen(people(direct, leading, unknown))

    assert found.gap == gap


def test_each_award_named_is_held_against_by_itself():
    rules = RULES.replace("group:", "for: [LDTT, CSTDCS], group:")

    found = seen([*people(6, 4), *people(0, 2, award="CSTDCS"), *people(9, 0, award="BK_BO")], rules)

    assert [(one.award, one.part.counted, one.part.asked, one.met) for one in found] == [
        ("LDTT", 6, 10, True),
        ("CSTDCS", 0, 2, False),
    ]


def test_collectives_are_no_part_of_a_share_of_people():
    collectives = [Entry(SubjectKind.COLLECTIVE, "TTLDTT", small=False)] * 5

    (found,) = seen([*people(6, 4), *collectives])

    assert (found.part.asked, found.met) == (10, True)


@pytest.mark.parametrize(("day", "number"), [("2026-01-31", 0), ("2026-02-01", 1), ("2027-03-01", 0)])
def test_a_share_holds_from_its_day_until_the_text_ceases(day, number):
    rules = RULES.replace("new_figures", "ceases: 2027-03-01\nnew_figures")

    assert len(guidelines_on(law(rules), "BTN", date.fromisoformat(day))) == number


def test_of_a_list_seen_in_part_nothing_is_met_or_missed():
    (found,) = seen(people(5, 5), is_whole=False)

    assert found.met is None


def test_a_share_without_a_group_is_told_as_counted_nowhere():
    rules = RULES.replace("group: direct_workers, ", "")

    found = [(figure.name, str(entry.rule.source)) for figure, entry in uncounted_on(law(rules), "BTN", ON)]

    assert (found, seen(people(6, 4), rules)) == ([("workers", "7/2026/QĐ-BTN, Điều 3")], [])


GROUPS = "women, leaders, direct_workers, grassroots, small_collectives"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("group: direct_workers", "group: workers"),
            f"mục “new_figures.workers.group”: không có giá trị “workers”. Dùng một trong: {GROUPS}.",
        ),
        (
            ("share-of-list, value: 0.60", "persons, value: 6"),
            "tỷ lệ của một nhóm phải có unit: share-of-list, không phải “persons”.",
        ),
        (
            ("value: 0.60", "value: 60"),
            "“60” không hợp với đơn vị “share-of-list”: tỷ lệ viết từ 0 đến 1, như 0.60 hoặc 2/3.",
        ),
        (
            ("group: direct_workers", "for: LDTT"),
            f"“for” chỉ dùng cho tỷ lệ của một nhóm. Thêm group (một trong {GROUPS}), hoặc bỏ mục này.",
        ),
        (("group:", "for: LDTTT, group:"), "“LDTTT” không có trong danh mục danh hiệu."),
        (
            ("group:", "for: TTLDTT, group:"),
            (
                "“workers”: nhóm direct_workers không có trong số người, tập thể được xét "
                "“Tập thể lao động tiên tiến”. Sửa group hoặc for."
            ),
        ),
        (
            ("group:", "bound: atleast, group:"),
            "mục “new_figures.workers.bound”: không có giá trị “atleast”. Dùng một trong: at_least, at_most.",
        ),
    ],
)
def test_a_share_that_cannot_be_counted_is_refused_with_its_line(change, sentence):
    content = RULES.replace(*change)

    try:
        text, overlay = own_rules_from(
            "quy-che.yaml", content.encode(), shipped_law(), code="BTN", holder="Bộ Thử nghiệm"
        )
        found = overlay_problems(law(text), overlay)
    except FileProblemsError as error:
        found = error.problems

    assert [str(problem) for problem in found] == [f"quy-che.yaml, dòng 6: {sentence}"]
