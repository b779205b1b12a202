"""Which column of a table is which field, told by its headings however they are written.

Case, diacritics, marks and small words do not count; abbreviations are synonyms of the field; a heading
may stand on two or three lines, under a merged cell. Vietnamese names the thing first and says whose it is
afterwards, so of a longer heading the beginning tells: “Email cơ quan” is an address for letters, no body.
What is not sure, or names two things, is left to the clerk.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.fields import Field

FIRST_ROWS = 20  # a heading below these is found by the clerk alone
MOST_LINES = 3
LONGEST_HEADING = 120
SURE = 0.6
EXACT = 0.9  # rows of data fit headings now and then, but not many and not to the letter
SMALL_WORDS = frozenset({"va", "cua", "cac", "theo", "hoac", "neu", "dang", "duoc", "nam", "thang", "ngay"})
SAYS_WHOSE = ("cong tac", "co quan", "cong vu", "lien he", "ca nhan", "hien tai", "hien nay")
SAYS_OTHERWISE = frozenset({"cu", "truoc", "tren", "quyet", "con", "vo", "chong"})
"""Words that make another thing of a heading: “Đơn vị cũ”, “Số hiệu quyết định”, “Ngày sinh con”."""
STAFF = re.compile(
    r"\b(?:can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|cbccvc|cbcc|ccvc|cbvc|cbnv|cb|cc|vc|nv)\b"
    r"(?: (?:can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|va))*"
)
NAMING = frozenset({"ten", "ma"})
_BETWEEN_THINGS = re.compile(r"[,;/&+]")
_SHORTEST_THING = 4
_AS_GOOD = 0.05
_ASKED = 0.85
_CONTAINED_WORDS = 2
_CONTAINED_LETTERS = 6
_ALIKE = 0.75
_BETWEEN_LINES = " – "

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Where the headings stand and what they are; ``row`` 0: nothing there reads like headings.

    ``headings`` has one text per column, lines of one heading joined; ``mapping`` gives the column
    (from 0) of each field found.
    """

    row: int = 0
    headings: tuple[str, ...] = ()
    mapping: Mapping[str, int] = field(default_factory=dict)
    score: float = 0
    exact: int = 0  # of the columns that fit beyond doubt


@dataclass(frozen=True, slots=True)
class _Key:
    """One way of writing a field's heading, taken apart once."""

    field: str
    text: str
    squeezed: str
    words: frozenset[str]
    pairs: frozenset[str]


def words_of(heading: str) -> str:
    """Return the heading as compared: lower case, no diacritics, no marks, no numbering before it."""
    text = re.sub(r"[^a-z0-9%]+", " ", fold(one_line(heading))).strip()
    return re.sub(r"^\d{1,2} (?=[a-z])", "", text)


def recognise(fields: Iterable[Field], rows: Sequence[tuple[int, Cells]]) -> Recognised:
    """Find the headings among the first ``rows`` (number as the spreadsheet counts, cells)."""
    matcher = Matcher(fields)
    best = Recognised()
    for place in range(min(len(rows), FIRST_ROWS)):
        for lines in range(1, MOST_LINES + 1):
            block = rows[place : place + lines]
            if len(block) < lines or not _is_one_block(block):
                break
            found = matcher.recognised(block[-1][0], [cells for _, cells in block])
            # A further line must earn its place.
            if found.score - 0.05 * lines > best.score - 0.05:
                best = found
    return best if best.exact >= max(min(2, _width(rows)), len(best.mapping) / 2) else Recognised()


def recognise_at(fields: Iterable[Field], rows: Sequence[tuple[int, Cells]], row: int) -> Recognised:
    """Read the headings that end at ``row``, as the clerk said; lines above join where that reads better."""
    places = [place for place, (number, _) in enumerate(rows) if number == row]
    if not places:
        return Recognised(row, headings=("",) * _width(rows))
    matcher, last = Matcher(fields), places[0]
    best = matcher.recognised(row, [rows[last][1]])
    for lines in range(2, MOST_LINES + 1):
        block = rows[max(last - lines + 1, 0) : last + 1]
        if len(block) == lines and _is_one_block(block):
            best = max(best, matcher.recognised(row, [c for _, c in block]), key=lambda found: found.score)
    return best


def _width(rows: Sequence[tuple[int, Cells]]) -> int:
    return max((len(cells) for _, cells in rows), default=0)


def _is_one_block(block: Sequence[tuple[int, Cells]]) -> bool:
    numbers = [number for number, _ in block]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


