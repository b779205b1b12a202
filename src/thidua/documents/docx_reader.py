"""Reads a Word document (.docx, .docm) as it shows on paper: lists numbered, changes accepted.

The XML is read with the standard library: starting python-docx takes longer than reading a plan of ten pages.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from thidua.core.plans.source import BlockKind, Source
from thidua.core.text.folding import fold
from thidua.documents.docx_inline import ALTERNATIVES, Inline, InlineReader, chosen
from thidua.documents.docx_styles import Look, Styles, pruned
from thidua.documents.errors import BrokenFileError, EmptyFileError
from thidua.documents.fonts_of_old import FontRepair
from thidua.documents.layout import Layout
from thidua.documents.notices import notice
from thidua.documents.numbering import Numbering, read_numbering
from thidua.documents.package import Package, Relation, W, value_of

KIND = "Word .docx"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_DIGITS = 4
_HEAD_OF_PAPER = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
_OFF = frozenset({"0", "false", "off"})
# Put together once, for every paragraph and cell is asked for them.
_PARAGRAPH, _TABLE, _ROW, _CELL, _EMBEDDED = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}altChunk"
_PROPERTIES, _MARK, _DELETED = f"{W}pPr", f"{W}rPr", f"{W}del"
_ROW_PROPERTIES, _CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
_SPAN, _MERGED_DOWN, _MERGED_ALONG = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
#: Wrappers around blocks that add nothing of their own.
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass(slots=True)
class _Place:
    """Where blocks are being read: the body, a header, a cell."""

    kind: BlockKind = "paragraph"
    row: int | None = None
    column: int | None = None
    story: str = "body"
    carried: Inline = field(default_factory=Inline)


def read_docx(content: bytes, name: str) -> Source:
    """Read the whole document. Raises a DocumentError for what cannot be read."""
    package = Package(content, name=name, kind=KIND)
    reader = _Reader(package)
    reader.read_all()
    source = reader.layout.source(reader.notices())
    if not source.blocks:
        raise EmptyFileError(name=name)
    return source


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = _main_part(package)
        self._relations = package.relations(self._main)
        styles = self._tree("styles", pruned)
        self._styles = Styles(styles)
        numbers = self._tree("numbering")
        self._lists = {} if numbers is None else read_numbering(numbers, self._styles.lists())
        self._stories: dict[str, Numbering] = {}
        self._inline = InlineReader(self._styles)
        self._fonts = FontRepair()
        self._deletions = 0
        self._hidden = False
        self._embedded = False
        self.layout = Layout()

    def read_all(self) -> None:
        root = self._package.tree(self._main)
        body = root.find(f"{W}body")
        if body is None:
            raise BrokenFileError(name=self._package.name, kind=KIND)
        sections = list(body.iter(f"{W}sectPr"))
        self._edges(sections, "header")
        self._blocks(body, _Place())
        self._notes("footnotes")
        self._notes("endnotes")
        self._edges(sections, "footer")

    def notices(self) -> tuple[str, ...]:
        told = [
            notice("macros_left_out", name=self._package.name)
            if any(part.endswith("vbaproject.bin") for part in self._package.parts())
            else "",
            notice("deletions_left_out", count=self._deletions) if self._deletions else "",
            notice("hidden_text_left_out") if self._hidden else "",
            notice("embedded_part_left_out") if self._embedded else "",
            *self._fonts.notices(),
        ]
        return tuple(line for line in told if line)

    # Parts beside the body

    def _tree(self, kind: str, shortened: Callable[[bytes], bytes] = bytes) -> Element | None:
        part = next((each.target for each in self._relations.values() if each.kind == kind), None)
        return self._package.tree(part, shortened) if part is not None and part in self._package else None

    def _edges(self, sections: list[Element], kind: BlockKind) -> None:
        """Read the headers or footers that pages show, each wording once."""
        told: set[str] = set()
        for part in dict.fromkeys(self._edge_parts(sections, kind)):
            root = self._package.tree(part)
            wording = "".join(root.itertext())
            if wording not in told:
                told.add(wording)
                # Some set the paper's own head, with its number, in the header of the first page.
                own = any(sign in fold(wording) for sign in _HEAD_OF_PAPER)
                self._blocks(root, _Place("paragraph" if own else kind, story="edges"))

    def _edge_parts(self, sections: list[Element], kind: str) -> Iterator[str]:
        for section in sections:
            for reference in section.iterfind(f"{W}{kind}Reference"):
                relation: Relation | None = self._relations.get(reference.get(_R_ID, ""))
                shown = relation and self._shows(section, reference.get(f"{W}type", ""))
                if relation and shown and relation.target in self._package:
                    yield relation.target

    def _shows(self, section: Element, pages: str) -> bool:
        """Whether ``section`` has an edge of its own on ``pages``: default, first or even."""
        if pages == "first":
            return _is_on(section.find(f"{W}titlePg"))
        return pages == "default" or (pages == "even" and self._tells_even_from_odd)

    @cached_property
    def _tells_even_from_odd(self) -> bool:
        settings = self._tree("settings")  # long in many a file, and seldom asked
        return settings is not None and _is_on(settings.find(f"{W}evenAndOddHeaders"))

    def _notes(self, kind: str) -> None:
        root = self._tree(kind)
        for note in root if root is not None else ():
            # The separators between text and notes are notes of their own kind.
            if note.get(f"{W}type", "normal") == "normal":
                self._blocks(note, _Place("footer", story=kind))

    # Blocks

    def _blocks(self, parent: Iterable[Element], place: _Place) -> None:
        for item in parent:
            if item.tag == _PARAGRAPH:
                self._paragraph(item, place)
            elif item.tag == _TABLE:
                self._table(item, place)
            elif item.tag in _WRAPPERS:
                self._blocks(item, place)
            elif item.tag == ALTERNATIVES:
                self._blocks(chosen(item), place)
            elif item.tag == _EMBEDDED:
                self._embedded = True

    def _paragraph(self, item: Element, place: _Place) -> None:
        properties = item.find(_PROPERTIES)
        look = self._styles.of_paragraph(properties)
        inline, place.carried = place.carried, Inline()
        self._inline.read(item, look, inline)
        self._deletions += inline.deletions
        self._hidden |= inline.hidden
        inline.deletions = 0
        if _mark_is_deleted(properties):
            # The paragraph goes on in the next one, whose look and number the two together have.
            place.carried = inline
            return
        label = self._label(look, place.story)
        text = inline.text(self._fonts.repaired).strip()
        # A number alone is a slip in the text, and how a table counts its rows in a column of their own.
        if text or (label and place.kind == "cell"):
            self.layout.add(
                label + text,
                place.kind,
                bold=inline.bold(),
                centred=bool(look.centred),
                row=place.row,
                column=place.column,
            )
        for box in inline.boxes:
            self._blocks(box, _Place(place.kind, place.row, place.column, f"boxes of {place.story}"))

    def _label(self, look: Look, story: str) -> str:
        if look.number is None or look.number == "0":
            return ""
        numbering = self._stories.setdefault(story, Numbering(self._lists))
        depth = look.depth
        if look.numbered_by is not None:
            by_style = numbering.level_of_style(look.number, look.numbered_by)
            depth = by_style if by_style is not None else depth
        return numbering.next_label(look.number, depth or 0)

    def _table(self, table: Element, place: _Place) -> None:
        for row, item in enumerate(_rows(table)):
            for column, cell in _cells(item):
                # A table inside a cell is read as part of that cell.
                inside = place.row is not None
                self._blocks(
                    cell,
                    _Place(
                        "cell" if place.kind == "paragraph" else place.kind,
                        place.row if inside else row,
                        place.column if inside else column,
                        place.story,
                    ),
                )


def _main_part(package: Package) -> str:
    found = next(
        (each.target for each in package.relations("").values() if each.kind == "officeDocument"), None
    )
    part = found or "word/document.xml"
    if part not in package:
        raise BrokenFileError(name=package.name, kind=KIND)
    return part


def _is_on(switch: Element | None) -> bool:
    return switch is not None and value_of(switch) not in _OFF


def _mark_is_deleted(properties: Element | None) -> bool:
    mark = properties.find(_MARK) if properties is not None else None
    return mark is not None and (mark.find(_DELETED) is not None or mark.find(f"{W}moveFrom") is not None)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Return the rows or cells of ``parent``, also those inside content controls and tracked insertions."""
    for item in parent:
        if item.tag == tag:
            yield item
        elif item.tag in _WRAPPERS:
            yield from _inside(item, tag)


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, _ROW):
        properties = row.find(_ROW_PROPERTIES)
        if properties is None or properties.find(_DELETED) is None:
            yield row


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Return the cells that show, with the column of the grid each begins in."""
    first = row.find(_ROW_PROPERTIES)
    column = _number(first.find(f"{W}gridBefore") if first is not None else None, 0)
    for cell in _inside(row, _CELL):
        properties = cell.find(_CELL_PROPERTIES)
        if properties is None or not _is_covered(properties):
            yield column, cell
        column += max(1, _number(properties.find(_SPAN) if properties is not None else None, 1))


def _is_covered(properties: Element) -> bool:
    """Whether the cell lies under one it was merged with, above or to the left."""
    merged = (properties.find(_MERGED_DOWN), properties.find(_MERGED_ALONG))
    return any(item is not None and value_of(item) != "restart" for item in merged)


def _number(item: Element | None, otherwise: int) -> int:
    value = value_of(item) or ""
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else otherwise
