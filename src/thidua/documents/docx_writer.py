"""A document as .docx for Word: real styles, so that an office can restyle or go on writing.

The frame (page, styles, page number) is built once and kept; each document is written into a copy of it.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from thidua.core.drafting import layout
from thidua.core.drafting.document import DEMO_MARK, Annex, Block, Bullets, Document, Paragraph, Table
from thidua.core.drafting.flow import Headed, flow
from thidua.core.text.normal import one_line
from thidua.documents import docx_frame as frame
from thidua.documents import docx_xml as xml

_HEAD_WIDTHS = (72, frame.TEXT_WIDTH - 72)
_SIGNATURE_WIDTHS = (75, frame.TEXT_WIDTH - 75)
_CELL_MARGINS = 3.8  # Word keeps so much of a cell free, both sides together
_SIGNING_ROOM = 4  # empty lines above the name
_SHORT_RULE = 0.4  # of the text above it: the decree asks for a third to a half
_HEADING_STYLES = {1: frame.HEADING_1, 2: frame.HEADING_2}


def docx_file(document: Document) -> bytes:
    """Return ``document`` as a .docx file."""
    word = docx.Document(BytesIO(_frame(DEMO_MARK if document.is_demo else "")))
    _properties(word, document)
    _head(word, document)
    _title(word, document)
    last = _blocks(word, [*document.opening, *flow(document.parts), *document.closing])
    if last is not None and not document.extract_of:
        # A page may not bear the signature alone.
        last.paragraph_format.keep_with_next = True
    if not document.extract_of:
        _signature(word, document)
    for place, annex in enumerate(document.annexes, 1):
        _annex(word, annex, layout.annex_heading(place, len(document.annexes)), document)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


@cache
def _frame(mark: str) -> bytes:
    return frame.build(mark)


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = one_line(f"{document.doc_type.title} {document.subject}")
    properties.author = document.header.body
    properties.language = "vi-VN"


def _head(word: WordDocument, document: Document) -> None:
    header = document.header
    body, national = _two_columns(word, rows=2, widths=_HEAD_WIDTHS)
    left, right = _HEAD_WIDTHS
    if header.parent:
        parent = one_line(header.parent).upper()
        _add(body[0], frame.balanced(parent, layout.SIZE_BODY_NAME, left), frame.PARENT_NAME)
    name = one_line(header.body).upper()
    _add(body[0], frame.balanced(name, layout.SIZE_BODY_NAME, left), frame.BODY_NAME)
    _rule(body[0], left - _CELL_MARGINS, _short_rule(name, layout.SIZE_BODY_NAME, left))
    _add(national[0], layout.NATIONAL_NAME, frame.NATIONAL_NAME)
    _add(national[0], layout.MOTTO, frame.MOTTO)
    _rule(national[0], right - _CELL_MARGINS, frame.width_of(layout.MOTTO, layout.SIZE_MOTTO))
    _add(body[1], layout.number_line(document), frame.NUMBER)
    if not layout.heading(document.doc_type):
        _add(body[1], layout.letter_subject(document), frame.LETTER_SUBJECT)
    _add(national[1], layout.place_line(document), frame.PLACE)


def _title(word: WordDocument, document: Document) -> None:
    heading = layout.heading(document.doc_type, document.extract_of)
    if heading:
        subject = one_line(document.subject)
        _add(word, heading, frame.TYPE_NAME)
        _add(word, frame.balanced(subject, layout.SIZE_BODY, frame.TEXT_WIDTH), frame.SUBJECT)
        _rule(word, frame.TEXT_WIDTH, _short_rule(subject, layout.SIZE_BODY, frame.TEXT_WIDTH))
    _addressees(word, document.addressees)
    if document.authority:
        _add(word, document.authority.upper(), frame.TYPE_NAME)
    for basis in layout.bases_with_ends(document.bases):
        _add(word, basis, frame.BASIS)
    if document.enacting:
        _add(word, document.enacting.upper(), frame.TYPE_NAME)


def _addressees(word: WordDocument, addressees: Sequence[str]) -> None:
    if len(addressees) == 1:
        _add(word, f"Kính gửi: {addressees[0]}", frame.ADDRESSEE)
    elif addressees:
        _add(word, "Kính gửi:", frame.ADDRESSEE)
        for addressee in addressees:
            _add(word, f"- {addressee}", frame.ADDRESSEES)


def _blocks(word: WordDocument, blocks: Sequence[Headed | Block]) -> WordParagraph | None:
    """Write ``blocks`` in order and return the last paragraph written."""
    last: WordParagraph | None = None
    for block in blocks:
        match block:
            case Headed():
                last = _headed(word, block)
            case Paragraph():
                last = _paragraph(word, block)
            case Bullets():
                for item in block.items:
                    last = _add(word, f"- {one_line(item)}", frame.BULLET)
            case Table():
                last = _table(word, block)
    return last


def _headed(word: WordDocument, line: Headed) -> WordParagraph:
    text = f"{line.marker} {one_line(line.title)}"
    style = _HEADING_STYLES.get(line.level, frame.HEADING_3) if line.is_heading else frame.TEXT
    return _add(word, text, style)


def _paragraph(word: WordDocument, block: Paragraph) -> WordParagraph:
    paragraph = _add(word, f"{block.marker} " if block.marker else "", frame.TEXT)
    for part in block.runs:
        run = paragraph.add_run(part.text)
        run.bold, run.italic = part.bold or None, part.italic or None
    return paragraph


def _table(word: WordDocument, block: Table) -> WordParagraph:
    """Write a table and return the low empty paragraph after it."""
    table = word.add_table(rows=0, cols=len(block.columns))
    xml.set_table_style(table, frame.style_id(frame.GRID))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    total = sum(column.share for column in block.columns)
    widths = [frame.TEXT_WIDTH * column.share / total for column in block.columns]
    _set_widths(table, widths)
    head, cell = frame.style_id(frame.CELL_HEAD), frame.style_id(frame.CELL)
    titles = [column.title for column in block.columns]
    xml.add_head_row(table, titles, [xml.CellLook(head, "center", width) for width in widths])
    looks = [
        xml.CellLook(cell, column.align.value, width)
        for column, width in zip(block.columns, widths, strict=True)
    ]
    xml.add_rows(table, [[one_line(text) for text in row] for row in block.rows], looks)
    return _add(word, "", frame.RULE)


def _signature(word: WordDocument, document: Document) -> None:
    signature = document.signature
    recipients, signing = _two_columns(word, rows=1, widths=_SIGNATURE_WIDTHS)
    _add(recipients[0], "Nơi nhận:", frame.RECIPIENTS_TITLE)
    for line in layout.recipient_lines(document.recipients, document.filed_at):
        _add(recipients[0], line, frame.RECIPIENTS)
    for line in [*layout.signature_lines(signature), *[""] * _SIGNING_ROOM, one_line(signature.name)]:
        _add(signing[0], line, frame.SIGNATURE)


def _annex(word: WordDocument, annex: Annex, heading: str, document: Document) -> None:
    _add(word, heading, frame.TYPE_NAME).paragraph_format.page_break_before = True
    _add(word, one_line(annex.title).upper(), frame.SUBJECT)
    _add(word, layout.annex_reference(annex, document), frame.REFERENCE)
    _blocks(word, [*annex.blocks, *flow(annex.parts)])


def _two_columns(
    word: WordDocument, *, rows: int, widths: Sequence[float]
) -> tuple[list[WordCell], list[WordCell]]:
    """Add a table without lines and return the cells of its left and of its right column."""
    table = word.add_table(rows=rows, cols=2)
    _set_widths(table, widths)
    xml.keep_rows_whole(table)
    left: list[WordCell] = []
    right: list[WordCell] = []
    for row in table.rows:
        for cells, cell, width in zip((left, right), row.cells, widths, strict=True):
            cell.width = Mm(width)
            xml.clear(cell)
            cells.append(cell)
    return left, right


def _set_widths(table: WordTable, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _add(place: WordDocument | WordCell, text: str, style: str) -> WordParagraph:
    paragraph = place.add_paragraph(text)
    xml.set_style(paragraph, frame.style_id(style))
    return paragraph


def _rule(place: WordDocument | WordCell, width: float, length: float) -> None:
    """Draw a rule of ``length`` mm in the middle of ``width``."""
    xml.draw_rule(_add(place, "", frame.RULE), (width - length) / 2)


def _short_rule(text: str, size: int, width: float) -> float:
    return min(frame.width_of(text, size), width) * _SHORT_RULE
