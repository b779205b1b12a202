"""Names of bodies, contacts and works end where another matter begins."""

import pytest

from core.plans.writing import plan
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.duties import read_responsibilities
from thidua.core.plans.funding import read_funding
from thidua.core.plans.issuers import read_issuer
from thidua.core.plans.outline import outline_of
from thidua.core.plans.reports import read_reports
from thidua.core.plans.source import Source
from thidua.core.plans.themes import read_themes


def _duties(sentence):
    found = read_responsibilities(plan(f"I. TỔ CHỨC THỰC HIỆN\n1. {sentence}"))
    return [(one.body, [duty.text_start for duty in one.duties]) for one in found]


def _deadlines(sentence):
    found = read_deadlines(plan(f"I. TỔ CHỨC THỰC HIỆN\n1. {sentence}"))
    return [(one.what, one.who, one.due, one.recurring) for one in found]


def test_help_in_the_name_of_a_centre_is_no_work():
    assert _duties("Trung tâm trợ giúp pháp lý gửi báo cáo trước ngày 25/11/2024.") == [
        ("Trung tâm trợ giúp pháp lý", ["gửi báo cáo trước ngày 25/11/2024."])
    ]


def test_a_colon_inside_a_bracket_parts_no_duty_from_its_bearer():
    sentence = "Đồng chí Ngô Phương Thảo, chuyên viên Văn phòng Cục (ĐT: 0912 000 111) là đầu mối theo dõi."

    ((body, _),) = _duties(sentence)

    assert body == "Đồng chí Ngô Phương Thảo, chuyên viên Văn phòng Cục (ĐT: 0912 000 111)"


def test_a_draft_handed_to_a_head_is_not_in_the_name():
    body = (
        "I. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị: trình Cục trưởng dự thảo báo cáo 6 tháng trước ngày 10/6/2024."
    )

    assert [one.to for one in read_reports(plan(body))] == ["Cục trưởng"]


def test_the_name_of_a_report_ends_before_the_days_it_is_sent_in():
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Các phòng gửi báo cáo sơ kết từ ngày 01/6 đến ngày 10/6/2024."

    assert [(one.what, one.due) for one in read_reports(plan(body))] == [("Báo cáo sơ kết", "2024-06-10")]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        (
            "Các đơn vị tự chấm điểm trước ngày 15/11/2024.",
            ("Các đơn vị tự chấm điểm", "Các đơn vị", "2024-11-15", None),
        ),
        (
            "Hồ sơ gửi từ ngày 15/11/2024 đến hết ngày 30/11/2024.",
            ("Hồ sơ gửi", None, "2024-11-30", None),
        ),
        (
            "Hồ sơ nộp về Văn phòng từ 01 đến 15/11 hằng năm.",
            ("Hồ sơ nộp về Văn phòng", None, "--11-15", "yearly"),
        ),
    ],
)
def test_a_work_is_told_without_the_words_of_its_term(sentence, read):
    assert _deadlines(sentence) == [read]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("cấp phát tiền thưởng từ quỹ khen thưởng của Công ty.", "quỹ khen thưởng của Công ty"),
        ("chi trả tiền thưởng từ nguồn ngân sách huyện.", "ngân sách huyện"),
        ("sử dụng nguồn quỹ khen thưởng của Sở để khen thưởng.", "quỹ khen thưởng của Sở"),
    ],
)
def test_a_duty_may_tell_what_prizes_are_paid_from(sentence, source):
    outline = plan(f"I. TỔ CHỨC THỰC HIỆN\n1. Phòng Kế toán: {sentence}")

    assert [one.source for one in read_funding(outline)] == [source]


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        ("GIÁM ĐỐC BỆNH VIỆN ĐA KHOA TỈNH TAM ĐIỀN", "Bệnh viện Đa khoa tỉnh Tam Điền"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH", "Ủy ban nhân dân xã An Bình"),
        ("HIỆU TRƯỞNG TRƯỜNG TIỂU HỌC CAO BẰNG", "Trường tiểu học Cao Bằng"),
    ],
)
def test_whoever_signs_in_one_line_with_the_body_tells_who_issues(signed, issuer):
    text = (
        "LỜI PHÁT ĐỘNG\nPhong trào thi đua năm 2024\n\nThưa các đồng chí!\n"
        f"Tôi phát động phong trào thi đua “Học và làm theo Bác”.\n\n{signed}\n\nNguyễn Văn Nam\n"
    )

    found = read_issuer(outline_of(Source.from_text(text)))

    assert found is not None
    assert (found.value, found.confidence) == (issuer, "check")


@pytest.mark.parametrize("said", ["Phát động phong trào", "Các đơn vị thi đua hoàn thành nhiệm vụ"])
def test_a_theme_in_straight_quotes_ends_at_the_second(said):
    body = f'I. NỘI DUNG\n{said} theo chủ đề "Đoàn kết, sáng tạo, nêu gương".'

    assert [one.text for one in read_themes(plan(body))] == ["Đoàn kết, sáng tạo, nêu gương"]
