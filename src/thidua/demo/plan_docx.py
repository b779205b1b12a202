"""Sets a sample plan as a Word file laid out as Nghị định 30/2020/NĐ-CP asks, the same bytes every time."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from thidua.demo.plan_source import Line, PlanSource

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FOOTER = "Văn bản minh họa, viết riêng để dùng thử phần mềm Thi Đua"
NUMBERING_ID = 77
PACKED_AT = (2026, 1, 1, 0, 0, 0)
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEVELS = (
    ("upperRoman", "%1.", "Heading1"),
    ("decimal", "%2.", "Heading2"),
    ("decimal", "%2.%3.", "Heading3"),
    ("lowerLetter", "%4)", None),
    ("bullet", "-", None),
)
BULLET_LEVEL = 5


def set_docx(plan: PlanSource) -> bytes:
    document = _page()
    if plan.numbering == "word":
        _define_numbering(document)
    _head(document, plan)
    _title(document, plan)
    for group in _tables_together(plan.lines):
        if group[0].kind == "row":
            _table(document, group)
        else:
            _paragraph(document, plan, group[0])
    _close(document, plan)
    return _same_bytes(document)


def _page() -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = FOOTER
        footer.paragraphs[0].alignment = CENTRE
        footer.paragraphs[0].runs[0].font.size = Pt(9)
    _styles(document)
    return document


def _styles(document: WordDocument) -> None:
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name in {
            "Normal",
            "Heading 1",
            "Heading 2",
            "Heading 3",
        }:
            style.font.name, style.font.size = "Times New Roman", Pt(14)
            style.font.color.rgb = None
            style.font.italic = style.name == "Heading 3"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(name), "Times New Roman")
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(theme), None)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(6)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = CENTRE
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _define_numbering(document: WordDocument) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        for i, (form, text, style) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{NUMBERING_ID}"><w:abstractNumId w:val="{NUMBERING_ID}"/></w:num>'
        )
    )
    for level, (_, _, style) in enumerate(LEVELS):
        if style is not None:
            _number(document.styles[f"Heading {level + 1}"].element.get_or_add_pPr(), level)


def _number(properties: Any, level: int) -> None:
    """Let Word number the paragraphs with ``properties`` at ``level``, counted from nought."""
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = NUMBERING_ID


def _head(document: WordDocument, plan: PlanSource) -> None:
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _write(left, [(plan.parent, False), (plan.body, True), (f"Số: {plan.number}", False)])
    _write(right, [(NATION, True), (MOTTO, True), (f"{plan.place}, {plan.date}", False)])
    right.paragraphs[-1].runs[0].italic = True


def _write(cell: _Cell, lines: list[tuple[str, bool]], *, size: int = 13) -> None:
    for text, bold in lines:
        if not text:
            continue
        paragraph = cell.paragraphs[0] if not cell.paragraphs[0].text else cell.add_paragraph()
        paragraph.alignment = CENTRE
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _title(document: WordDocument, plan: PlanSource) -> None:
    for text in (plan.type, plan.subject):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.add_run(text).bold = True


def _paragraph(document: WordDocument, plan: PlanSource, line: Line) -> None:
    by_word = plan.numbering == "word"
    typed = f"{line.number} {line.text}" if line.number and not by_word else line.text
    if line.is_title:
        document.add_paragraph(typed, style=f"Heading {line.level}")
        return
    if line.kind == "bullet" and not by_word:
        typed = f"- {line.text}"
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE if _is_order(line.text) else JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    run = paragraph.add_run(typed)
    run.italic = line.text.startswith(("Căn cứ", "Theo đề nghị", "Xét đề nghị"))
    run.bold = _is_order(line.text) or None
    if by_word and line.kind in {"numbered", "bullet"}:
        level = line.level or BULLET_LEVEL
        _number(paragraph._p.get_or_add_pPr(), level - 1)  # noqa: SLF001 - python-docx has no numbers


def _is_order(text: str) -> bool:
    """Recognise «BỘ TRƯỞNG BỘ TƯ PHÁP» and «QUYẾT ĐỊNH:», which stand in the middle."""
    return text.isupper()


def _tables_together(lines: tuple[Line, ...]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.kind == "row" and groups[-1][0].kind == "row":
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _table(document: WordDocument, rows: list[Line]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            _write(cell, [(text, number == 0)], size=12)
    document.add_paragraph()


def _close(document: WordDocument, plan: PlanSource) -> None:
    document.add_paragraph()
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run("Nơi nhận:").bold = True
    last = len(plan.recipients) - 1
    for number, who in enumerate(plan.recipients):
        run = left.add_paragraph().add_run(f"- {who}{'.' if number == last else ';'}")
        run.font.size = Pt(11)
    _write(right, [(text, not text.startswith("(")) for text in plan.signature], size=14)


def _same_bytes(document: WordDocument) -> bytes:
    """Save with fixed dates, so that building twice gives one file."""
    made = datetime(*PACKED_AT[:3], tzinfo=UTC)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Thi Đua"
    properties.title, properties.comments = FOOTER, ""
    properties.created = properties.modified = made
    first, second = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as packed, ZipFile(second, "w", ZIP_DEFLATED) as repacked:
        for name in packed.namelist():
            entry = ZipInfo(name, PACKED_AT)
            entry.compress_type = ZIP_DEFLATED
            repacked.writestr(entry, packed.read(name))
    return second.getvalue()
