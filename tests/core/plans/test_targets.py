import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.targets import read_targets


def read(sentence):
    return [
        (one.text, one.op, one.value, one.unit) for one in read_targets(plan(f"I. NỘI DUNG\n1. {sentence}"))
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trồng mới ít nhất 15.000 ha rừng.", ("Trồng mới ít nhất 15.000 ha rừng", ">=", 15_000, "ha")),
        ("Tỷ lệ che phủ đạt 42,02%.", ("Tỷ lệ che phủ đạt 42,02%", "=", 42.02, "%")),
        ("Nợ quá hạn không quá **5%** tổng dư nợ.", ("Nợ quá hạn không quá 5% tổng dư nợ", "<=", 5, "%")),
        ("Tăng trưởng đạt 8,0 - 8,5%.", ("Tăng trưởng đạt 8,0 - 8,5%", "range", (8, 8.5), "%")),
        ("12/12 thôn có tổ hòa giải.", ("12/12 thôn có tổ hòa giải", "=", 12, "thôn")),
        ("Duy trì sĩ số 99,5%.", ("Duy trì sĩ số 99,5%", "=", 99.5, "%")),
        (
            "Mỗi tháng 01 lần ra quân dọn vệ sinh.",
            ("Mỗi tháng 01 lần ra quân dọn vệ sinh", "=", 1, "lần/tháng"),
        ),
        (
            "Mỗi tuần có ít nhất một tin, bài trên Báo tỉnh.",
            ("Mỗi tuần có ít nhất một tin, bài", ">=", 1, "tin, bài/tuần"),
        ),
        (
            "Mỗi giáo viên có tối thiểu 02 tiết dạy mẫu/ học kỳ.",
            ("Mỗi giáo viên có tối thiểu 02 tiết dạy mẫu/ học kỳ", ">=", 2, "tiết/học kỳ"),
        ),
        ("Không có học sinh bỏ học.", ("Không có học sinh bỏ học", "=", 0, "học sinh")),
        ("Không để xảy ra cháy rừng.", ("Không để xảy ra cháy rừng", "=", 0, None)),
        ("Ngày hội đọc sách: mỗi quý 01 lần.", ("Ngày hội đọc sách: mỗi quý 01 lần", "=", 1, "lần/quý")),
        (
            "Phấn đấu hoàn thành vượt mức các chỉ tiêu được giao.",
            ("Phấn đấu hoàn thành vượt mức các chỉ tiêu được giao", "qualitative", None, None),
        ),
        (
            "Rút ngắn thời gian chờ xuống còn 20 phút.",
            ("Rút ngắn thời gian chờ xuống còn 20 phút", "=", 20, "phút"),
        ),
    ],
)
def test_a_target_is_read_with_its_figure(sentence, expected):
    assert read(sentence) == [expected]


def test_figures_in_a_row_are_parted():
    assert read("Làm ít nhất 1.250 căn nhà, trong đó làm mới 800 căn, sửa chữa 450 căn.") == [
        ("Làm ít nhất 1.250 căn nhà", ">=", 1250, "căn nhà"),
        ("làm mới 800 căn", "=", 800, "căn"),
        ("sửa chữa 450 căn", "=", 450, "căn"),
    ]


def test_three_measures_and_three_values_are_paired():
    assert read("Tỷ lệ họp trực tuyến, ký số, nộp lưu trữ số đạt 90% - 95% - 80%.") == [
        ("Tỷ lệ họp trực tuyến 90%", "=", 90, "%"),
        ("ký số 95%", "=", 95, "%"),
        ("nộp lưu trữ số 80%", "=", 80, "%"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 27-NQ/TW ngày 09/11/2022.",
        "Phát động đợt thi đua 45 ngày đêm.",
        "Tổ chức 02 đợt cao điểm.",
        "Phòng, chống dịch COVID-19.",
        "Xây dựng 5 nội dung trọng tâm giai đoạn 2021 - 2025.",
    ],
)
def test_other_figures_are_no_targets(sentence):
    assert read(sentence) == []


def test_figures_of_awards_criteria_and_rounds_are_no_targets():
    outline = plan(
        "I. KHEN THƯỞNG\n1. Hình thức: Giấy khen cho 10 tập thể.\n2. Tiêu chuẩn: đạt từ 90 điểm trở lên.\n"
        "II. KINH PHÍ\nTrích 20% quỹ thi đua, khen thưởng."
    )

    assert read_targets(outline) == []


