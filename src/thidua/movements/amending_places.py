"""The place of a plan that an amendment names: «khoản 3 mục V», «điểm a khoản 3 mục V»."""

import re

PLACE = re.compile(
    r"(?:điểm\s+(?P<point>[a-zđ])\s*,?\s+)?(?:khoản\s+(?P<clause>\d+)\s*,?\s+)?mục\s+(?P<section>[IVX]+)\b",
    re.IGNORECASE,
)
NEXT_SECTION = re.compile(r"^[ \t]*(?:[IVX]+\s*[.)]\s|Nơi nhận)", re.MULTILINE)
NEXT_CLAUSE = re.compile(r"^[ \t]*\d+\s*[.)]\s", re.MULTILINE)
NEXT_POINT = re.compile(r"^[ \t]*[a-zđ]\s*\)\s", re.MULTILINE)

Span = tuple[int, int]


def place_named(sentence: str, text: str) -> Span | None:
    """Return where the place that ``sentence`` names begins and ends in the plan; None where there is none such.

    A clause that has points ends before the first: each is a place of its own.
    """
    named = PLACE.search(sentence)
    if named is None:
        return None
    steps = (
        (named["section"].upper(), NEXT_SECTION),
        (named["clause"], NEXT_CLAUSE),
        (named["point"], NEXT_POINT),
    )
    found: Span | None = (0, len(text))
    for marker, following in steps:
        if marker and found:
            found = within(text, found, marker, following)
    if found and not named["point"] and named["clause"] and (point := NEXT_POINT.search(text, *found)):
        return found[0], point.start()
    return found


def within(text: str, span: Span, marker: str, following: re.Pattern[str]) -> Span | None:
    begun = re.compile(rf"^[ \t]*{re.escape(marker)}\s*[.)]\s", re.MULTILINE).search(text, *span)
    if begun is None:
        return None
    ended = following.search(text, begun.end(), span[1])
    return begun.start(), ended.start() if ended else span[1]
