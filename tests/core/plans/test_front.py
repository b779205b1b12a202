"""The line that names the kind and the title below it, in documents set, stamped or typed in unusual ways."""

import pytest

from core.plans.writing import plan
from thidua.core.plans.bases import read_legal_basis
from thidua.core.plans.header import read_issued_on, read_number
from thidua.core.plans.issuers import read_issuer
from thidua.core.plans.kinds import doc_type_of
from thidua.core.plans.outline import outline_of
from thidua.core.plans.source import Source
from thidua.core.plans.titles import read_title, title_parts

BASES = "Căn cứ Kế hoạch số 12/KH-SNV ngày 05/01/2024 của Sở Nội vụ;\nTrường xây dựng kế hoạch như sau:\n"
BODY = f"{BASES}\nI. MỤC TIÊU\n1. Mỗi lớp trồng ít nhất 05 cây.\n"
HEAD = "TRƯỜNG THCS ĐỒNG VĂN\nSố: 41/KH-THCS\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
DAY = "Đồng Văn, ngày 10 tháng 01 năm 2024\n\n"


@pytest.mark.parametrize(
    "title",
    [
        "TỔ CHỨC CÁC ĐỢT THI ĐUA TRONG NĂM HỌC 2024-2025",
        "TỔ CHỨC PHONG TRÀO THI ĐUA NĂM 2024",
        "HỘI THI VÀ PHONG TRÀO THI ĐUA NĂM 2024",
        "PHÒNG, CHỐNG CHÁY NỔ TRONG ĐỢT THI ĐUA NĂM 2024",
    ],
)
def test_a_title_in_capitals_that_sounds_like_a_body_is_the_title(title):
    outline = plan(BODY, title=title)

    assert getattr(read_title(outline), "value", None) == title
    assert outline.is_launch_plan
    assert [one.role for one in read_legal_basis(outline)] == ["basis"]


def test_a_title_that_sounds_like_a_body_may_take_two_lines():
    outline = plan(BODY, title="TỔ CHỨC ĐỢT THI ĐUA CAO ĐIỂM\nTỔ CHỨC ĐẢNG TRONG SẠCH NĂM 2024")

    wanted = "TỔ CHỨC ĐỢT THI ĐUA CAO ĐIỂM TỔ CHỨC ĐẢNG TRONG SẠCH NĂM 2024"
    assert getattr(read_title(outline), "value", None) == wanted


def test_who_decides_is_no_part_of_the_title():
    outline = plan(BODY, kind="QUYẾT ĐỊNH", title="Phát động phong trào thi đua\nHIỆU TRƯỞNG TRƯỜNG THCS")

    assert getattr(read_title(outline), "value", None) == "Phát động phong trào thi đua"


@pytest.mark.parametrize(
    ("kind", "doc_type"),
    [("Kế hoạch", "KE_HOACH"), ("Chỉ thị", "CHI_THI"), ("Chương trình", "CHUONG_TRINH")],
)
def test_the_kind_may_stand_alone_in_small_letters(kind, doc_type):
    outline = outline_of(
        Source.from_text(f"{HEAD}{DAY}{kind}\nThi đua cao điểm 60 ngày làm sạch trường\n\n{BODY}")
    )

    assert doc_type_of(outline.part) == doc_type
    assert getattr(read_title(outline), "value", None) == "Thi đua cao điểm 60 ngày làm sạch trường"
    assert outline.is_launch_plan


def test_the_kind_of_an_attached_plan_may_stand_alone_in_small_letters():
    decision = f"{HEAD}{DAY}Quyết định\nBan hành kế hoạch\n\nCăn cứ Luật Giáo dục;\nQuyết định:\n"
    articles = "Điều 1. Ban hành kế hoạch.\nĐiều 2. Thi hành từ ngày ký.\nHiệu trưởng\nLò Văn Thấu\n\n"
    issued = "Kế hoạch\nPhát động thi đua năm 2024\n(Kèm theo Quyết định số 41/QĐ-THCS)\n"

    outline = outline_of(Source.from_text(f"{decision}{articles}{issued}\n{BODY}"))

    assert outline.part.kind == "KE_HOACH"
    assert getattr(read_title(outline), "value", None) == "Phát động thi đua năm 2024"


def test_a_heading_of_a_menu_names_no_kind():
    outline = outline_of(
        Source.from_text(f"Tin tức\nThông báo\n{HEAD}{DAY}KẾ HOẠCH\nPhát động thi đua\n\n{BODY}")
    )

    assert outline.part.kind == "KE_HOACH"
    assert [part.text for part in title_parts(outline)] == ["Phát động thi đua"]


