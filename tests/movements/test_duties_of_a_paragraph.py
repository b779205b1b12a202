"""Duties that stand in one paragraph are told once each."""

import pytest

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.movements.services import intake

pytestmark = pytest.mark.django_db

PLAN = """BỘ TƯ PHÁP
Số: 4125/KH-BTP
Hà Nội, ngày 16 tháng 11 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2027

I. NỘI DUNG THI ĐUA
1. Hoàn thành nhiệm vụ được giao.

II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị báo cáo sơ kết 6 tháng trước ngày 15/6/2027; báo cáo tổng kết gửi trước ngày 10 tháng 12 năm 2027.
"""


def test_a_report_of_two_in_a_paragraph_is_said_once(ministry, officer):
    source = Source.from_text(PLAN)

    movement = intake.make_movement(source, read(source), organiser=ministry, by=officer)

    duties = movement.plan.items.get(field="responsibilities").value["duties"]
    assert duties == [
        "báo cáo sơ kết 6 tháng trước ngày 15/6/2027",
        "báo cáo tổng kết gửi trước ngày 10 tháng 12 năm 2027.",
    ]