def test_a_pledge_has_targets_and_a_report_has_none():
    pledge = plan(
        "Điều 1. Nội dung\n1. Đạt 100% kế hoạch.", kind="GIAO ƯỚC THI ĐUA", title="Cụm số 1 năm 2024"
    )
    report = plan("I. KẾT QUẢ\n1. Đạt 100% kế hoạch.", kind="BÁO CÁO", title="Kết quả thi đua năm 2024")

    assert ([one.value for one in read_targets(pledge)], read_targets(report)) == ([100], [])


def test_a_quote_is_the_text_itself():
    outline = plan("I. CHỈ TIÊU\n- Thu đạt tối thiểu\n103% dự toán.\n- 100% xã có trạm y tế.")

    assert quotes_stand_in_text(outline, read_targets(outline))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỷ lệ bao phủ đạt từ 94,5% dân số", (">=", 94.5)),
        ("Phấn đấu không có đảng viên bị kỷ luật", ("=", 0)),
        ("Bình quân đạt 16,5 tiêu chí/xã", ("=", 16.5)),
        ("98% người trong độ tuổi từ 15 đến 60 biết chữ", ("=", 98)),
    ],
)
def test_a_target_may_be_worded_in_many_ways(sentence, expected):
    assert [(op, value) for _, op, value, _ in read(sentence)] == [expected]


def test_what_the_last_of_a_list_says_holds_for_all():
    found = read("75% gia đình, 65% dòng họ đạt danh hiệu học tập")

    assert [text for text, *_ in found] == [
        "75% gia đình đạt danh hiệu học tập",
        "65% dòng họ đạt danh hiệu học tập",
    ]


def test_none_of_a_list_of_staff_is_one_target():
    (found,) = read_targets(plan("I. CHỈ TIÊU\n1. Không có cán bộ, công chức vi phạm kỷ luật."))

    assert (found.text, found.value) == ("Không có cán bộ, công chức vi phạm kỷ luật", 0)


def test_a_table_of_targets_gives_one_for_each_row():
    table = (
        "| TT | Chỉ tiêu | Đơn vị tính | Thực hiện 2023 | Kế hoạch 2024 |\n|---|---|---|---|---|\n"
        "| 1 | Sản lượng điện | triệu kWh | 400 | ≥ 412,5 |\n| 2 | Tai nạn lao động | vụ | 1 | 0 |\n"
        "| 3 | Sáng kiến được công nhận | sáng kiến | 20 | 25 - 30 |"
    )
    outline = plan(f"II. CHỈ TIÊU THI ĐUA\n{table}")

    found = read_targets(outline)

    assert [(one.text, one.op, one.value, one.unit) for one in found] == [
        ("Sản lượng điện: ≥ 412,5 triệu kWh", ">=", 412_500_000, "kWh"),
        ("Tai nạn lao động: 0 vụ", "=", 0, "vụ"),
        ("Sáng kiến được công nhận: 25 - 30 sáng kiến", "range", (25, 30), "sáng kiến"),
    ]
    assert quotes_stand_in_text(outline, found)


def test_a_table_of_work_gives_no_target():
    table = (
        "| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | Trồng 500 cây | Đội 1 | 01/3/2024 |"
    )

    assert read_targets(plan(f"II. PHÂN CÔNG\n{table}")) == []


@pytest.mark.parametrize(
    ("sentence", "op"),
    [("Lên lớp thẳng từ 98,5%.", ">="), ("Nâng tỷ lệ từ 80% lên mức cao hơn.", "=")],
)
def test_a_figure_behind_tu_is_the_least_unless_it_is_where_one_starts(sentence, op):
    assert [(said, unit) for _, said, _, unit in read(sentence)] == [(op, "%")]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Không để gia súc chết rét trên địa bàn.", "Không để gia súc chết rét trên địa bàn"),
        ("Tuyệt đối không để xảy ra cháy nổ.", "Tuyệt đối không để xảy ra cháy nổ"),
        ("Kiên quyết không để phát sinh điểm nóng.", "Kiên quyết không để phát sinh điểm nóng"),
        ("Đến năm 2027 không còn nhà tạm.", "Đến năm 2027 không còn nhà tạm"),
        ("Đến hết năm 2026 không có xã trắng trạm y tế.", "Đến hết năm 2026 không có xã trắng trạm y tế"),
        ("Vận hành an toàn; không để xảy ra sự cố vỡ đê.", "không để xảy ra sự cố vỡ đê"),
        ("Không để xảy ra trộm, cướp trong dịp lễ.", "Không để xảy ra trộm, cướp trong dịp lễ"),
        ("Bảo đảm không để lọt tội phạm, giữ vững kỷ cương.", "không để lọt tội phạm"),
    ],
)
def test_what_must_not_be_is_aimed_at_as_none(sentence, text):
    assert [(said, op, value) for said, op, value, _ in read(sentence)] == [(text, "=", 0)]


