"""The marks that number a paragraph: «I.», «1.1.», «a)», «-», «Một là», «Điều 3» and their like."""

import re
from dataclasses import dataclass
from enum import IntEnum

from thidua.core.text.letters import CAPITALS


class Style(IntEnum):
    """Kinds of mark from the outermost inwards; a mark closes everything of its own style and below."""

    PART = 1
    CHAPTER = 2
    TITLE = 3  # an unnumbered heading where none is numbered
    CAPITAL = 4
    ROMAN = 5
    INNER_CAPITAL = 6  # A. under I.
    ARTICLE = 7
    NUMBER = 8
    NUMBER_2 = 9
    NUMBER_3 = 10
    NUMBER_4 = 11
    LETTER = 12
    LETTER_2 = 13
    SMALL_ROMAN = 14
    HEADING = 15  # an unnumbered heading inside a numbered item
    ORDINAL = 16
    BULLET = 17
    PLAIN = 18


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as written (``text``), its place in its own row (``ordinal``) and as part of a number (``number``)."""

    style: Style
    text: str
    ordinal: int
    number: str
    length: int  # how many characters of the paragraph it takes, blanks after it included

    @property
    def is_bullet(self) -> bool:
        return self.style is Style.BULLET

    @property
    def is_numbered(self) -> bool:
        return self.style not in (Style.BULLET, Style.PLAIN, Style.HEADING, Style.TITLE)


_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of items in official papers: after d comes đ; no f, j, w, z
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = r"(?=[IVXL])(?:XL|X{0,3})(?:IX|IV|V?I{0,3})"  # well formed, up to XLIX
_LAST_FIGURES = re.compile(r"\d+\Z")
_COUNT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_RANK_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_FIRST_WORDS = ("trước hết", "trước tiên", "đầu tiên")
_LAST_WORDS = ("cuối cùng", "sau cùng")

_COUNTED = "|".join(sorted(_COUNT_WORDS, key=len, reverse=True))
_COUNTED_FIRST = "|".join(word.capitalize() for word in _COUNTED.split("|"))
_RANKED = "|".join(sorted(_RANK_WORDS, key=len, reverse=True))

# In the order in which they are tried at one place; the one group of each is the mark itself.
_FORMS: tuple[tuple[Style, str], ...] = (
    (
        Style.PART,
        rf"(?i:phần\s+(?:thứ\s+)?({_RANKED}|[ivx]+|\d+|[a-d])\s*(?:[.:\-–]\s*|$|\s(?=\S)))",
    ),
    (Style.CHAPTER, r"(?i:(?:chương|mục)\s+([ivx]+|\d{1,2})\s*(?:[.:\-–]\s*|$|\s(?=[^\W\d_])))"),
    (Style.ARTICLE, rf"(?i:điều)\s+(\d{{1,3}})\s*(?:[.:]\s*|$|\s(?=[{CAPITALS}]))"),
    (Style.ORDINAL, rf"(?i:({_COUNTED})\s+là\b\s*[,:]?\s*)"),
    (Style.ORDINAL, rf"({_COUNTED_FIRST})(?:,|\s?:)\s+(?!(?:một|hai|ba|bốn|tháng|dăm|bảy)\b)(?=\S)"),
    (Style.ORDINAL, rf"(?i:thứ\s+({_RANKED})(?:\s+là\b\s*[,:]?|\s*[,:])\s*)"),
    (Style.ORDINAL, rf"(?i:({'|'.join((*_FIRST_WORDS, *_LAST_WORDS))})(?:\s+là\b)?\s*[,:]\s*)"),
    (Style.NUMBER_4, rf"(\d{{1,2}}(?:\.\d{{1,2}}){{3,4}})\s?[.)/:\-]?(?:\s+|(?=[{CAPITALS}“\"]))"),
    (Style.NUMBER_3, rf"(\d{{1,2}}(?:\.\d{{1,2}}){{2}})\s?[.)/:\-]?(?:\s+|(?=[{CAPITALS}“\"]))"),
    # A.1. under «Phần A», I.1. without a line of its own for I
    (
        Style.NUMBER_2,
        rf"((?:[A-HKĐ]|[IVX]{{1,5}})[.\-]\d{{1,2}}[.\-]\d{{1,2}})\s?[.)/:]?\s+(?=[{CAPITALS}“\"\d])",
    ),
    (Style.NUMBER, rf"((?:[A-HKĐ]|[IVX]{{1,5}})[.\-]\d{{1,2}})\s?[.)/:]?\s+(?=[{CAPITALS}“\"\d])"),
    (
        Style.NUMBER_2,
        rf"(\d{{1,2}}\.\d{{1,2}})(?:\s?[.)/:\-]\s*(?=\D)|\s+(?=[{CAPITALS}“\"\[])|(?=[{CAPITALS}“\"]))",
    ),
    (
        Style.NUMBER,
        (
            rf"\(?(\d{{1,2}})\s?(?:[.)](?:\s+|(?=[^\W\d_]|[“\"]))|[/\-–](?:\s+(?=[^\W\d_]|[“\"])|"
            rf"(?=[“\"]|[{CAPITALS}][^\W\d_A-ZĐ]))|(?<=\d)[-–]\s+(?=\d)|\./\s*)"
        ),
    ),
    (Style.LETTER_2, r"([a-zđ]\.?\d{1,2})\s?[.)]\s*(?=\S)"),
    (Style.SMALL_ROMAN, r"\((i{1,3}|iv|vi{0,3}|ix|x)\)\s*(?=\S)"),
    (Style.LETTER, rf"([a-zđ])\s?(?:\)\s*|\.\s+|[./\-–]\s*(?=[{CAPITALS}“\"]))(?=\S)"),
    (Style.LETTER, r"\(([a-zđ])\)\s*(?=\S)"),
    (Style.ROMAN, rf"({_ROMAN})\s?(?:[.)]\s*|[/:\-–]\s*(?=[{CAPITALS}“\"]))(?=\S)"),
    (Style.ROMAN, rf"(?=[IVX]{{1,5}}\s)({_ROMAN})\s+(?=[{CAPITALS}]{{2}})"),
    (Style.CAPITAL, rf"([A-HKĐ])\s?(?:[.)]\s+|[/\-–]\s*(?=[{CAPITALS}]{{2}}))(?=\S)"),
    (Style.BULLET, r"([-–—−+*•●○▪■□◦‣·∙►➢➤✓✔→⁃])\s*(?=\S)"),
    (Style.BULLET, r"(o)\s+(?=\S)"),
)
_ANY = re.compile("|".join(form for _, form in _FORMS))


def marker_of(text: str) -> Marker | None:
    """Return the mark that ``text``, one folded paragraph, begins with."""
    match = _ANY.match(text)
    if match is None or match.lastindex is None:
        return None
    style, mark = _FORMS[match.lastindex - 1][0], match[match.lastindex]
    ordinal = _ordinal(style, mark)
    return Marker(style, match.group().strip(), ordinal, _number(style, mark, ordinal), match.end())


def _ordinal(style: Style, mark: str) -> int:
    word = mark.lower()
    if style is Style.BULLET:
        return 0
    if style is Style.ORDINAL:
        return _ordinal_of_words(word)
    if style in (Style.LETTER, Style.CAPITAL):
        return _LETTERS.find(word) + 1
    if last := _LAST_FIGURES.search(word):
        return int(last.group())
    if word in _RANK_WORDS:
        return _RANK_WORDS.index(word) + 1
    return _roman_value(word.upper()) if word else 0


def _ordinal_of_words(word: str) -> int:
    if word in _FIRST_WORDS:
        return 1
    if word in _LAST_WORDS:
        return 0
    return (_COUNT_WORDS if word in _COUNT_WORDS else _RANK_WORDS).index(word) + 1


def _roman_value(mark: str) -> int:
    values = [_ROMAN_VALUES.get(letter, 0) for letter in mark]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _number(style: Style, mark: str, ordinal: int) -> str:
    if style is Style.ORDINAL:
        return str(ordinal) if ordinal else ""
    return mark
