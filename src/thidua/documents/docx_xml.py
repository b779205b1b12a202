"""What python-docx has no words for, or is slow at, written as WordprocessingML."""
# ruff: noqa: SLF001  python-docx keeps the XML of its objects behind a leading underscore, the
# documented way to extend it

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Mm, Pt
from docx.styles.styles import Styles
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

_TWIPS_IN_MM = 1440 / 25.4
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


@dataclass(frozen=True, slots=True)
class CellLook:
    """``style``: the id of a paragraph style; ``side``: left, center or right; ``width`` in millimetres."""

    style: str
    side: str
    width: float


def twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_IN_MM)


def set_style(paragraph: WordParagraph, style_id: str) -> None:
    """Set the style by its id: by name python-docx looks through all styles each time."""
    paragraph._p.style = style_id


def set_table_style(table: WordTable, style_id: str) -> None:
    table._tbl.tblStyle_val = style_id


def clear(cell: WordCell) -> None:
    """Take the empty paragraph out of a new cell; the caller must put another in."""
    for paragraph in cell._tc.p_lst:
        cell._tc.remove(paragraph)


def keep_rows_whole(table: WordTable) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def draw_rule(paragraph: WordParagraph, side: float) -> None:
    """Make a low empty paragraph a rule, ``side`` mm short of its room at either end."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(side, 0))
    shape.space_before = Pt(2)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def add_rows(table: WordTable, rows: Sequence[Sequence[str]], looks: Sequence[CellLook]) -> None:
    table._tbl.extend([_row(row, looks, is_head=False) for row in rows])


def add_head_row(table: WordTable, titles: Sequence[str], looks: Sequence[CellLook]) -> None:
    """Add a row that Word repeats on every page."""
    table._tbl.append(_row(titles, looks, is_head=True))


def add_page_number(run: WordRun) -> None:
    for kind in ("begin", "", "end"):
        element = _element("w:fldChar", {"w:fldCharType": kind}) if kind else OxmlElement("w:instrText")
        if not kind:
            element.text = " PAGE "
        run._r.append(element)


def drop_styles(styles: Styles, kept: frozenset[str]) -> None:
    """Remove the styles of python-docx's template whose ids are not in ``kept``."""
    root = styles.element
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in kept:
            root.remove(style)


def set_style_id(style_element: Element, style_id: str) -> None:
    style_element.set(qn("w:styleId"), style_id)


def unlink(style_element: Element) -> None:
    """Cut the tie of a paragraph style to a character style that was dropped."""
    for link in style_element.findall(qn("w:link")):
        style_element.remove(link)


def _row(texts: Sequence[str], looks: Sequence[CellLook], *, is_head: bool) -> Element:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    row.extend([_cell(text, look) for text, look in zip(texts, looks, strict=True)])
    return row


def _cell(text: str, look: CellLook) -> Element:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", {"w:w": str(twips(look.width)), "w:type": "dxa"}))
    properties.append(_element("w:vAlign", {"w:val": "center"}))
    shape = OxmlElement("w:pPr")
    shape.append(_element("w:pStyle", {"w:val": look.style}))
    shape.append(_element("w:jc", {"w:val": look.side}))
    words = OxmlElement("w:t")
    words.text = text
    run = OxmlElement("w:r")
    run.append(words)
    paragraph = OxmlElement("w:p")
    paragraph.extend([shape, run])
    cell.extend([properties, paragraph])
    return cell


def _element(name: str, attributes: dict[str, str]) -> Element:
    element: Element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
