"""Forms that hold-out documents brought up: annexes, running heads, days with a dash, guides that launch."""

import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.awards import read_awards
from thidua.core.plans.bases import read_legal_basis
from thidua.core.plans.contents import read_contents, read_solutions
from thidua.core.plans.criteria import read_criteria
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.duties import read_responsibilities
from thidua.core.plans.funding import read_funding
from thidua.core.plans.outline import outline_of
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.related import read_related_movements
from thidua.core.plans.reports import read_reports
from thidua.core.plans.source import Source
from thidua.core.plans.subjects import read_subjects
from thidua.core.plans.targets import read_targets
from thidua.core.plans.themes import read_themes
from thidua.core.plans.titles import read_title, read_years

CLOSED = "I. NỘI DUNG\n1. Thi đua làm tốt.\n\nNơi nhận:\n- Các xã;\n- Lưu: VT.\n\nCHỦ TỊCH\nLò Văn Thấu\n\n"
TASKS = (
    "| TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành |\n|---|---|---|---|\n"
    "| 1 | Lễ phát động | Văn phòng | 18/4/2024 |\n| 2 | Tổng kết | Phòng Nội vụ | Trước 31/01/2025 |"
)
FIGURES = (
    "| TT | Chỉ tiêu | Đơn vị tính | Cả năm |\n|---|---|---|---|\n| 1 | Tỷ lệ hồ sơ đúng hạn | % | ≥ 98,5 |"
)


@pytest.mark.parametrize(
    "heading", ["PHỤ LỤC\nNHIỆM VỤ", "DANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 41/KH-UBND)"]
)
def test_the_tasks_of_an_annex_are_deadlines_and_duties(heading):
    outline = plan(f"{CLOSED}{heading}\n\n{TASKS}")

    found = read_deadlines(outline)
    assert [(one.relation, one.due, one.who) for one in found] == [
        ("on", "2024-04-18", "Văn phòng"),
        ("before", "2025-01-31", "Phòng Nội vụ"),
    ]
    assert [one.body for one in read_responsibilities(outline)] == ["Văn phòng", "Phòng Nội vụ"]
    assert quotes_stand_in_text(outline, found)


def test_the_figures_of_an_annex_are_targets():
    found = read_targets(plan(f"{CLOSED}PHỤ LỤC\nCHỈ TIÊU THI ĐUA\n\n{FIGURES}"))

    assert [(one.op, one.value, one.unit) for one in found] == [(">=", 98.5, "%")]


def test_a_form_behind_the_closing_tells_nothing():
    form = "Mẫu số 01\nBÁO CÁO KẾT QUẢ\nKính gửi: …\n1. Đã phát động trước ngày …/…/2024.\n2. Đạt … %."

    outline = plan(f"{CLOSED}{form}")
    assert (read_deadlines(outline), read_targets(outline)) == ([], [])


def test_a_running_head_with_its_page_number_is_no_part_of_a_paragraph():
    body = (
        "I. NỘI DUNG\n1. Thi đua trồng cây: mỗi xã trồng 500 cây.\n\nHội Luật gia tỉnh            Trang 2\n\n"
        "2. Thi đua học tập.\nII. KINH PHÍ\nTrích từ Quỹ Hội.\n\nHội Luật gia tỉnh            Trang 3\n"
    )

    outline = plan(body)
    assert [one.number for one in read_contents(outline)] == ["1", "2"]
    assert [one.source for one in read_funding(outline)] == ["Quỹ Hội"]


def test_spreading_the_law_is_no_heading_of_measures():
    body = "I. NỘI DUNG\n1. Thi đua tuyên truyền, phổ biến pháp luật\na) Mở 90 cuộc cho 7.500 lượt người."

    outline = plan(body)
    assert read_solutions(outline) == []
    assert [one.value for one in read_targets(outline)] == [90, 7500]


def test_an_item_that_names_duties_does_not_narrow_the_contents():
    body = "I. NỘI DUNG, CHỈ TIÊU\n1. Thi đua hoàn thành nhiệm vụ\na) Tuần tra.\n2. Thi đua giúp dân\na) Tặng quà."

    assert [one.number for one in read_contents(plan(body))] == ["1", "1.a", "2", "2.a"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Đợt 2 từ ngày 1-5 đến ngày 2-9-2024", ("2024-05-01", "2024-09-02")),
        ("Đợt 2 từ ngày mùng 1/5 đến hết ngày mùng 2/9/2024", ("2024-05-01", "2024-09-02")),
        ("Đợt 2 từ ngày ký ban hành Kế hoạch đến ngày 30/6/2024", ("2024-01-10", "2024-06-30")),
    ],
)
def test_a_round_whose_days_are_said_in_other_ways(sentence, expected):
    body = f"I. THỜI GIAN\n- Đợt 1 từ ngày 10/01/2024 đến ngày 11/01/2024.\n- {sentence}."

    assert (read_phases(plan(body))[1].from_, read_phases(plan(body))[1].to) == expected


