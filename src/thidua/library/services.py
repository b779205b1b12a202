"""Keep files as they came; know a document again however its number is written."""

import hashlib
import mimetypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from thidua.core.text.citations import SYMBOL_OF_TYPE, same_document_key, type_of_number
from thidua.core.text.folding import fold
from thidua.library.models import Document, Spelling, StoredFile
from thidua.records.locks import hold

CHUNK = 1 << 20
ALSO_SIGNED_AS = {"KET_LUAN": {"THONG_BAO"}, "THONG_BAO": {"KET_LUAN"}}
DEFAULT_LIMIT = 50 * 1024 * 1024


class FileTooLargeError(Exception):
    """The file is larger than may be taken in; carries both sizes in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {limit} bytes")
        self.limit = limit


class Chunked(Protocol):
    """An upload, in pieces."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]: ...


def store_file(
    content: Chunked | bytes, name: str, *, by: AbstractBaseUser | None, limit: int = DEFAULT_LIMIT
) -> StoredFile:
    """Keep ``content`` unchanged under its SHA-256; the same content is kept once.

    Raises FileTooLargeError as soon as the limit is passed, with nothing left behind.
    """
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size, partial = write_partial(pieces(content), folder, limit)
    place = path_of(digest)
    with transaction.atomic():
        hold("file", digest)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.replace(place)
        return StoredFile.objects.create(
            sha256=digest,
            name=safe_name(name),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            size=size,
            stored_by_id=by.pk if by else None,
        )


def forget_file(file: StoredFile) -> None:
    """Take back a file nobody refers to yet, with its content where no other row keeps it."""
    file.delete()
    transaction.on_commit(lambda: drop_unkept(file.sha256))


@transaction.atomic
def drop_unkept(sha256: str) -> None:
    """Remove a content no row keeps; one that is just being stored again stays."""
    hold("file", sha256)
    if not StoredFile.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)


def pieces(content: Chunked | bytes) -> Iterator[bytes]:
    return iter([content]) if isinstance(content, bytes) else content.chunks(CHUNK)


def write_partial(chunks: Iterator[bytes], folder: Path, limit: int) -> tuple[str, int, Path]:
    """Write to a temporary file and return its digest, size and path."""
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, prefix="partial-", delete=False) as file:
        partial = Path(file.name)
        try:
            for chunk in within(limit, chunks):
                size += len(chunk)
                digest.update(chunk)
                file.write(chunk)
        except BaseException:
            partial.unlink()
            raise
    return digest.hexdigest(), size, partial


def within(limit: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > limit:
            raise FileTooLargeError(limit)
        yield chunk


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


@contextmanager
def opened(file: StoredFile) -> Iterator[IO[bytes]]:
    """Open the stored content for reading."""
    with path_of(file.sha256).open("rb") as stream:
        yield stream


def safe_name(name: str) -> str:
    """Return the file's own name without folders and control characters, at most 200 letters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = "".join(c for c in name if c.isprintable()).strip().rpartition(".")
    return (f"{stem[:190]}{dot}{ending[:9]}" if dot else ending[:200]) or "tep"


def number_key(number: str) -> str:
    """Return one key for all spellings: ``21-CT/TTg``, ``21/CT-TTg`` and ``21 / CT – TTG`` are one."""
    return "/".join(same_document_key(number))


def misfit_of(kind: str, number: str) -> str:
    """Return the kind of document the number's symbol stands for, where it is not ``kind``; else "".

    Only kinds that have a symbol of their own are judged; a conclusion may come as a notice and the other way.
    """
    told = type_of_number(number)
    if not told or told == kind or kind not in SYMBOL_OF_TYPE or told in ALSO_SIGNED_AS.get(kind, ()):
        return ""
    return told


def same_issuer(one: str, other: str) -> bool:
    """Say whether two namings may mean one body: «Bộ trưởng Bộ Tư pháp» and «Bộ Tư pháp» do."""
    first, second = fold(one).strip(), fold(other).strip()
    return first in second or second in first


def known_document(kind: str, key: str, issued_on: date | None, issuer: str) -> Document | None:
    """Return the one document these words can mean; None where there is none, or more than one."""
    found = Document.objects.filter(number_key=key, type=kind)
    fitting = [row for row in found if same_issuer(row.issuer, issuer)]
    dated = [row for row in fitting if row.issued_on == issued_on]
    if dated:
        return next((row for row in dated if row.issuer == issuer[:200]), dated[0])
    if issued_on is None:
        return fitting[0] if len(fitting) == 1 else None
    return next((row for row in fitting if row.issued_on is None), None)


@transaction.atomic
def register_document(
    *,
    kind: str,
    number: str,
    issued_on: date | None,
    issuer: str = "",
    about: str = "",
    file: StoredFile | None = None,
) -> Document:
    """Return the registered document of this number, day and issuer, making it on first sight.

    Another spelling is kept beside it; a day or an issuer that is not told joins the only document
    of that number. Two provinces may give one number on one day: those stay two.
    ``file`` is the document itself, where it lies here.
    """
    key = number_key(number)
    hold("document", kind, key)
    document = known_document(kind, key, issued_on, issuer)
    if document is not None and document.issued_on is None and issued_on is not None:
        document.issued_on = issued_on
        document.save(update_fields=["issued_on"])
    if document is None:
        document = Document.objects.create(
            type=kind,
            number=number,
            number_key=key,
            issued_on=issued_on,
            issuer=issuer[:200],
            about=about,
            folded=fold(f"{number} {issuer} {about}"),
            misfit=misfit_of(kind, number),
        )
    if file and document.file_id is None:
        document.file = file
        document.save(update_fields=["file"])
    Spelling.objects.get_or_create(document=document, written=number)
    return document
