"""What a Word document's styles say about paragraphs and runs, each style with all it is based on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from re import compile as pattern
from typing import Self
from xml.etree.ElementTree import Element

from thidua.documents.package import W, value_of

_OFF = frozenset({"0", "false", "off", "none"})
# Put together once, for every paragraph and run is asked for them.
_STYLE, _RUN_STYLE = f"{W}pStyle", f"{W}rStyle"
_ALIGNMENT, _NUMBERS, _NUMBER, _DEPTH = f"{W}jc", f"{W}numPr", f"{W}numId", f"{W}ilvl"
_BOLD, _CAPITALS, _HIDDEN = f"{W}b", f"{W}caps", f"{W}vanish"
_FONTS, _USUAL_FONT, _PLAIN_FONT = f"{W}rFonts", f"{W}hAnsi", f"{W}ascii"
_STYLE_END = b"</w:style>"
_TABLE_STYLE = pattern(rb'\s*<w:style(?= [^<>]*\bw:type="table")(?: [\w:]+="[^"<>]*")*>')
#: Remarks and CDATA, in which what looks like a style is none, begin with it; hardly anything else holds it.
_QUOTING = b"!"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph or a run looks; None where nothing is said and the style below decides."""

    bold: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    centred: bool | None = None
    number: str | None = None
    depth: int | None = None
    numbered_by: str | None = None

    def over(self, below: Self) -> Self:
        """Return this look where it says something, and ``below`` elsewhere."""
        if below is _PLAIN:
            return self
        if self is _PLAIN:
            return below
        return type(self)(
            below.bold if self.bold is None else self.bold,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
            below.centred if self.centred is None else self.centred,
            below.number if self.number is None else self.number,
            below.depth if self.depth is None else self.depth,
            below.numbered_by if self.numbered_by is None else self.numbered_by,
        )


_PLAIN = Look()


def paragraph_look(properties: Element | None) -> Look:
    """Read ``w:pPr``; the run properties in it belong to the paragraph mark alone."""
    if properties is None:
        return _PLAIN
    alignment = value_of(properties.find(_ALIGNMENT))
    numbers = properties.find(_NUMBERS)
    if alignment is None and numbers is None:
        return _PLAIN
    depth = value_of(numbers.find(_DEPTH)) if numbers is not None else None
    return Look(
        centred=None if alignment is None else alignment == "center",
        number=value_of(numbers.find(_NUMBER)) if numbers is not None else None,
        depth=int(depth) if depth is not None and depth.isdecimal() else None,
    )


def run_look(properties: Element | None) -> Look:
    """Read ``w:rPr``."""
    if properties is None or not len(properties):
        return _PLAIN
    fonts = properties.find(_FONTS)
    return Look(
        bold=_switch(properties, _BOLD),
        capitals=_switch(properties, _CAPITALS),
        hidden=_switch(properties, _HIDDEN),
        font=(fonts.get(_USUAL_FONT) or fonts.get(_PLAIN_FONT)) if fonts is not None else None,
    )


def _switch(properties: Element, tag: str) -> bool | None:
    item = properties.find(tag)
    return None if item is None else value_of(item) not in _OFF


def pruned(styles: bytes) -> bytes:
    """Cut out of ``styles.xml`` what no paragraph can bear: styles of tables, and those not in use.

    They are up to nine tenths of the part, and parsing them would take longer than reading the document.
    A paragraph that names a style of tables has none (ECMA-376, § 17.3.1.27).
    """
    if _QUOTING in styles:
        return styles
    first, *others = styles.split(_STYLE_END)
    before, _, latent = first.partition(b"<w:latentStyles")
    _, end, after = latent.partition(b"</w:latentStyles>")
    kept = before + after if end else first
    return _STYLE_END.join((kept, *(each for each in others if not _TABLE_STYLE.match(each))))


class Styles:
    """The styles of one document, by their id."""

    def __init__(self, root: Element | None = None) -> None:
        self._own: dict[str, Look] = {}
        self._based_on: dict[str, str | None] = {}
        self._resolved: dict[str, Look] = {}
        self._grounds: dict[tuple[str, bool], Look] = {}
        self._usual = _PLAIN
        self._usual_paragraph = ""
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        self._usual = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            paragraph = paragraph_look(style.find(f"{W}pPr"))
            numbered = (
                Look(numbered_by=name)
                if paragraph.number is not None or paragraph.depth is not None
                else _PLAIN
            )
            self._own[name] = run_look(style.find(f"{W}rPr")).over(paragraph).over(numbered)
            self._based_on[name] = value_of(style.find(f"{W}basedOn"))
            usual = style.get(f"{W}default", "0") not in _OFF
            if usual and style.get(f"{W}type") == "paragraph":
                self._usual_paragraph = name

    def look(self, style: str) -> Look:
        """Return what ``style`` and the styles it is based on say together; nothing for an unknown style."""
        if (known := self._resolved.get(style)) is not None:
            return known
        look, seen, each = _PLAIN, set[str](), style
        while each and each in self._own and each not in seen:
            seen.add(each)
            look = look.over(self._own[each])
            each = self._based_on[each] or ""
        self._resolved[style] = look
        return look

    def of_paragraph(self, properties: Element | None) -> Look:
        """Return the look of a paragraph, its style and the document's default taken together."""
        named = value_of(properties.find(_STYLE)) if properties is not None else None
        own = paragraph_look(properties)
        listed = own.number is not None or own.depth is not None
        return own.over(self._ground(named if named in self._own else self._usual_paragraph, listed=listed))

    def _ground(self, style: str, *, listed: bool) -> Look:
        """Return what stands below a paragraph's own look; ``listed`` if it names a list or a level itself."""
        known = self._grounds.get((style, listed))
        if known is None:
            known = self.look(style)
            if listed:
                # A list named by the paragraph itself goes before the one its style names, level and all.
                known = replace(known, numbered_by=None, depth=0)
            known = self._grounds[style, listed] = known.over(self._usual)
        return known

    def of_run(self, properties: Element | None, paragraph: Look) -> Look:
        """Return the look of a run inside a paragraph that looks like ``paragraph``."""
        if properties is None:
            return paragraph
        named = value_of(properties.find(_RUN_STYLE))
        look = run_look(properties)
        return (look.over(self.look(named)) if named else look).over(paragraph)

    def lists(self) -> Mapping[str, str]:
        """Return the list that each style points at, for lists defined by a style."""
        return {style: look.number for style in self._own if (look := self.look(style)).number}
