import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_award_windows, read_awards
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.targets import read_targets


def awards(body):
    return [
        (one.form, one.authority, one.for_, one.quantity, one.action)
        for one in read_awards(plan(f"I. KHEN THƯỞNG\n{body}"))
    ]


def quotas(body):
    return [
        (one.text, one.min, one.max, one.for_, one.per)
        for one in read_quotas(plan(f"I. KHEN THƯỞNG\n{body}"))
    ]


BOTH = ("collective", "individual")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "1. Bằng khen của Bộ trưởng Bộ Nông lâm cho tập thể, cá nhân.",
            ("Bằng khen", "Bộ trưởng Bộ Nông lâm", BOTH, None, None),
        ),
        (
            "1. Đề nghị Thủ tướng Chính phủ tặng Bằng khen.",
            ("Bằng khen", "Thủ tướng Chính phủ", BOTH, None, "đề nghị tặng"),
        ),
        (
            "1. Lựa chọn cá nhân để đề nghị tặng “Bằng khen của Chủ tịch UBND tỉnh”.",
            ("Bằng khen", "Chủ tịch UBND tỉnh", ("individual",), None, "đề nghị tặng"),
        ),
        (
            "1. Trưởng phòng Giáo dục và Đào tạo tặng Giấy khen cho 12 giáo viên.",
            ("Giấy khen", "Trưởng phòng Giáo dục và Đào tạo", ("individual",), 12, None),
        ),
        (
            "1. Giấy khen của Chủ tịch Ủy ban nhân dân huyện, thành phố.",
            ("Giấy khen", "Chủ tịch Ủy ban nhân dân huyện, thành phố", BOTH, None, None),
        ),
        (
            "1. Đề nghị Chủ tịch UBND huyện tặng danh hiệu “Lao động tiên tiến”.",
            ("Lao động tiên tiến", "Chủ tịch UBND huyện", ("individual",), None, "đề nghị tặng"),
        ),
        (
            "1. Hiệu trưởng khen tại trường không quá 02 lớp và 05 học sinh.",
            ("khen tại trường", "Hiệu trưởng", BOTH, None, None),
        ),
        ("1. Cờ thi đua của Bộ: 01 đơn vị.", ("Cờ thi đua", "Bộ", ("collective",), 1, None)),
    ],
)
def test_an_award_is_read_with_its_giver_and_bearers(body, expected):
    assert awards(body) == [expected]


def test_a_number_for_each_kind_gives_two_awards():
    assert awards("1. Giám đốc Sở tặng Giấy khen: 02 tập thể, 04 cá nhân.") == [
        ("Giấy khen", "Giám đốc Sở", ("collective",), 2, None),
        ("Giấy khen", "Giám đốc Sở", ("individual",), 4, None),
    ]


def test_a_line_of_numbers_below_belongs_to_the_award_above():
    body = "a) Tặng Giấy khen của Giám đốc Sở cho tập thể và cá nhân.\n- Số lượng: 01 tập thể và 02 cá nhân."

    assert [(one[0], one[2], one[3]) for one in awards(body)] == [
        ("Giấy khen", ("collective",), 1),
        ("Giấy khen", ("individual",), 2),
    ]


def test_who_was_commended_already_gets_no_award_here():
    assert (
        awards("1. Các tập thể được Bộ trưởng Bộ Nông lâm khen thưởng sẽ được giới thiệu tại hội nghị.") == []
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "1. Số lượng: mỗi huyện, thành phố không quá 03 tập thể và 05 cá nhân.",
            [
                ("mỗi huyện, thành phố không quá 03 tập thể", None, 3, ("collective",), "huyện, thành phố"),
                ("mỗi huyện, thành phố 05 cá nhân", None, 5, ("individual",), "huyện, thành phố"),
            ],
        ),
        (
            "1. Chi cục trưởng khen **02** Đội và **05** công chức mỗi quý.",
            [("02 Đội", None, 2, ("collective",), None), ("05 công chức", None, 5, ("individual",), "quý")],
        ),
        (
            "1. Giấy khen của Chủ tịch UBND xã: tối đa 03 thôn và 10 hộ gia đình, cá nhân.",
            [
                ("tối đa 03 thôn", None, 3, ("collective",), None),
                ("10 hộ gia đình, cá nhân", None, 10, ("individual",), None),
            ],
        ),
        ("1. Chọn từ 10 - 15 cá nhân.", [("từ 10 - 15 cá nhân", 10, 15, ("individual",), None)]),
        (
            "1. Số chiến sĩ thi đua không vượt 15% số lao động tiên tiến.",
            [("không vượt 15% số lao động tiên tiến", None, 15, ("individual",), None)],
        ),
    ],
)
def test_a_quota_is_read_for_each_kind(body, expected):
    assert quotas(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "1. Mức thưởng: 2.000.000 đồng/tập thể.",
        "1. Tiêu chuẩn: cá nhân vận động từ 50 triệu đồng trở lên.",
        "1. Dự toán 412,6 tỷ đồng.",
    ],
)
def test_money_and_criteria_are_no_quotas(body):
    assert quotas(body) == []


