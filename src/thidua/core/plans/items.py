"""What a plan holds, item by item, each with the exact piece of text it was read from.

The fields of each item are the keys of the printed JSON; where Python keeps the word for
itself, an underscore follows (``from_`` → ``from``). What a document does not state is None
or empty, and is left out.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal

from thidua.core.plans.lines import Clean
from thidua.core.plans.source import Source

Confidence = Literal["sure", "check"]
Relation = Literal[
    "before",
    "on",
    "by",
    "until",
    "after",
    "with",
    "from",
    "at_start",
    "monthly",
    "quarterly",
    "weekly",
    "yearly",
]
Operation = Literal["=", ">=", "<=", ">", "<", "range", "qualitative"]
SignMode = Literal["TM", "KT", "TL", "TUQ"]
Figure = int | float | tuple[int, int] | tuple[float, float]

SHORTEST_QUOTE = 6
LONGEST_QUOTE = 3000


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of the document: its places there and its text with single blanks."""

    start: int
    end: int
    quote: str


def cite(source: Source, start: int, end: int) -> Place:
    """Return the place of ``source.text[start:end]``, blanks at its ends left out.

    A piece shorter than a quote may be grows to the words around it, one longer ends after its last
    whole word, where it has any: the quote is always exact text.
    """
    text = source.text
    start, end = _trimmed(text, start, min(end, len(text)))
    while len(quote := " ".join(text[start:end].split())) < SHORTEST_QUOTE and (start > 0 or end < len(text)):
        start, end = _widened(text, start, end)
    if len(quote) > LONGEST_QUOTE:
        whole_words = len(text[start : start + LONGEST_QUOTE].rpartition(" ")[0].rstrip())
        end = start + (whole_words if whole_words >= SHORTEST_QUOTE else LONGEST_QUOTE)
        quote = " ".join(text[start:end].split())
    return Place(start, end, quote)


def cite_in(source: Source, clean: Clean, start: int, end: int) -> Place:
    """Return the place of ``clean.text[start:end]`` in its document."""
    return cite(source, *clean.span(start, max(end, start + 1)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in one more word on the right, or on the left at the end of the text."""
    if end < len(text):
        while end < len(text) and text[end].isspace():
            end += 1
        while end < len(text) and not text[end].isspace():
            end += 1
    else:
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while start > 0 and not text[start - 1].isspace():
            start -= 1
    return start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Anything read: where, how surely, and whether it follows from other values."""

    place: Place
    confidence: Confidence = "sure"
    derived: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the item as the contract prints it."""
        printed = {
            one.name.rstrip("_"): _printed(getattr(self, one.name))
            for one in fields(self)
            if one.name not in ("place", "derived") and getattr(self, one.name) not in (None, ())
        }
        if self.derived:
            printed["derived"] = True
        return printed | {"quote": self.place.quote, "start": self.place.start, "end": self.place.end}


def _printed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_printed(one) for one in value]
    if isinstance(value, Item):
        return value.to_json()
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Item):
    """A value the document has once: a number, a title, a place."""

    value: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer(Item):
    name: str
    position: str | None = None
    mode: SignMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promulgation(Item):
    """The decision an attached plan is issued with."""

    type: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Item):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Item):
    """Another document this one rests on, cites, or is issued with."""

    role: Literal["basis", "cited", "promulgating"]
    type: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Item):
    from_: str | None = None
    to: str | None = None
    from_event: str | None = None
    to_event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Item):
    name: str
    from_: str | None = None
    to: str | None = None
    from_event: str | None = None
    to_event: str | None = None
    theme: str | None = None
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Item):
    """``due`` with a date, or ``due_event`` and perhaps ``offset``, or ``recurring`` in words."""

    what: str
    relation: Relation
    who: str | None = None
    due: str | None = None
    due_event: str | None = None
    offset: str | None = None
    recurring: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Item):
    name: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Item):
    kind: Literal["collective", "individual", "household"]
    who: str
    conditions: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Item):
    text: str
    op: Operation
    value: Figure | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Item):
    """``applies_to``: collective, individual, both, or the group named; ``excludes``: a ground for refusal."""

    applies_to: str
    text: str
    op: Operation | None = None
    value: Figure | None = None
    unit: str | None = None
    excludes: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Item):
    """A numbered item of the contents, the solutions or the implementation."""

    number: str
    text_start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose(Item):
    """A purpose or a requirement."""

    marker: str
    text_start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Item):
    form: str
    authority: str | None = None
    level: str | None = None
    for_: tuple[str, ...] = ()
    quantity: Figure | None = None
    action: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardWindow(Item):
    """A period whose achievements are considered; ``track`` tells which, where a plan has several."""

    track: str | None = None
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Item):
    text: str
    max: int | float | None = None
    min: int | float | None = None
    for_: tuple[str, ...] = ()
    award: str | None = None
    per: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Item):
    text_start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Item):
    body: str
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Item):
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Item):
    what: str
    to: str | None = None
    who: str | None = None
    due: str | None = None
    due_event: str | None = None
    offset: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient(Item):
    who: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedMovement(Item):
    name: str
    span: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Item):
    body: str | None = None
    person: str | None = None
    position: str | None = None
    phone: tuple[str, ...] = ()
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise(Item):
    """A slip of writing or reading: what stands there and what it means."""

    seen: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation(Item):
    """A short form the document declares: «(sau đây gọi tắt là Phong trào thi đua)»."""

    short: str
    full: str
