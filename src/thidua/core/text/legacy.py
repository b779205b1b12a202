"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times), found and repaired.

Both put Vietnamese letters in the places of Western ones, so that read as Western
text «Việt Nam» comes out as ``ViÖt Nam`` or ``Vieät Nam``. The evidence is the
syllable: after the right conversion the words are Vietnamese, after the wrong one,
or in a language that truly has these letters, they are not.

TCVN3 is the table of TCVN 5712:1993, part 3. It has no capitals with a tone: the
font drew them, so a word in capitals is set back in capitals by what stands around it.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from thidua.core.text.normal import composed
from thidua.core.text.syllables import syllable


class Encoding(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text in Unicode, and the encoding it was repaired from, None where nothing was touched."""

    text: str
    encoding: Encoding | None


# From 0xA1 on; a blank stands for a place TCVN3 leaves empty.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
)
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_LETTERS) if letter != " "}

# A VNI vowel is its plain letter and a sign for what it carries.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """Return what stands for each sequence of VNI signs; the sign of a capital may be small or large."""
    pairs = {base + sign: base + tone for base in "aeiouyôö" for sign, tone in _VNI_TONES.items()}
    pairs |= {base + sign: base + "\u0302" + tone for base in "aeo" for sign, tone in _VNI_CIRCUMFLEX.items()}
    pairs |= {"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVE.items()}
    small = {
        signs: composed("".join(_VNI_ALONE.get(letter, letter) for letter in letters))
        for signs, letters in (pairs | {alone: alone for alone in _VNI_ALONE}).items()
    }
    large = {signs[0].upper() + signs[1:]: letter.upper() for signs, letter in small.items()}
    larger = {signs.upper(): letter.upper() for signs, letter in small.items()}
    return small | large | larger


_VNI = _vni_table()
_VNI_SEQUENCE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_WORD = re.compile(r"[A-Za-z\u00a1-\uffff]+")
_EVIDENCE_WORDS = 400  # enough of a document to be sure; a cell of a table has one or two
_OPENING = "\"'“”‘’([{*_#-–+.,:;…"
_LINE_WORDS = 4  # fewer words of one line do not outweigh the document
_SURE = 0.75
_MARGIN = 0.2


def detect(text: str) -> Encoding | None:
    """Return the legacy encoding of ``text``; None for Unicode, other languages and too little to judge."""
    if not any(_gains(word) for word in _WORD.findall(_telling_once(text))):
        return None  # nearly every document
    if found := _judged(_telling_words(text)[:_EVIDENCE_WORDS]):
        return found
    lines = [words for line in text.split("\n") if len(words := _telling_words(line)) >= _LINE_WORDS]
    counted = Counter(_judged(words) for words in lines[:_EVIDENCE_WORDS] if not _is_vietnamese(words))
    return counted.most_common(1)[0][0] if counted else None


def _telling_once(text: str) -> str:
    """Return the words beyond ASCII of ``text``, with what stands beside them, each but once."""
    return " ".join({word for word in text.split() if not word.isascii()})


def _gains(word: str) -> bool:
    """Whether ``word`` is no syllable as it is and becomes one by a conversion: without any there is no evidence."""
    return syllable(composed(word)) is None and any(
        syllable(converted(word)) for converted in _CONVERTERS.values()
    )


def _is_vietnamese(words: list[str]) -> bool:
    return _vietnamese_share(words, composed) >= _SURE


def _judged(words: list[str]) -> Encoding | None:
    if not words:
        return None
    to_outdo = _vietnamese_share(words, composed) + _MARGIN
    if to_outdo >= 1:  # most texts: spared the conversions
        return None
    shares = {encoding: _vietnamese_share(words, convert) for encoding, convert in _CONVERTERS.items()}
    best = max(shares, key=lambda encoding: shares[encoding])
    sure = shares[best] >= _SURE and shares[best] > to_outdo
    return best if sure else None


def repair(text: str) -> Repaired:
    """Return ``text`` in Unicode. Lines that already are Vietnamese Unicode stay as they are.

    A document put together from several machines may change its encoding from line to line.
    """
    encoding = detect(text)
    if encoding is None:
        return Repaired(text, None)
    lines = text.split("\n")
    return Repaired("\n".join(repair_line(line, encoding) for line in lines), encoding)


def convert(text: str, encoding: Encoding) -> str:
    """Return ``text`` read as ``encoding``, without asking whether it is."""
    return _CONVERTERS[encoding](text)


def repair_line(line: str, encoding: Encoding) -> str:
    """Convert one line or cell, from the document's ``encoding`` unless it clearly is in another or in none."""
    words = _telling_words(line)
    own = _judged(words) if len(words) >= _LINE_WORDS else None
    if own and _vietnamese_share(words, _CONVERTERS[own]) > _vietnamese_share(words, _CONVERTERS[encoding]):
        return _CONVERTERS[own](line)
    if words and _vietnamese_share(words, composed) > _vietnamese_share(words, _CONVERTERS[encoding]):
        return line
    return _CONVERTERS[encoding](line)


def _telling_words(text: str) -> list[str]:
    """Return the words that have both a letter and something beyond ASCII, which alone can tell."""
    return [word for word in _WORD.findall(text) if len(word) > 1 and not word.isascii()]


def _vietnamese_share(words: list[str], convert: Callable[[str], str]) -> float:
    """Return the share (0-1) of ``words`` that are Vietnamese syllables after ``convert``."""
    counted = Counter(words)
    return sum(times for word, times in counted.items() if syllable(convert(word))) / counted.total()


def _from_vni(text: str) -> str:
    return _VNI_SEQUENCE.sub(lambda found: _VNI[found[0]], text)


def _from_tcvn3(text: str) -> str:
    if text.isascii():
        return text
    # A middle dot alone is a bullet; the letter ã is never a word.
    pieces = re.split(r"(\s+)", text)
    small = [piece if piece == "·" else piece.translate(_TCVN3) for piece in pieces]
    return "".join(_capitals_restored(pieces, small))


def _capitals_restored(pieces: list[str], small: list[str]) -> list[str]:
    """Set back in capitals the letters that the .VnTimeH font drew as capitals.

    A word with a plain capital beyond its first letter is in capitals; a word that tells nothing
    follows the nearest words that tell.
    """
    told = [_told_case(piece) for piece in pieces]
    before = _carried(told)
    after = _carried(told[::-1])[::-1]
    return [
        word.upper() if _in_capitals(piece, case, {*neighbours} - {None}) else word
        for piece, word, case, *neighbours in zip(pieces, small, told, before, after, strict=True)
    ]


def _carried(told: list[str | None]) -> list[str | None]:
    """Return for each place the last case told up to there."""
    last: str | None = None
    carried = []
    for case in told:
        last = case or last
        carried.append(last)
    return carried


def _in_capitals(piece: str, case: str | None, neighbours: set[str | None]) -> bool:
    if case is not None or piece.isascii():
        return case == "upper"
    return neighbours == {"upper"} and _may_be_capitals(piece)


def _may_be_capitals(piece: str) -> bool:
    return not any("a" <= sign <= "z" or "0" <= sign <= "9" for sign in piece)


def _told_case(piece: str) -> str | None:
    """Return the case the plain letters of ``piece`` show, None where they show none (numbers, symbols)."""
    if any("0" <= sign <= "9" for sign in piece):
        return None
    if any("a" <= sign <= "z" for sign in piece):
        return "lower"
    after_first = piece.lstrip(_OPENING)[1:]
    return "upper" if any("A" <= sign <= "Z" for sign in after_first) else None


_CONVERTERS: dict[Encoding, Callable[[str], str]] = {Encoding.TCVN3: _from_tcvn3, Encoding.VNI: _from_vni}
