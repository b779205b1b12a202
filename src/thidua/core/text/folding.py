"""Searching without diacritics: what is typed counts, what is not typed does not."""

import re
import unicodedata
from functools import lru_cache

from thidua.core.text.normal import composed, one_line

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""The tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng; the level tone is ``0``."""

_SHAPED = "ăâđêôơưðɖ"
_PLAIN = str.maketrans(_SHAPED, "aadeooudd")


# Letters and signs of print (“ ” – … • ≤ ≥) that bear no mark.
_UNMARKED = re.compile("[\x00-\x7f\u00a0-\u00bf\u2010-\u2044\u2264\u2265\u25a0-\u25ff]*")


def _without_marks(letter: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))


# Plain letters, and those with at most one tone over one shape: all a Vietnamese text holds. One look-up each;
# the plain ones are there too because a look-up in vain takes far longer.
_FOLDED = str.maketrans(
    {
        letter: _without_marks(letter.lower()).translate(_PLAIN)
        for letter in map(chr, (*range(0x80), *range(0xC0, 0x250), 0x256, *range(0x1EA0, 0x1EFA)))
    }
)


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics, đ as d; the text kept in a search column.

    Composed Vietnamese text keeps its length, so that a place in the folded text is a place in the text.
    """
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLDED)
    if _UNMARKED.fullmatch(folded):  # then no mark stood alone, and the text was composed
        return folded
    folded = composed(text).translate(_FOLDED).lower()
    return folded if _UNMARKED.fullmatch(folded) else _without_marks(folded)


@lru_cache(maxsize=4096)
def split_tone(letter: str) -> tuple[str, str]:
    """Return the composed ``letter`` without its tone, and the tone as a figure of ``TONES``, 0 for level."""
    tone = "0"
    kept = ""
    for mark in unicodedata.normalize("NFD", letter):
        if mark in TONES:
            tone = TONES[mark]
        else:
            kept += mark
    return unicodedata.normalize("NFC", kept), tone


def matches(query: str, text: str) -> bool:
    """Say whether ``query`` stands in ``text``: «dang» and «đăng» find Đặng and Đăng, «đặng» only Đặng.

    A shape (ă, đ, ơ) must be where it was typed; a tone belongs to its word, so that
    hoà and hòa are one, and so is a word whose end is not yet typed.
    """
    asked, asked_tones = _letters_and_tones(one_line(query))
    there, there_tones = _letters_and_tones(one_line(text))
    wanted, ground = asked.translate(_PLAIN), there.translate(_PLAIN)
    start = ground.find(wanted)
    while start != -1:
        end = start + len(wanted)
        if _shapes_fit(asked, there[start:end]) and _tones_fit(asked_tones, there_tones[start:end]):
            return True
        start = ground.find(wanted, start + 1)
    return False


def _letters_and_tones(text: str) -> tuple[str, str]:
    """Return the lower-case letters of ``text`` without tones, and beside each the tone of its word."""
    letters: list[str] = []
    tones: list[str] = []
    for word in text.lower().split():
        pairs = [split_tone(letter) for letter in word]
        tone = max((tone for _, tone in pairs), default="0")
        bare = "".join(letter for letter, _ in pairs)
        letters.append(bare)
        tones.append(tone * len(bare))
    return " ".join(letters), " ".join(tones)


def _shapes_fit(asked: str, there: str) -> bool:
    return all(a == t or a not in _SHAPED for a, t in zip(asked, there, strict=True))


def _tones_fit(asked: str, there: str) -> bool:
    return all(a in (t, "0") for a, t in zip(asked, there, strict=True))
