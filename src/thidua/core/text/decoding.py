"""Bytes of a plain text file to Unicode: UTF-8, UTF-16, and what Vietnamese machines wrote before."""

import codecs
from dataclasses import dataclass

from thidua.core.text.legacy import repair
from thidua.core.text.normal import composed
from thidua.core.text.syllables import syllable

_SAMPLE = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\x0b\x0c\r\x1a")


class NotTextError(ValueError):
    """The bytes are no text in any encoding known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and what it was in: UTF-8, UTF-16, TCVN3, VNI, Windows-1258 or Windows-1252."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded:
    """Read ``raw`` as text, legacy Vietnamese encodings repaired.

    Raises NotTextError for bytes that are no text.
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _unicode(raw, codec)
    if codec := _utf16_without_mark(raw):
        return _unicode(raw, codec)
    if any(sign in _BINARY_CONTROLS for sign in raw[:_SAMPLE]):
        raise NotTextError
    try:
        return _repaired(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _western(raw)


def _unicode(raw: bytes, codec: str) -> Decoded:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        raise NotTextError from error
    return _repaired(text, "UTF-8" if codec == "utf-8-sig" else "UTF-16")


def _utf16_without_mark(raw: bytes) -> str:
    """Return the codec where every second byte is mostly zero, as in text of mostly plain letters."""
    sample = raw[:_SAMPLE]
    half = len(sample) // 2
    if half == 0 or len(raw) % 2:
        return ""
    if sample[1::2].count(0) > half * 0.4 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.4 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _western(raw: bytes) -> Decoded:
    """Read one byte a letter: TCVN3 and VNI where the words say so, else Windows' own Vietnamese page."""
    # Latin-1 also where Windows-1252 leaves a gap: no byte is lost.
    western = raw.decode("latin-1")
    repaired = repair(western)
    if repaired.encoding:
        return Decoded(repaired.text, repaired.encoding)
    vietnamese = composed(raw.decode("cp1258", errors="replace"))
    if any(syllable(word) for word in vietnamese.split() if not word.isascii()):
        return Decoded(vietnamese, "Windows-1258")
    return Decoded(raw.decode("cp1252", errors="replace"), "Windows-1252")


def _repaired(text: str, encoding: str) -> Decoded:
    """Repair what was saved as Unicode but typed with an old font."""
    repaired = repair(text)
    return Decoded(repaired.text, repaired.encoding or encoding)