def test_each_track_of_awards_has_its_own_window():
    outline = plan(
        "I. KHEN THƯỞNG\n1. Khen thưởng sơ kết\na) Thời gian tính thành tích: từ ngày 01/3/2024 đến ngày 30/6/2025.\n"
        "b) Bộ trưởng tặng Bằng khen.\n2. Khen thưởng tổng kết\n"
        "Tập thể, cá nhân có thành tích trong thời gian từ 01/3/2024 đến 30/9/2026."
    )

    windows = read_award_windows(outline)

    assert [(one.track, one.from_, one.to) for one in windows] == [
        ("Khen thưởng sơ kết", "2024-03-01", "2025-06-30"),
        ("Khen thưởng tổng kết", "2024-03-01", "2026-09-30"),
    ]
    assert quotes_stand_in_text(outline, [*windows, *read_awards(outline)])


def test_a_letter_without_a_section_of_awards_may_promise_them():
    letter = plan(
        "Kết thúc đợt thi đua, Giám đốc Công ty sẽ tặng Giấy khen cho 10 tập thể và 25 cá nhân.",
        kind="LỜI PHÁT ĐỘNG THI ĐUA",
    )

    assert [(one.form, one.quantity) for one in read_awards(letter)] == [("Giấy khen", 10), ("Giấy khen", 25)]
    assert [(one.max, one.for_) for one in read_quotas(letter)] == [
        (10, ("collective",)),
        (25, ("individual",)),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "1. Bằng khen của Bộ trưởng: đề nghị tặng 03 tập thể.",
            [("Bằng khen", "Bộ trưởng", ("collective",), 3, "đề nghị tặng")],
        ),
        ("1. Không quá 1/3 số đơn vị được đề nghị tặng Bằng khen.", []),
        (
            "1. Giám đốc Sở tặng Giấy khen cho các tập thể, cá nhân; số lượng: 10 tập thể, 40 cá nhân.",
            [
                ("Giấy khen", "Giám đốc Sở", ("collective",), 10, None),
                ("Giấy khen", "Giám đốc Sở", ("individual",), 40, None),
            ],
        ),
        (
            "1. Chủ tịch UBND tỉnh thưởng công trình phúc lợi; tặng Bằng khen cho 10 thôn.",
            [("Bằng khen", "Chủ tịch UBND tỉnh", ("collective",), 10, None)],
        ),
        (
            "1. Cục trưởng tặng Giấy khen cho 03 Phòng, 03 Chi cục.",
            [("Giấy khen", "Cục trưởng", ("collective",), 3, None)] * 2,
        ),
        ("1. Khối phòng, ban 01 giải Nhất.", [("Giải Nhất", None, ("collective",), 1, None)]),
    ],
)
def test_a_giver_or_a_number_may_stand_in_another_clause(body, expected):
    found = [one for one in awards(body) if one[3] is not None]

    assert found == expected


def test_a_share_of_a_title_is_a_quota_wherever_it_stands():
    outline = plan("I. NỘI DUNG\n1. “Chiến sĩ thi đua cơ sở” không quá 15% số “Lao động tiên tiến”.")

    assert [(one.max, one.unit) for one in read_quotas(outline)] == [(15, "%")]
    assert read_targets(outline) == []


def test_a_number_behind_the_level_counts_those_who_follow_it():
    body = "1. Đề nghị Bộ trưởng tặng Bằng khen 06 tập thể; tặng Giấy khen cấp Vùng 30 tập thể, 100 cá nhân."

    assert awards(body) == [
        ("Bằng khen", "Bộ trưởng", ("collective",), 6, "đề nghị tặng"),
        ("Giấy khen", None, ("collective",), 30, None),
        ("Giấy khen", None, ("individual",), 100, None),
    ]


def test_what_was_given_last_year_limits_nothing():
    outline = plan("Năm 2023, 12 tập thể được tặng Cờ thi đua.\nI. NỘI DUNG\n1. Trồng cây.")

    assert read_quotas(outline) == ()


def test_an_order_is_named_with_its_class():
    body = "1. Trình Chủ tịch nước tặng Huân chương Lao động hạng Ba cho 01 tập thể."

    assert awards(body) == [
        ("Huân chương Lao động hạng Ba", "Chủ tịch nước", ("collective",), 1, "đề nghị tặng")
    ]


def test_who_is_put_before_a_higher_body_is_proposed():
    body = "1. 02 tập thể xuất sắc nhất được trình Chánh án Tòa án nhân dân tối cao tặng Bằng khen."

    assert [(form, action) for form, _, _, _, action in awards(body)] == [("Bằng khen", "đề nghị tặng")]


def test_what_is_for_each_ends_where_the_whole_begins():
    body = "1. Mỗi khối chọn 01 lớp xuất sắc, toàn trường chọn 05 giáo viên tặng Giấy khen."

    assert [(text, per) for text, _, _, _, per in quotas(body)] == [
        ("Mỗi khối 01 lớp", "khối"),
        ("05 giáo viên", None),
    ]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ("1. Tặng Giấy khen. Mỗi đơn vị đề nghị không quá 10 cá nhân.", ("individual",)),
        ("1. Giám đốc Sở tặng Giấy khen.\n2. Giấy khen: không quá 10 cá nhân.", ("individual",)),
        ("1. Tặng Giấy khen.", ("collective", "individual")),
        (
            "1. Tặng Giấy khen cho tập thể, cá nhân. Mỗi đơn vị đề nghị không quá 10 cá nhân.",
            ("collective", "individual"),
        ),
    ],
)
def test_an_award_nobody_is_named_for_goes_to_whom_its_quota_names(lines, kinds):
    outline = plan(f"I. NỘI DUNG\n1. Trồng cây.\nII. KHEN THƯỞNG\n{lines}")

    assert {one.for_ for one in read_awards(outline)} == {kinds}
