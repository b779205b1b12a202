import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_awards
from thidua.core.plans.criteria import read_criteria


def read(body):
    return [
        (one.applies_to, one.text, one.excludes) for one in read_criteria(plan(f"I. KHEN THƯỞNG\n{body}"))
    ]


def test_criteria_stand_under_the_kind_their_label_names():
    body = (
        "1. Tiêu chuẩn\n- Đối với tập thể: hoàn thành 100% kế hoạch; nội bộ đoàn kết.\n"
        "- Đối với cá nhân: có ít nhất 01 sáng kiến."
    )

    assert read(body) == [
        ("collective", "hoàn thành 100% kế hoạch", None),
        ("collective", "nội bộ đoàn kết", None),
        ("individual", "có ít nhất 01 sáng kiến", None),
    ]


def test_a_criterion_keeps_its_figure():
    outline = plan("I. TIÊU CHUẨN\n- Cá nhân: vận động từ 50 triệu đồng trở lên.")

    (found,) = read_criteria(outline)

    assert (found.op, found.value, found.unit) == (">=", 50_000_000, "đồng")
    assert quotes_stand_in_text(outline, [found])


def test_general_criteria_are_for_both_unless_they_say_whom_themselves():
    body = "1. Tiêu chuẩn\n- Chấp hành tốt pháp luật của Nhà nước.\n- Cá nhân gương mẫu trong công việc."

    assert read(body) == [
        ("both", "Chấp hành tốt pháp luật của Nhà nước", None),
        ("individual", "Cá nhân gương mẫu trong công việc", None),
    ]


def test_grounds_for_refusal_exclude_whom_they_name():
    body = "1. Không xét đối với Đội để nợ mới tăng trên 10%; công chức đang bị xem xét kỷ luật."

    assert read(body) == [
        ("collective", "Không xét đối với Đội để nợ mới tăng trên 10%", True),
        ("individual", "công chức đang bị xem xét kỷ luật", True),
    ]


def test_refusals_may_be_a_list_of_their_own():
    body = "1. Không xét khen thưởng đối với các trường hợp sau:\n- Tập thể mất đoàn kết nội bộ.\n- Cá nhân bị kỷ luật."

    assert read(body) == [
        ("collective", "Tập thể mất đoàn kết nội bộ", True),
        ("individual", "Cá nhân bị kỷ luật", True),
    ]


def test_under_a_heading_of_both_the_awards_are_no_criteria():
    outline = plan(
        "I. TIÊU CHUẨN VÀ HÌNH THỨC KHEN THƯỞNG\n1. Tập thể: hoàn thành xuất sắc nhiệm vụ được giao.\n"
        "2. Hình thức: Bằng khen của Bộ trưởng cho 05 tập thể."
    )

    assert [one.text for one in read_criteria(outline)] == ["hoàn thành xuất sắc nhiệm vụ được giao"]


def test_a_heading_of_an_award_says_whom_its_conditions_meet():
    outline = plan(
        "I. KHEN THƯỞNG\n1. Tiêu chuẩn\n1.1. Bằng khen của Bộ trưởng tặng cho cá nhân đạt các tiêu chuẩn sau:\n"
        "- Có thành tích tiêu biểu được bình chọn."
    )

    assert [(one.applies_to, one.text) for one in read_criteria(outline)] == [
        ("individual", "Có thành tích tiêu biểu được bình chọn")
    ]


def test_grounds_listed_behind_a_colon_stand_without_what_announces_them():
    outline = plan(
        "I. KHEN THƯỞNG\n1. Không bình xét các trường hợp: mới tuyển dụng dưới 10 tháng; bị kỷ luật trong năm."
    )

    assert [(one.text, one.excludes) for one in read_criteria(outline)] == [
        ("mới tuyển dụng dưới 10 tháng", True),
        ("bị kỷ luật trong năm", True),
    ]


def test_criteria_of_awards_give_none():
    outline = plan("I. TIÊU CHÍ KHEN THƯỞNG\n1. Đối với cá nhân: được người bệnh gửi thư khen.")

    assert [one.text for one in read_criteria(outline)] == ["được người bệnh gửi thư khen"]
    assert read_awards(outline) == []


def test_a_heading_about_awards_in_rounds_leaves_the_kinds_below_it():
    body = (
        "1. Tiêu chuẩn tặng Giấy khen theo đợt\na) Tập thể: hoàn thành vượt ít nhất 03 chỉ tiêu.\n"
        "b) Cá nhân: đạt từ 90 điểm trở lên."
    )

    assert [applies for applies, _, _ in read(body)] == ["collective", "individual"]


@pytest.mark.parametrize(
    ("line", "applies"),
    [
        ("1. Không xét tập thể, cá nhân bị phản ánh qua đường dây nóng.", "both"),
        ("1. **Không xét** cá nhân, hộ gia đình lấn chiếm vỉa hè.", "individual"),
        ("1. Không khen thưởng các nhà thầu chậm tiến độ.", "collective"),
    ],
)
def test_a_refusal_may_name_at_once_whom_it_meets(line, applies):
    assert [(who, excludes) for who, _, excludes in read(line)] == [(applies, True)]


def test_who_reaches_a_figure_is_put_up_for_an_award():
    body = (
        "1. Hộ dân hiến từ 100 m2 đất trở lên, doanh nghiệp góp từ 30 triệu đồng trở lên được xét, đề nghị "
        "Chủ tịch UBND xã tặng Giấy khen."
    )

    assert read(body) == [
        ("household", "Hộ dân hiến từ 100 m2 đất trở lên", None),
        ("collective", "doanh nghiệp góp từ 30 triệu đồng trở lên", None),
    ]


def test_who_was_put_up_without_a_figure_meets_no_criterion():
    assert read("1. Tập thể, cá nhân tiêu biểu được đề nghị Chủ tịch UBND xã tặng Giấy khen.") == []
