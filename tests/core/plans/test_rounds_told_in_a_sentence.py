"""Periods and rounds as a speech tells them, and work charged where a plan has no section for it."""

import pytest

from core.plans.writing import plan
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.duties import read_responsibilities
from thidua.core.plans.outline import outline_of
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.source import Source

SPEECH = """LỜI PHÁT ĐỘNG
Phong trào thi đua năm 2024

Thưa các đồng chí!
Hôm nay, ngày 15/01/2024, tôi phát động phong trào thi đua “Tất cả vì người bệnh”.
{sentence}

GIÁM ĐỐC
Nguyễn Văn Nam
"""


def _speech(sentence):
    return outline_of(Source.from_text(SPEECH.format(sentence=sentence)))


def _rounds(outline):
    return [(one.name, one.from_, one.to, one.confidence) for one in read_phases(outline)]


def test_a_period_may_begin_today_and_end_with_another_verb():
    found = read_period(_speech("Phong trào bắt đầu từ hôm nay và kết thúc vào ngày 31/12/2024."))

    assert found is not None
    assert (found.from_, found.to, found.derived) == ("2024-01-15", "2024-12-31", True)


def test_a_first_round_that_says_its_end_alone_begins_with_the_period():
    sentence = (
        "Phong trào bắt đầu từ hôm nay và kết thúc vào ngày 31/12/2024; giai đoạn I đến hết ngày 30/6/2024, "
        "giai đoạn II từ ngày 01/7/2024 đến ngày 31/12/2024."
    )

    assert _rounds(_speech(sentence)) == [
        ("giai đoạn I", "2024-01-15", "2024-06-30", "check"),
        ("giai đoạn II", "2024-07-01", "2024-12-31", "sure"),
    ]


def test_a_first_round_in_a_list_begins_with_the_period_said_above_it():
    body = (
        "I. THỜI GIAN\nTừ ngày 10/02/2024 đến ngày 30/11/2024, chia làm 2 đợt:\n- Đợt 1: đến hết ngày 30/6/2024.\n"
        "- Đợt 2: từ ngày 01/7/2024 đến ngày 30/11/2024."
    )

    assert _rounds(plan(body)) == [
        ("Đợt 1", "2024-02-10", "2024-06-30", "check"),
        ("Đợt 2", "2024-07-01", "2024-11-30", "sure"),
    ]


def test_the_beginning_of_a_round_stays_open_where_no_period_tells_it():
    body = "I. THỜI GIAN\n- Đợt 1: đến hết ngày 30/6/2024.\n- Đợt 2: từ ngày 01/7/2024 đến ngày 30/11/2024."

    assert _rounds(plan(body))[0] == ("Đợt 1", None, "2024-06-30", "check")


@pytest.mark.parametrize("week", ["tuần thứ 2 của tháng 7", "tuần cuối của tháng 7", "tuần đầu tháng 7"])
def test_a_week_of_a_month_is_in_that_month(week):
    body = f"I. TỔ CHỨC THỰC HIỆN\n1. Hội nghị sơ kết: dự kiến {week} năm 2024."

    assert [one.due for one in read_deadlines(plan(body))] == ["2024-07"]


def test_bodies_named_under_the_tasks_of_a_plan_without_a_section_of_its_own_are_charged():
    body = (
        "Điều 1. Mục tiêu\n100% công chức có chứng nhận kỹ năng số.\nĐiều 2. Nhiệm vụ\n"
        "1. Văn phòng Sở tổ chức ít nhất 4 lớp tập huấn.\n2. Phòng Hành chính tư pháp: cập nhật tài liệu hộ tịch.\n"
        "3. Đẩy mạnh tuyên truyền trong nhân dân.\n4. Mỗi xã xây dựng 01 mô hình."
    )

    found = read_responsibilities(plan(body))

    assert [one.body for one in found] == ["Văn phòng Sở", "Phòng Hành chính tư pháp"]
