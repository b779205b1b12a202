"""Which figures are targets, what they count, and which only name a thing or a set."""

import pytest

from core.plans.writing import plan
from thidua.core.plans.targets import read_targets


def _read(sentence):
    return [
        (one.op, one.value, one.unit, one.confidence)
        for one in read_targets(plan(f"I. NỘI DUNG\n1. {sentence}"))
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Xây dựng gia đình 5 có, 3 sạch.",
        "Vận hành tốt chính quyền địa phương 02 cấp.",
        "Thực hiện phong trào 5 tốt, 3 trách nhiệm.",
        "Tham gia cuộc vận động 5 không, 3 sạch do Hội phát động.",
        "Mỗi đơn vị cử 01 lãnh đạo và 01 công chức làm đầu mối.",
    ],
)
def test_a_figure_that_names_a_set_or_who_is_in_charge_is_no_target(sentence):
    assert _read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Đưa vào sử dụng 01 phần mềm quản lý.", [("=", 1, "phần mềm", "sure")]),
        (
            "Biên tập 01 kỷ yếu, xây dựng 01 phim tài liệu.",
            [("=", 1, "kỷ yếu", "sure"), ("=", 1, "phim tài liệu", "sure")],
        ),
        ("Thành lập 03 câu lạc bộ.", [("=", 3, "câu lạc bộ", "sure")]),
        ("Hoàn thành 20 đề tài/dự án.", [("=", 20, "đề tài", "sure")]),
        ("Nâng cấp 12 km đường giao thông nông thôn/nội đồng.", [("=", 12, "km", "sure")]),
        ("Có 45 bài thuộc danh mục WoS/Scopus.", [("=", 45, "bài", "sure")]),
        ("Xây dựng 3 cấp học đạt chuẩn.", [("=", 3, "cấp học", "sure")]),
        ("Tổ chức 2 buổi/học kỳ.", [("=", 2, "buổi/học kỳ", "sure")]),
        ("Mỗi giáo viên dự 18 tiết/năm học.", [("=", 18, "tiết/năm học", "sure")]),
    ],
)
def test_what_a_figure_counts_is_told_whole_and_no_more(sentence, read):
    assert _read(sentence) == read


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Không để xảy ra tai nạn lao động chết người.", "tai nạn"),
        ("Không để xảy ra cháy nổ, tai nạn lao động.", "cháy nổ"),
        ("Không để xảy ra sự cố vỡ ống kéo dài quá 12 giờ.", "sự cố"),
        ("Không để xảy ra mất an toàn thực phẩm.", None),
    ],
)
def test_none_of_what_must_not_happen_is_counted_by_its_noun(sentence, unit):
    assert _read(sentence) == [("=", 0, unit, "sure")]


def test_a_share_of_the_time_is_a_share_and_no_whole():
    assert _read("Rút ngắn ít nhất 1/3 thời gian giải quyết thủ tục.") == [(">=", 33.3, "%", "check")]


def test_half_of_a_number_is_a_share_of_it():
    assert _read("Giảm một nửa số hồ sơ giấy so với năm 2023.") == [("=", 50, "%", "check")]


def test_a_term_in_working_days_keeps_what_days_they_are():
    assert _read("Thời gian trả kết quả còn không quá 05 ngày làm việc.") == [
        ("<=", 5, "ngày làm việc", "sure")
    ]


def test_a_number_said_in_words_and_in_figures_is_read_once():
    assert _read("Mỗi đơn vị có ít nhất 01 mô hình và tối thiểu hai (02) điển hình tiên tiến.") == [
        (">=", 1, "mô hình", "sure"),
        (">=", 2, "điển hình", "sure"),
    ]
