"""Reads plain and markdown text in whatever encoding a Vietnamese machine may have written it."""

from re import compile as pattern

from thidua.core.plans.source import Source
from thidua.core.text.decoding import NotTextError, decode
from thidua.documents.errors import EmptyFileError, UnknownFormatError
from thidua.documents.notices import notice

_UNICODE = frozenset({"UTF-8", "UTF-16"})
_CONTROLS = pattern("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MOST_CONTROLS = 0.01  # a few come with text pasted from elsewhere
_DAMAGE = "\ufffd"


def read_text(content: bytes, name: str) -> Source:
    """Read ``content`` as text, its lines as they are. Raises a DocumentError for bytes that are none."""
    try:
        decoded = decode(content)
    except NotTextError as error:
        raise UnknownFormatError(name=name) from error
    if len(_CONTROLS.findall(decoded.text)) > _MOST_CONTROLS * len(decoded.text):
        raise UnknownFormatError(name=name)
    if not decoded.text.strip("\ufeff \t\r\n\x0b\x0c\x1a\u00a0"):
        raise EmptyFileError(name=name)
    notices = []
    if decoded.encoding not in _UNICODE:
        notices.append(notice("legacy_letters_repaired", encodings=decoded.encoding))
    if _DAMAGE in decoded.text:
        notices.append(notice("damaged_letters"))
    return Source.from_text(decoded.text, tuple(notices))
