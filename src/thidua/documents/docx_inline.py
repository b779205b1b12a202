"""What stands inside one Word paragraph: runs, fields, symbols, tracked changes, boxes anchored there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from re import compile as pattern
from xml.etree.ElementTree import Element

from thidua.documents.docx_styles import Look, Styles
from thidua.documents.package import W

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = f"{W}txbxContent"
ALTERNATIVES = f"{_COMPATIBLE}AlternateContent"

# Symbol and Wingdings keep their signs at private places; these are the ones that officials' documents use.
_SYMBOLS = {
    "Symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB1: "±", 0xB0: "°", 0xAE: "→", 0x2D: "-"},
    "Wingdings": {0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFD: "☒", 0xFB: "✗", 0xE0: "→", 0xF0: "→"},
}  # fmt: skip
_PROPERTIES = f"{W}rPr"
_PRIVATE = 0xF000
_PRIVATE_SIGN = pattern("[\uf000-\uf0ff]")
_HEXADECIMAL = pattern("[0-9a-fA-F]{1,4}")
_LATIN = range(0x20, 0x100)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one look; ``bold`` counts only where there are letters."""

    text: str
    bold: bool
    font: str


@dataclass(slots=True)
class Inline:
    """The pieces of one paragraph, and what was met on the way."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    deletions: int = 0
    hidden: bool = False

    def bold(self) -> bool:
        lettered = [piece for piece in self.pieces if piece.text.strip()]
        return bool(lettered) and all(piece.bold for piece in lettered)

    def text(self, repaired: Callable[[str, str], str]) -> str:
        """Join the pieces; runs of one font go to ``repaired`` whole: they may cut a letter in two."""
        return "".join(
            repaired("".join(piece.text for piece in same), font)
            for font, same in groupby(self.pieces, key=lambda piece: piece.font)
        )


#: Fields whose result is no text of the document: page numbers, and the table of contents.
_FIELDS_LEFT_OUT = ("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC")


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False

    def shows(self) -> bool:
        return self.in_result and not self.is_left_out()

    def is_left_out(self) -> bool:
        return self.code.strip().partition(" ")[0].upper() in _FIELDS_LEFT_OUT


class InlineReader:
    """Reads the inside of paragraphs; one reader serves a whole part, for fields go on over paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._inline = Inline()
        self._paragraph = Look()
        self._look = Look()

    def read(self, paragraph: Element, look: Look, into: Inline) -> None:
        """Add what ``paragraph`` says to ``into``."""
        self._inline, self._paragraph, self._look = into, look, look
        self._walk(paragraph)

    def _walk(self, parent: Iterable[Element]) -> None:
        for item in parent:
            known = _READERS.get(item.tag)
            if known is not None:
                known(self, item)
            elif item.tag not in _PASSED_OVER:
                self._walk(item)

    def _put(self, text: str) -> None:
        if self._fields and not all(each.shows() for each in self._fields):
            return
        if self._look.hidden:
            self._inline.hidden = True
            return
        shown = text.upper() if self._look.capitals else text
        self._inline.pieces.append(Piece(shown, bool(self._look.bold), self._look.font or ""))

    def run(self, item: Element) -> None:
        outer = self._look
        self._look = self._styles.of_run(item.find(_PROPERTIES), self._paragraph)
        self._walk(item)
        self._look = outer

    def words(self, item: Element) -> None:
        if item.text:
            private = self._look.font in _SYMBOLS or _PRIVATE_SIGN.search(item.text)
            self._put("".join(map(self._shown, item.text)) if private else item.text)

    def _shown(self, letter: str) -> str:
        return symbol(self._look.font or "", ord(letter))

    def tab(self, _: Element) -> None:
        self._put("\t")

    def line_end(self, _: Element) -> None:
        self._put("\n")

    def hyphen(self, _: Element) -> None:
        self._put("-")

    def symbol(self, item: Element) -> None:
        code = item.get(f"{W}char", "")
        self._put(symbol(item.get(f"{W}font", ""), int(code, 16)) if _is_hexadecimal(code) else "")

    def field_sign(self, item: Element) -> None:
        kind = item.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def field_code(self, item: Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code += item.text or ""

    def simple_field(self, item: Element) -> None:
        self._fields.append(_Field(item.get(f"{W}instr", ""), in_result=True))
        self._walk(item)
        self._fields.pop()

    def deletion(self, item: Element) -> None:
        self._inline.deletions += next(item.iter(f"{W}delText"), None) is not None

    def box(self, item: Element) -> None:
        self._inline.boxes.append(item)

    def alternatives(self, item: Element) -> None:
        self._walk(chosen(item))

    def ruby(self, item: Element) -> None:
        self._walk(item.iterfind(f"{W}rubyBase"))


def chosen(alternatives: Element) -> Iterable[Element]:
    """Return the one branch of ``mc:AlternateContent`` to read: both say the same."""
    first = alternatives.find(f"{_COMPATIBLE}Choice")
    branch = first if first is not None else alternatives.find(f"{_COMPATIBLE}Fallback")
    return () if branch is None else branch


def symbol(font: str, code: int) -> str:
    """Return the sign that ``font`` shows for ``code``; an ornament nobody could name becomes a bullet."""
    place = code - _PRIVATE if code >= _PRIVATE else code
    if place not in _LATIN and code < _PRIVATE:
        return chr(code) if code else ""
    family = "Symbol" if font.startswith("Symbol") else "Wingdings" if font.startswith("Wingdings") else ""
    if family or code >= _PRIVATE:
        sign = _SYMBOLS.get(family or "Symbol", {}).get(place)
        return sign or (" " if place == ord(" ") else "•")
    return chr(code)


def _is_hexadecimal(code: str) -> bool:
    return _HEXADECIMAL.fullmatch(code) is not None


_READERS: Mapping[str, Callable[[InlineReader, Element], None]] = {
    f"{W}r": InlineReader.run,
    f"{W}t": InlineReader.words,
    f"{_MATHS}t": InlineReader.words,
    f"{W}tab": InlineReader.tab,
    f"{W}ptab": InlineReader.tab,
    f"{W}br": InlineReader.line_end,
    f"{W}cr": InlineReader.line_end,
    f"{W}noBreakHyphen": InlineReader.hyphen,
    f"{W}sym": InlineReader.symbol,
    f"{W}fldChar": InlineReader.field_sign,
    f"{W}instrText": InlineReader.field_code,
    f"{W}fldSimple": InlineReader.simple_field,
    f"{W}del": InlineReader.deletion,
    f"{W}moveFrom": InlineReader.deletion,
    f"{W}ruby": InlineReader.ruby,
    BOX: InlineReader.box,
    ALTERNATIVES: InlineReader.alternatives,
}

_PASSED_OVER = frozenset(
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "pgNum", "softHyphen", "tblPr")
) | {f"{W}footnoteReference", f"{W}endnoteReference", f"{W}commentReference", f"{W}annotationRef"}
