"""Cuts a paragraph into sentences and clauses; brackets, quotation marks and abbreviations do not end one."""

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]

# One set of letters in front: the search passes over all others at once.
_TOKEN = re.compile(
    r"[“\"(;:,.…!?](?:(?<=[“\"(])|(?<=[;:,])(?=\s|$)|(?<=[.…!?])[.…!?]*(?=\s|$|[”\"])|(?<=\.)/\.)"
)
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|tp|TT|PGS|GS|TS|ThS|KT|TM|TL|tr|v\.v|Q|P|H|T)|\b[A-ZĐ])$")
_LETTER_OR_DIGIT = re.compile(r"\w")
_LONGEST = 2500
_TRIMMED = " \t\n,;:.…-–+*•!?/"


def clauses(text: str, start: int = 0, end: int | None = None, marks: str = ".;") -> list[Span]:
    """Return the places of the clauses of ``text[start:end]``, cut at ``marks`` (of ". ; : ,"), marks left out.

    A mark inside brackets or quotation marks does not cut; an opening mark never closed does not hold the rest.
    A clause longer than any real one is cut at a blank, so that what looks at pairs within it stays quick.
    """
    end = len(text) if end is None else end
    cuts = [start, *_cuts(text, start, end, marks), end]
    spans = [trimmed(text, *part) for span in pairwise(cuts) for part in _short_parts(text, *span)]
    return [(left, right) for left, right in spans if left < right]


def _short_parts(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def trimmed(text: str, start: int, end: int) -> Span:
    """Return ``start``-``end`` without the marks and blanks at both ends."""
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _cuts(text: str, start: int, end: int, marks: str) -> Iterator[int]:
    closing = _closing_places(text, start, end) if _PAIRED.search(text, start, end) else {}
    skip_to = start
    for token in _TOKEN.finditer(text, start, end):
        if token.start() < skip_to:
            continue
        mark = token.group()[0]
        if token.start() in closing:
            skip_to = closing[token.start()]
        elif mark in marks and not (mark == "." and _is_abbreviation(text, start, token)):
            yield token.end()


def _closing_places(text: str, start: int, end: int) -> dict[int, int]:
    """Return for each outermost opening bracket or quotation mark the place behind its closing one."""
    pairs: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(text, start, end):
        mark = match.group()
        wanted = _OPENING_OF.get(mark)
        if mark in "“(" or (mark == '"' and not any(sign == '"' for sign, _ in opened)):
            opened.append((mark, match.start()))
        elif wanted and any(sign == wanted for sign, _ in opened):
            while opened:
                sign, place = opened.pop()
                if sign == wanted:
                    pairs[place] = match.end()
                    break
    return pairs


_PAIRED = re.compile(r"[“”\"()]")
_OPENING_OF = {"”": "“", ")": "(", '"': '"'}


def _is_abbreviation(text: str, start: int, token: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation ("TP. Hà Nội") or the sentence goes on in small letters."""
    if len(token.group()) > 1:
        return False
    if _ABBREVIATION.search(text, max(start, token.start() - 6), token.start()):
        return True
    after = _LETTER_OR_DIGIT.search(text, token.end())
    return after is not None and after.group().islower()
