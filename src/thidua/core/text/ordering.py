"""Vietnamese order as plain ASCII keys: letters first, then tones, then case.

The keys sort rightly byte by byte, so any database sorts them rightly without a collation.
Old and new placing of a tone (hòa, hoà) give one key.
"""

import unicodedata
from functools import lru_cache

from thidua.core.text.folding import split_tone
from thidua.core.text.normal import one_line

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WORD_END = "!"
_PUNCTUATION = '"'
_FOREIGN = "~"
_LEVEL_END = " "  # below every weight, so that a shorter text comes first
_WEIGHTS = {sign: chr(ord("#") + place) for place, sign in enumerate("0123456789" + _ALPHABET)}
_FOREIGN_MARK = "6"  # an accent that is no Vietnamese tone comes after the five that are


def sort_key(text: str) -> str:
    """Return the key of ``text`` in Vietnamese dictionary order: An Ánh Ăn Ân … Đạt … Ý Yến."""
    return _LEVEL_END.join(_levels(one_line(text)))


def name_sort_key(full_name: str) -> str:
    """Return the key by which people are listed: the given name (last word), then the words before it."""
    before, _, given = one_line(full_name).rpartition(" ")
    letters, tones, case = _levels(given)
    other_letters, other_tones, other_case = _levels(before)
    return _LEVEL_END.join((letters, tones, other_letters, other_tones, case, other_case))


def _levels(text: str) -> tuple[str, str, str]:
    """Return the weights of the letters, the tone of each word and the capitals of ``text``."""
    letters: list[str] = []
    tones: list[str] = []
    capitals: list[str] = []
    for word in text.split():
        weights, tone, case = _word_levels(word)
        letters.append(weights)
        tones.append(tone)
        capitals.append(case)
    # The lowest sign at the end says nothing: texts equal so far have equally many words and letters.
    return _WORD_END.join(letters), "".join(tones).rstrip("0"), "".join(capitals).rstrip("0")


@lru_cache(maxsize=8192)  # names are made of few words
def _word_levels(word: str) -> tuple[str, str, str]:
    signs = [_sign(letter) for letter in word]
    case = "".join("1" if letter.isupper() else "0" for letter in word)
    return "".join(weight for weight, _ in signs), max(tone for _, tone in signs), case


def _sign(letter: str) -> tuple[str, str]:
    """Return the weight of one letter, and its tone; punctuation before digits, foreign scripts last."""
    bare, tone = split_tone(letter.lower())
    if bare in _WEIGHTS:
        return _WEIGHTS[bare], tone
    base = unicodedata.normalize("NFD", bare)[:1]
    if not base:  # a tone mark on nothing
        return "", tone
    if base in _WEIGHTS:
        return _WEIGHTS[base], _FOREIGN_MARK
    return (_FOREIGN if bare.isalnum() else _PUNCTUATION) + f"{ord(base):06x}", tone