@pytest.mark.parametrize(
    "stamp",
    [
        "CÔNG VĂN ĐẾN\nSố: 4467\nNgày: 18/5/2024\n",
        "VĂN BẢN ĐẾN\nSố đến: 12\nNgày đến: 18-5-2024\nChuyển: Phòng Nội vụ\n",
        "ĐẾN\nSố: 4467\nNgày 18/5/2024\nLưu hồ sơ số:\n",
        "CÔNG VĂN ĐẾN Số: 4467 Ngày: 18/5/2024\n",
    ],
)
def test_the_stamp_of_the_receiver_is_passed_over(stamp):
    outline = outline_of(Source.from_text(f"{HEAD}{DAY}{stamp}KẾ HOẠCH\nPhát động thi đua\n\n{BODY}"))

    assert outline.part.kind == "KE_HOACH"
    assert getattr(read_title(outline), "value", None) == "Phát động thi đua"
    assert getattr(read_number(outline), "value", None) == "41/KH-THCS"
    assert getattr(read_issued_on(outline), "value", None) == "2024-01-10"


def test_a_number_below_a_stamp_is_the_document_s_own():
    stamped = f"TRƯỜNG THCS ĐỒNG VĂN\nCÔNG VĂN ĐẾN\nSố: 12\nSố: 41/KH-THCS\n{DAY}"

    outline = outline_of(Source.from_text(f"{stamped}KẾ HOẠCH\nPhát động thi đua\n\n{BODY}"))

    assert getattr(read_number(outline), "value", None) == "41/KH-THCS"


@pytest.mark.parametrize(
    "title",
    [
        "Hưởng ứng phong trào thi đua “Cả nước chung tay”",
        "Phát động đợt thi đua “Về đích” và phong trào “Xanh”",
        'Hưởng ứng phong trào thi đua "Cả nước chung tay"',
        "“Bản sạch” - phong trào của mỗi nhà",
    ],
)
def test_a_title_keeps_the_marks_of_the_name_that_ends_it(title):
    assert getattr(read_title(plan(BODY, title=title)), "value", None) == title


@pytest.mark.parametrize("title", ["“V/v phát động thi đua năm 2024”", "“Phát động thi đua năm 2024”"])
def test_marks_around_a_whole_title_are_left_out(title):
    value = getattr(read_title(plan(BODY, title=title)), "value", "")

    assert value.casefold() == "phát động thi đua năm 2024"


@pytest.mark.parametrize(
    "title",
    [
        "Thi đua chào mừng 30 năm thành lập trường",
        "Cao điểm thi đua 100 ngày về đích",
        "Thi đua 60 ngày đêm làm đường",
        "Công tác thi đua, khen thưởng năm học 2024 - 2025",
    ],
)
def test_a_plan_may_launch_by_its_title_and_sections(title):
    body = "I. NỘI DUNG THI ĐUA\n1. Mỗi lớp trồng ít nhất 05 cây.\nII. KHEN THƯỞNG\n1. Tặng Giấy khen cho 02 lớp."
    unnumbered = body.replace("II. ", "").replace("I. ", "")

    assert [plan(each, title=title).is_launch_plan for each in (body, unnumbered)] == [True, True]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Công tác thi đua, khen thưởng năm 2024",
            "I. NHIỆM VỤ\n1. Tham mưu văn bản.\nII. KINH PHÍ\n1. Ngân sách.",
        ),
        (
            "Hoạt động Cụm thi đua số 3 năm 2024",
            "I. NỘI DUNG THI ĐUA\n1. Họp cụm.\nII. KHEN THƯỞNG\n1. Suy tôn.",
        ),
        (
            "Kiểm tra công tác thi đua, khen thưởng",
            "I. NỘI DUNG THI ĐUA\n1. Họp.\nII. KHEN THƯỞNG\n1. Hồ sơ.",
        ),
    ],
)
def test_a_plan_about_the_work_alone_launches_nothing(title, body):
    assert not plan(body, title=title).is_launch_plan


SMALL_HEADER = """Liên đoàn lao động tỉnh Sơn Hà
Liên đoàn lao động huyện Đồng Văn
Số: 16/KH-LĐLĐ
Cộng hòa xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Đồng Văn, ngày 05 tháng 3 năm 2024

"""


def test_a_header_whose_capitals_were_lost_names_the_issuer():
    outline = outline_of(Source.from_text(f"{SMALL_HEADER}Kế hoạch\nPhát động thi đua năm 2024\n\n{BODY}"))

    assert getattr(read_issuer(outline), "value", None) == "Liên đoàn lao động huyện Đồng Văn"


def test_a_title_in_running_letters_goes_on_below_its_first_line():
    heading = "Kế hoạch phát động thi đua\nchào mừng 50 năm thành lập trường"

    outline = outline_of(Source.from_text(f"{SMALL_HEADER}{heading}\n\n{BODY}"))

    wanted = "phát động thi đua chào mừng 50 năm thành lập trường"
    assert getattr(read_title(outline), "value", None) == wanted
