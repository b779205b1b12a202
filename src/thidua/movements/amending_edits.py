"""What an amending sentence does to the plan's words: a place written anew, added, struck out; a phrase replaced."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thidua.core.plans.source import Block, BlockKind, Source
from thidua.movements.amending_places import Span, lead_of, places_named, where_added, whole

OWN_MARKER = re.compile(r"^\s*(?:(?:Điều\s+)?\d+(?:\.\d+)*[.)]|[a-zđ][.)]|[-–+•])\s*", re.IGNORECASE)
MARKED = re.compile(r"^\s*(?:[IVX]+|\d+[a-zđ]?|[a-zđ]|Điều\s+\d+)\s*[.):]\s", re.IGNORECASE)
HAS_POINTS = re.compile(r"^\s*[a-zđ]\s*\)\s", re.MULTILINE)
QUOTES = re.compile(r"“(?P<curly>[^“”]*)”|\"(?P<straight>[^\"]*)\"")
OPENS = re.compile(r"[“\"]")
PHRASE = re.compile(r"\b(?:cụm\s+)?từ\s*$", re.IGNORECASE)
BY = re.compile(r"\b(?:bằng|thành)\b", re.IGNORECASE)
AFTER_PHRASE = re.compile(r"\bsau\s+(?:các\s+)?(?:cụm\s+)?từ\s*$", re.IGNORECASE)
STRIKES = re.compile(r"^(?:bãi\s+)?bỏ\b|\bđược\s+(?:bãi\s+)?bỏ\b", re.IGNORECASE)
ADDS = re.compile(r"^bổ\s+sung\b|\bđược\s+bổ\s+sung\b", re.IGNORECASE)
# What is added is a place itself, not a line of a table or some words of a place.
ADDS_PLACE = re.compile(
    r"\bbổ\s+sung\s+(?:thêm\s+)?(?:các\s+)?(?:điểm|khoản|tiểu mục|mục|phần|Điều)\s+\w"
    r"|\b(?:điểm|khoản|tiểu mục|mục|phần|Điều)\s+\w+\s+(?:như\s+)?sau\s*:?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of the plan from ``start`` to ``end`` give way to ``words``; ``in_line``: within a paragraph."""

    start: int
    end: int
    words: str
    in_line: bool = False
    number: str = ""  # «3a», which comes between two numbers; ``words`` have the number before it


def cuts_of(sentence: str, text: str) -> tuple[Cut, ...]:
    """Return what ``sentence`` does to the plan's ``text``; nothing where it names no place or phrase of it."""
    said = OWN_MARKER.sub("", sentence)
    if phrase := phrase_of(said):
        return tuple(phrase_cuts(phrase, said, text))
    quoted = OPENS.search(said)
    head = said[: quoted.start()] if quoted else said
    if STRIKES.search(head):
        return () if quoted else tuple(strikes(head, text))
    if not quoted or not places_named(head):
        return ()
    words = unquoted(said[quoted.start() :])
    if ADDS.search(head):
        return tuple(additions(head, words, text)) if ADDS_PLACE.search(head) else ()
    return tuple(rewritings(head, words, text))


def unquoted(words: str) -> str:
    """Return what stands between the first mark and the last."""
    inner = words[1:]
    last = max(inner.rfind("”"), inner.rfind('"'))
    return (inner[:last] if last >= 0 else inner).strip()


def strikes(head: str, text: str) -> Iterator[Cut]:
    for named in places_named(head):
        if span := whole(named, text):
            yield Cut(*span, "")


def additions(head: str, words: str, text: str) -> Iterator[Cut]:
    found = where_added(head, text)
    if found:
        at, named = found
        marked = words if MARKED.match(words) else f"{named.marker} {words}"
        inserted = "" if named.point or named.clause.isdecimal() else named.clause
        if inserted:  # a reader of plans knows whole numbers
            marked = re.sub(rf"^\s*{inserted}", inserted.rstrip("abcdđefgh"), marked, flags=re.IGNORECASE)
        yield Cut(at, at, f"{marked}\n" if text[:at].endswith("\n") else f"\n{marked}", number=inserted)


def rewritings(head: str, words: str, text: str) -> Iterator[Cut]:
    """Yield the place written anew; its points go only where the new words have points of their own."""
    first, *others = places_named(head)
    span = whole(first, text) if HAS_POINTS.search(words) or others else lead_of(first, text)
    if span is None:
        return
    marker = MARKED.match(text[slice(*span)])
    marked = words if MARKED.match(words) or not marker else f"{marker[0].strip()} {words}"
    yield Cut(*span, marked + "\n" * text[slice(*span)].endswith("\n"))
    for named in others:
        if further := whole(named, text):
            yield Cut(*further, "")


