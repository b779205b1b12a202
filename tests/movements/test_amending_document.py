"""Which plan an amending document amends, and from which day."""

from datetime import date

import pytest

from thidua.movements.amending_document import effective_day, other_plan

NUMBER = "9937/KH-BTP"
SIGNED, TODAY = date(2026, 11, 20), date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 7120/KH-BTP ngày 22/11/2026 như sau:",
        "QUYẾT ĐỊNH\nVề việc sửa đổi, bổ sung một số nội dung của\nKế hoạch số 7120/KH-BTP ngày 22/11/2026",
        "1. Sửa đổi khoản 2 mục III Kế hoạch 7120/KH-BTP: “theo Kế hoạch số 9937/KH-BTP”.",
    ],
)
def test_a_document_that_amends_another_plan_is_told(text):
    assert other_plan(text, NUMBER) == "7120/KH-BTP"


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 9937/KH-BTP ngày 20/01/2026 như sau:",
        "Điều 1. Sửa đổi Kế hoạch số 9937 / KH-BTP đã được bổ sung bởi Quyết định số 45/QĐ-BTP ngày 20/2/2026.",
        "Căn cứ Kế hoạch số 7120/KH-BTP ngày 22/11/2026;\nĐiều 1. Sửa đổi thời hạn gửi kế hoạch.",
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Kế hoạch số 7120/KH-BTP ngày 22/11/2026;",
        "Điều 1. Sửa đổi thời hạn gửi kế hoạch. Thực hiện Kế hoạch số 7120/KH-BTP ngày 22/11/2026.",
        "1. Sửa đổi như sau: “Thực hiện Kế hoạch số 7120/KH-BTP”.",
        "",
    ],
)
def test_a_document_that_amends_this_plan_or_names_none_is_not_asked_about(text):
    assert other_plan(text, NUMBER) == ""


def test_a_plan_without_a_number_is_never_another():
    assert other_plan("Điều 1. Sửa đổi Kế hoạch số 7120/KH-BTP.", "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2026.", date(2026, 12, 1)),
        ("có hiệu lực thi hành\ntừ ngày 01/12/2026.", date(2026, 12, 1)),
        ("Quyết định này có hiệu lực kể từ ngày ký.", SIGNED),
        ("Sửa đổi thời hạn gửi kế hoạch.", None),
    ],
)
def test_the_day_of_effect_is_the_one_stated(text, expected):
    assert effective_day(text, SIGNED, TODAY) == expected


def test_a_day_of_signing_still_to_come_may_be_the_day_of_effect():
    assert effective_day("Sửa đổi thời hạn.", date(2026, 11, 25), TODAY) == date(2026, 11, 25)
