"""Search columns of names: what is typed counts, what is not typed does not.

``folded`` finds the letters; ``marked`` keeps, word by word, the tone before the letters with their shapes,
so that a typed diacritic can be asked of the database: «Đặng» is kept as ``5đăng``, and «dang» asks for
``_`` where a shape or a tone was left open.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Lookup, Q

from thidua.core.text.folding import fold, split_tone
from thidua.core.text.normal import one_line

PLAIN = frozenset("adeou")
LEVEL = "0"


@CharField.register_lookup
class Like(Lookup[str]):
    """SQL's LIKE with a pattern of our own making."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right} ESCAPE '\\'", (*left_params, *right_params)


@dataclass(frozen=True, slots=True)
class SearchText:
    """The two search columns of a name."""

    folded: str
    marked: str


def search_text(*names: str) -> SearchText:
    """Return what is kept of ``names`` (empty ones left out) for searching."""
    text = one_line(" ".join(name for name in names if name))
    return SearchText(fold(text), " ".join(marked_word(word) for word in text.lower().split()))


@lru_cache(maxsize=8192)  # names are made of few words
def marked_word(word: str) -> str:
    letters, tone = letters_and_tone(word)
    return tone + letters


def letters_and_tone(word: str) -> tuple[str, str]:
    pairs = [split_tone(letter) for letter in word]
    return "".join(letter for letter, _ in pairs), max((tone for _, tone in pairs), default=LEVEL)


def name_matches(query: str, *, prefix: str = "") -> Q:
    """Return the condition that a row's name holds ``query``; everything when nothing was asked.

    ``prefix`` reaches the row that keeps the columns, as in ``"unit__"``.
    """
    asked = one_line(query)
    if not asked:
        return Q()
    condition = Q(**{f"{prefix}folded__contains": fold(asked)})
    if fold(asked) != asked.lower():
        condition &= Q(**{f"{prefix}marked__like": pattern(asked)})
    return condition


def pattern(query: str) -> str:
    """Return the LIKE pattern of ``query`` on ``marked``: a letter or tone left plain fits any."""
    return "%" + " ".join(word_pattern(word) for word in query.lower().split()) + "%"


def word_pattern(word: str) -> str:
    letters, tone = letters_and_tone(word)
    return ("_" if tone == LEVEL else tone) + "".join(letter_pattern(letter) for letter in letters)


def letter_pattern(letter: str) -> str:
    if letter in PLAIN:
        return "_"
    return f"\\{letter}" if letter in "%_\\" else letter
