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
_ROMAN_SHAPE = re.compile(r"(?:X{0,3}(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3}))\Z")
_COUNT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_RANK_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_FIRST_WORDS = ("trước hết", "trước tiên", "đầu tiên")
_LAST_WORDS = ("cuối cùng", "sau cùng")

_COUNTED = "|".join(sorted(_COUNT_WORDS, key=len, reverse=True))
_RANKED = "|".join(sorted(_RANK_WORDS, key=len, reverse=True))

_FORMS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.PART,
        re.compile(
            rf"phần\s+(?:thứ\s+)?(?P<mark>{_RANKED}|[ivx]+|\d+|[a-d])\s*(?:[.:\-–]\s*|$|\s(?=\S))",
            re.IGNORECASE,
        ),
    ),
    (
        Style.CHAPTER,
        re.compile(
            r"(?:chương|mục)\s+(?P<mark>[ivx]+|\d{1,2})\s*(?:[.:\-–]\s*|$|\s(?=[^\W\d_]))", re.IGNORECASE
        ),
    ),
    (
        Style.ARTICLE,
        re.compile(rf"điều\s+(?P<mark>\d{{1,3}})\s*(?:[.:]\s*|$|\s(?=(?-i:[{CAPITALS}])))", re.IGNORECASE),
    ),
    (
        Style.ORDINAL,
        re.compile(rf"(?P<mark>{_COUNTED})\s+là\b\s*[,:]?\s*", re.IGNORECASE),
    ),
    (Style.ORDINAL, re.compile(rf"thứ\s+(?P<mark>{_RANKED})(?:\s+là\b\s*[,:]?|\s*[,:])\s*", re.IGNORECASE)),
    (
        Style.ORDINAL,
        re.compile(
            rf"(?P<mark>{'|'.join((*_FIRST_WORDS, *_LAST_WORDS))})(?:\s+là\b)?\s*[,:]\s*", re.IGNORECASE
        ),
    ),
    (
        Style.NUMBER_4,
        re.compile(rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}}){{3,4}})\s?[.)/:\-]?(?:\s+|(?=[{CAPITALS}“\"]))"),
    ),
    (
        Style.NUMBER_3,
        re.compile(rf"(?P<mark>\d{{1,2}}(?:\.\d{{1,2}}){{2}})\s?[.)/:\-]?(?:\s+|(?=[{CAPITALS}“\"]))"),
    ),
    # A.1. under «Phần A», I.1. without a line of its own for I
    (
        Style.NUMBER_2,
        re.compile(
            rf"(?P<mark>(?:[A-HKĐ]|[IVX]{{1,5}})[.\-]\d{{1,2}}[.\-]\d{{1,2}})\s?[.)/:]?\s+(?=[{CAPITALS}“\"\d])"
        ),
    ),
    (
        Style.NUMBER,
        re.compile(rf"(?P<mark>(?:[A-HKĐ]|[IVX]{{1,5}})[.\-]\d{{1,2}})\s?[.)/:]?\s+(?=[{CAPITALS}“\"\d])"),
    ),
    (
        Style.NUMBER_2,
        re.compile(
            rf"(?P<mark>\d{{1,2}}\.\d{{1,2}})(?:\s?[.)/:\-]\s*(?=\D)|\s+(?=[{CAPITALS}“\"\[])|(?=[{CAPITALS}“\"]))"
        ),
    ),
    (
        Style.NUMBER,
        re.compile(
            rf"\(?(?P<mark>\d{{1,2}})\s?(?:[.)](?:\s+|(?=[^\W\d_]|[“\"]))|[/\-–](?:\s+(?=[^\W\d_]|[“\"])|"
            rf"(?=[“\"]|[{CAPITALS}][^\W\d_A-ZĐ]))|\./\s*)"
        ),
    ),
    (Style.LETTER_2, re.compile(r"(?P<mark>[a-zđ]\.?\d{1,2})\s?[.)]\s*(?=\S)")),
    (Style.SMALL_ROMAN, re.compile(r"\((?P<mark>i{1,3}|iv|vi{0,3}|ix|x)\)\s*(?=\S)")),
    (
        Style.LETTER,
        re.compile(rf"(?P<mark>[a-zđ])\s?(?:\)\s*|\.\s+|[./\-–]\s*(?=[{CAPITALS}“\"]))(?=\S)"),
    ),
    (Style.LETTER, re.compile(r"\((?P<mark>[a-zđ])\)\s*(?=\S)")),
    (
        Style.ROMAN,
        re.compile(rf"(?P<mark>[IVXL]{{1,7}})\s?(?:[.)]\s*|[/:\-–]\s*(?=[{CAPITALS}“\"]))(?=\S)"),
    ),
    (Style.ROMAN, re.compile(rf"(?P<mark>[IVX]{{1,5}})\s+(?=[{CAPITALS}]{{2}})")),
    (
        Style.CAPITAL,
        re.compile(rf"(?P<mark>[A-HKĐ])\s?(?:[.)]\s+|[/\-–]\s*(?=[{CAPITALS}]{{2}}))(?=\S)"),
    ),
    (Style.BULLET, re.compile(r"(?P<mark>[-–—−+*•●○▪■□◦‣·∙►➢➤✓✔→⁃])\s*(?=\S)")),
    (Style.BULLET, re.compile(r"(?P<mark>o)\s+(?=\S)")),
)


def marker_of(text: str) -> Marker | None:
    """Return the mark that ``text``, one folded paragraph, begins with."""
    for style, form in _FORMS:
        match = form.match(text)
        if match is not None and (marker := _marker(style, match)) is not None:
            return marker
    return None


def _marker(style: Style, match: re.Match[str]) -> Marker | None:
    mark = match["mark"]
    if style is Style.ROMAN and not _ROMAN_SHAPE.match(mark):
        return None
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
    last = re.split(r"\D", word)[-1]
    if last.isdecimal():
        return int(last)
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