def phrase_of(said: str) -> tuple[str, str] | None:
    """Return the phrase replaced and what replaces it: «thay cụm từ “…” bằng “…”», «bỏ cụm từ “…”», «bổ sung …»."""
    quotes = list(QUOTES.finditer(said))
    if not quotes or not PHRASE.search(said[: quotes[0].start()]):
        return None
    first, second = quotes[0], (quotes[1] if len(quotes) > 1 else None)
    if second is None:
        return (words_in(first), "") if STRIKES.search(said[: first.start()]) else None
    between = said[first.end() : second.start()]
    if BY.search(between):
        return words_in(first), words_in(second)
    if ADDS.search(said) and AFTER_PHRASE.search(between):
        return words_in(second), f"{words_in(second)} {words_in(first)}"
    return None


def words_in(quote: re.Match[str]) -> str:
    return " ".join((quote["curly"] or quote["straight"] or "").split())


def quotes_nothing(said: str) -> bool:
    """Say whether marks hold no word: what was meant is lost, and an empty phrase would be found everywhere."""
    return not all(words_in(quote) for quote in QUOTES.finditer(said))


def phrase_cuts(phrase: tuple[str, str], said: str, text: str) -> Iterator[Cut]:
    """Yield each occurrence of the phrase at the places named, or in the whole plan where none is."""
    old, new = phrase
    outside = QUOTES.sub(" ", said)
    named = places_named(outside)
    spans: list[Span] = [span for one in named if (span := whole(one, text))] if named else [(0, len(text))]
    wanted = re.compile(form_of(old), re.IGNORECASE)
    for start, end in sorted(spans):
        for found in wanted.finditer(text, start, end):
            yield struck(found, text) if not new else Cut(found.start(), found.end(), new, in_line=True)


def form_of(phrase: str) -> str:
    """Return the phrase as a pattern: over line ends, and never a part of a word or a figure."""
    begins, ends = (r"(?<!\w)" if phrase[0].isalnum() else ""), (r"(?!\w)" if phrase[-1].isalnum() else "")
    return begins + re.escape(phrase).replace(r"\ ", r"\s+") + ends


def struck(found: re.Match[str], text: str) -> Cut:
    """Take the space before the phrase with it."""
    start = found.start()
    is_spaced = start > 0 and text[start - 1] == " "
    return Cut(start - is_spaced, found.end(), "", in_line=True)


def with_cuts(source: Source, cuts: Sequence[Cut]) -> Source:
    """Return the document as it would read with the changes made, its blocks moved along."""
    for cut in sorted(cuts, key=lambda one: one.start, reverse=True):
        source = with_cut(source, cut)
    return source


def with_cut(source: Source, cut: Cut) -> Source:
    text = source.text[: cut.start] + cut.words + source.text[cut.end :]
    longer = len(cut.words) - (cut.end - cut.start)
    before = [one for one in source.blocks if one.end <= cut.start]
    after = [
        replace(one, start=one.start + longer, end=one.end + longer)
        for one in source.blocks[len(before) :]
        if one.start >= cut.end
    ]
    touched = source.blocks[len(before) : len(source.blocks) - len(after)]
    if cut.in_line:
        middle = [replace(touched[0], end=touched[-1].end + longer)] if touched else []
    else:
        middle = list(lines_of(cut, [*touched, *reversed(before)]))
    return Source(text, (*before, *middle, *after), source.notices)


def lines_of(cut: Cut, likes: Sequence[Block]) -> Iterator[Block]:
    """Yield a block for every line of the new words, of the sort of what stood there, else before."""
    kind: BlockKind = "line" if likes and likes[0].kind == "line" else "paragraph"
    place = cut.start
    for line in cut.words.splitlines(keepends=True):
        if line.strip():
            yield Block(place, place + len(line.rstrip("\n")), kind)
        place += len(line)


def new_spans(cuts: Sequence[Cut]) -> list[Span]:
    """Return where the new words stand in the changed document."""
    found, longer = [], 0
    for cut in sorted(cuts, key=lambda one: one.start):
        found.append((cut.start + longer, cut.start + longer + len(cut.words)))
        longer += len(cut.words) - (cut.end - cut.start)
    return found


def moved(place: int, cuts: Sequence[Cut]) -> int:
    """Return where in the changed document a place of the plan stands that no change took away."""
    ordered = sorted(cuts, key=lambda one: one.start)
    earlier = ordered[: bisect_right([one.start for one in ordered], place)]
    return place + sum(len(one.words) - (one.end - one.start) for one in earlier if one.end <= place)
