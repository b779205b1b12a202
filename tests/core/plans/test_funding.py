"""The sources of money, and what stands under the heading of money without being one."""

import pytest

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source

PLAN = """BỘ THỬ NGHIỆM
Số: 12/KH-BTN
Hà Nội, ngày 20 tháng 01 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2026

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.

II. KINH PHÍ
{money}
"""


def sources(money):
    return [one.source for one in read(Source.from_text(PLAN.format(money=money))).lists["funding"]]


@pytest.mark.parametrize(
    "contact",
    [
        "Có vướng mắc xin trao đổi với Văn phòng Sở (đồng chí Đặng Thị Hòa, điện thoại 0214 000 012).",
        "Đầu mối của Cụm: đồng chí Ngô Phương Thảo, Văn phòng Cục, thư điện tử thaonp@btp.demo.invalid.",
        "Đề nghị liên hệ với Phòng Tài chính để được hướng dẫn.",
    ],
)
def test_whom_to_ask_is_no_source_of_money(contact):
    assert sources(f"1. Lấy từ Quỹ thi đua, khen thưởng của Bộ.\n2. {contact}") == [
        "Quỹ thi đua, khen thưởng của Bộ"
    ]


def test_a_short_saying_under_the_heading_is_kept_for_a_person():
    assert sources("Các đơn vị tự bảo đảm.") == ["Các đơn vị tự bảo đảm"]
