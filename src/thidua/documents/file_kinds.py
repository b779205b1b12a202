"""What a file is, told by its first bytes and never by its name."""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from re import IGNORECASE
from re import compile as pattern
from zipfile import BadZipFile, ZipFile

from thidua.documents.errors import (
    N_,
    BrokenFileError,
    DocumentError,
    EncryptedFileError,
    OtherFormatError,
    PictureFileError,
    ProgramFileError,
)


class FileKind(StrEnum):
    """The kinds of file that hold a document's text; the value is what a person calls them."""

    DOCX = N_("văn bản Word .docx")
    PDF = "PDF"
    TEXT = N_("văn bản thuần")
    DOC = N_("văn bản Word cũ .doc")
    RTF = N_("văn bản RTF")
    WORD_XML = N_("văn bản Word 2003 XML")


_EXTENSIONS = {
    FileKind.DOCX: {".docx", ".docm", ".dotx", ".dotm"},
    FileKind.PDF: {".pdf"},
    FileKind.TEXT: {".txt", ".md", ".markdown", ".text"},
    FileKind.DOC: {".doc", ".dot"},
    FileKind.RTF: {".rtf"},
    FileKind.WORD_XML: {".xml"},
}

_PDF_WINDOW = 1024  # readers of PDF allow so much before the mark
_TEXT_WINDOW = 2048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
_OTHERS = (
    (b"Rar!\x1a\x07", N_("tệp nén .rar")),
    (b"7z\xbc\xaf\x27\x1c", N_("tệp nén .7z")),
    (b"\x1f\x8b", N_("tệp nén .gz")),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"avif"})
_WEB_PAGE = pattern(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html[\s>])", IGNORECASE)
_WORD_XML = b'progid="Word.Document"'


@dataclass(frozen=True, slots=True)
class _Office:
    folder: str
    kind: str


_OFFICE = (_Office("xl/", N_("bảng tính Excel .xlsx")), _Office("ppt/", N_("bản trình chiếu .pptx")))


def kind_of(content: bytes, name: str) -> FileKind:
    """Tell what ``content`` is. Raises a DocumentError where it is no document that could be read."""
    if b"%PDF-" in content[:_PDF_WINDOW]:
        return FileKind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content, name)
    if content.startswith(_OLE):
        return _kind_of_ole(content, name)
    head = content[:_TEXT_WINDOW].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b"{\\rtf"):
        return FileKind.RTF
    if (error := _refusal(head, name)) is not None:
        raise error
    return FileKind.WORD_XML if _WORD_XML in head else FileKind.TEXT


def belongs_to(name: str, kind: FileKind) -> bool:
    """Whether the extension of ``name`` says what the file is; a name without one says nothing wrong."""
    extension = PurePath(name).suffix.lower()
    return not extension or extension in _EXTENSIONS[kind]


def _refusal(head: bytes, name: str) -> DocumentError | None:
    """Return why a file that begins with ``head`` is refused; None where it may be text."""
    if (picture := _picture(head)) is not None:
        return PictureFileError(name=name, kind=picture)
    if head.startswith(_PROGRAMS) and b"\x00" in head:
        return ProgramFileError(name=name)
    other = next((kind for mark, kind in _OTHERS if head.startswith(mark)), None)
    if head[4:8] == b"ftyp":
        other = N_("phim hoặc âm thanh")
    if _WEB_PAGE.match(head):
        other = N_("trang web (HTML)")
    return None if other is None else OtherFormatError(name=name, kind=other)


def _picture(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "HEIC"
    return next((kind for mark, kind in _PICTURES if head.startswith(mark)), None)


def _kind_of_zip(content: bytes, name: str) -> FileKind:
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.namelist()
            first = package.infolist()[0] if parts else None
            opendocument = (
                first is not None and first.filename == "mimetype" and b"opendocument" in content[:128]
            )
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BrokenFileError(name=name, kind=N_("tệp nén Office")) from error
    if opendocument:
        raise OtherFormatError(name=name, kind=N_("tệp OpenDocument (.odt, .ods)"))
    folders = {part.lstrip("/").lower().partition("/")[0] + "/" for part in parts}
    if "word/" in folders:
        return FileKind.DOCX
    for office in _OFFICE:
        if office.folder in folders:
            raise OtherFormatError(name=name, kind=office.kind)
    raise OtherFormatError(name=name, kind=N_("tệp nén .zip"))


def _kind_of_ole(content: bytes, name: str) -> FileKind:
    """Tell the kinds of the old Office container apart by the names in its directory, which are UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise EncryptedFileError(name=name, kind="Office")
    if has("WordDocument"):
        return FileKind.DOC
    for stream, kind in (
        ("Workbook", N_("bảng tính Excel cũ .xls")),
        ("PowerPoint Document", N_("bản trình chiếu cũ .ppt")),
        ("__properties_version", N_("thư Outlook .msg")),
    ):
        if has(stream):
            raise OtherFormatError(name=name, kind=kind)
    raise BrokenFileError(name=name, kind=N_("tệp Office cũ"))
