import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.funding import read_funding
from thidua.core.plans.related import read_related_movements
from thidua.core.plans.reports import read_reports
from thidua.core.plans.subjects import read_subjects


def subjects(body):
    return [(one.kind, one.who) for one in read_subjects(plan(body))]


def sources(body):
    return [one.source for one in read_funding(plan(body))]


def reports(sentence):
    found = read_reports(plan(f"I. TỔ CHỨC THỰC HIỆN\n1. Các xã\n- {sentence}"))
    return [(one.what, one.to, one.due or one.due_event) for one in found]


def movements(body):
    return [(one.name, one.span) for one in read_related_movements(plan(f"I. NỘI DUNG\n1. {body}"))]


def test_a_list_under_a_kind_is_one_subject_unless_it_says_the_kind_anew():
    body = (
        "I. ĐỐI TƯỢNG\n- Tập thể: các sở, ban, ngành; các xã, phường; doanh nghiệp.\n"
        "- Cá nhân: công chức, viên chức của tỉnh; bao gồm cả người tập sự."
    )

    assert subjects(body) == [
        ("collective", "các sở, ban, ngành; các xã, phường; doanh nghiệp"),
        ("individual", "công chức, viên chức của tỉnh"),
    ]


def test_what_is_added_to_a_subject_is_its_condition():
    (found,) = read_subjects(
        plan("I. ĐỐI TƯỢNG\n- Cá nhân: công chức của Sở; không bao gồm người biệt phái.")
    )

    assert found.conditions == "không bao gồm người biệt phái"


def test_a_sentence_of_subjects_is_parted_by_kind():
    assert subjects("I. ĐỐI TƯỢNG\nCác cơ quan, đơn vị và cán bộ, công chức, viên chức trong tỉnh.") == [
        ("collective", "Các cơ quan, đơn vị"),
        ("individual", "cán bộ, công chức, viên chức trong tỉnh"),
    ]


def test_headings_of_the_contents_may_name_the_subjects():
    body = "I. NỘI DUNG\n1. Đối với giáo viên:\n- Dạy tốt.\n2. Đối với nhà trường:\n- Xanh, sạch."

    assert subjects(body) == [("individual", "giáo viên"), ("collective", "nhà trường")]


def test_without_a_section_sentences_about_taking_part_tell():
    assert subjects("I. YÊU CẦU\n- Thu hút đông đảo đoàn viên, hội viên tham gia.") == [
        ("individual", "đoàn viên, hội viên")
    ]


def test_sources_of_money_are_parted_and_a_fund_s_name_kept_whole():
    body = "I. KINH PHÍ\nTừ ngân sách huyện, Quỹ thi đua, khen thưởng các cấp và nguồn xã hội hóa."

    assert sources(body) == ["ngân sách huyện", "Quỹ thi đua, khen thưởng các cấp", "nguồn xã hội hóa"]


def test_a_fund_said_once_counts_for_each_body():
    assert sources("I. KINH PHÍ\nTrích từ Quỹ khen thưởng của Ngành, của từng đơn vị.") == [
        "Quỹ khen thưởng của Ngành",
        "Quỹ khen thưởng của từng đơn vị",
    ]


def test_money_by_rule_is_said_so():
    assert sources("I. TỔ CHỨC THỰC HIỆN\n- Bảo đảm kinh phí khen thưởng theo quy định của pháp luật.") == [
        "theo quy định của pháp luật"
    ]


def test_a_report_is_read_with_its_receiver_and_its_time():
    assert reports("Báo cáo kết quả về Sở Nội vụ trước ngày 05/12/2024.") == [
        ("Báo cáo kết quả", "Sở Nội vụ", "2024-12-05")
    ]
    assert reports("Báo cáo tiến độ ngày 20 hằng tháng về Sở Nội vụ.") == [
        ("Báo cáo tiến độ", "Sở Nội vụ", "ngày 20 hằng tháng")
    ]
    assert reports("Tổng hợp kết quả, báo cáo gửi Hội đồng Thi đua - Khen thưởng tỉnh.") == [
        ("Báo cáo kết quả", "Hội đồng Thi đua - Khen thưởng tỉnh", None)
    ]


