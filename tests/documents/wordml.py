"""Word files made by hand, part by part, so that a test says exactly what stands in them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word_file(body: str, **parts: str) -> bytes:
    """Return a .docx with ``body``; ``parts`` are numbering, styles, settings, header1 and so on."""
    written = {"word/document.xml": _root("document", f"<w:body>{body}</w:body>")}
    links = ""
    types = f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        written[f"word/{name}.xml"] = _root(root, inner)
        links += f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        types += f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
    written["word/_rels/document.xml.rels"] = _relations(links)
    written["_rels/.rels"] = _relations(
        f'<Relationship Id="main" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    written["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    return zipped({name: content.encode() for name, content in written.items()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _root(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{inner}</w:{name}>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(
    text: str = "",
    *,
    number: int | None = None,
    depth: int | None = None,
    style: str = "",
    properties: str = "",
    inner: str = "",
) -> str:
    """Return a paragraph of ``text``, or of the runs ``inner``, in list ``number`` at ``depth``."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    level = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    listed = "" if number is None else f'<w:numId w:val="{number}"/>'
    numbers = f"<w:numPr>{level}{listed}</w:numPr>" if level or listed else ""
    return f"<w:p><w:pPr>{named}{numbers}{properties}</w:pPr>{inner or run(text)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def abstract(identity: int, *levels: str, inside: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>{inside}'
        f"{''.join(levels)}</w:abstractNum>"
    )


def level(depth: int, text: str, style: str = "decimal", *, start: int = 1, inside: str = "") -> str:
    """Return one level of a list; ``style`` is its number format."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{inside}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(number: int, definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def restart(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
