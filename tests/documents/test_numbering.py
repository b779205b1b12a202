import pytest

from documents.wordml import abstract, cell, level, listed, paragraph, restart, table, word_file
from thidua.documents.docx_reader import read_docx
from thidua.documents.numbering import shown_number

PLAN = abstract(
    1,
    level(0, "%1.", "upperRoman"),
    level(1, "%2."),
    level(2, "%2.%3."),
    level(3, "%4)", "lowerLetter"),
)


def shown(numbering, *places, styles=""):
    """Return the labels Word shows for paragraphs at ``places``, each a list and a level."""
    body = "".join(paragraph("x", number=number, depth=depth) for number, depth in places)
    text = read_docx(word_file(body, numbering=numbering, styles=styles), "a.docx").text
    return [line.removesuffix("x").rstrip() for line in text.split("\n")]


def _numbering_style(kind, name):
    """Return a style that puts its paragraphs in list 1."""
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f'<w:style w:type="{kind}" w:styleId="{name}">{numbers}</w:style>'


def test_each_level_shows_its_own_format_and_the_numbers_above_it():
    labels = shown(PLAN + listed(1, 1), (1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 3))

    assert labels == ["I.", "1.", "1.1.", "1.2.", "a)", "b)"]


def test_a_deeper_level_begins_anew_after_a_higher_one():
    labels = shown(PLAN + listed(1, 1), (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1))

    assert labels == ["I.", "1.", "1.1.", "2.", "2.1.", "II.", "1."]


def test_lists_of_one_abstract_list_go_on_counting_each_other():
    assert shown(PLAN + listed(1, 1) + listed(2, 1), (1, 0), (2, 0), (1, 0)) == ["I.", "II.", "III."]


def test_a_list_told_to_restart_does_so_once():
    numbering = PLAN + listed(1, 1) + listed(2, 1, restart(0, 1))

    assert shown(numbering, (1, 0), (1, 0), (2, 0), (2, 0), (1, 0)) == ["I.", "II.", "I.", "II.", "III."]


def test_two_lists_that_restart_count_apart():
    numbering = PLAN + listed(1, 1, restart(0, 1)) + listed(2, 1, restart(0, 4) + restart(1, 3))

    assert shown(numbering, (1, 0), (1, 0), (2, 0), (2, 1), (1, 0)) == ["I.", "II.", "IV.", "3.", "V."]


def test_an_override_may_replace_a_whole_level():
    replaced = f'<w:lvlOverride w:ilvl="0">{level(0, "Bước %1:", start=5)}</w:lvlOverride>'
    numbering = abstract(1, level(0, "%1.")) + listed(1, 1) + listed(2, 1, replaced)

    assert shown(numbering, (1, 0), (1, 0), (2, 0)) == ["1.", "2.", "Bước 3:"]


def test_a_level_that_never_restarts_goes_on():
    articles = abstract(
        1, level(0, "Chương %1", "upperRoman"), level(1, "Điều %2.", inside='<w:lvlRestart w:val="0"/>')
    )

    labels = shown(articles + listed(1, 1), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1))

    assert labels == ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]


def test_a_level_may_restart_after_one_higher_level_alone():
    numbering = abstract(
        1, level(0, "%1."), level(1, "%2)"), level(2, "(%3)", inside='<w:lvlRestart w:val="1"/>')
    )

    labels = shown(numbering + listed(1, 1), (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2))

    assert labels == ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"]


