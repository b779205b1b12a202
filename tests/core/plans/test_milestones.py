import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.milestones import read_milestones


def named(body, **more):
    return [(one.name, one.date) for one in read_milestones(plan(f"I. MỤC ĐÍCH\n- {body}", **more))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Chào mừng kỷ niệm 70 năm Chiến thắng Điện Biên Phủ (07/5/1954 - 07/5/2024).",
            [("70 năm Chiến thắng Điện Biên Phủ", "2024-05-07")],
        ),
        ("Chào mừng Ngày Nhà giáo Việt Nam (20/11).", [("Ngày Nhà giáo Việt Nam", "2024-11-20")]),
        ("Lập thành tích chào mừng Quốc khánh 02/9.", [("Quốc khánh", "2024-09-02")]),
        ("Kỷ niệm 43 năm tái lập ngành (7/1981 - 7/2024).", [("43 năm tái lập ngành", "2024-07")]),
        (
            "Hướng tới Đại hội Hội Nông dân tỉnh lần thứ VIII.",
            [("Đại hội Hội Nông dân tỉnh lần thứ VIII", None)],
        ),
        (
            "Tiến tới Đại hội thi đua yêu nước tỉnh lần thứ V tổ chức vào quý III năm 2024.",
            [("Đại hội thi đua yêu nước tỉnh lần thứ V", "2024-Q3")],
        ),
        (  # the years of a term are no day of the congress
            "Hướng tới Đại hội Thi đua yêu nước tỉnh lần thứ VI (2025 - 2030).",
            [("Đại hội Thi đua yêu nước tỉnh lần thứ VI", None)],
        ),
        (
            "Chào mừng cuộc bầu cử đại biểu Hội đồng nhân dân (ngày 23/5/2024).",
            [("bầu cử đại biểu Hội đồng nhân dân", "2024-05-23")],
        ),
    ],
)
def test_an_event_is_read_with_the_day_of_this_year(body, expected):
    assert named(body) == expected


def test_events_in_a_row_are_read_one_by_one():
    body = (
        "Chào mừng kỷ niệm 49 năm Ngày Giải phóng miền Nam, thống nhất đất nước (30/4/1975 - 30/4/2024)"
        " và 134 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 – 19/5/2024)."
    )

    assert named(body) == [
        ("49 năm Ngày Giải phóng miền Nam, thống nhất đất nước", "2024-04-30"),
        ("134 năm Ngày sinh Chủ tịch Hồ Chí Minh", "2024-05-19"),
    ]


def test_an_event_named_twice_is_one_and_keeps_its_day():
    body = "Hướng tới kỷ niệm 60 năm thành lập Trường.\n- Chào mừng 60 năm thành lập Trường (15/12/1964-15/12/2024)."

    assert named(body) == [("60 năm thành lập Trường", "2024-12-15")]


def test_a_resolution_of_a_congress_is_no_event():
    assert named("Thực hiện Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng.") == []


def test_general_words_are_no_event():
    assert named("Lập thành tích chào mừng các ngày lễ lớn, các sự kiện trọng đại của đất nước.") == []


def test_a_title_may_name_the_event():
    title = "Phát động đợt thi đua chào mừng kỷ niệm 76 năm Ngày Truyền thống ngành Kiểm lâm năm 2024"
    outline = plan("I. MỤC ĐÍCH\n- Tạo khí thế mới.", title=title)

    found = read_milestones(outline)

    assert [one.name for one in found] == ["76 năm Ngày Truyền thống ngành Kiểm lâm"]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    "lead",
    [
        "Thi đua lập thành tích chào mừng các sự kiện lớn:",
        "Chào mừng các ngày lễ lớn, sự kiện chính trị quan trọng của đất nước:",
        "Lập thành tích chào mừng",
    ],
)
def test_an_election_is_one_event_whoever_is_elected(lead):
    found = named(
        f"{lead} bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031 "
        "(15/3/2026); kỷ niệm 70 năm Ngày giải phóng huyện (11/6/1954 - 11/6/2024)."
    )

    assert found == [
        (
            "bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2026 - 2031",
            "2026-03-15",
        ),
        ("70 năm Ngày giải phóng huyện", "2024-06-11"),
    ]
