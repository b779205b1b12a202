"""Papers as PDF."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from core.drafting.plans import a_unit_plan
from thidua.core.drafting.doc_types import DocType
from thidua.core.drafting.document import (
    Annex,
    Bullets,
    Column,
    Document,
    Header,
    Paragraph,
    Part,
    Recipient,
    Signature,
    SignMode,
    Table,
)
from thidua.core.drafting.plan import plan_document
from thidua.documents.pdf_writer import pdf

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def pages(document):
    with pypdfium2.PdfDocument(pdf(document)) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def a_letter(**changes):
    given = {
        "header": Header("Vụ Thi đua", "VTĐKT", "Hà Nội", "Bộ Tư pháp", 7, date(2026, 3, 9)),
        "doc_type": DocType.CV,
        "subject": "hướng dẫn tổng kết phong trào",
        "signature": Signature("Phó Vụ trưởng", "Trần Đức Mậu", SignMode.KT, "Vụ trưởng"),
        "addressees": ("Các đơn vị thuộc Bộ;", "Sở Tư pháp các tỉnh."),
        "opening": (Paragraph.of("Vụ đề nghị các đơn vị báo cáo./."),),
        "recipients": (Recipient("Như trên"),),
    }
    return Document(**(given | changes))


def test_a_plan_bears_the_parts_of_the_form():
    text = " ".join(pages(plan_document(a_unit_plan())))

    for part in (
        "ỦY BAN NHÂN DÂN TỈNH NHÃ TÂM",
        "SỞ TƯ PHÁP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/KH-STP",
        "Nhã Tâm, ngày 05 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "giải quyết./.",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
        "- Lưu: VT, VP.",
        "Lê Thị Hoài Ẩn",
    ):
        assert part in text


def test_the_page_number_stands_from_the_second_page_on():
    starts = [page.split()[0] for page in pages(plan_document(a_unit_plan()))]

    assert starts == ["ỦY", "2", "3"]


def test_an_official_letter_has_its_subject_under_the_number_and_no_heading():
    text = pages(a_letter())[0]

    assert re.search(r"Số: 07/VTĐKT\b", text)
    assert "V/v hướng dẫn tổng kết phong trào" in text
    assert "Kính gửi: - Các đơn vị thuộc Bộ; - Sở Tư pháp các tỉnh." in text
    assert "CÔNG VĂN" not in text


def test_every_vietnamese_letter_is_shown_with_the_bundled_font_alone():
    both = LETTERS + LETTERS.upper()
    made = pdf(
        a_letter(opening=(Paragraph.of(both), Paragraph.of(both, bold=True), Paragraph.of(both, italic=True)))
    )

    with pypdfium2.PdfDocument(made) as opened:
        text = re.sub(r"\s", "", opened[0].get_textpage().get_text_range())
        fonts = {font_of(text_object) for text_object in opened[0].get_objects((pdfium.FPDF_PAGEOBJ_TEXT,))}

    assert text.count(both) == 3
    assert {font.partition("+")[2].partition("-")[0] for font in fonts} == {"Tinos"}


def font_of(text_object):
    font = pdfium.FPDFTextObj_GetFont(text_object)
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = (pdfium.c_char * size)()
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode()


def test_what_looks_like_markup_is_shown_as_it_is():
    words = "*đậm* #sys.inputs $x$ <b> \\ @ref = tiêu_đề `mã` // chú"

    assert words in pages(a_letter(opening=(Paragraph.of(words), Bullets((words,)))))[0]


def test_the_file_says_that_it_is_made_for_archives():
    made = pdf(a_letter())

    assert (
        b"<pdfaid:part>2</pdfaid:part>" in made,
        b"<pdfaid:conformance>B</pdfaid:conformance>" in made,
    ) == (
        True,
        True,
    )


def test_the_same_document_gives_the_same_bytes():
    document = plan_document(a_unit_plan())
    pdf(a_letter())

    assert pdf(document) == pdf(document)


def test_a_draft_leaves_room_for_number_and_day():
    draft = Header("Sở Tư pháp", "STP", "Nhã Tâm", year=2026)
    with pypdfium2.PdfDocument(pdf(plan_document(a_unit_plan(header=draft)))) as opened:
        text = opened[0].get_textpage()
        number = left_of(text, "/KH-STP") - left_of(text, "Số:")
        day, month = (
            left_of(text, "tháng ") - left_of(text, "ngày "),
            left_of(text, "năm 2026") - left_of(text, "tháng "),
        )

    assert [round(room * 25.4 / 72) for room in (number, day, month)] == [15, 15, 16]


def left_of(text, words):
    """Return where ``words`` first begin on the page, in points from its left edge."""
    return text.get_charbox(text.search(words).get_next()[0])[0]


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_papers_of_the_demonstration_are_marked_on_every_page(is_demo):
    marked = ["DỮ LIỆU MINH HỌA" in page for page in pages(plan_document(a_unit_plan(is_demo=is_demo)))]

    assert marked == [is_demo] * 3


@pytest.mark.parametrize("count", range(20, 34))
def test_no_page_bears_the_signature_alone(count):
    body = tuple(Paragraph.of(f"Đoạn {place} của văn bản.") for place in range(count))
    last_page = pages(a_letter(opening=body))[-1]

    assert f"Đoạn {count - 1} của văn bản." in last_page
    assert "Trần Đức Mậu" in last_page


def test_an_annex_begins_a_page_and_its_long_table_repeats_the_head():
    rows = tuple((str(place), "Đặng Thị Ỷ", "Lao động tiên tiến") for place in range(60))
    table = Table((Column("TT"), Column("Họ và tên", 4), Column("Danh hiệu", 3)), rows)
    document = replace(a_letter(), annexes=(Annex("Danh sách", (table,), (Part("GHI CHÚ"),)),))

    annex = pages(document)[1:]

    assert annex[0].startswith("2 PHỤ LỤC DANH SÁCH (Kèm theo Công văn số 07/VTĐKT ngày 09 tháng 3 năm 2026")
    assert ["TT Họ và tên Danh hiệu" in page for page in annex] == [True] * len(annex)
    assert len(annex) == 2
    assert annex[-1].endswith("I. GHI CHÚ")


def test_a_document_without_a_body_is_still_a_paper():
    assert "Trần Đức Mậu" in pages(a_letter(opening=()))[0]


def a_table_after(count):
    """Return a letter whose table, under its own heading, follows ``count`` paragraphs."""
    words = " ".join(["nội dung của chỉ tiêu"] * 12)
    rows = tuple((str(place), f"Đầu{place} {words} cuối{place}", "≥ 95") for place in range(12))
    table = Table((Column("TT"), Column("Chỉ tiêu", 6), Column("Mức", 2)), rows)
    text = tuple(Paragraph.of(f"Đoạn {place} của văn bản.") for place in range(count))
    return a_letter(parts=(Part("MỤC ĐÍCH", text), Part("BẢNG GIAO", (table,))))


@pytest.mark.parametrize("count", range(18, 36, 3))
def test_a_heading_stays_with_its_table_and_no_row_is_cut(count):
    shown = pages(a_table_after(count))

    assert ["II. BẢNG GIAO" in page and "Đầu0" not in page for page in shown] == [False] * len(shown)
    for place in range(12):
        begun, ended = ([f"{end}{place} " in f"{page} " for page in shown] for end in ("Đầu", "cuối"))
        assert begun == ended
