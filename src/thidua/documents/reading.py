"""One door to every kind of document: told by its content, read by the reader of its kind."""

from pathlib import Path
from re import compile as pattern

from thidua.core.plans.source import Source
from thidua.documents.errors import (
    EmptyFileError,
    MissingFileError,
    PictureFileError,
    TooLargeError,
    UnreadableLettersError,
    UnsafeFileError,
)
from thidua.documents.file_kinds import FileKind, belongs_to, kind_of
from thidua.documents.notices import notice

MOST_MEGABYTES = 50
_DAMAGED_SHARE = 0.15
_SAMPLE = 20_000
# Unknown, private, and controls but for those that part words and lines.
_DAMAGED = pattern("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1b]")


def read_document(
    document: Path | bytes,
    name: str | None = None,
    *,
    most_megabytes: int = MOST_MEGABYTES,
    recognise: bool = False,
) -> Source:
    """Read ``document``, a path or the bytes of a file called ``name``.

    ``recognise`` lets a scan be read by optical recognition where this machine has it, seconds a page.
    Raises a DocumentError for every file that cannot be read. Runs in this process: files from outside go
    through ``isolated.read_isolated``.
    """
    name = name or (document.name if isinstance(document, Path) else "tệp")
    content = _content(document, name, most_megabytes)
    try:
        kind = kind_of(content, name)
    except PictureFileError as error:
        if not recognise:
            raise
        return _seen(content, name, str(error.parameters["kind"]))
    try:
        source = _read(kind, content, name, recognise=recognise)
    except RecursionError as error:
        raise UnsafeFileError(name=name, kind=kind.value) from error
    if _is_garbled(source.text[:_SAMPLE]):
        raise UnreadableLettersError(name=name)
    if belongs_to(name, kind):
        return source
    told = notice("wrong_extension", name=name, kind=kind.value)
    return Source(source.text, source.blocks, (told, *source.notices))


def _content(document: Path | bytes, name: str, most_megabytes: int) -> bytes:
    try:
        size = document.stat().st_size if isinstance(document, Path) else len(document)
        if size > most_megabytes << 20:
            raise TooLargeError(name=name, megabytes=(size >> 20) or 1, limit=most_megabytes)
        content = document.read_bytes() if isinstance(document, Path) else document
    except OSError as error:
        raise MissingFileError(name=name) from error
    if not content:
        raise EmptyFileError(name=name)
    return content


def _read(kind: FileKind, content: bytes, name: str, *, recognise: bool) -> Source:
    """Call the reader of ``kind``; each is imported when first needed, for some are heavy."""
    match kind:
        case FileKind.DOCX:
            from thidua.documents.docx_reader import read_docx  # noqa: PLC0415 -- see above

            return read_docx(content, name)
        case FileKind.PDF:
            from thidua.documents.pdf_reader import read_pdf  # noqa: PLC0415

            return read_pdf(content, name, recognise=recognise)
        case FileKind.TEXT:
            from thidua.documents.text_reader import read_text  # noqa: PLC0415

            return read_text(content, name)
        case FileKind.DOC | FileKind.RTF | FileKind.WORD_XML:
            from thidua.documents.old_formats import read_old  # noqa: PLC0415

            return read_old(content, name, kind)


def _seen(content: bytes, name: str, kind: str) -> Source:
    from thidua.documents.pdf_reader import read_picture  # noqa: PLC0415 -- heavy, and seldom needed

    return read_picture(content, name, kind)


def _is_garbled(text: str) -> bool:
    """Whether so many letters are unknown or private that nobody could read the text."""
    damaged = len(_DAMAGED.findall(text))
    return damaged > 0 and damaged > _DAMAGED_SHARE * sum(map(len, text.split()))