class Matcher:
    """Knows the ways of writing the headings of some fields."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = tuple(fields)
        self.keys = tuple(_keys(self.fields))
        self.wholes = {one.name: one.part_of or one.name for one in self.fields}
        self.known: dict[str, dict[str, float]] = {}

    def recognised(self, row: int, lines: Sequence[Cells]) -> Recognised:
        """Read ``lines`` as one row of headings."""
        readings = _columns(lines)
        scores: list[tuple[float, int, str]] = []
        for column, texts in enumerate(readings):
            merged: dict[str, float] = {}
            for place, text in enumerate(texts):
                for name, score in self.scores(text).items():
                    merged[name] = max(merged.get(name, 0), score - 0.01 * place)
            scores += [(score, -column, name) for name, score in merged.items()]
        mapping = _assigned(scores)
        chosen = [score for score, column, name in scores if mapping.get(name) == -column]
        headings = tuple(texts[0] if texts else "" for texts in readings)
        asked = sum(bool(self.doubts(heading)) for heading in headings)
        score = sum(chosen) + _ASKED * asked  # it reads like headings, whichever field is meant
        return Recognised(row, headings, mapping, score, sum(score >= EXACT for score in chosen))

    def scores(self, heading: str) -> dict[str, float]:
        """Return how well ``heading`` fits each field, from ``SURE`` to 1; fields it does not fit are left out."""
        if heading not in self.known:
            found = self._scores(heading)
            self.known[heading] = {} if self._is_doubtful(heading, found) else found
        return self.known[heading]

    def doubts(self, heading: str) -> tuple[str, ...]:
        """Return the fields ``heading`` may mean when only the clerk can tell which, if any."""
        found = self._scores(heading)
        return (self._things(heading) or self._likely(found)) if self._is_doubtful(heading, found) else ()

    def _is_doubtful(self, heading: str, found: Mapping[str, float]) -> bool:
        if max(found.values(), default=0) >= EXACT:
            return False
        if self._things(heading) or len(self._likely(found)) > 1:
            return True
        return bool(found) and not SAYS_OTHERWISE.isdisjoint(words_of(heading).split())

    def _likely(self, found: Mapping[str, float]) -> tuple[str, ...]:
        """Return the fields that fit about as well as the best one, the best first; parts of one are that one."""
        best = max(found.values(), default=0)
        near = sorted(
            (name for name in found if found[name] > best - _AS_GOOD), key=lambda name: -found[name]
        )
        return tuple(dict.fromkeys(self.wholes[name] for name in near))

    def _things(self, heading: str) -> tuple[str, ...]:
        """Return the fields named side by side in ``heading`` ("Chức vụ, đơn vị công tác"), if several."""
        parts = [self._thing(part.strip()) for part in _BETWEEN_THINGS.split(heading)]
        names = tuple(dict.fromkeys(name for name in parts if name))
        return names if len(names) > 1 else ()

    def _thing(self, part: str) -> str:
        found = self._scores(part)
        best = max(found, key=found.__getitem__, default="")
        return self.wholes[best] if best and found[best] >= EXACT else ""

    def _scores(self, heading: str) -> dict[str, float]:
        if not heading or len(heading) > LONGEST_HEADING:
            return {}
        without_brackets = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", heading)
        found: dict[str, float] = {}
        for text in dict.fromkeys((words_of(heading), words_of(without_brackets))):
            if not text or text.isdigit():
                continue
            for key in self.keys:
                score = _score(text, key)
                if score >= SURE:
                    found[key.field] = max(found.get(key.field, 0), score)
        return found


def _keys(fields: Iterable[Field]) -> Iterable[_Key]:
    for one in fields:
        for text in dict.fromkeys(words_of(each) for each in one.headings()):
            squeezed = text.replace(" ", "")
            if squeezed:
                yield _Key(one.name, text, squeezed, _telling(text), _pairs(squeezed))


def _telling(text: str) -> frozenset[str]:
    return frozenset(text.split()) - SMALL_WORDS


@cache
def _pairs(squeezed: str) -> frozenset[str]:
    return frozenset(squeezed[place : place + 2] for place in range(len(squeezed) - 1))


def _score(text: str, key: _Key) -> float:
    if text == key.text:
        return 1.0
    squeezed = text.replace(" ", "")
    if squeezed == key.squeezed:
        return 0.98
    telling = _telling(text)
    if telling and telling == key.words:
        return 0.95
    if _names_staff_alike(text, key.text):
        return 0.94
    if _thing_of(text) == key.text:
        return 0.92
    return _partly(text, squeezed, key)


def _names_staff_alike(text: str, other: str) -> bool:
    """Say whether two headings differ only in how they name the staff: "Mã CBCC", "Mã cán bộ"."""
    plain = STAFF.sub("@", text)
    return "@" in plain and plain != "@" and plain == STAFF.sub("@", other)


def _thing_of(text: str) -> str:
    """Return ``text`` without the words at its end that say whose the thing is; "" when nothing went."""
    for words in SAYS_WHOSE:
        thing = text.removesuffix(f" {words}")
        if thing != text and len(thing) >= _SHORTEST_THING:
            return thing
    return ""


def _partly(text: str, squeezed: str, key: _Key) -> float:
    """Score a heading of which a part fits, or which is misspelt."""
    if _holds(text, key.text):
        if not _begins(text, key.text):
            return 0.0
        return 0.6 + 0.3 * len(key.text) / len(text)
    if _holds(key.text, text) and key.text.startswith(text):
        return 0.55 + 0.3 * len(text) / len(key.text)
    pairs = _pairs(squeezed)
    if min(len(squeezed), len(key.squeezed)) < _CONTAINED_LETTERS or squeezed in key.squeezed:
        return 0.0  # a word left out is another thing, no slip of the pen
    alike = 2 * len(pairs & key.pairs) / (len(pairs) + len(key.pairs))
    return 0.8 * alike if alike >= _ALIKE else 0.0


def _holds(text: str, phrase: str) -> bool:
    """Say whether ``phrase``, long enough to mean something, stands in ``text`` as whole words."""
    long_enough = phrase.count(" ") + 1 >= _CONTAINED_WORDS or len(phrase) >= _CONTAINED_LETTERS
    return long_enough and f" {phrase} " in f" {text} "


def _begins(text: str, phrase: str) -> bool:
    """Say whether only words for a name or code stand before ``phrase``: what comes first is the thing."""
    before = f" {text} ".split(f" {phrase} ")[0].split()
    return NAMING.issuperset(before)


def _assigned(scores: list[tuple[float, int, str]]) -> dict[str, int]:
    """Give each field its best column and each column one field, the best fits first, the left column first."""
    mapping: dict[str, int] = {}
    taken: set[int] = set()
    for _score, column, name in sorted(scores, reverse=True):
        if name not in mapping and -column not in taken:
            mapping[name] = -column
            taken.add(-column)
    return mapping


def _columns(lines: Sequence[Cells]) -> list[list[str]]:
    """Return for each column the texts its heading may be: all lines joined, then the last one alone."""
    width = max(len(cells) for cells in lines)
    texts = [[_text(cells[place]) if place < len(cells) else "" for place in range(width)] for cells in lines]
    for upper, lower in pairwise(texts):
        for place in range(1, width):
            # A merged cell keeps its text in its first column; it reaches as far as there are texts below.
            if not upper[place] and lower[place] and lower[place - 1] and upper[place - 1]:
                upper[place] = upper[place - 1]
    columns = []
    for place in range(width):
        parts = [text[place] for text in texts if text[place]]
        columns.append(list(dict.fromkeys((_BETWEEN_LINES.join(parts), *parts[-1:]))) if parts else [])
    return columns


def _text(cell: Any) -> str:
    return one_line(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def fingerprint(headings: Sequence[str]) -> str:
    """Return one hash for the same headings, however they are cased or spaced."""
    return hashlib.sha256("\x1f".join(words_of(heading) for heading in headings).encode()).hexdigest()


def doubts_of(fields: Iterable[Field], headings: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return by its column (from 0) the fields a heading may mean that only the clerk can tell apart."""
    matcher = Matcher(fields)
    found = {place: matcher.doubts(heading) for place, heading in enumerate(headings)}
    return {place: names for place, names in found.items() if names}


def numbers_columns(cells: Cells) -> bool:
    """Say whether a row only numbers the columns: 1 2 3, (1) (2) (3), A B 1 2."""
    signs = [re.sub(r"[()\s.]", "", _text(cell)).lower() for cell in cells if cell is not None]
    numbers = [int(sign) for sign in signs if sign.isdecimal() and sign.isascii()]
    letters = [sign for sign in signs if len(sign) == 1 and sign.isalpha()]
    rising = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return len(signs) > 2 and rising and len(numbers) + len(letters) == len(signs) and numbers[0] <= 1  # noqa: PLR2004 - two cells may be data
