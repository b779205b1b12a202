import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.slips import read_noise


def slips(outline):
    return [(one.seen, one.means) for one in read_noise(outline)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Theo Nghị quyết số 02/NĐ-CP của Chính phủ.", ("02/NĐ-CP", "02/NQ-CP")),
        ("Mừng 76 năm Ngày truyền thống (28/8/1945 - 28/8/2020).", ("76 năm", "75 năm")),
        ("Hướng tới kỷ niệm 65 ngày thành lập Hội.", ("65 ngày", "65 năm ngày")),
        ("Khởi báo chí nâng cao chất lượng.", ("Khởi", "Khối")),
        ("Việc hủy bò quyết định.", ("hủy bò", "hủy bỏ")),
        ("Trình cấp có thầm quyền.", ("thầm quyền", "thẩm quyền")),
        ("Xong trước ngày 31/02/2024.", ("ngày 31/02/2024", "ngày không có trong lịch")),
        ("Theo Thông tư số 9/2024/TT-BTС.", ("BTС", "BTC")),
        ("Chỉ tiêu phát trin bảo hiểm.", ("phát trin", "phát triển")),
        ("Đại hội toàn quc lần thứ XI.", ("toàn quc", "toàn quốc")),
        ("Mỗi xă trồng cây.", ("xă", "xã")),
        ("Theo Quyết định của UBND tinh.", ("tinh", "tỉnh")),
    ],
)
def test_a_slip_is_shown_with_what_it_means(sentence, expected):
    outline = plan(f"I. NỘI DUNG\n1. {sentence}")

    assert slips(outline) == [expected]
    assert quotes_stand_in_text(outline, read_noise(outline))


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Nghị quyết số 02/NQ-CP và Thông báo Kết luận số 5-TB/TW.",
        "Mừng 75 năm Ngày truyền thống (28/8/1945 - 28/8/2020).",
        "Khởi công 12 nhà, khởi nghiệp cho thanh niên.",
        "Cơ sở kết nạp hội viên; công nhân và Thứ trưởng làm truyền thông.",
        "Cục Thuế và Cục trưởng chủ trì.",
        "Phòng hòa giải và phòng hoà giải là một.",
        "Ban Bí thư Trung ương ban hành ngày 31 tháng 5 năm 2012 (09/7/1912 - 09/7/2012).",
        "Cán bộ được tuyển dụng; tinh thần phục vụ trong tinh hoa dân tộc.",
    ],
)
def test_what_is_right_is_no_slip(sentence):
    assert slips(plan(f"I. NỘI DUNG\n1. {sentence}")) == []


def test_a_department_is_a_slip_only_where_a_cluster_speaks_of_itself():
    body = "I. NỘI DUNG\n1. Các đơn vị trong Cục gửi Trưởng Cục."

    assert slips(plan(body, title="Thi đua của Cụm Thi đua số 2 năm 2024")) == [("Cục", "Cụm")]
    assert slips(plan(body, title="Thi đua của Cục Muối năm 2024")) == []


def test_a_kind_and_a_recipient_that_lost_their_marks_are_shown():
    outline = plan("I. NỘI DUNG\n1. Thi đua.\n\nNơi nhận:\n- Luu: VT.", kind="KÊ HOẠCH")

    assert slips(outline) == [("Luu", "Lưu"), ("KÊ HOẠCH", "kế hoạch")]


def test_two_words_side_by_side_are_no_broken_third():
    assert slips(plan("I. NỘI DUNG\n1. Không có quân nhân vi phạm kỷ luật.")) == []


def test_a_date_with_letters_for_figures_is_shown():
    outline = plan("I. NỘI DUNG\n1. Xong trước ngày 3O/6/2024, báo cáo trước ngày l5 tháng 7 năm 2024.")

    assert slips(outline) == [("3O/6/2024", "30/6/2024"), ("l5 tháng 7 năm 2024", "15 tháng 7 năm 2024")]
    assert quotes_stand_in_text(outline, read_noise(outline))


@pytest.mark.parametrize("seen", ["3Ọ/6/2024", "1?/12/2024", "0#/12/2024", "1ó tháng 5 năm 2024"])
def test_a_date_that_cannot_be_read_is_told(seen):
    outline = plan(f"I. NỘI DUNG\n1. Xong trước ngày {seen}, gửi báo cáo.")

    assert slips(outline) == [(f"ngày {seen}", "chưa đọc được ngày ở câu này")]


@pytest.mark.parametrize("seen", ["đến 30/b/2024", "trước 30/6/202g"])
def test_a_date_without_the_word_day_that_cannot_be_read_is_told(seen):
    assert slips(plan(f"I. NỘI DUNG\n1. Xong {seen}.")) == [(seen, "chưa đọc được ngày ở câu này")]


@pytest.mark.parametrize("left_open", ["ngày …/…/2024", "ngày .../12/2024", "ngày    tháng 5 năm 2024"])
def test_a_day_left_open_is_no_slip(left_open):
    assert slips(plan(f"I. NỘI DUNG\n1. Xong trước {left_open}.")) == []


def test_a_figure_with_a_letter_in_it_is_shown():
    assert slips(plan("I. NỘI DUNG\n1. Đạt 9O% hồ sơ, l00% cán bộ.")) == [("9O%", "90%"), ("l00%", "100%")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Phối hợp với Bộ Tư phỏp.", ("phỏp", "pháp")),
        ("Nộp hồ sơ cho HỘI ĐỔNG TƯ PHỎP.", ("PHỎP", "pháp")),
        ("Chuyển đổi sô cho toàn ngành.", ("sô", "số")),
        ("Tiếp tục chuyển đổi số, đổi sô hóa.", ("sô", "số")),
    ],
)
def test_a_word_no_tone_allows_or_no_office_writes_is_shown(sentence, expected):
    assert expected in slips(plan(f"I. NỘI DUNG\n1. {sentence}"))


@pytest.mark.parametrize("sentence", ["Bầu sô và chạy sô, sô diễn.", "Các buôn ở Krông Pắk có môđun và ôtô."])
def test_a_rare_word_in_its_place_is_no_slip(sentence):
    assert slips(plan(f"I. NỘI DUNG\n1. {sentence}")) == []
