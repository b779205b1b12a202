"""The further ways in which plans say who gives what to how many."""

import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_awards
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.targets import read_targets

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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1. Giám đốc Sở tặng Giấy khen cho 06 tập thể (02 phòng, 04 trường học) và 09 cá nhân.",
            [(COLLECTIVE, 6), (INDIVIDUAL, 9)],
        ),
        ("1. Giám đốc Sở tặng Giấy khen (03 tập thể, 05 cá nhân).", [(COLLECTIVE, 3), (INDIVIDUAL, 5)]),
        (
            "1. Giám đốc Sở tặng Giấy khen cho 03 xã và mỗi xã 02 cá nhân.",
            [(COLLECTIVE, 3), (INDIVIDUAL, 2)],
        ),
        (
            "1. Giám đốc Sở tặng Giấy khen cho 03 tập thể và không quá 08 cá nhân.",
            [(COLLECTIVE, 3), (INDIVIDUAL, None)],
        ),
    ],
)
def test_a_number_is_given_once_and_to_its_own_kind(line, expected):
    assert [(kinds, quantity) for _, _, kinds, quantity, _ in awards(line)] == expected


@pytest.mark.parametrize(
    ("line", "second"),
    [
        (
            "1. Đề nghị Bộ trưởng tặng Bằng khen: 02 tập thể; tặng Cờ thi đua: 01 đơn vị dẫn đầu.",
            ("Cờ thi đua", "Bộ trưởng", COLLECTIVE, 1, "đề nghị tặng"),
        ),
        (
            "1. Đề nghị Bộ trưởng tặng Bằng khen: 02 tập thể; tặng Cờ thi đua của Bộ: 01 đơn vị dẫn đầu.",
            ("Cờ thi đua", "Bộ", COLLECTIVE, 1, "đề nghị tặng"),
        ),
        (
            "1. Đề nghị Bộ trưởng tặng Bằng khen: 02 tập thể; tặng Giấy khen: 05 cá nhân.",
            ("Giấy khen", None, INDIVIDUAL, 5, None),
        ),
    ],
)
def test_who_is_asked_for_one_thing_is_asked_for_the_higher_next(line, second):
    assert awards(line)[1:] == [second]


@pytest.mark.parametrize(
    ("lead", "giver", "action"),
    [
        ("Cuối năm, UBND xã trao:", "UBND xã", None),
        ("1. Hiệu trưởng tặng thưởng như sau:", "Hiệu trưởng", None),
        ("Đề nghị Chủ tịch UBND tỉnh tặng:", "Chủ tịch UBND tỉnh", "đề nghị tặng"),
    ],
)
def test_the_line_that_leads_a_list_names_the_giver_of_all(lead, giver, action):
    body = f"{lead}\n- 01 giải Nhất: Giấy khen và 2.000.000 đồng;\n- Giấy khen cho 08 hộ gia đình tiêu biểu."

    assert awards(body) == [
        ("Giải Nhất", giver, BOTH, 1, action),
        ("Giấy khen", giver, ("household",), 8, action),
    ]


def test_who_is_put_up_for_a_named_giver_is_proposed():
    body = "1. Cá nhân có sáng kiến nổi bật được đề nghị Chủ tịch UBND tỉnh tặng Bằng khen."

    assert awards(body) == [("Bằng khen", "Chủ tịch UBND tỉnh", INDIVIDUAL, None, "đề nghị tặng")]


@pytest.mark.parametrize("chosen", ["giới thiệu", "lựa chọn", "xét chọn"])
def test_those_chosen_out_of_the_commended_are_counted_for_the_higher_award(chosen):
    body = (
        f"1. Giám đốc Sở khen thưởng 12 đơn vị, 30 cá nhân và {chosen} 03 tập thể, 04 cá nhân "
        "đề nghị Bộ trưởng tặng Bằng khen."
    )

    assert awards(body) == [
        ("khen thưởng", "Giám đốc Sở", COLLECTIVE, 12, None),
        ("khen thưởng", "Giám đốc Sở", INDIVIDUAL, 30, None),
        ("Bằng khen", "Bộ trưởng", COLLECTIVE, 3, "đề nghị tặng"),
        ("Bằng khen", "Bộ trưởng", INDIVIDUAL, 4, "đề nghị tặng"),
    ]
    assert [(most, award) for _, most, _, award, _ in quotas(body)] == [
        (12, "khen thưởng"),
        (30, "khen thưởng"),
        (3, "Bằng khen"),
        (4, "Bằng khen"),
    ]


