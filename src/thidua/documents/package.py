"""Opens Office packages (zip files of XML) without trusting them.

Every bound is checked against the package's own table before anything is unpacked, and again while unpacking,
because the table may lie. Document type declarations, by which XML grows or reaches out, are refused.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree.ElementTree import (
    Element,
    ParseError,
    TreeBuilder,
    XMLParser,
)
from xml.parsers.expat.errors import XML_ERROR_NO_MEMORY, codes
from zipfile import BadZipFile, ZipFile, ZipInfo

from thidua.documents.errors import (
    BrokenFileError,
    EncryptedFileError,
    UnpackedTooLargeError,
    UnsafeFileError,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{W}val"
_STRICT = b"http://purl.oclc.org/ooxml/"
#: Word may save the names of the strict kind of Open XML; they mean the same.
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

MOST_PARTS = 10_000
UNPACKED_MEGABYTES = 256
#: XML packs well, but an honest part hardly goes beyond 60 to 1; small parts may, and harm nobody.
HIGHEST_RATIO = 200
_SMALL_PART = 1 << 20
_NAMES_WINDOW = 4096
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another; outside links are left out when reading."""

    kind: str
    target: str


_NO_MEMORY = codes[XML_ERROR_NO_MEMORY]


class Package:
    """An Office file whose size has been judged; parts are unpacked one at a time."""

    def __init__(self, content: bytes, *, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise BrokenFileError(name=name, kind=kind) from error
        entries = self._zip.infolist()
        self._check_sizes(entries)
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def _check_sizes(self, entries: list[ZipInfo]) -> None:
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise EncryptedFileError(name=self.name, kind=self.kind)
        swollen = any(
            entry.file_size > _SMALL_PART and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
        unpacked = sum(entry.file_size for entry in entries)
        if swollen or len(entries) > MOST_PARTS or unpacked > UNPACKED_MEGABYTES << 20:
            raise UnpackedTooLargeError(name=self.name, limit=UNPACKED_MEGABYTES)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def parts(self) -> Iterator[str]:
        return iter(self._entries)

    def read(self, part: str) -> bytes:
        """Unpack one part; a part that is not there is a broken file."""
        try:
            entry = self._entries[part.lower()]
            with self._zip.open(entry) as stream:
                # Asking for the size stated, and one byte more, bounds a part whose stated size is a lie.
                content = stream.read(entry.file_size + 1)
        except (KeyError, BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
            raise BrokenFileError(name=self.name, kind=self.kind) from error
        return content

    def tree(self, part: str, shortened: Callable[[bytes], bytes] = bytes) -> Element:
        """Parse what ``shortened`` leaves of one part. Strict Open XML is brought to the names of the usual kind."""
        content = shortened(self.read(part))
        if _STRICT in content[:_NAMES_WINDOW]:
            for strict, usual in _STRICT_NAMES.items():
                content = content.replace(strict, usual)
        try:
            parser = XMLParser(target=_Builder())  # noqa: S314 -- _Builder refuses declarations
            parser.feed(content)
            root = parser.close()
        except _DeclarationFoundError as error:
            raise UnsafeFileError(name=self.name, kind=self.kind) from error
        except ParseError as error:
            if error.code == _NO_MEMORY:  # the parser's own way to say so
                raise MemoryError from error
            raise BrokenFileError(name=self.name, kind=self.kind) from error
        except (LookupError, ValueError) as error:
            raise BrokenFileError(name=self.name, kind=self.kind) from error
        if not isinstance(root, Element):
            raise BrokenFileError(name=self.name, kind=self.kind)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the links of ``part`` by their id."""
        place = PurePosixPath(part)
        sheet = f"{place.parent}/_rels/{place.name}.rels".removeprefix("./")
        if sheet not in self:
            return {}
        return {
            item.get("Id", ""): Relation(
                item.get("Type", "").rpartition("/")[2], _resolved(place.parent, item.get("Target", ""))
            )
            for item in self.tree(sheet).iter(_RELATION)
            if item.get("TargetMode") != "External"
        }


class _DeclarationFoundError(Exception):
    pass


class _Builder(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DeclarationFoundError(name, pubid, system)


def _resolved(folder: PurePosixPath, target: str) -> str:
    """Return the name of the part that ``target`` points at from ``folder``."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps: list[str] = []
    for step in (folder / target).parts:
        if step == "..":
            del steps[-1:]
        else:
            steps.append(step)
    return "/".join(steps)


def value_of(item: Element | None) -> str | None:
    """Return ``w:val`` of ``item``, None where either is missing."""
    return None if item is None else item.get(_VALUE)
