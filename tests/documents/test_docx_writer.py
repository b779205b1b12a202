"""Papers as Word files."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.shared import Mm

from core.drafting.plans import a_unit_plan
from thidua.core.drafting.document import Annex, Column, Header, Table
from thidua.core.drafting.plan import plan_document
from thidua.documents.docx_writer import docx_file


def written(**changes):
    return docx.Document(BytesIO(docx_file(plan_document(a_unit_plan(**changes)))))


def cell_lines(cell):
    return [paragraph.text.replace("\n", " ") for paragraph in cell.paragraphs if paragraph.text]


def test_the_page_is_that_of_the_decree():
    section = written().sections[0]

    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sides = [section.left_margin, section.right_margin]
    assert [round(size.mm) for size in [*sizes, *sides]] == [210, 297, 20, 20, 30, 15]


def test_the_head_stands_in_two_columns():
    head = written().tables[0]

    assert [[cell_lines(cell) for cell in row.cells] for row in head.rows] == [
        [
            ["ỦY BAN NHÂN DÂN TỈNH NHÃ TÂM", "SỞ TƯ PHÁP"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 05/KH-STP"], ["Nhã Tâm, ngày 05 tháng 02 năm 2026"]],
    ]


def test_parts_are_headings_that_word_can_list():
    headings = [p.text for p in written().paragraphs if p.style.name == "Heading 1"]

    assert headings[:3] == ["I. MỤC ĐÍCH, YÊU CẦU", "II. ĐỐI TƯỢNG THI ĐUA", "III. NỘI DUNG THI ĐUA"]


def test_every_style_in_use_is_defined_with_times_new_roman():
    word = written()
    used = {paragraph.style.name: paragraph.style for paragraph in word.paragraphs}

    assert set(used) >= {"Nội dung", "Gạch đầu dòng", "Căn cứ", "Tên loại", "Trích yếu"}
    assert {(style.font.name or style.base_style.font.name) for style in used.values()} == {"Times New Roman"}


def test_the_page_number_is_a_field_hidden_on_the_first_page():
    section = written().sections[0]

    assert section.different_first_page_header_footer is True
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_targets_stand_in_a_table_whose_head_is_repeated():
    table = written().tables[1]

    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Chỉ tiêu", "Mức phấn đấu", "Đơn vị tính"]
    assert [cell.text for cell in table.rows[2].cells] == [
        "02",
        "Vụ việc trợ giúp pháp lý tham gia tố tụng thành công",
        "≥ 60",
        "vụ việc",
    ]
    assert ["w:tblHeader" in row._tr.xml for row in table.rows][:2] == [True, False]


def test_the_last_words_stay_with_the_signature():
    word = written()
    last = word.paragraphs[-1]

    assert last.text.endswith("giải quyết./.")
    assert last.paragraph_format.keep_with_next is True
    assert cell_lines(word.tables[-1].rows[0].cells[1]) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hoài Ẩn"]
    assert cell_lines(word.tables[-1].rows[0].cells[0])[0] == "Nơi nhận:"


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_papers_of_the_demonstration_are_marked_on_every_page(is_demo):
    section = written(is_demo=is_demo).sections[0]

    tops = [header.paragraphs[0].text for header in (section.first_page_header, section.header)]
    assert ["DỮ LIỆU MINH HỌA" in top for top in tops] == [is_demo, is_demo]


def test_the_theme_is_set_off_in_the_opening():
    runs = {
        run.text: (run.bold, run.italic) for p in written(theme="Về đích sớm").paragraphs for run in p.runs
    }

    assert runs["“Về đích sớm”"] == (True, True)


def test_text_that_looks_like_xml_is_text():
    word = written(purposes=("<w:p> & “nháy” </w:p>",), requirements=())

    assert "- <w:p> & “nháy” </w:p>" in [paragraph.text for paragraph in word.paragraphs]


def test_a_long_name_is_broken_into_even_lines():
    name = "Cụm thi đua các cơ quan tư pháp khu vực miền núi phía Bắc"
    head = written(header=Header(name, "CTĐ", "Hà Giang")).tables[0]

    lines = head.rows[0].cells[0].paragraphs[0].text.split("\n")

    assert " ".join(lines) == name.upper()
    assert max(map(len, lines)) - min(map(len, lines)) <= 6


def test_an_annex_begins_a_page():
    document = plan_document(a_unit_plan())
    annex = Annex("Danh sách", (Table((Column("TT"), Column("Họ và tên", 3)), (("1", "Đặng Ỷ"),)),))

    word = docx.Document(BytesIO(docx_file(replace(document, annexes=(annex,)))))
    first = next(p for p in word.paragraphs if p.text == "PHỤ LỤC")

    assert first.paragraph_format.page_break_before is True
    assert [cell.text for cell in word.tables[-1].rows[1].cells] == ["1", "Đặng Ỷ"]
    assert word.tables[-1].columns[1].width > Mm(100)


def test_the_properties_name_the_paper_and_its_body():
    properties = written().core_properties

    assert (properties.author, properties.title.partition(" chào")[0]) == (
        "Sở Tư pháp",
        "Kế hoạch Phát động phong trào thi đua",
    )