def test_what_follows_an_event_is_due_after_it():
    assert reports("Kết thúc đợt 1, các xã báo cáo kết quả về UBND huyện.") == [
        ("Báo cáo kết quả", "UBND huyện", "Kết thúc đợt 1")
    ]


def test_two_reports_in_a_sentence_are_two():
    found = reports("Gửi báo cáo sơ kết trước 15/6/2024, báo cáo tổng kết trước 15/11/2024 về Sở Nội vụ.")

    assert [(what, due) for what, _, due in found] == [
        ("Báo cáo sơ kết", "2024-06-15"),
        ("Báo cáo tổng kết", "2024-11-15"),
    ]


def test_a_call_about_difficulties_and_a_cited_report_are_no_reports():
    assert reports("Nếu có khó khăn, vướng mắc, báo cáo UBND huyện xem xét.") == []
    assert reports("Thực hiện Báo cáo số 01/BC-BNL ngày 01/01/2024.") == []


def test_other_movements_are_named_with_their_span():
    body = (
        "Hưởng ứng phong trào thi đua “Cả nước chung tay giữ nước sạch”, “Làng nghề xanh giai đoạn 2021 - 2025”"
        " và phong trào “Nhà nhà đọc sách” giai đoạn 2023-2025."
    )

    assert movements(body) == [
        ("Cả nước chung tay giữ nước sạch", None),
        ("Làng nghề xanh giai đoạn 2021 - 2025", "2021-2025"),
        ("Nhà nhà đọc sách", "2023-2025"),
    ]


def test_projects_goals_and_the_plan_s_own_movement_are_no_other_movements():
    outline = plan(
        "I. NỘI DUNG\n1. Phong trào thi đua “Lâm Khê xanh”; thực hiện Đề án “Trồng một triệu cây” và “mục tiêu kép”.",
        title="Phát động phong trào thi đua “Lâm Khê xanh” năm 2024",
    )

    assert read_related_movements(outline) == []


def test_quotes_stand_in_the_text():
    outline = plan(
        "I. ĐỐI TƯỢNG\n- Cá nhân: công chức, viên chức.\nII. KINH PHÍ\nTừ ngân sách tỉnh.\n"
        "III. TỔ CHỨC\n1. Các xã: gửi báo cáo trước ngày 05/12/2024; tham gia phong trào “Nhà nhà đọc sách”."
    )

    found = [
        *read_subjects(outline),
        *read_funding(outline),
        *read_reports(outline),
        *read_related_movements(outline),
    ]
    assert [type(one).__name__ for one in found] == ["Subject", "Funding", "Report", "RelatedMovement"]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thứ 5 hàng tuần báo cáo tiến độ.", ("Báo cáo tiến độ", None, "Thứ 5 hàng tuần")),
        (
            "Định kỳ ngày 20 tháng cuối quý báo cáo kết quả.",
            ("Báo cáo kết quả", None, "ngày 20 tháng cuối quý"),
        ),
        ("Hằng tháng tổng hợp báo cáo Tư lệnh, Chính ủy.", ("Báo cáo tổng hợp", "Tư lệnh", "Hằng tháng")),
    ],
)
def test_a_report_asked_for_again_and_again(sentence, expected):
    assert reports(sentence) == [expected]


def test_a_report_sent_each_week_counts_among_the_measures_too():
    body = "I. BIỆN PHÁP\n1. Thứ Sáu hằng tuần, báo cáo nhanh qua nhóm Zalo.\n2. Đổi mới chế độ báo cáo."

    assert [one.what for one in read_reports(plan(body))] == ["Báo cáo nhanh"]


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("1. Phòng Kế toán: chi thưởng từ Quỹ khen thưởng của trường.", ["Quỹ khen thưởng của trường"]),
        (
            "1. Tặng quà cho 20 hộ nghèo (mỗi suất 500.000 đồng, chi từ ngân sách phường).",
            ["ngân sách phường"],
        ),
        (
            "1. Kinh phí: trích từ quỹ thi đua của trường và Hội Phụ huynh ủng hộ.",
            ["quỹ thi đua của trường", "Hội Phụ huynh ủng hộ"],
        ),
    ],
)
def test_money_spent_names_its_source(line, sources):
    assert [one.source for one in read_funding(plan(f"I. TỔ CHỨC THỰC HIỆN\n{line}"))] == sources