def test_a_plan_issued_with_a_decision_begins_on_the_day_of_the_decision():
    text = (
        "BỘ KINH TẾ BIỂN\nKẾ HOẠCH\nPhát động phong trào thi đua năm 2025\n"
        "(Kèm theo Quyết định số 902/QĐ-BKTB ngày 11 tháng 4 năm 2025 của Bộ trưởng)\n"
        "I. THỜI GIAN\nTừ ngày ký Quyết định ban hành Kế hoạch đến ngày 31/12/2025.\n"
    )

    period = read_period(outline_of(Source.from_text(text)))
    assert period is not None
    assert (period.from_, period.to, period.derived) == ("2025-04-11", "2025-12-31", True)


def test_a_period_that_begins_and_ends_in_two_sentences_parts():
    body = "I. THỜI GIAN\nBắt đầu từ ngày phát động (15/01/2024) và kết thúc vào ngày 15/10/2024."

    period = read_period(plan(body))
    assert period is not None
    assert (period.from_, period.to) == ("2024-01-15", "2024-10-15")


def test_a_day_no_calendar_has_ends_no_period():
    assert read_period(plan("I. THỜI GIAN\nTừ ngày ký đến ngày 31/02/2024.")) is None


def test_a_slogan_below_the_title_is_a_theme_and_leaves_what_follows_a_basis():
    outline = plan(
        "Chủ đề: “Kiến tạo tri thức”\n\nCăn cứ Chỉ thị số 22/CT-BGDĐT ngày 08/01/2024 của Bộ trưởng;\n\n"
        "I. NỘI DUNG\n1. Học."
    )

    title = read_title(outline)
    assert title is not None
    assert title.value == "Phát động phong trào thi đua năm 2024"
    assert [one.text for one in read_themes(outline)] == ["Kiến tạo tri thức"]
    assert [one.role for one in read_legal_basis(outline)] == ["basis"]


def test_a_title_of_the_party_goes_on_with_the_name_of_a_day():
    outline = plan(
        "I. NỘI DUNG\n1. Học.", title="thi đua chào mừng 94 năm\nNgày thành lập Đảng (3/2/1930 - 3/2/2024)"
    )

    title = read_title(outline)
    assert title is not None
    assert title.value == "thi đua chào mừng 94 năm Ngày thành lập Đảng (3/2/1930 - 3/2/2024)"


def test_the_year_of_work_is_the_year_of_the_plan():
    body = "I. THỜI GIAN\nTừ ngày 01/10/2023 đến ngày 30/9/2024."

    years = read_years(plan(body, title="Phát động phong trào thi đua năm công tác 2024"))
    assert years is not None
    assert years[0] == [2024]


@pytest.mark.parametrize(
    ("title", "launches"),
    [
        ("Phát động phong trào thi đua năm 2024", True),
        ("Về việc tổ chức phát động phong trào thi đua năm 2024", True),
        ("Tổng kết phong trào thi đua năm 2024", False),
        ("Bình xét thi đua, khen thưởng năm 2024", False),
    ],
)
def test_a_guide_launches_where_launching_is_its_matter(title, launches):
    assert plan("1. Nội dung.", title=title, kind="HƯỚNG DẪN").is_launch_plan is launches


def one_target(sentence):
    return [(one.op, one.value, one.unit) for one in read_targets(plan(f"I. CHỈ TIÊU\n1. {sentence}"))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thi hành xong ít nhất 84,1% số việc và 49,2% số tiền.", [(">=", 84.1, "%"), (">=", 49.2, "%")]),
        ("Có ít nhất 01 mô hình và 100% hội viên tham gia.", [(">=", 1, "mô hình"), ("=", 100, "%")]),
        ("Thay định kỳ 11.250 đồng hồ.", [("=", 11250, "đồng hồ")]),
        ("Có 18/18 tổ dân phố lắp đèn.", [("=", 18, "tổ dân phố")]),
        ("Tư vấn 400 vụ việc miễn phí.", [("=", 400, "vụ việc")]),
        (
            "Phát triển tối thiểu 6.500 người tham gia, 2.100 người đóng.",
            [(">=", 6500, "người"), (">=", 2100, "người")],
        ),
        ("Có từ 60% xã trở lên, 40% bản đạt chuẩn.", [(">=", 60, "%"), ("=", 40, "%")]),
        ("Tối thiểu 9/14 bản đạt chuẩn.", [(">=", 9, "bản")]),
        ("Mỗi luật sư có ít nhất 08 giờ trợ giúp pháp lý.", [(">=", 8, "giờ")]),
        ("Thực hiện tối thiểu 60 đợt trợ giúp lưu động.", [(">=", 60, "đợt")]),
        ("Chia làm 02 đợt thi đua.", []),
        ("Không có công chứng viên, đấu giá viên vi phạm.", [("=", 0, "công chứng viên")]),
        ("Tổ chức sản xuất 3 ca liên tục.", []),
        ("Theo dõi nội dung 1 mục III.", []),
    ],
)
def test_figures_that_are_targets_and_those_that_are_none(sentence, expected):
    assert one_target(sentence) == expected


