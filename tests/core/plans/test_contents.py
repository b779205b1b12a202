import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.contents import (
    read_contents,
    read_implementation,
    read_purposes,
    read_requirements,
    read_solutions,
)
from thidua.core.plans.targets import read_targets


def numbered(items):
    return [(one.number, one.text_start) for one in items]


def test_contents_solutions_and_works_are_parted_by_their_headings():
    outline = plan(
        "I. NỘI DUNG THI ĐUA\n1. Trồng cây\na) Ở bản.\nII. GIẢI PHÁP\n1. Tuyên truyền.\nIII. TỔ CHỨC THỰC HIỆN\n"
        "1. Nội dung thực hiện\n1.1. Tổ chức lễ phát động.\n2. Kinh phí: từ quỹ."
    )

    assert numbered(read_contents(outline)) == [("1", "Trồng cây"), ("1.a", "Ở bản.")]
    assert numbered(read_solutions(outline)) == [("1", "Tuyên truyền.")]
    assert numbered(read_implementation(outline)) == [("1.1", "Tổ chức lễ phát động.")]


def test_contents_may_be_ordinal_words_or_bullets():
    words = plan("I. NỘI DUNG\nMột là, giữ rừng.\nHai là, trồng cây.\nCuối cùng, dọn suối.")
    bullets = plan("I. CHỈ TIÊU\n• 100% hộ tham gia.\n• 12/12 bản xanh.")

    assert numbered(read_contents(words)) == [("1", "giữ rừng."), ("2", "trồng cây."), ("3", "dọn suối.")]
    assert numbered(read_contents(bullets)) == [("•", "100% hộ tham gia."), ("•", "12/12 bản xanh.")]


def test_bullets_under_numbered_items_are_no_items():
    outline = plan("I. NỘI DUNG\n1. Đối với trường\n+ Mỗi lớp một cây.\n2. Đối với lớp\n+ Sạch.")

    assert numbered(read_contents(outline)) == [("1", "Đối với trường"), ("2", "Đối với lớp")]


def test_time_and_subjects_in_a_mixed_section_are_no_contents():
    outline = plan(
        "I. NỘI DUNG, THỜI GIAN\n1. Nội dung\na) Trồng cây.\n2. Thời gian\nTừ 01/3/2024 đến 30/4/2024."
    )

    assert numbered(read_contents(outline)) == [("1.a", "Trồng cây.")]


def test_the_orders_of_a_directive_are_its_contents():
    outline = plan("Chủ tịch yêu cầu:\n1. Phát động thi đua.\n2. Các xã lập kế hoạch.", kind="CHỈ THỊ")

    assert [number for number, _ in numbered(read_contents(outline))] == ["1", "2"]


def test_purposes_and_requirements_keep_their_marks():
    outline = plan("I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Giữ rừng.\n2. Yêu cầu\na) Thiết thực.")

    assert [(one.marker, one.text_start) for one in read_purposes(outline)] == [("-", "Giữ rừng.")]
    assert [(one.marker, one.text_start) for one in read_requirements(outline)] == [("a)", "Thiết thực.")]
    assert quotes_stand_in_text(outline, [*read_purposes(outline), *read_requirements(outline)])


def test_a_heading_for_both_is_parted_by_what_must_be_and_waits_for_a_person():
    outline = plan("I. MỤC ĐÍCH, YÊU CẦU\n- Tạo khí thế thi đua.\n- Phong trào phải thiết thực.")

    assert [(one.text_start, one.confidence) for one in read_purposes(outline)] == [
        ("Tạo khí thế thi đua.", "check")
    ]
    assert [(one.text_start, one.confidence) for one in read_requirements(outline)] == [
        ("Phong trào phải thiết thực.", "check")
    ]


def test_tasks_and_solutions_in_one_section_are_contents_where_nothing_else_is():
    outline = plan("I. MỤC ĐÍCH\n- Giữ rừng.\nII. NHIỆM VỤ, GIẢI PHÁP\n1. Trồng cây.")

    assert numbered(read_contents(outline)) == [("1", "Trồng cây.")]


def test_parts_that_count_anew_give_their_letter_to_the_number():
    outline = plan(
        "A. NỘI DUNG THI ĐUA\nI. Đối với tập thể\n1. Tăng thu.\nII. Đối với cá nhân\n1. Học tập.",
        title="Thi đua",
    )

    assert [one.number for one in read_contents(outline)] == ["I", "I.1", "II", "II.1"]


def test_an_order_keeps_its_lettered_parts():
    outline = plan(
        "1. Các Ban Quản lý\na) Lập kế hoạch;\nb) Ký cam kết.\n2. Công đoàn vận động.", kind="CHỈ THỊ"
    )

    assert [one.number for one in read_contents(outline)] == ["1", "1.a", "1.b", "2"]


@pytest.mark.parametrize("kind", ["CHỈ THỊ", "LỜI KÊU GỌI"])
def test_a_last_order_about_carrying_out_leaves_the_others_contents(kind):
    outline = plan(
        "1. Thi đua trồng rừng; mỗi xã trồng 10 ha.\n2. Thi đua giữ bản sạch, đẹp.\n"
        "3. Tổ chức thực hiện\na) Các xã đăng ký.\nb) Phòng Kinh tế theo dõi.",
        kind=kind,
        title="Về phát động phong trào thi đua",
    )

    assert [one.number for one in read_contents(outline)] == ["1", "2", "3", "3.a", "3.b"]


def test_headings_of_a_plan_are_no_orders():
    outline = plan("1. Mục đích\nGiữ rừng.\n2. Thời gian\nTrong quý I.\n3. Tổ chức thực hiện\nCác xã làm.")

    assert read_contents(outline) == []


def test_items_counted_with_a_dash_are_contents_whatever_figure_follows():
    outline = plan(
        "I- NỘI DUNG\n1- Kết nạp ít nhất 12 đảng viên.\n2- 100% chi bộ học tập.\n3- 05 mô hình hay."
    )

    assert numbered(read_contents(outline)) == [
        ("1", "Kết nạp ít nhất 12 đảng viên."),
        ("2", "100% chi bộ học tập."),
        ("3", "05 mô hình hay."),
    ]
    assert [(one.op, one.value) for one in read_targets(outline)] == [(">=", 12), ("=", 100), ("=", 5)]


def test_items_counted_by_words_alone_are_contents_and_hold_targets():
    outline = plan(
        "Một, nhanh nhất: 100% lớp phát động xong.\nHai, sáng tạo nhất: mỗi lớp có ít nhất 02 ý tưởng.",
        kind="THƯ PHÁT ĐỘNG",
    )

    assert [(one.number, one.text_start[:9]) for one in read_contents(outline)] == [
        ("1", "nhanh nhấ"),
        ("2", "sáng tạo "),
    ]
    assert [(one.op, one.value) for one in read_targets(outline)] == [("=", 100), (">=", 2)]
