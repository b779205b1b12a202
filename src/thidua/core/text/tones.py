"""Two ways to place a tone, hòa and hoà, brought to one.

The form kept is the older one, in which Nghị định 30/2020 itself writes CỘNG HÒA:
in an open syllable of two vowels the tone stands on the first.
"""

import re
import unicodedata

from thidua.core.text.folding import TONES, split_tone
from thidua.core.text.syllables import Syllable, syllable

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = {place: mark for mark, place in TONES.items()}
_VOWELS = "aăâeêioôơuưy"
_SHAPED_VOWELS = "ăâêôơư"


def one_placing(text: str) -> str:
    """Return composed ``text`` with every tone where the older rule puts it: hoà → hòa, qúy → quý.

    The length stays; words that are no Vietnamese syllable stay as they are.
    """
    return text if text.isascii() else _WORD.sub(_placed, text)


def _placed(found: re.Match[str]) -> str:
    word = found[0]
    parts = None if word.isascii() else syllable(word)
    if parts is None or parts.tone == "0":
        return word
    bare = [split_tone(letter)[0] for letter in word]
    place = len(parts.onset) + _toned_vowel(parts)
    bare[place] = unicodedata.normalize("NFC", bare[place] + _MARKS[parts.tone])
    return "".join(bare)


def _toned_vowel(parts: Syllable) -> int:
    """Return the place in the rhyme of the vowel that carries the tone."""
    rhyme = parts.rhyme
    shaped = [place for place, letter in enumerate(rhyme) if letter in _SHAPED_VOWELS]
    if shaped:
        return shaped[-1]
    vowels = sum(letter in _VOWELS for letter in rhyme)
    closed = vowels < len(rhyme)
    return int(vowels > len("oa") or (closed and vowels == len("oa")))
