"""The shape of a Vietnamese syllable: which strings of letters can be one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from thidua.core.text.folding import split_tone

_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"

# Rhymes by their vowels, each with the endings it takes; "-" is none.
_RHYMES = """
a    - c ch i m n ng nh o p t u y
ă    c k m n ng p t
â    c m n ng p t u y
e    - c m n ng o p t
ê    - ch m n ng nh p t u
i    - a ch m n nh p t u
iê   c m n ng p t u
o    - a ac ach ai am an ang anh ao ap at ay ăc ăm ăn ăng ăp ăt c e en eng eo et i m n ng p t
oo   c ng
ô    - c i m n ng p t
ơ    - i m n p t
u    - a ân âng ât ây c ê êch ênh i m n ng ơ p t y ya ych yên yêt yêu ynh yp yt yu
uô   c i m n ng t
ư    - a c i m n ng t u
ươ   c i m n ng p t u
y    - ch nh t
yê   m n ng t u
"""

_STOPPED = ("c", "ch", "k", "p", "t")  # a syllable that ends so takes only sắc or nặng


def _rhymes() -> list[str]:
    rhymes = [
        vowels + ending.replace("-", "")
        for vowels, *endings in (line.split() for line in _RHYMES.strip().splitlines())
        for ending in endings
    ]
    return sorted(rhymes, key=len, reverse=True)


_SYLLABLE = re.compile(f"({'|'.join(_ONSETS.split())}|)({'|'.join(_rhymes())})")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable in lower case: ``thuyền`` is th + uyên with tone 1 (as ordered in ``folding.TONES``)."""

    onset: str
    rhyme: str
    tone: str


@lru_cache(maxsize=8192)
def syllable(word: str) -> Syllable | None:
    """Return the parts of ``word`` (composed, any case), or None where it can be no Vietnamese syllable.

    The tone may stand on any vowel; two tones make no syllable.
    """
    pairs = [split_tone(letter) for letter in word.lower()]
    tones = [tone for _, tone in pairs if tone != "0"]
    found = _SYLLABLE.fullmatch("".join(letter for letter, _ in pairs))
    if found is None or len(tones) > 1:
        return None
    tone = tones[0] if tones else "0"
    if found[2].endswith(_STOPPED) and tone not in "45":
        return None
    return Syllable(found[1], found[2], tone)