def test_a_remark_about_the_annex_is_no_part_of_a_target():
    (found,) = read_targets(plan("I. CHỈ TIÊU\n1. Đạt ít nhất 90% số việc (chi tiết tại Phụ lục kèm theo)."))

    assert found.text == "Đạt ít nhất 90% số việc"


def in_duty(sentence):
    return plan(f"I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- {sentence}")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Họp xét vào sáng ngày 31/3/2024.", "2024-03-31"),
        ("Công bố kết quả tại buổi giao ban ngày 03/4/2024.", "2024-04-03"),
        ("Tham mưu tổ chức Đại hội Thi đua yêu nước tỉnh trong quý III/2024.", "2024-Q3"),
    ],
)
def test_the_day_of_a_meeting_is_a_deadline_of_who_prepares_it(sentence, due):
    assert [(one.relation, one.due) for one in read_deadlines(in_duty(sentence))] == [("on", due)]


def test_a_deadline_stands_among_the_movements_of_others_too():
    body = (
        "I. NỘI DUNG\n1. Thực hiện các phong trào thi đua do Thủ tướng Chính phủ phát động: "
        "xóa 315 nhà trước ngày 31/10/2024."
    )

    assert [one.due for one in read_deadlines(plan(body))] == ["2024-10-31"]


@pytest.mark.parametrize(
    ("sentence", "due_event"),
    [
        ("Trong vòng 05 ngày kể từ ngày kết thúc mỗi đợt, gửi báo cáo kết quả về Sở.", "kết thúc mỗi đợt"),
        ("Sau mỗi đợt 5 ngày báo cáo kết quả về Sở.", "mỗi đợt"),
    ],
)
def test_the_term_that_leads_a_sentence_is_that_of_its_report(sentence, due_event):
    outline = in_duty(sentence)

    assert [one.due_event for one in read_reports(outline)] == [due_event]
    assert read_targets(outline) == []


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Ngày mùng 5 hằng tháng báo cáo kết quả.", "Ngày mùng 5 hằng tháng"),
        ("Báo cáo số liệu ngày 15 và ngày 30 hằng tháng.", "ngày 15 và ngày 30 hằng tháng"),
    ],
)
def test_a_report_of_two_days_a_month_keeps_both(sentence, due):
    assert [one.due for one in read_reports(in_duty(sentence))] == [due]


def test_conditions_and_refusals_in_one_paragraph_are_told_apart():
    body = (
        "I. KHEN THƯỞNG\n1. Điều kiện xét: tập thể đạt từ 95 điểm trở lên; cá nhân đạt từ 90 điểm trở lên. "
        "Không xét thưởng đối với đơn vị có người vi phạm nồng độ cồn."
    )

    found = read_criteria(plan(body))
    assert [(one.applies_to, one.excludes) for one in found] == [
        ("collective", None),
        ("individual", None),
        ("collective", True),
    ]


def test_prizes_listed_under_whom_they_are_for():
    outline = plan(
        "I. KHEN THƯỞNG\n- Giải tập thể: 01 giải Nhất 20.000.000 đồng, 02 giải Nhì, mỗi giải 5.000.000 đồng."
    )

    assert [(one.form, one.quantity, one.for_) for one in read_awards(outline)] == [
        ("Giải Nhất", 1, ("collective",)),
        ("Giải Nhì", 2, ("collective",)),
    ]
    assert [(one.max, one.for_) for one in read_quotas(outline)] == [
        (1, ("collective",)),
        (2, ("collective",)),
    ]


def test_a_letter_without_sections_tells_its_award_beside_the_cap():
    text = (
        "Ban Thường vụ sơ kết vào tháng 7; biểu dương, tặng Bằng khen cho không quá 02 tập thể, 03 cá nhân."
    )

    found = read_awards(plan(f"Thứ nhất: học tập tốt.\n\n{text}", kind="THƯ PHÁT ĐỘNG"))
    assert [(one.form, one.for_) for one in found] == [("Bằng khen", ("collective", "individual"))]


@pytest.mark.parametrize(
    ("marks", "numbers"), [(("A.1.", "A.2."), ["A.1", "A.2"]), (("I.1.", "I.2."), ["I.1", "I.2"])]
)
def test_items_numbered_by_their_part_and_place(marks, numbers):
    body = f"Phần A. NỘI DUNG\n{marks[0]} Thi đua học tập.\n{marks[1]} Thi đua lao động."

    assert [one.number for one in read_contents(plan(body))] == numbers


