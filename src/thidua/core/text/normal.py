"""The normal form every text is brought to before it is compared, searched or stored.

Legacy encodings are repaired first (``legacy``): there ``Ð`` and the soft hyphen are letters.
"""

import re
import unicodedata

_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Keyboards of the nineties typed Đ with the Icelandic or the African letter; they look the same.
_D_LOOK_ALIKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}

_CLEANED = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(_INVISIBLE, None)
    | _D_LOOK_ALIKES
)
# Looked for first: to look is a tenth of the work of cleaning, and most texts are clean.
_TO_CLEAN = re.compile(f"[{re.escape(''.join(map(chr, _CLEANED)))}]")
# A tone typed before the breve, circumflex or horn; NFC joins only the other order.
_MARK = re.compile("[\u0300-\u036f]")
_TONE_THEN_SHAPE = re.compile("([\u0300\u0301\u0303\u0309\u0323]+)([\u0302\u0306\u031b]+)")


def composed(text: str) -> str:
    """Return ``text`` in NFC, tone marks joined also where typed before the letter's own mark."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if _MARK.search(text) is None:
        return text
    return unicodedata.normalize("NFC", _TONE_THEN_SHAPE.sub(r"\2\1", unicodedata.normalize("NFD", text)))


def normal(text: str) -> str:
    """Return ``text`` composed, with plain spaces, line feeds and nothing invisible.

    Lines and runs of spaces stay as they are; ``one_line`` joins those too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return composed(text.translate(_CLEANED) if _TO_CLEAN.search(text) else text)


def one_line(text: str) -> str:
    """Return ``text`` in normal form on one line, single spaces between words, none at the ends."""
    return " ".join(normal(text).split())
