"""The places of a plan that an amendment names: «khoản 3 mục V», «điểm a khoản 3 mục V», «các khoản 5, 6 Mục VI»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SECTION = re.compile(r"\b(?:mục|phần)\s+(?P<section>[IVX]+)\b|\bĐiều\s+(?P<article>\d+)\b", re.IGNORECASE)
CLAUSES = re.compile(
    r"\b(?:khoản|tiểu mục)\s+(?P<list>\d+[a-zđ]?(?:\s*(?:,|;|và)\s*(?:khoản\s+)?\d+[a-zđ]?(?!\w))*)",
    re.IGNORECASE,
)
POINTS = re.compile(
    r"\bđiểm\s+(?P<list>[a-zđ](?!\w)(?:\s*(?:,|;|và)\s*(?:điểm\s+)?[a-zđ](?!\w))*)", re.IGNORECASE
)
ANCHOR = re.compile(r"\bsau\s+(?P<named>(?:điểm|khoản|tiểu mục|mục|phần|Điều)\s.*)", re.IGNORECASE)
NEXT_SECTION = re.compile(
    r"^[ \t]*(?:[IVX]+\s*[.)]\s|Điều\s+\d+|Nơi nhận|Trên đây là|PHỤ LỤC|(?:TM|KT|TL|TUQ)\.\s)", re.MULTILINE
)
NEXT_CLAUSE = re.compile(r"^[ \t]*\d+[a-zđ]?\s*[.)]\s", re.MULTILINE)
NEXT_POINT = re.compile(r"^[ \t]*[a-zđ]\s*\)\s", re.MULTILINE)
WHOLE_NUMBER = re.compile(r"\d+")
LETTERS = "abcdđeghiklmnopqrstuvxy"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A place by its markers: «VI», «2», «a»; empty where that level is not named."""

    section: str = ""
    clause: str = ""
    point: str = ""

    @property
    def marker(self) -> str:
        """The place's own marker as a plan writes it before the words."""
        if self.point:
            return f"{self.point})"
        return f"{self.clause or self.section}."

    @property
    def steps(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Each level with what ends a place of it."""
        return ((self.section, NEXT_SECTION), (self.clause, NEXT_CLAUSE), (self.point, NEXT_POINT))


def places_named(words: str) -> list[Named]:
    """Return the places that ``words`` name: one, or several of one kind in a list."""
    section = SECTION.search(words)
    if section is None:
        return []
    within_section = (section["section"] or f"Điều {section['article']}").strip()
    name = within_section.upper() if section["section"] else within_section
    clauses, points = listed(CLAUSES, words), listed(POINTS, words)
    if points:
        return [Named(name, clauses[0] if clauses else "", point) for point in points]
    return [Named(name, clause) for clause in clauses] or [Named(name)]


def listed(form: re.Pattern[str], words: str) -> list[str]:
    found = form.search(words)
    if found is None:
        return []
    told = re.sub(r"\b(?:khoản|điểm|và)\b", " ", found["list"], flags=re.IGNORECASE)
    return [one.lower() for one in re.split(r"[\s,;]+", told) if one]


def place_named(sentence: str, text: str) -> Span | None:
    """Return where the place that ``sentence`` names begins and ends in the plan; None where there is none such.

    A clause that has points ends before the first: each is a place of its own.
    """
    named = places_named(sentence)
    return lead_of(named[0], text) if named else None


def lead_of(named: Named, text: str) -> Span | None:
    """Return the span of a place without the points under it."""
    found = whole(named, text)
    if found and named.clause and not named.point and (point := NEXT_POINT.search(text, *found)):
        return found[0], point.start()
    return found


def whole(named: Named, text: str) -> Span | None:
    """Return the span of a place with everything under it."""
    found: Span | None = (0, len(text))
    for marker, following in named.steps:
        if marker and found:
            found = within(text, found, marker, following)
    return found


def within(text: str, span: Span, marker: str, following: re.Pattern[str]) -> Span | None:
    begun = re.compile(rf"^[ \t]*{re.escape(marker)}\s*[.):]\s", re.MULTILINE).search(text, *span)
    if begun is None:
        return None
    ended = following.search(text, begun.end(), span[1])
    return begun.start(), ended.start() if ended else span[1]


def where_added(head: str, text: str) -> tuple[int, Named] | None:
    """Return where in the plan a place that ``head`` adds begins, and its name; None where that cannot be told.

    It stands after the place named with «vào sau», else after the one before it in order, else at the end of
    the place that is to hold it.
    """
    anchor = ANCHOR.search(head)
    new = places_named(head[: anchor.start()] if anchor else head) or places_named(head)
    if not new:
        return None
    first = with_own_levels(new[0], head[: anchor.start()] if anchor else head)
    after = [*anchors(anchor["named"], first)] if anchor else [first, *before(first), *holders(first)]
    ends = (span[1] for one in after if (span := whole(one, text)))
    end = next(ends, None)
    return None if end is None else (end, first)


def with_own_levels(named: Named, head: str) -> Named:
    """Return the place added, which is told before «vào sau»: its section may be told after."""
    clauses, points = listed(CLAUSES, head), listed(POINTS, head)
    return Named(
        named.section,
        clauses[0] if clauses else (named.clause if points else ""),
        points[0] if points else "",
    )


def anchors(words: str, added: Named) -> Iterator[Named]:
    """Yield the place that ``words`` name, its higher levels taken from the place added where they are not told."""
    clauses, points = listed(CLAUSES, words), listed(POINTS, words)
    told = places_named(words)
    section = told[0].section if told else added.section
    clause = clauses[-1] if clauses else (added.clause if points else "")
    yield Named(section, clause, points[-1] if points else "")


def before(named: Named) -> Iterator[Named]:
    """Yield the place before this one in order."""
    if named.point:
        place = LETTERS.find(named.point)
        if place > 0:
            yield Named(named.section, named.clause, LETTERS[place - 1])
    elif named.clause and (number := WHOLE_NUMBER.match(named.clause)):
        is_inserted = number[0] != named.clause  # «3a» comes after «3»
        yield Named(named.section, str(int(number[0]) - (not is_inserted)))
    elif (place := ROMAN.index(named.section) if named.section in ROMAN else 0) > 0:
        yield Named(ROMAN[place - 1])


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def holders(named: Named) -> Iterator[Named]:
    """Yield the places that hold this one, the nearest first."""
    if named.point and named.clause:
        yield Named(named.section, named.clause)
    if named.point or named.clause:
        yield Named(named.section)