def test_a_heading_that_ends_with_the_law_does_not_swallow_the_item_below():
    body = "I. NỘI DUNG\n1. Phổ biến, giáo dục pháp luật\na) Mỗi xã tổ chức 03 cuộc.\nb) Mỗi thôn có tủ sách."

    assert [one.number for one in read_contents(plan(body))] == ["1", "1.a", "1.b"]


def test_bodies_parted_by_semicolons_before_what_they_have_to_do():
    (found,) = read_responsibilities(
        plan("I. TỔ CHỨC THỰC HIỆN\n1. Trưởng các phòng; Ủy ban nhân dân các xã: xây dựng kế hoạch.")
    )

    assert found.body == "Trưởng các phòng; Ủy ban nhân dân các xã"
    assert [one.text_start for one in found.duties] == ["xây dựng kế hoạch."]


def test_a_decision_names_its_movement_in_the_article_that_launches_it():
    body = "QUYẾT ĐỊNH:\nĐiều 1. Phát động đợt thi đua đặc biệt “100 ngày bứt phá” từ ngày 22/9/2024."

    outline = plan(body, kind="QUYẾT ĐỊNH", title="Về việc phát động đợt thi đua đặc biệt năm 2024")
    assert [one.text for one in read_themes(outline)] == ["100 ngày bứt phá"]


def test_a_term_before_each_round():
    outline = in_duty("Nộp danh sách đề nghị khen trước mỗi đợt sơ kết 03 ngày.")

    (found,) = read_deadlines(outline)
    assert (found.relation, found.due_event, found.offset) == ("before", "mỗi đợt sơ kết", "03 ngày")
    assert read_targets(outline) == []


def test_a_body_asked_to_commend_and_the_head_of_an_association_give_awards():
    body = (
        "I. KHEN THƯỞNG\n1. Chủ nhiệm Đoàn Luật sư tặng Giấy khen cho 03 tổ chức.\n"
        "2. Xét chọn 02 tập thể đề nghị Tổng công ty khen thưởng."
    )

    assert [(one.form, one.authority, one.quantity, one.action) for one in read_awards(plan(body))] == [
        ("Giấy khen", "Chủ nhiệm Đoàn Luật sư", 3, None),
        ("khen thưởng", "Tổng công ty", 2, "đề nghị tặng"),
    ]


def test_who_takes_part_is_told_once_in_full():
    body = "Phát động đợt thi đua trong toàn thể công chức, viên chức thuộc Sở, từ ngày 01/02/2024 đến ngày 31/3/2024."

    assert [one.who for one in read_subjects(plan(body))] == ["toàn thể công chức, viên chức thuộc Sở"]


def test_the_targets_of_a_special_round_are_targets():
    body = "I. ĐỢT THI ĐUA ĐẶC BIỆT\n1. Thời gian: tháng 8/2024.\n2. Chỉ tiêu: giải quyết ít nhất 15 vụ việc tồn đọng."

    assert [(one.op, one.value) for one in read_targets(plan(body))] == [(">=", 15)]


def test_the_quarter_in_which_a_letter_launches_is_no_deadline_and_its_name_no_other_movement():
    text = (
        "Để về đích, Liên minh phát động đợt thi đua “Chung sức vượt khó” trong quý IV/2024, nội dung cụ thể:\n\n"
        "Một là, 100% hợp tác xã nộp báo cáo tài chính đúng hạn."
    )

    outline = plan(text)
    assert [read_deadlines(outline), read_related_movements(outline), read_reports(outline)] == [[], [], []]


def test_where_to_turn_with_difficulties_is_nobodys_duty():
    body = (
        "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ: theo dõi.\n"
        "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về Sở để được hướng dẫn."
    )

    assert [one.body for one in read_responsibilities(plan(body))] == ["Phòng Nội vụ"]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Báo cáo kết quả kèm hồ sơ đề nghị khen thưởng gửi trước ngày 05/10/2024.", "2024-10-05"),
        (
            "Mỗi đơn vị gửi 01 báo cáo (theo mẫu) về Phòng Hành chính muộn nhất là ngày 17/11/2024.",
            "2024-11-17",
        ),
    ],
)
def test_a_report_may_be_asked_for_among_the_awards(sentence, due):
    outline = plan(f"IV. KHEN THƯỞNG\n1. Giám đốc tặng Giấy khen cho 05 cá nhân. {sentence}")

    assert [one.due for one in read_reports(outline)] == [due]


def test_reports_on_achievements_among_the_awards_are_papers_of_a_dossier():
    outline = plan(
        "IV. KHEN THƯỞNG\n1. Hồ sơ gồm tờ trình, báo cáo thành tích; báo cáo có xác nhận của cấp trên."
    )

    assert read_reports(outline) == []