@pytest.mark.parametrize(
    ("counted", "kind"),
    [
        ("04 nhà thầu", COLLECTIVE),
        ("04 đồng chí", INDIVIDUAL),
        ("04 thầy cô giáo", INDIVIDUAL),
        ("04 em học giỏi", INDIVIDUAL),
        ("04 bà con người Dao", INDIVIDUAL),
        ("04 kỹ sư", INDIVIDUAL),
        ("04 cụ cao tuổi", INDIVIDUAL),
        ("04 hộ kinh doanh", ("household",)),
        ("04 liên đội", COLLECTIVE),
        ("04 chợ văn minh", COLLECTIVE),
        ("04 phân hiệu", COLLECTIVE),
    ],
)
def test_many_nouns_tell_whom_a_number_counts(counted, kind):
    body = f"1. Giám đốc Sở tặng Giấy khen cho {counted} tiêu biểu."

    assert [(kinds, quantity) for _, _, kinds, quantity, _ in awards(body)] == [(kind, 4)]
    assert [(most, kinds) for _, most, kinds, _, _ in quotas(body)] == [(4, kind)]


@pytest.mark.parametrize("counted", ["07 chốt canh", "07 điển hình tiên tiến"])
def test_a_noun_nobody_knows_is_left_to_a_person(counted):
    outline = plan(f"I. KHEN THƯỞNG\n1. Giám đốc Sở tặng Giấy khen cho {counted}.")

    (award,) = read_awards(outline)
    assert (award.for_, award.quantity, award.confidence) == (BOTH, 7, "check")
    (quota,) = read_quotas(outline)
    assert (quota.max, quota.for_, quota.confidence) == (7, BOTH, "check")


@pytest.mark.parametrize(
    "body",
    [
        "1. Giám đốc Sở tặng Giấy khen kèm 02 triệu đồng tiền thưởng.",
        "1. Giám đốc Sở tặng Giấy khen trong 05 ngày làm việc.",
        "1. Hồ sơ gồm 02 bản báo cáo, gửi trước khi tặng Giấy khen.",
        "1. Tặng Giấy khen. Mỗi đơn vị gửi 01 báo cáo về số máy nội bộ 214.",
    ],
)
def test_what_is_no_bearer_is_counted_by_nobody(body):
    assert quotas(body) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Giám đốc Sở biểu dương 25 điển hình tiên tiến.", ("biểu dương", "Giám đốc Sở", BOTH, 25, None)),
        (
            "1. Liên đội tặng cờ luân lưu cho 02 lớp dẫn đầu.",
            ("Cờ luân lưu", "Liên đội", COLLECTIVE, 2, None),
        ),
        (
            "1. Nhà trường tuyên dương dưới cờ 08 học sinh.",
            ("tuyên dương dưới cờ", "Nhà trường", INDIVIDUAL, 8, None),
        ),
        (
            "1. Giám đốc thưởng nóng 5 triệu đồng cho tổ sản xuất vượt kế hoạch.",
            ("thưởng nóng", "Giám đốc", COLLECTIVE, None, None),
        ),
        ("1. Hiệu trưởng thưởng 06 giáo viên dạy giỏi.", ("thưởng", "Hiệu trưởng", INDIVIDUAL, 6, None)),
    ],
)
def test_awards_have_other_names_too(line, expected):
    assert awards(line) == [expected]


def test_a_group_each_of_which_gives_one_does_not_take_in_the_next_verb():
    body = "1. Liên đội tặng Giấy khen cho 01 lớp dẫn đầu mỗi khối và tuyên dương 05 học sinh."

    assert [(text, per) for text, _, _, _, per in quotas(body)] == [("01 lớp", "khối"), ("05 học sinh", None)]


def test_models_to_be_praised_are_no_targets():
    outline = plan(
        "I. NỘI DUNG\n1. Tôn vinh, biểu dương 30 gương người tốt; vinh danh 15 em.\n2. Trồng 500 cây."
    )

    assert [one.value for one in read_targets(outline)] == [500]


@pytest.mark.parametrize("merit", ["có nhiều đóng góp cho trường", "đóng góp xuất sắc"])
def test_merits_of_those_counted_do_not_lift_the_limit(merit):
    body = f"1. Hiệu trưởng thưởng 06 giáo viên {merit}, mức 300.000 đồng/người."

    assert [(most, kinds) for _, most, kinds, _, _ in quotas(body)] == [(6, INDIVIDUAL)]


def test_what_a_giver_does_with_the_awards_is_no_part_of_its_name():
    body = "1. Số lượng Giấy khen của Chủ tịch UBND xã phân bổ như sau: 12 tập thể."

    assert awards(body) == [("Giấy khen", "Chủ tịch UBND xã", COLLECTIVE, 12, None)]
