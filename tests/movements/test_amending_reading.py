"""What an amendment asks of a place of the plan is found by reading the plan with its words changed."""

import pytest

from factories import make_unit
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.movements.amending import read_amendments
from thidua.movements.selectors.items import living
from thidua.movements.services.intake import make_movement
from thidua.movements.services.rereading import reader_of

pytestmark = pytest.mark.django_db

PLAN = """BỘ TƯ PHÁP
Số: 4125/KH-BTP
Hà Nội, ngày 16 tháng 11 năm 2026
KẾ HOẠCH
Phát động, tổ chức phong trào thi đua Ngành Tư pháp năm 2027
III. NỘI DUNG THI ĐUA
1. Thi đua xây dựng, hoàn thiện thể chế; 100% văn bản trình đúng hạn.
2. Thi đua nâng cao hiệu quả thi hành án dân sự.
3. Thi đua chuyển đổi số trong công tác hộ tịch:
a) Tối thiểu 95% hồ sơ đăng ký khai sinh được tiếp nhận trực tuyến toàn trình.
b) Số hóa toàn bộ sổ hộ tịch.
V. HÌNH THỨC, SỐ LƯỢNG KHEN THƯỞNG
1. Cờ thi đua của Bộ Tư pháp: không quá 15 tập thể dẫn đầu các Cụm thi đua.
2. Bằng khen của Bộ trưởng Bộ Tư pháp: mỗi Sở Tư pháp không quá 15 tập thể.
VI. TỔ CHỨC THỰC HIỆN
1. Các đơn vị xây dựng kế hoạch chậm nhất 15 ngày kể từ ngày nhận được Kế hoạch này.
2. Các đơn vị báo cáo sơ kết 6 tháng trước ngày 15/6/2027; báo cáo tổng kết gửi trước ngày 10 tháng 12 năm 2027.
3. Cục Công nghệ thông tin nâng cấp Phần mềm, hoàn thành trong quý II năm 2027.
4. Định kỳ ngày 20 hằng tháng, các đơn vị gửi báo cáo nhanh kết quả thi đua.
Trên đây là Kế hoạch phát động, đề nghị các đơn vị thực hiện./.
Nơi nhận:
- Các đơn vị thuộc Bộ;
"""


@pytest.fixture
def plan():
    source = Source.from_text(PLAN)
    return make_movement(source, read(source), organiser=make_unit("Bộ Tư pháp"), by=None).plan


def proposals(plan, sentence):
    return read_amendments(sentence, list(living(plan)), plan.text, reader_of(plan))


def told(plan, sentence):
    """Return each proposal as kind, field and the words that tell it."""
    return [
        (one.kind, one.field, said(one.field, one.before), said(one.field, one.after))
        for one in proposals(plan, sentence).proposals
    ]


def said(field, value):
    if value is None:
        return ""
    if field == "responsibilities":
        return (value["body"], *value["duties"])
    return value.get("due") or value.get("value") or value.get("max") or value.get("number")


ADDED = [("add", "contents", "", "4"), ("add", "targets", "", 10)]
SAVING = "4. Thi đua thực hành tiết kiệm; tiết kiệm tối thiểu 10% chi thường xuyên."


@pytest.mark.parametrize(
    "head",
    [
        "Bổ sung khoản 4 vào sau khoản 3 Mục III như sau: ",
        "3. Bổ sung khoản 4 vào sau khoản 3 Mục III như sau:\n",
        "Bổ sung khoản 4 Mục III như sau: ",
        "Bổ sung vào sau khoản 3 Mục III khoản 4 như sau: ",
        "Mục III được bổ sung khoản 4 vào sau khoản 3 như sau: ",
    ],
)
def test_a_clause_added_is_an_item_added_with_its_figure(plan, head):
    assert sorted(told(plan, f"{head}“{SAVING}”")) == sorted(ADDED)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Bổ sung khoản 3a vào sau khoản 3 Mục III như sau: “3a. Thi đua cải cách hành chính.”", "3a"),
        ("Bổ sung điểm c khoản 3 Mục III như sau: “c) Cấp bản sao trích lục trực tuyến.”", "3.c"),
        ("Bổ sung điểm c vào sau điểm b khoản 3 Mục III như sau: “Cấp bản sao trực tuyến.”", "3.c"),
    ],
)
def test_an_inserted_clause_or_point_is_added_under_its_number(plan, sentence, number):
    assert told(plan, sentence) == [("add", "contents", "", number)]


def test_a_section_added_brings_its_items(plan):
    sentence = "Bổ sung Mục VII như sau: “VII. KINH PHÍ\n1. Kinh phí lấy từ ngân sách nhà nước.”"

    assert [row[:2] for row in told(plan, sentence)] == [("add", "funding")]


def test_a_clause_with_several_days_written_anew_moves_each(plan):
    sentence = (
        "1. Sửa đổi khoản 2 Mục VI như sau:\n“2. Các đơn vị báo cáo sơ kết 6 tháng trước ngày 30/6/2027; "
        "báo cáo tổng kết gửi trước ngày 05 tháng 12 năm 2027.”"
    )

    found = told(plan, sentence)

    days = [row for row in found if row[1] in ("deadlines", "reports")]
    assert sorted(days) == [
        ("change", field, old, new)
        for field in ("deadlines", "reports")
        for old, new in (("2027-06-15", "2027-06-30"), ("2027-12-10", "2027-12-05"))
    ]
    (duty,) = [row for row in found if row not in days]
    assert (duty[:2], [("30/6/2027" in words, "15/6/2027" in words) for words in duty[3][1:2]]) == (
        ("change", "responsibilities"),
        [(False, False)],
    )


