"""The empty Word document every paper starts from: page, styles, page number."""

from io import BytesIO
from math import ceil

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from thidua.core.drafting import layout
from thidua.documents import docx_xml as xml

# Names as Word's list of styles shows them to a Vietnamese clerk.
TEXT = "Nội dung"
BULLET = "Gạch đầu dòng"
BASIS = "Căn cứ"
PARENT_NAME = "Cơ quan chủ quản"
BODY_NAME = "Tên cơ quan"
NATIONAL_NAME = "Quốc hiệu"
MOTTO = "Tiêu ngữ"
NUMBER = "Số, ký hiệu"
LETTER_SUBJECT = "Trích yếu công văn"
PLACE = "Địa danh, ngày tháng"
TYPE_NAME = "Tên loại"
SUBJECT = "Trích yếu"
ADDRESSEE = "Kính gửi"
ADDRESSEES = "Kính gửi nhiều nơi"
REFERENCE = "Kèm theo"
CELL = "Ô bảng"
CELL_HEAD = "Ô đầu bảng"
RECIPIENTS_TITLE = "Nơi nhận"
RECIPIENTS = "Danh sách nơi nhận"
SIGNATURE = "Chữ ký"
RULE = "Dòng kẻ"
HEADING_1, HEADING_2, HEADING_3 = "Heading 1", "Heading 2", "Heading 3"
GRID = "Table Grid"

TEXT_WIDTH = layout.PAGE_WIDTH - layout.MARGIN_LEFT - layout.MARGIN_RIGHT

LEFT, CENTER = "left", "center"
_KEPT = frozenset(
    {
        "Normal",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
        "TableGrid",
        "Heading1",
        "Heading2",
        "Heading3",
    }
)

_GREY = RGBColor(0x6E, 0x6E, 0x6E)
_HEADER_DISTANCE = 9
_LINE_SPACING = 1.1
_SIDES = {
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    LEFT: WD_ALIGN_PARAGRAPH.LEFT,
}
_PAGE_NUMBER_SIZE = 13
_MARK_SIZE = 10
# Mean widths of bold letters of Times New Roman, in parts of their size.
_SMALL_WIDTH, _CAPITAL_WIDTH, _BLANK_WIDTH = 0.5, 0.7, 0.28
_FILLED = 0.93  # a cell has margins of its own
_MM_IN_POINT = 25.4 / 72


def build(mark: str) -> bytes:
    """Return an empty document in the layout of the decree; ``mark`` stands in grey at the top of every page."""
    word = docx.Document()
    _page(word)
    _styles(word)
    _headers(word, mark)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def width_of(text: str, size: int) -> float:
    """Return about how many millimetres ``text`` takes in bold of ``size`` points, enough to draw a rule by."""
    return sum(_letter_width(letter) for letter in text) * size * _MM_IN_POINT


def balanced(text: str, size: int, width: float) -> str:
    """Return ``text`` broken into lines of about one length where it is wider than ``width`` mm."""
    count = ceil(width_of(text, size) / (width * _FILLED))
    blanks = [place for place, letter in enumerate(text) if letter == " "]
    if count == 1 or len(blanks) < count:
        return text
    breaks = {
        min(blanks, key=lambda place: abs(place - goal))
        for goal in (len(text) * line / count for line in range(1, count))
    }
    return "".join("\n" if place in breaks else letter for place, letter in enumerate(text))


def _letter_width(letter: str) -> float:
    if letter.isalpha():
        return _CAPITAL_WIDTH if letter.isupper() else _SMALL_WIDTH
    return _BLANK_WIDTH


def style_id(name: str) -> str:
    """Return the id by which the XML names a style of this frame."""
    return name.replace(" ", "")


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH), Mm(layout.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP), Mm(layout.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT), Mm(layout.MARGIN_RIGHT)
    section.header_distance = Mm(_HEADER_DISTANCE)
    section.different_first_page_header_footer = True


