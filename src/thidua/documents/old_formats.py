"""Reads .doc, .rtf and Word 2003 XML through a program of this machine, if it has one.

LibreOffice comes first, for it keeps numbering and tables; antiword and catdoc give bare text. All run
inside the bounds of the reading process (``confinement``), in a folder that is gone afterwards.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from thidua.core.plans.source import Source
from thidua.documents.docx_reader import read_docx
from thidua.documents.errors import BrokenFileError, EncryptedFileError, OldFormatError
from thidua.documents.file_kinds import FileKind
from thidua.documents.layout import Layout
from thidua.documents.notices import notice

_SUFFIXES = {FileKind.DOC: ".doc", FileKind.RTF: ".rtf", FileKind.WORD_XML: ".xml"}
_OFFICES = ("soffice", "libreoffice")
_TEXT_TOOLS = (
    ("antiword", ("-m", "UTF-8.txt", "-w", "0"), {FileKind.DOC}),
    ("catdoc", ("-d", "utf-8", "-w"), {FileKind.DOC, FileKind.RTF}),
)
_Reader = Callable[[list[str], Path, str], Source | None]
_FIB_START, _FIB_FLAGS, _FIB_ENCRYPTED = b"\xec\xa5", 10, 0x0100


def read_old(content: bytes, name: str, kind: FileKind) -> Source:
    """Read a file of an old ``kind``. Raises OldFormatError where this machine has no program for it."""
    if kind is FileKind.DOC and _is_encrypted(content):
        raise EncryptedFileError(name=name, kind=kind.value)
    with TemporaryDirectory(prefix="thidua-") as folder:
        file = Path(folder, f"document{_SUFFIXES[kind]}")
        file.write_bytes(content)
        for command, read in _readers(kind):
            source = read(command, file, name)
            if source is not None and source.blocks:
                code = "converted_bare" if read is _through_text_tool else "converted"
                notices = (notice(code, kind=kind.value), *source.notices)
                return Source(source.text, source.blocks, notices)
            raise BrokenFileError(name=name, kind=kind.value)
    raise OldFormatError(name=name, kind=kind.value)


def _readers(kind: FileKind) -> Iterator[tuple[list[str], _Reader]]:
    """Return the programs this machine has for ``kind``, the best first, as the start of their commands."""
    for office in _OFFICES:
        if (path := shutil.which(office)) is not None:
            yield [path, "--headless", "--norestore"], _through_office
    for tool, options, kinds in _TEXT_TOOLS:
        if kind in kinds and (path := shutil.which(tool)) is not None:
            yield [path, *options], _through_text_tool


def _through_office(command: list[str], file: Path, name: str) -> Source | None:
    profile = f"-env:UserInstallation={Path(file.parent, 'profile').as_uri()}"
    _run([*command, profile, "--convert-to", "docx", "--outdir", str(file.parent), str(file)])
    converted = file.with_suffix(".docx")
    return read_docx(converted.read_bytes(), name) if converted.exists() else None


def _through_text_tool(command: list[str], file: Path, _: str) -> Source | None:
    return _from_lines(_run([*command, str(file)]))


def _from_lines(text: str) -> Source | None:
    layout = Layout()
    for line in text.splitlines():
        layout.add(line, "line")
    return layout.source() if text.strip() else None


def _run(command: list[str]) -> str:
    """Run a program of this machine; the reading process' own bounds on time and memory hold for it too."""
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- found by which, no shell
    return done.stdout.decode("utf-8", errors="replace")


def _is_encrypted(content: bytes) -> bool:
    """Whether Word's own header, at the start of a sector, says so ([MS-DOC] 2.5.1)."""
    for start in range(512, len(content) - _FIB_FLAGS - 2, 512):
        if content.startswith(_FIB_START, start):
            flags = int.from_bytes(content[start + _FIB_FLAGS : start + _FIB_FLAGS + 2], "little")
            return bool(flags & _FIB_ENCRYPTED)
    return False
