from io import BytesIO
from unicodedata import normalize
from zipfile import ZipFile

import pytest

from documents.wordml import cell, paragraph, run, table, word_file, zipped
from thidua.core.plans.source import Block
from thidua.documents.docx_reader import read_docx
from thidua.documents.errors import EmptyFileError
from thidua.documents.notices import notice

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def text_of(body, **parts):
    return read_docx(word_file(body, **parts), "a.docx").text


def field(code, result):
    return (
        FIELD.format("begin")
        + f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        + FIELD.format("separate")
        + run(result)
        + FIELD.format("end")
    )


def box(*paragraphs):
    """Return a text box as Word writes it: once for new programs, once again for old ones."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_paragraphs_stand_a_line_each_with_their_places():
    source = read_docx(word_file(paragraph("Kế hoạch") + paragraph("Nội dung")), "a.docx")

    assert source.text == "Kế hoạch\nNội dung"
    assert source.blocks == (Block(0, 8), Block(9, 17))


def test_bold_is_told_of_paragraphs_bold_throughout():
    bold = "<w:b/>"
    body = (
        paragraph(inner=run("MỤC", bold) + run(" ") + run("ĐÍCH", bold))
        + paragraph(inner=run("Mục", bold) + run(" đích"))
        + paragraph(inner=run("Thường", '<w:b w:val="0"/>'), style="Dam")
        + paragraph("Đậm", style="Dam")
    )
    styles = '<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'

    blocks = read_docx(word_file(body, styles=styles), "a").blocks

    assert [block.bold for block in blocks] == [True, False, False, True]


def test_centred_is_told_of_paragraphs_and_their_styles():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Goc"/></w:style>'
    )
    body = (
        paragraph("giữa", properties='<w:jc w:val="center"/>')
        + paragraph("giữa", style="Con")
        + paragraph("trái", style="Con", properties='<w:jc w:val="left"/>')
    )

    blocks = read_docx(word_file(body, styles=styles), "a").blocks

    assert [block.centred for block in blocks] == [True, True, False]


def test_styles_based_on_each_other_in_a_circle_end():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        for own, other in (("A", "B"), ("B", "A"))
    )

    assert text_of(paragraph("x", style="A"), styles=styles) == "x"


@pytest.mark.parametrize(
    "beside",
    [
        '<w:style w:type="table" w:styleId="Luoi"><w:rPr><w:b/></w:rPr></w:style>',
        '<w:style w:type="table" w:styleId="Luoi"/>',
        '<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>',
        '<w:latentStyles w:count="0"/>',
        '<w:style w:styleId="Luoi"/><!-- </w:style><w:style w:type="table" w:styleId="x">-->',
    ],
    ids=["whole", "empty", "not in use", "no list", "in a remark"],
)
def test_styles_beside_those_no_paragraph_bears_are_read(beside):
    styles = (
        f'{beside}<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>{beside}'
        f'<w:style w:type="paragraph" w:styleId="Giua"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>{beside}'
    )
    body = paragraph("a", style="Dam") + paragraph("b", style="Giua")

    blocks = read_docx(word_file(body, styles=styles), "a").blocks

    assert [(block.bold, block.centred) for block in blocks] == [(True, False), (False, True)]


def test_capitals_drawn_by_the_format_are_read_as_capitals():
    assert text_of(paragraph(inner=run("Kế hoạch", "<w:caps/>") + run(" năm"))) == "KẾ HOẠCH năm"


def test_line_ends_inside_a_paragraph_give_lines():
    source = read_docx(word_file(paragraph(inner=run("Một") + "<w:r><w:br/></w:r>" + run("Hai"))), "a")

    assert source.text == "Một\nHai"
    assert [block.kind for block in source.blocks] == ["line", "line"]


def test_tabs_and_special_signs_are_read_as_they_show():
    tab, hyphen = "<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"
    soft = "<w:r><w:softHyphen/></w:r>"
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'

    assert text_of(paragraph(inner=run("1.") + tab + run("Mục"))) == "1. Mục"
    assert text_of(paragraph(inner=run("Nơi nhận:") + tab + run("CHỦ TỊCH"))) == "Nơi nhận:    CHỦ TỊCH"
    assert text_of(paragraph(inner=run("NĐ") + hyphen + run("CP"))) == "NĐ-CP"
    assert text_of(paragraph(inner=run("Thi đ") + soft + run("ua"))) == "Thi đua"
    assert text_of(paragraph(inner=run("Tỷ lệ ") + sign + run(" 80%"))) == "Tỷ lệ ≥ 80%"


def test_letters_come_out_in_normal_form_c():
    assert text_of(paragraph(normalize("NFD", "Kế hoạch"))) == normalize("NFC", "Kế hoạch")


def test_tracked_insertions_stay_and_deletions_go():
    body = paragraph(
        inner=run("Thời hạn ")
        + '<w:del w:id="1"><w:r><w:delText>15/3</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("30/3")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run(" cũ")}</w:moveFrom><w:moveTo w:id="4">{run(" mới")}</w:moveTo>'
    )

    source = read_docx(word_file(body), "a")

    assert source.text == "Thời hạn 30/3 mới"
    assert source.notices == (notice("deletions_left_out", count=1),)


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = paragraph("Phần đầu ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("và phần sau.")

    assert text_of(body) == "Phần đầu và phần sau."


def test_a_deleted_table_row_is_left_out():
    rows = cell(paragraph("giữ")), f"<w:trPr><w:del/></w:trPr>{cell(paragraph('bỏ'))}"

    assert text_of(table(*rows)) == "giữ"


def test_hidden_text_is_left_out_and_told():
    source = read_docx(word_file(paragraph(inner=run("Thấy") + run(" không thấy", "<w:vanish/>"))), "a")

    assert (source.text, source.notices) == ("Thấy", (notice("hidden_text_left_out"),))


def test_links_and_fields_show_their_text():
    link = f'<w:hyperlink r:id="x">{run("moj.gov.vn")}</w:hyperlink>'
    simple = f'<w:fldSimple w:instr=" DATE ">{run("13/7/2021")}</w:fldSimple>'

    assert text_of(paragraph(inner=run("Xem ") + link)) == "Xem moj.gov.vn"
    assert text_of(paragraph(inner=run("Ngày ") + simple)) == "Ngày 13/7/2021"
    assert text_of(paragraph(inner=run("Mục ") + field("REF muc1", "II"))) == "Mục II"


def test_the_table_of_contents_does_not_double_the_headings():
    contents = (
        paragraph(
            inner=FIELD.format("begin")
            + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
            + FIELD.format("separate")
            + run("I. MỤC ĐÍCH 1")
        )
        + paragraph("II. YÊU CẦU 2")
        + paragraph(inner=FIELD.format("end"))
    )

    assert text_of(contents + paragraph("I. MỤC ĐÍCH")) == "I. MỤC ĐÍCH"


def test_content_controls_show_what_is_in_them():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Trong khung')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{run('chữ')}</w:sdtContent></w:sdt>"

    assert text_of(control + paragraph(inner=run("một ") + inline)) == "Trong khung\nmột chữ"


def test_cells_are_read_row_by_row_with_their_places():
    rows = (
        cell(paragraph("TT")) + cell(paragraph("Nội dung")),
        cell(paragraph("1")) + cell(paragraph("Ý một"), paragraph("Ý hai")),
    )

    source = read_docx(word_file(table(*rows)), "a")

    assert source.text == "TT\nNội dung\n1\nÝ một\nÝ hai"
    assert [(b.kind, b.row, b.column) for b in source.blocks] == [
        ("cell", 0, 0), ("cell", 0, 1), ("cell", 1, 0), ("cell", 1, 1), ("cell", 1, 1),
    ]  # fmt: skip


def test_merged_cells_are_read_once_and_keep_the_columns_right():
    start, under, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        cell(paragraph("A"), properties=start) + cell(paragraph("B"), properties=wide) + cell(paragraph("C")),
        cell(paragraph("A"), properties=under)
        + cell(paragraph("D"))
        + cell(paragraph("E"))
        + cell(paragraph("F")),
    )

    source = read_docx(word_file(table(*rows)), "a")

    seen = [(source.text[b.start : b.end], b.row, b.column) for b in source.blocks]
    assert seen == [("A", 0, 0), ("B", 0, 1), ("C", 0, 3), ("D", 1, 1), ("E", 1, 2), ("F", 1, 3)]


def test_a_table_in_a_cell_is_read_as_part_of_that_cell():
    inner = table(cell(paragraph("trong")) + cell(paragraph("cùng")))
    source = read_docx(word_file(table(cell(paragraph("một")) + cell(paragraph("ngoài"), inner))), "a")

    assert [(source.text[b.start : b.end], b.column) for b in source.blocks] == [
        ("một", 0), ("ngoài", 1), ("trong", 1), ("cùng", 1),
    ]  # fmt: skip


def test_a_text_box_is_read_once_after_its_paragraph():
    assert text_of(paragraph(inner=run("Thân bài") + box(paragraph("DỰ THẢO"), paragraph("lần 2")))) == (
        "Thân bài\nDỰ THẢO\nlần 2"
    )


def test_headers_come_first_and_footers_last_without_page_numbers():
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    )
    source = read_docx(
        word_file(
            paragraph("Thân bài") + section,
            header1=paragraph("Kế hoạch thi đua") + paragraph(inner=field("PAGE", "2")),
            footer1=paragraph("Sở Tư pháp"),
        ),
        "a",
    )

    assert source.text == "Kế hoạch thi đua\nThân bài\nSở Tư pháp"
    assert [block.kind for block in source.blocks] == ["header", "paragraph", "footer"]


def test_a_header_is_read_where_pages_show_it_and_each_wording_once():
    first = '<w:headerReference w:type="first" r:id="header1"/>'
    even = '<w:headerReference w:type="even" r:id="header2"/>'
    default = '<w:headerReference w:type="default" r:id="header3"/>'
    headers = {
        "header1": paragraph("Trang đầu"),
        "header2": paragraph("Chẵn"),
        "header3": paragraph("Mọi trang"),
    }
    plain = f"<w:sectPr>{first}{even}{default}</w:sectPr>"
    with_first = f"<w:sectPr>{first}{default}<w:titlePg/></w:sectPr>"
    in_paragraph = paragraph("Một", properties=plain)

    assert text_of(paragraph("Thân") + plain, **headers) == "Mọi trang\nThân"
    assert (
        text_of(in_paragraph + paragraph("Hai") + with_first, **headers) == "Mọi trang\nTrang đầu\nMột\nHai"
    )
    assert text_of(paragraph("Thân") + plain, settings="<w:evenAndOddHeaders/>", **headers) == (
        "Chẵn\nMọi trang\nThân"
    )


def test_the_papers_own_head_set_in_a_page_header_belongs_to_the_text():
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    head = paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Số: 12/KH-UBND")

    blocks = read_docx(word_file(paragraph("Thân bài") + section, header1=head), "a").blocks

    assert [block.kind for block in blocks] == ["paragraph", "paragraph", "paragraph"]


def test_the_strict_kind_of_open_xml_is_read_alike():
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    usual = word_file(paragraph("Thân bài") + section, header1=paragraph("Đầu trang"))
    with ZipFile(BytesIO(usual)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    old = b"http://schemas.openxmlformats.org/"
    for usual_name, strict_name in (
        (old + b"wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (
            old + b"officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        parts = {name: content.replace(usual_name, strict_name) for name, content in parts.items()}

    assert read_docx(zipped(parts), "a").text == "Đầu trang\nThân bài"


def test_footnotes_follow_the_text():
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Theo Nghị định 98/2023/NĐ-CP.")}</w:footnote>'
    )
    body = paragraph(inner=run("Năm 2024") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("."))

    assert text_of(body, footnotes=notes) == "Năm 2024.\nTheo Nghị định 98/2023/NĐ-CP."


def test_runs_in_a_tcvn3_font_are_repaired_even_when_a_word_is_cut():
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = paragraph(inner=run("Phong trµo thi ®ua yªu n", font) + run("­íc", font) + run(" năm 2024"))

    source = read_docx(word_file(body), "a")

    assert source.text == "Phong trào thi đua yêu nước năm 2024"
    assert source.notices == (notice("legacy_letters_repaired", encodings="TCVN3"),)


def test_a_font_of_capitals_is_read_as_capitals():
    font = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'

    assert text_of(paragraph(inner=run("KÕ ho¹ch", font))) == "KẾ HOẠCH"


def test_unicode_text_that_kept_an_old_fonts_name_stays():
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = paragraph(inner=run("Thực hiện phong trào", font)) + paragraph(inner=run("hôm nay", font))

    assert text_of(body) == "Thực hiện phong trào\nhôm nay"


def test_text_typed_in_vni_without_its_font_is_repaired():
    body = paragraph("Keá hoaïch phaùt ñoäng phong traøo thi ñua yeâu nöôùc naêm 2024") * 2

    source = read_docx(word_file(body), "a")

    assert source.text.split("\n")[0] == "Kế hoạch phát động phong trào thi đua yêu nước năm 2024"
    assert source.blocks[1] == Block(56, 111)
    assert source.notices == (notice("legacy_letters_repaired", encodings="VNI"),)


def test_a_document_without_a_word_is_empty():
    with pytest.raises(EmptyFileError):
        read_docx(word_file(paragraph("") + table(cell(paragraph(" ")))), "a.docx")