def test_a_day_put_right_by_hand_outlives_new_words_that_leave_it(plan):
    deadline = living(plan).get(field="deadlines", value__due="2027-06-15")
    deadline.value |= {"who": "Mọi đơn vị"}
    deadline.save()

    found = proposals(
        plan,
        "Sửa đổi khoản 2 Mục VI như sau: “Các đơn vị báo cáo sơ kết 6 tháng trước ngày 30/6/2027; "
        "báo cáo tổng kết gửi trước ngày 10 tháng 12 năm 2027.”",
    )

    (after,) = [one.after for one in found.proposals if one.item == str(deadline.pk)]
    assert (after["who"], after["due"]) == ("Mọi đơn vị", "2027-06-30")


@pytest.mark.parametrize(
    "sentence",
    [
        "4. Thay cụm từ “không quá 15 tập thể” tại khoản 1 Mục V bằng cụm từ “không quá 20 tập thể”.",
        "Thay thế cụm từ “không quá 15 tập thể” bằng cụm từ “không quá 20 tập thể” tại khoản 1 Mục V.",
        "Cụm từ “không quá 15 tập thể” tại khoản 1 Mục V được thay bằng “không quá 20 tập thể”.",
    ],
)
def test_a_phrase_gives_way_at_its_place_alone(plan, sentence):
    assert told(plan, sentence) == [("change", "quotas", 15, 20)]


def test_a_phrase_struck_out_leaves_the_rest(plan):
    found = proposals(plan, "Bỏ cụm từ “, hoàn thiện thể chế” tại khoản 1 Mục III.").proposals

    assert [(one.kind, one.field, one.after["text"]) for one in found] == [
        ("change", "contents", "Thi đua xây dựng; 100% văn bản trình đúng hạn.")
    ]


def test_a_clause_struck_out_takes_report_duty_and_term(plan):
    found = told(plan, "2. Bãi bỏ khoản 4 Mục VI.")

    assert [row[:2] for row in found] == [("change", "responsibilities"), ("remove", "reports")]
    assert found[0][2][:-1] == found[0][3]


def test_clauses_struck_out_together_go_together(plan):
    found = told(plan, "Bãi bỏ khoản 3, khoản 4 Mục VI.")

    assert sorted(row[:2] for row in found) == [
        ("change", "responsibilities"),
        ("remove", "deadlines"),
        ("remove", "reports"),
    ]


def test_words_amended_and_added_to_are_a_replacement(plan):
    sentence = "Sửa đổi, bổ sung khoản 2 Mục III như sau: “2. Thi đua thi hành án dân sự, hành chính.”"

    assert told(plan, sentence) == [("change", "contents", "2", "2")]


def test_an_item_a_person_took_out_does_not_come_back_by_its_new_words(plan):
    living(plan).filter(field="quotas").update(state="removed")

    found = proposals(
        plan, "Thay cụm từ “không quá 15 tập thể” tại khoản 1 Mục V bằng cụm từ “không quá 20 tập thể”."
    )

    assert found.proposals == ()


def test_two_sentences_about_one_item_make_one_proposal(plan):
    text = (
        "1. Sửa đổi khoản 1 Mục VI như sau: “1. Các đơn vị xây dựng kế hoạch trước ngày 15/01/2027.”\n"
        "2. Bãi bỏ khoản 4 Mục VI."
    )

    found = [one for one in proposals(plan, text).proposals if one.field == "responsibilities"]

    assert [[len(one.before["duties"]), len(one.after["duties"])] for one in found] == [[4, 3]]
    assert found[0].after["duties"][0] == "xây dựng kế hoạch trước ngày 15/01/2027."


def test_a_line_of_a_table_is_added_by_what_it_says_of_itself(plan):
    sentence = (
        "4. Bổ sung vào sau dòng 7 bảng phân công tại khoản 4 Mục VI nhiệm vụ sau: “8. Tổ chức tập huấn; "
        "chủ trì: Học viện Tư pháp; thời hạn: trước ngày 15/8/2027”."
    )

    found = [(one.kind, one.field) for one in proposals(plan, sentence).proposals]

    assert found == [("add", "responsibilities"), ("add", "deadlines")]


def test_a_clause_of_several_paragraphs_is_read_to_the_end_of_its_quotation(plan):
    text = (
        "Sửa đổi khoản 3 Mục III như sau:\n“3. Thi đua chuyển đổi số trong công tác hộ tịch:\n"
        "a) Tối thiểu 98% hồ sơ đăng ký khai sinh được tiếp nhận trực tuyến toàn trình.\n"
        "b) Số hóa toàn bộ sổ hộ tịch.”\nĐiều 2. Hiệu lực."
    )

    assert told(plan, text) == [("change", "targets", 95, 98), ("change", "contents", "3.a", "3.a")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thay cụm từ “ ” bằng “x”.",
        "Thay cụm từ “” bằng cụm từ “x”.",
        'Thay cụm từ " " bằng "x".',
        "Thay cụm từ “ ” bằng cụm từ “x” tại khoản 1 Mục V.",
        "Sửa đổi khoản 1 Mục V: thay cụm từ “ ” bằng cụm từ “x”.",
        "Bổ sung cụm từ “x” vào sau cụm từ “ ” tại khoản 1 Mục V.",
        "Bỏ cụm từ “ ”.",
        "Bãi bỏ nội dung “ ”.",
        "Sửa đổi khoản 1 Mục V như sau: “ ”",
    ],
)
def test_marks_around_nothing_change_nothing(plan, sentence):
    found = proposals(plan, sentence)

    assert (found.proposals, found.left) == ((), (sentence,))
