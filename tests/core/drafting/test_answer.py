"""The sentences a unit's plan begins with when it answers a movement."""

import pytest

from thidua.core.drafting import answer
from thidua.core.drafting.answer import Answering, ReceivedDuty

DIVISIONS = ("Văn phòng Sở", "Phòng Hành chính tư pháp", "Trung tâm trợ giúp pháp lý nhà nước")


def answering(**changes):
    given = {
        "body": "Sở Tư pháp tỉnh Nhã Tâm",
        "above": "Bộ Tư pháp",
        "source": "Kế hoạch số 12/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp",
        "theme": "Kỷ cương, sáng tạo",
        "divisions": DIVISIONS,
        "contents": ("Trợ giúp pháp lý", "Chuyển đổi số"),
        "duties": (
            ReceivedDuty("Giám đốc Sở Tư pháp các tỉnh", "quan tâm khen thưởng hòa giải viên ở cơ sở;"),
            ReceivedDuty("Các đơn vị", "Gửi số liệu hằng tháng."),
        ),
    }
    return Answering(**(given | changes))


def test_the_duties_fall_to_the_units_own_bodies_in_their_order():
    assert [body for body, _duties in answer.assignments(answering())] == [
        "Lãnh đạo Sở",
        "Văn phòng Sở",
        "Trung tâm trợ giúp pháp lý nhà nước",
        "Các phòng, đơn vị thuộc Sở",
    ]


def test_what_heads_are_asked_stays_with_the_head_and_the_rest_with_who_follows_up():
    head, office, *_others = answer.assignments(answering())

    assert head[1] == ("Quan tâm khen thưởng hòa giải viên ở cơ sở.",)
    assert office[1][0] == "Gửi số liệu hằng tháng."


def test_a_content_falls_to_the_division_whose_field_it_names():
    centre = answer.assignments(answering())[2]

    assert centre[1] == ("Tham mưu, tổ chức thực hiện nội dung “Trợ giúp pháp lý”.",)


def test_a_unit_without_divisions_speaks_of_its_people():
    given = answering(body="Vụ Pháp luật quốc tế", divisions=(), duties=())

    assert [body for body, _duties in answer.assignments(given)] == [
        "Bộ phận phụ trách thi đua, khen thưởng của Vụ",
        "Công chức, viên chức, người lao động của Vụ",
    ]


def test_purposes_name_the_unit_and_the_plan_it_carries_out():
    assert answer.purposes(answering())[0] == (
        "Tổ chức thực hiện đầy đủ, kịp thời Kế hoạch số 12/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp tại "
        "Sở Tư pháp tỉnh Nhã Tâm; đưa phong trào thi đua “Kỷ cương, sáng tạo” thành việc làm cụ thể của từng tập "
        "thể, cá nhân."
    )


@pytest.mark.parametrize(
    ("divisions", "focal"),
    [
        (("Phòng Hộ tịch", "Văn phòng Cục"), "Văn phòng Cục"),
        (("Phòng Hành chính tư pháp", "Phòng Tổ chức - Hành chính"), "Phòng Tổ chức - Hành chính"),
        (("Phòng Hành chính", "Phòng Thi đua - Khen thưởng"), "Phòng Thi đua - Khen thưởng"),
        (("Phòng Hành chính tư pháp",), "Bộ phận phụ trách thi đua, khen thưởng của Sở"),
    ],
)
def test_emulation_is_followed_up_by_the_division_made_for_it(divisions, focal):
    assert answering(divisions=divisions).focal == focal


@pytest.mark.parametrize(
    ("what", "who", "words"),
    [
        ("Báo cáo sơ kết Đợt I gửi", "", "Gửi báo cáo sơ kết Đợt I"),
        ("hồ sơ gửi Vụ Tổ chức cán bộ", "", "Gửi hồ sơ về Vụ Tổ chức cán bộ"),
        ("bản đăng ký thi đua gửi về Vụ Tổ chức cán bộ", "", "Gửi bản đăng ký thi đua về Vụ Tổ chức cán bộ"),
        ("Sơ kết Đợt I được tổ chức", "", "Tổ chức sơ kết Đợt I"),
        ("Mỗi đơn vị tổ chức một buổi sinh hoạt", "Mỗi đơn vị", "Tổ chức một buổi sinh hoạt"),
        ("Giao chỉ tiêu đến từng người", "", "Giao chỉ tiêu đến từng người"),
        ("THADS các tỉnh thực hiện", "", "Thực hiện THADS các tỉnh"),
        ("Kiểm tra chéo", "Kiểm tra chéo trong Cụm", "Kiểm tra chéo"),
    ],
)
def test_the_work_of_a_term_begins_with_its_verb(what, who, words):
    assert answer.work_words(what, who) == words


@pytest.mark.parametrize(
    ("text", "old", "new", "words"),
    [
        ("từ 84,5% trở lên về việc", "84,5", "87", "từ 87% trở lên về việc"),
        ("đạt 5 trên 5 điểm", "5", "4", "đạt 5 trên 5 điểm"),
        ("trong 1.250 hồ sơ", "1", "2", "trong 1.250 hồ sơ"),
        ("có ít nhất 02 sáng kiến", "2", "4", "có ít nhất 04 sáng kiến"),
        ("có ít nhất 02 sáng kiến", "2", "12", "có ít nhất 12 sáng kiến"),
    ],
)
def test_an_own_figure_replaces_the_old_one_where_it_stands_once(text, old, new, words):
    assert answer.with_figure(text, old, new) == words


def test_an_association_speaks_of_its_members():
    given = answering(body="Hội Luật gia tỉnh Nhã Tâm", divisions=())

    assert given.everybody == "Cán bộ, hội viên của Hội"