def test_legal_numbering_shows_roman_levels_in_figures():
    numbering = abstract(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2.", inside="<w:isLgl/>"))

    assert shown(numbering + listed(1, 1), (1, 0), (1, 0), (1, 1)) == ["I.", "II.", "2.1."]


def test_levels_skipped_at_the_start_count_as_used_once():
    assert shown(PLAN + listed(1, 1), (1, 2), (1, 1), (1, 0), (1, 1)) == ["1.1.", "2.", "II.", "1."]


def test_a_number_does_not_show_the_place_of_a_bullet():
    numbering = abstract(1, level(0, "%1."), level(1, "-", "bullet"), level(2, "%1.%2%3."))

    assert shown(numbering + listed(1, 1), (1, 0), (1, 1), (1, 2)) == ["1.", "-", "1.1."]


def test_bullets_of_symbol_fonts_become_signs_any_font_has():
    ring = level(1, "o", "bullet") + ""
    typewriter = ring.replace("</w:lvl>", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:lvl>')
    numbering = abstract(
        1, level(0, "\uf0b7", "bullet"), typewriter, level(2, "\uf02d", "bullet"), level(3, "+", "bullet")
    )

    assert shown(numbering + listed(1, 1), (1, 0), (1, 1), (1, 2), (1, 3)) == ["•", "○", "-", "+"]


def test_what_follows_a_number_may_be_nothing():
    numbering = abstract(1, level(0, "%1/").replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText'))
    body = paragraph("Mục đích", number=1, depth=0)

    assert read_docx(word_file(body, numbering=numbering + listed(1, 1)), "a").text == "1/Mục đích"


def test_paragraphs_without_text_are_counted_and_not_shown():
    body = "".join(paragraph(text, number=1, depth=0) for text in ("Một", "", "Ba"))

    text = read_docx(word_file(body, numbering=PLAN + listed(1, 1)), "a").text

    assert text == "I. Một\nIII. Ba"


def test_a_column_that_counts_the_rows_of_a_table_shows_its_numbers():
    rows = [cell(paragraph(inner=" ", number=1, depth=1)) + cell(paragraph(text)) for text in ("Một", "Hai")]

    text = read_docx(word_file(table(*rows), numbering=PLAN + listed(1, 1)), "a").text

    assert text.split("\n") == ["1.", "Một", "2.", "Hai"]


def test_a_style_may_name_the_list_and_the_list_the_level_of_a_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Tieumuc"><w:basedOn w:val="Muc"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Diem"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(
        1,
        level(0, "%1.", "upperRoman"),
        level(1, "%2."),
        level(2, "%3)", "lowerLetter", inside='<w:pStyle w:val="Diem"/>'),
    )
    body = "".join(paragraph("x", style=style) for style in ("Muc", "Tieumuc", "Diem", "Diem", "Muc"))

    text = read_docx(word_file(body, numbering=numbering + listed(1, 1), styles=styles), "a").text

    assert text.split("\n") == ["I. x", "1. x", "a) x", "b) x", "II. x"]


def test_a_paragraph_may_leave_the_list_of_its_style():
    style = _numbering_style("paragraph", "Muc")
    body = (
        paragraph("Một", style="Muc")
        + paragraph("Không số", style="Muc", number=0)
        + paragraph("Hai", style="Muc")
    )

    text = read_docx(word_file(body, numbering=PLAN + listed(1, 1), styles=style), "a").text

    assert text == "I. Một\nKhông số\nII. Hai"


def test_a_list_defined_by_a_style_is_found_through_it():
    styles = _numbering_style("numbering", "Kieu")
    defined = abstract(1, level(0, "Mục %1.", "upperLetter"), inside='<w:styleLink w:val="Kieu"/>')
    linked = abstract(2, inside='<w:numStyleLink w:val="Kieu"/>')

    assert shown(defined + linked + listed(1, 1) + listed(2, 2), (2, 0), (1, 0), styles=styles) == [
        "Mục A.",
        "Mục B.",
    ]


def test_text_boxes_count_in_a_story_of_their_own():
    inside = f"<w:txbxContent>{paragraph('hộp', number=1, depth=0)}</w:txbxContent>"
    box = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    body = paragraph("thân", number=1, depth=0) + paragraph(inner=box) + paragraph("thân", number=1, depth=0)

    text = read_docx(word_file(body, numbering=PLAN + listed(1, 1)), "a").text

    assert text == "I. thân\nI. hộp\nII. thân"


def test_unknown_lists_and_absurd_numbers_show_what_can_be_shown():
    numbering = abstract(1, level(0, "%1.", start=99999999999)) + listed(1, 1)

    assert shown(numbering, (1, 0), (7, 0), (1, 8)) == ["0.", "", ""]


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        (7, "decimalZero", "07"),
        (49, "upperRoman", "XLIX"),
        (4000, "upperRoman", "4000"),
        (9, "lowerRoman", "ix"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (54, "lowerLetter", "bbb"),
        (15, "cardinalText", "Mười lăm"),
        (21, "cardinalText", "Hai mươi mốt"),
        (4, "ordinalText", "Thứ tư"),
        (10, "vietnameseCounting", "mười"),
        (3, "numberInDash", "- 3 -"),
        (3, "none", ""),
        (3, "aFormatNobodyKnows", "3"),
    ],
)
def test_a_number_is_written_in_its_format(number, style, expected):
    assert shown_number(number, style) == expected
