"""The further ways in which plans say who gives what to how many."""

import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_awards
from thidua.core.plans.quotas import read_quotas

BOTH = ("collective", "individual")
COLLECTIVE = ("collective",)
INDIVIDUAL = ("individual",)


def awards(body, heading="KHEN THƯỞNG"):
    outline = plan(f"I. {heading}\n{body}")
    found = read_awards(outline)
    assert quotes_stand_in_text(outline, found)
    return [(one.form, one.authority, one.for_, one.quantity, one.action) for one in found]


def quotas(body):
    return [
        (one.text, one.max, one.for_, one.award, one.per)
        for one in read_quotas(plan(f"I. KHEN THƯỞNG\n{body}"))
    ]


@pytest.mark.parametrize(
    "first",
    [
        "1. Sơ kết: Giám đốc Sở tặng Giấy khen cho không quá 06 tập thể và 12 cá nhân.",
        "1. Hằng quý, Giám đốc Sở xét tặng Giấy khen cho không vượt quá 06 tập thể, 12 cá nhân.",
    ],
)
def test_a_limited_award_stays_beside_one_with_a_number(first):
    assert awards(f"{first}\n2. Tổng kết: Giám đốc Sở tặng Giấy khen cho 10 tập thể.") == [
        ("Giấy khen", "Giám đốc Sở", BOTH, None, None),
        ("Giấy khen", "Giám đốc Sở", COLLECTIVE, 10, None),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1. Tổng số Bằng khen của Bộ trưởng: không quá 04 tập thể và 09 cá nhân.",
            [("Bằng khen", "Bộ trưởng", BOTH, None, None)],
        ),
        (
            "1. Số Giấy khen của Hiệu trưởng: 03 tập thể, 07 cá nhân.",
            [
                ("Giấy khen", "Hiệu trưởng", COLLECTIVE, 3, None),
                ("Giấy khen", "Hiệu trưởng", INDIVIDUAL, 7, None),
            ],
        ),
        ("1. Chọn trong số Lao động tiên tiến những người có sáng kiến.", []),
    ],
)
def test_the_head_of_a_count_names_the_award(line, expected):
    assert awards(line) == expected


@pytest.mark.parametrize(
    "heading",
    ["HÌNH THỨC, TIÊU CHUẨN, SỐ LƯỢNG KHEN THƯỞNG", "TIÊU CHUẨN, SỐ LƯỢNG VÀ HÌNH THỨC KHEN THƯỞNG"],
)
def test_a_heading_of_standards_and_numbers_holds_awards(heading):
    body = (
        "1. Giấy khen của Giám đốc Công ty (xét hằng quý)\na) Số lượng: 04 tập thể và 11 cá nhân.\n"
        "b) Tiêu chuẩn tập thể: hoàn thành 100% kế hoạch quý.\n2. Tiêu chuẩn chung: chấp hành tốt nội quy."
    )

    assert awards(body, heading) == [
        ("Giấy khen", "Giám đốc Công ty", COLLECTIVE, 4, None),
        ("Giấy khen", "Giám đốc Công ty", INDIVIDUAL, 11, None),
    ]


def test_each_column_of_a_table_of_numbers_has_its_own_kind():
    body = (
        "1. Số lượng Giấy khen của Giám đốc Sở được phân bổ như sau:\n"
        "| Đơn vị | Tập thể | Cá nhân |\n|---|---|---|\n| Khối trường học | 03 | 07 |\n"
        "| Khối y tế | - | 04 |\n| Tổng cộng | 03 | 11 |"
    )
    outline = plan(f"I. KHEN THƯỞNG\n{body}")

    found = read_quotas(outline)

    assert [(one.text, one.max, one.for_, one.award, one.per) for one in found] == [
        ("Khối trường học: 03 tập thể", 3, COLLECTIVE, "Giấy khen", "Khối trường học"),
        ("Khối trường học: 07 cá nhân", 7, INDIVIDUAL, "Giấy khen", "Khối trường học"),
        ("Khối y tế: 04 cá nhân", 4, INDIVIDUAL, "Giấy khen", "Khối y tế"),
    ]
    assert found[0].place.quote == "Khối trường học | 03 | 07"
    assert [(one.form, one.quantity) for one in read_awards(outline)] == [("Giấy khen", None)]


def test_a_table_of_numbers_may_have_a_heading_of_two_rows():
    body = (
        "| TT | Tên đơn vị | Giấy khen | Giấy khen |\n| | | Tập thể | Cá nhân |\n"
        "| 1 | Phòng Hành chính | 01 | không quá 02 |\n| | Cộng | 01 | 02 |"
    )

    assert quotas(body) == [
        ("Phòng Hành chính: 01 tập thể", 1, COLLECTIVE, "Giấy khen", "Phòng Hành chính"),
        ("Phòng Hành chính: không quá 02 cá nhân", 2, INDIVIDUAL, "Giấy khen", "Phòng Hành chính"),
    ]


def test_a_table_may_give_each_form_a_row():
    outline = plan(
        "I. KHEN THƯỞNG\n| Hình thức | Tập thể | Cá nhân |\n|---|---|---|\n"
        "| Giấy khen của Giám đốc Sở | 05 | 12 |\n| Đề nghị Bộ trưởng tặng Bằng khen | 01 | |"
    )

    assert [(one.max, one.for_, one.award, one.per) for one in read_quotas(outline)] == [
        (5, COLLECTIVE, "Giấy khen", None),
        (12, INDIVIDUAL, "Giấy khen", None),
        (1, COLLECTIVE, "Bằng khen", None),
    ]
    assert [
        (one.form, one.authority, one.for_, one.quantity, one.action) for one in read_awards(outline)
    ] == [
        ("Giấy khen", "Giám đốc Sở", COLLECTIVE, 5, None),
        ("Giấy khen", "Giám đốc Sở", INDIVIDUAL, 12, None),
        ("Bằng khen", "Bộ trưởng", COLLECTIVE, 1, "đề nghị tặng"),
    ]


def test_a_table_with_one_column_of_numbers_counts_those_its_rows_name():
    body = "| Đơn vị | Số lượng Giấy khen |\n|---|---|\n| Các thôn | 06 |"

    assert quotas(body) == [("Các thôn: 06", 6, BOTH, "Giấy khen", "Các thôn")]
