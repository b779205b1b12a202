"""An amendment may name its place in the plan («khoản 3 mục V») and write it anew, or strike it out."""

import pytest

from movements.test_amending import Item
from thidua.movements.amending import read_amendments

TEXT = """II. NỘI DUNG THI ĐUA
1. Hoàn thành 100% thủ tục trực tuyến.
2. Giảm 30% thời gian giải quyết hồ sơ.
V. TỔ CHỨC THỰC HIỆN
2. Các Sở Tư pháp đăng ký trước ngày 31/3/2027.
3. Các đơn vị thuộc Bộ, Sở Tư pháp báo cáo sơ kết trước ngày 15/7/2027.
a) Vụ Tổ chức cán bộ tổng hợp trước ngày 30/7/2027.
Nơi nhận:
"""
BODY = "Các đơn vị thuộc Bộ, Sở Tư pháp"


def placed(field, value, words):
    return Item(field, value, start=TEXT.index(words))


TARGET = placed("targets", {"text": "Giảm 30% thời gian", "op": "=", "value": 30, "unit": "%"}, "Giảm 30%")
KEPT = placed("contents", {"number": "1", "text": "Hoàn thành 100%"}, "1. Hoàn")
CONTENT = placed("contents", {"number": "2", "text": "Giảm 30% thời gian"}, "2. Giảm")
TERM = placed(
    "deadlines", {"what": "báo cáo sơ kết", "relation": "before", "due": "2027-07-15"}, "báo cáo sơ"
)
DUTY = placed("responsibilities", {"body": BODY, "duties": ["báo cáo trước ngày 15/7/2027."]}, "Các đơn vị")
POINT = placed("deadlines", {"what": "tổng hợp", "relation": "before", "due": "2027-07-30"}, "Vụ Tổ")
ITEMS = [TARGET, KEPT, CONTENT, TERM, DUTY, POINT]


def told(sentence):
    reading = read_amendments(sentence, ITEMS, TEXT)
    return [(one.kind, one.item, one.after) for one in reading.proposals], reading.left


def test_a_place_written_anew_changes_the_term_and_the_duty_there():
    words = f"{BODY} báo cáo sơ kết trước ngày 31/7/2027."

    assert told(f'1. Sửa đổi khoản 3 mục V như sau: "{words}"') == (
        [
            ("change", str(TERM.pk), TERM.value | {"due": "2027-07-31"}),
            ("change", str(DUTY.pk), DUTY.value | {"duties": ["báo cáo sơ kết trước ngày 31/7/2027."]}),
        ],
        (),
    )


def test_the_new_words_may_stand_under_the_sentence_with_their_number():
    assert told("Sửa đổi khoản 2 mục II như sau:\n“2. Giảm 40% thời gian.”")[0] == [
        (
            "change",
            str(TARGET.pk),
            {"text": "Giảm 40% thời gian.", "op": TARGET.value["op"], "value": 40, "unit": "%"},
        ),
        ("change", str(CONTENT.pk), {"number": "2", "text": "Giảm 40% thời gian."}),
    ]


def test_a_point_is_a_place_of_its_own():
    assert told(
        "Sửa đổi điểm a khoản 3 mục V như sau: “Vụ Tổ chức cán bộ tổng hợp trước ngày 05/8/2027”."
    ) == (
        [("change", str(POINT.pk), POINT.value | {"due": "2027-08-05"})],
        (),
    )


def test_a_place_struck_out_takes_what_stands_there():
    assert told("2. Bãi bỏ khoản 2 mục II.") == (
        [("remove", str(TARGET.pk), None), ("remove", str(CONTENT.pk), None)],
        (),
    )


@pytest.mark.parametrize("sentence", ["Bãi bỏ khoản 9 mục II.", "Bãi bỏ khoản 2 mục IX."])
def test_a_place_the_plan_does_not_have_is_handed_back(sentence):
    assert told(sentence) == ([], (sentence,))


def test_a_clause_to_be_added_never_replaces_the_one_before_it():
    sentence = "Bổ sung khoản 3 vào sau khoản 2 mục II như sau: “3. Tiết kiệm 10% chi thường xuyên.”"

    assert told(sentence) == ([], (sentence,))
