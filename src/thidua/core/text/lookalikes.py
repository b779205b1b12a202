"""Dates in which a machine saw letters for figures: «0l/12/2026», «3O/6/2027», «ngày l5 tháng 5».

The document stays as it is; what is plainly such a date can be read through. Linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LETTERS = "lIiOoZzSsB"
_AS_FIGURES = str.maketrans(_LETTERS, "1110022558")
_AS_ROMAN = str.maketrans("l1", "II")
_X = rf"[\d{_LETTERS}]"
_PART = rf"(?!I{{1,2}}(?!\w)){_X}{{1,2}}"  # «15/II» is a month in Roman figures
_YEAR = rf"[12lIiZz][09Oo]{_X}{{2}}"
_SEP = r"\s?[/.\-]\s?"
_OF_YEAR = rf"(?:\s*[/.\-]\s*|,?\s+năm\s+){_YEAR}"
# A document's number is no date: «số 15/BO/2026».
_DATE = re.compile(
    "|".join(
        (
            rf"(?<![\w/.\-])(?<!số\s)(?<!số:\s){_PART}{_SEP}{_PART}{_SEP}{_YEAR}(?![\w/])",
            rf"(?<!\w){_PART}\s+tháng\s+{_PART}(?:{_OF_YEAR})?(?!\w)",
            rf"(?<!\w)ngày\s+{_PART}[/.\-]{_PART}(?![\w/])",
            rf"(?<!\w)tháng\s+{_PART}{_OF_YEAR}(?!\w)",
            rf"(?<!\w)năm\s+{_YEAR}(?:\s*[-–—]\s*{_YEAR})?(?!\w)",
            rf"(?<![\w/.\-]){_YEAR}\s*[-–—]\s*{_YEAR}(?![\w/])",
            r"(?<!\w)quý\s+(?=[1lIV]{0,2}l)[1lIV]{1,3}(?!\w)",
        )
    )
)
_TOKEN = re.compile(rf"(?<!\w)(?=\d*[{_LETTERS}]){_X}{{1,4}}(?!\w)")
# A letter, before it nothing or a figure. What a search can begin with is one set of signs, so that it runs fast.
_MAY_BE_TOKEN = re.compile(rf"[{_LETTERS}](?:(?<!\w.)|(?<=\d.)){_X}{{0,3}}(?!\w)")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Blurred:
    """A date at ``start``-``end`` that holds letters, and what it says with the figures they look like."""

    start: int
    end: int
    seen: str
    means: str


def blurred_dates(text: str) -> Iterator[Blurred]:
    """Yield every date in ``text`` in which letters stand for figures."""
    if not _may_hold_one(text):
        return
    for found in _DATE.finditer(text):
        seen = found.group()
        means = seen.translate(_AS_ROMAN) if seen.startswith("quý") else _TOKEN.sub(_figures, seen)
        if means != seen and (_FIGURE.search(seen) or seen.startswith("quý")):
            yield Blurred(*found.span(), seen, means)


def legible(text: str) -> str:
    """Return ``text``, as long as before, with figures for the letters in its blurred dates."""
    if not _may_hold_one(text):
        return text
    pieces = []
    here = 0
    for date in blurred_dates(text):
        pieces += [text[here : date.start], date.means]
        here = date.end
    return "".join((*pieces, text[here:]))


def _may_hold_one(text: str) -> bool:
    """Whether the dates are worth looking for: of most lines this tells at a tenth of the cost."""
    return _MAY_BE_TOKEN.search(text) is not None or "quý" in text


def _figures(token: re.Match[str]) -> str:
    return token.group().translate(_AS_FIGURES)