def _styles(word: WordDocument) -> None:
    xml.drop_styles(word.styles, _KEPT)
    normal = word.styles["Normal"]
    _font(normal, layout.SIZE_BODY)
    normal.paragraph_format.space_after = Pt(0)
    first = Mm(layout.FIRST_LINE)
    for name, indent, italic in ((TEXT, first, False), (BULLET, first, False), (BASIS, first, True)):
        style = _style(word, name, layout.SIZE_BODY, side="both", italic=italic)
        _running(style)
        style.paragraph_format.first_line_indent = indent
    for level, name in enumerate((HEADING_1, HEADING_2, HEADING_3), 1):
        _heading(word.styles[name], bold=level < len("123"))
    _style(word, PARENT_NAME, layout.SIZE_BODY_NAME)
    _style(word, BODY_NAME, layout.SIZE_BODY_NAME, bold=True)
    _style(word, NATIONAL_NAME, layout.SIZE_NATIONAL_NAME, bold=True)
    _style(word, MOTTO, layout.SIZE_MOTTO, bold=True)
    _style(word, NUMBER, layout.SIZE_NUMBER, before=4)
    _style(word, LETTER_SUBJECT, layout.SIZE_NATIONAL_NAME)
    _style(word, PLACE, layout.SIZE_PLACE, italic=True, before=4)
    _style(word, TYPE_NAME, layout.SIZE_BODY, bold=True, before=12).paragraph_format.keep_with_next = True
    _style(word, SUBJECT, layout.SIZE_BODY, bold=True).paragraph_format.keep_with_next = True
    _style(word, ADDRESSEE, layout.SIZE_BODY, before=6)
    _style(word, ADDRESSEES, layout.SIZE_BODY, side=LEFT).paragraph_format.left_indent = Mm(50)
    _style(word, REFERENCE, layout.SIZE_BODY, italic=True).paragraph_format.space_after = Pt(10)
    _style(word, CELL, layout.SIZE_TABLE, side=LEFT, before=2).paragraph_format.space_after = Pt(2)
    _style(word, CELL_HEAD, layout.SIZE_TABLE, bold=True, before=2).paragraph_format.space_after = Pt(2)
    _style(word, RECIPIENTS_TITLE, layout.SIZE_RECIPIENTS_TITLE, side=LEFT, bold=True, italic=True)
    _style(word, RECIPIENTS, layout.SIZE_RECIPIENTS, side=LEFT)
    _style(word, SIGNATURE, layout.SIZE_BODY, bold=True).paragraph_format.keep_with_next = True
    rule = _style(word, RULE, 2)
    rule.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    rule.paragraph_format.line_spacing = Pt(4)
    rule.paragraph_format.space_after = Pt(4)


def _style(
    word: WordDocument,
    name: str,
    size: int,
    *,
    side: str = CENTER,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
) -> ParagraphStyle:
    style: ParagraphStyle = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    xml.set_style_id(style.element, style_id(name))
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.paragraph_format.alignment = _SIDES[side]
    style.paragraph_format.space_before = Pt(before)
    return style


def _running(style: ParagraphStyle) -> None:
    style.paragraph_format.space_after = Pt(layout.PARAGRAPH_SPACE)
    style.paragraph_format.line_spacing = _LINE_SPACING
    style.paragraph_format.widow_control = True


def _heading(style: ParagraphStyle, *, bold: bool) -> None:
    """Take Word's own heading, so that its outline and table of contents work, and give it the decree's look."""
    xml.unlink(style.element)
    _font(style, layout.SIZE_BODY)
    style.font.bold, style.font.italic = bold, not bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.first_line_indent = Mm(layout.FIRST_LINE)
    shape.space_before = Pt(0)
    shape.keep_with_next = True
    _running(style)


def _font(style: ParagraphStyle, size: int) -> None:
    """Set the face for all scripts: Word takes another for what it holds to be East Asian."""
    style.font.name = layout.FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), layout.FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _headers(word: WordDocument, mark: str) -> None:
    """Set the page number in the middle of the top margin but not on page 1, the mark at the right of all."""
    section = word.sections[0]
    section.first_page_header.is_linked_to_previous = False
    _header_line(section.first_page_header.paragraphs[0], mark, numbered=False)
    _header_line(section.header.paragraphs[0], mark, numbered=True)


def _header_line(paragraph: WordParagraph, mark: str, *, numbered: bool) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    number = paragraph.add_run("\t")
    number.font.size = Pt(_PAGE_NUMBER_SIZE)
    if numbered:
        xml.add_page_number(number)
    if mark:
        run = paragraph.add_run(f"\t{mark}")
        run.font.size, run.font.bold, run.font.color.rgb = Pt(_MARK_SIZE), True, _GREY
