import pytest

from thidua.core.text.dates import find_dates
from thidua.core.text.numbers import Comparison, find_measures, read_number, read_number_words


def measures(text):
    return [(found.op, found.value, found.unit) for found in find_measures(text)]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("1.250", 1250),
        ("42,02", 42.02),
        ("3.000.000", 3_000_000),
        ("02", 2),
        ("99.5", 99.5),
        ("1.234,5", 1234.5),
    ],
)
def test_a_point_parts_thousands_and_a_comma_decimals(figure, value):
    assert read_number(figure) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1),
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh hai", 102),
        ("ba nghìn hai trăm", 3200),
        ("tập thể", None),
        ("", None),
    ],
)
def test_number_words_are_read(words, value):
    assert read_number_words(words) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trồng 350 nghìn cây xanh", (Comparison.EQUAL, 350_000, "cây")),
        ("nạo vét 1,2 triệu m3 đất", (Comparison.EQUAL, 1_200_000, "m3")),
        ("ủng hộ không dưới 20 tỷ đồng", (Comparison.AT_LEAST, 20_000_000_000, "đồng")),
        ("sai số không quá 2%", (Comparison.AT_MOST, 2, "%")),
        ("từ 70% hộ dân trở lên", (Comparison.AT_LEAST, 70, "%")),
        ("90% trở lên hộ dân", (Comparison.AT_LEAST, 90, "%")),
        ("đạt ≥ 95%", (Comparison.AT_LEAST, 95, "%")),
        ("tăng trên 10%", (Comparison.MORE, 10, "%")),
        ("giảm xuống dưới 3%", (Comparison.LESS, 3, "%")),
        ("tối đa 03 thôn", (Comparison.AT_MOST, 3, "thôn")),
        ("tỷ suất sinh giảm 0,1‰", (Comparison.EQUAL, 0.1, "‰")),
        ("đạt **103%** dự toán", (Comparison.EQUAL, 103, "%")),
        ("ít nhất một tin, bài", (Comparison.AT_LEAST, 1, "tin, bài")),
        ("tối thiểu hai mươi lăm đề tài", (Comparison.AT_LEAST, 25, "đề tài")),
        ("10 hộ gia đình, cá nhân", (Comparison.EQUAL, 10, "hộ gia đình, cá nhân")),
        ("80 phần trăm hộ dân", (Comparison.EQUAL, 80, "%")),
        ("bê tông hóa 12 km đường", (Comparison.EQUAL, 12, "km")),
        ("khoảng 25ha rừng", (Comparison.EQUAL, 25, "ha")),
    ],
)
def test_a_figure_is_read_with_its_comparison_and_unit(text, expected):
    assert measures(text) == [expected]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("từ 10 – 15 tập thể, cá nhân", 10, 15, "tập thể, cá nhân"),
        ("tăng trưởng 8,0 - 8,5%", 8, 8.5, "%"),
        ("từ 5 đến 7 sáng kiến", 5, 7, "sáng kiến"),
        ("từ 20 đến 30 triệu đồng", 20_000_000, 30_000_000, "đồng"),
    ],
)
def test_a_range_of_figures_shares_its_scale_and_unit(text, low, high, unit):
    (found,) = find_measures(text)

    assert (found.op, found.value, found.high, found.unit) == (Comparison.RANGE, low, high, unit)


def test_several_values_in_a_row_are_no_range():
    assert measures("đạt 99% - 98% - 100%") == [
        (Comparison.EQUAL, 99, "%"),
        (Comparison.EQUAL, 98, "%"),
        (Comparison.EQUAL, 100, "%"),
    ]


def test_a_share_keeps_its_whole():
    (found,) = find_measures("12/12 thôn có tổ hòa giải")

    assert (found.value, found.of, found.unit) == (12, 12, "thôn")


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 và khoản 2",
        "dịch COVID-19",
        "Quyết định số 84/QĐ-BTP",
        "dịch vụ công mức độ 4",
        "Cụm thi đua số 3",
        "thông điệp 5K",
        "một số lĩnh vực",
        "lần thứ 13",
    ],
)
def test_what_only_names_something_is_no_measure(text):
    assert measures(text) == []


def test_dates_can_be_left_out():
    text = "trước 30/6/2026 có 2 mô hình"

    found = find_measures(text, skip=[(date.start, date.end) for date in find_dates(text)])

    assert [(one.value, one.unit) for one in found] == [(2, "mô hình")]


def test_the_place_covers_the_comparing_words():
    text = "Mỗi chi bộ có ít nhất 02 mô hình."

    (found,) = find_measures(text)

    assert (text[found.start : found.end], text[found.figure : found.end]) == ("ít nhất 02", "02")