@pytest.mark.parametrize(
    "sentence",
    ["Không để lại hậu quả.", "Không để ảnh hưởng đến tiến độ.", "Không để ai bị bỏ lại phía sau."],
)
def test_what_is_left_or_touched_is_no_such_target(sentence):
    assert read(sentence) == []


def test_what_must_not_be_beyond_a_figure_is_a_limit():
    assert [(op, value) for _, op, value, _ in read("Không để người dân đi lại quá 02 lần.")] == [("<=", 2)]


def test_what_a_movement_must_not_become_is_no_target():
    outline = plan(
        "I. MỤC ĐÍCH, YÊU CẦU\n- Không để phong trào rơi vào hình thức.\nII. NỘI DUNG\n1. Trồng cây."
    )

    assert read_targets(outline) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tặng quà 100% gia đình chính sách.", ("Tặng quà 100% gia đình chính sách", "=", 100, "%")),
        ("Tặng 250 suất quà cho hộ nghèo.", ("Tặng 250 suất quà cho hộ nghèo", "=", 250, "suất quà")),
        (
            "Duy trì tỷ lệ che phủ rừng ở mức 61,5%.",
            ("Duy trì tỷ lệ che phủ rừng ở mức 61,5%", "=", 61.5, "%"),
        ),
        (
            "Hoàn thành vượt tiến độ ít nhất 15 ngày các dự án.",
            ("Hoàn thành vượt tiến độ ít nhất 15 ngày các dự án", ">=", 15, "ngày"),
        ),
        (
            "100% doanh nghiệp từ 10 lao động trở lên có tổ chức công đoàn.",
            ("100% doanh nghiệp từ 10 lao động trở lên có tổ chức công đoàn", "=", 100, "%"),
        ),
        (
            "Giải ngân đạt 95% kế hoạch vốn 820 tỷ đồng.",
            ("Giải ngân đạt 95% kế hoạch vốn 820 tỷ đồng", "=", 95, "%"),
        ),
        (
            "100% chi đoàn ký giao ước, gửi bản đăng ký về Huyện đoàn.",
            ("100% chi đoàn ký giao ước", "=", 100, "%"),
        ),
        (
            "Mỗi tổ đăng ký ít nhất 02 chỉ tiêu, báo cáo về Văn phòng.",
            ("Mỗi tổ đăng ký ít nhất 02 chỉ tiêu", ">=", 2, "chỉ tiêu"),
        ),
    ],
)
def test_a_target_ends_where_something_else_begins(sentence, expected):
    assert read(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence", ["100% xã đạt từ 15 tiêu chí trở lên.", "95% trường, 80% lớp đạt chuẩn."]
)
def test_two_figures_that_are_both_aimed_at_stay_two(sentence):
    assert [value for _, _, value, _ in read(sentence)] in ([100, 15], [95, 80])


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("Năm 2024 | Năm 2025", "90 | 95", [("Năm 2024", 90), ("Năm 2025", 95)]),
        ("Thực hiện 2023 | Kế hoạch 2024 | Kế hoạch 2025", "80 | 90 | 95", [("2024", 90), ("2025", 95)]),
        ("Năm 2023 | Năm 2024", "80 | 90", [("", 90)]),
    ],
)
def test_a_table_of_targets_may_have_a_column_for_each_year(heads, cells, expected):
    bars = f"| TT | Chỉ tiêu | Đơn vị tính | {heads} |\n| 1 | Hồ sơ đúng hạn | % | {cells} |"
    outline = plan(f"I. CHỈ TIÊU\n{bars}\nII. NỘI DUNG\n1. Thi đua làm tốt.")

    found = read_targets(outline)

    assert [one.value for one in found] == [value for _, value in expected]
    assert all(year in one.text for one, (year, _) in zip(found, expected, strict=True))
