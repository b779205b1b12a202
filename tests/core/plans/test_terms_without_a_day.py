"""Terms said by an hour, an event, a year or again and again, rather than by a day of the calendar."""

import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.deadlines import read_deadlines


def duties(sentence, **more):
    return plan(f"I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- {sentence}", **more)


@pytest.mark.parametrize(
    ("sentence", "due", "time"),
    [
        ("Lễ phát động tổ chức lúc 7 giờ 30 ngày 15/01/2024.", "2024-01-15", "07:30"),
        ("Hội thi nét đẹp công sở vào lúc 18h30 ngày 14/11/2024.", "2024-11-14", "18:30"),
        ("Chương trình mở màn vào hồi 8 giờ 00 phút, ngày 05 tháng 3 năm 2024.", "2024-03-05", "08:00"),
        ("Lễ ra quân vào 7 giờ 00 phút, thứ Bảy, ngày 09/3/2024.", "2024-03-09", "07:00"),
        ("Lễ ra quân lúc 16h30 thứ Sáu ngày 08/3/2024.", "2024-03-08", "16:30"),
        ("Tập trung tại sân vận động lúc 6g30 ngày 26/3/2024.", "2024-03-26", "06:30"),
    ],
)
def test_an_hour_before_the_day_tells_an_event(sentence, due, time):
    outline = duties(sentence)

    found = read_deadlines(outline)
    assert [(one.relation, one.due, one.time) for one in found] == [("on", due, time)]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    ("sentence", "relation", "event"),
    [
        ("Tổ chức hội nghị sơ kết sau khi kết thúc Đợt 2.", "after", "kết thúc Đợt 2"),
        ("Họp rút kinh nghiệm ngay sau khi bế mạc hội thao.", "after", "bế mạc hội thao"),
        (
            "Tổng kết năm cùng với hội nghị triển khai công tác năm 2025.",
            "with",
            "hội nghị triển khai công tác năm 2025",
        ),
        ("Sơ kết kết hợp với kỳ họp thứ hai của Hội đồng.", "with", "kỳ họp thứ hai của Hội đồng"),
    ],
)
def test_a_review_may_hang_on_an_event_alone(sentence, relation, event):
    outline = duties(sentence)

    found = read_deadlines(outline)
    assert [(one.relation, one.due, one.due_event, one.offset) for one in found] == [
        (relation, None, event, None)
    ]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổng hợp, trình khen thưởng sau khi thẩm định.",
        "Hôm nay, vào hồi 14 giờ 00 ngày 27 tháng 02 năm 2024, các đơn vị ký giao ước.",
        "Nâng cao chất lượng phục vụ sau khi hoàn thành sắp xếp bộ máy.",
    ],
)
def test_what_merely_follows_something_is_no_term(sentence):
    assert read_deadlines(duties(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Khảo sát hài lòng người bệnh hằng quý.", "quarterly"),
        ("Khảo sát hài lòng người bệnh vào ngày 05 hằng tháng.", "monthly"),
        ("Khảo sát hài lòng người bệnh mỗi tháng một lần.", "monthly"),
    ],
)
def test_work_that_comes_again_is_a_term(sentence, relation):
    found = read_deadlines(duties(sentence))

    assert [(one.relation, one.due, one.what) for one in found] == [
        (relation, None, "Khảo sát hài lòng người bệnh")
    ]


@pytest.mark.parametrize(
    ("sentence", "recurring"),
    [
        ("Báo cáo số liệu nộp định kỳ vào ngày 10 tháng cuối quý.", "ngày 10 tháng cuối quý"),
        ("Thực hiện chế độ báo cáo quý (trước ngày 20 tháng cuôi quý).", "ngày 20 tháng cuôi quý"),
    ],
)
def test_a_guide_asks_for_reports_again_and_again(sentence, recurring):
    found = read_deadlines(duties(sentence, kind="HƯỚNG DẪN", title="Tổng kết công tác năm 2024"))

    assert [(one.relation, one.recurring) for one in found] == [("quarterly", recurring)]


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        (
            "Phong trào được sơ kết vào năm 2026 và tổng kết vào quý II năm 2029.",
            [("on", "2026"), ("on", "2029-Q2")],
        ),
        ("Tổ chức sơ kết trong năm 2026.", [("on", "2026")]),
    ],
)
def test_a_review_of_many_years_may_name_its_year_alone(sentence, terms):
    outline = duties(sentence, title="Phát động phong trào thi đua giai đoạn 2024 - 2029")

    assert [(one.relation, one.due) for one in read_deadlines(outline)] == terms


@pytest.mark.parametrize("sentence", ["Tổng kết công tác năm 2024.", "Tổng kết phong trào trong năm 2024."])
def test_the_only_year_of_a_plan_is_no_term(sentence):
    assert read_deadlines(duties(sentence)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Quán triệt đến đảng viên ngay trong kỳ sinh hoạt tháng 4/2024.",
        "Biểu dương điển hình tại hội nghị tháng 4/2024.",
        "Thông báo kết quả tại buổi chào cờ tháng 4/2024.",
    ],
)
def test_a_meeting_of_a_month_tells_the_month(sentence):
    assert [(one.relation, one.due) for one in read_deadlines(duties(sentence))] == [("on", "2024-04")]
