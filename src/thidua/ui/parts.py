"""What pages hand to components: small values that refuse a word they do not know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict

from thidua.ui.formats import TOTAL_CAP

STATES = {
    "waiting": "hourglass",
    "in_work": "circle-dot",
    "done": "circle-check",
    "due_soon": "clock-alert",
    "late": "triangle-alert",
    "unsure": "flag",
    "closed": "lock",
    "honour": "award",
    "plain": "",
}
"""Each state a chip may show, with its icon: told apart by shape and word, never by colour alone."""

TONES = {
    "info": {"icon": "info", "state": "in_work"},
    "done": {"icon": "circle-check", "state": "done"},
    "attention": {"icon": "triangle-alert", "state": "due_soon"},
    "late": {"icon": "octagon-alert", "state": "late"},
}
"""Each tone a notice may take, with its icon and the state whose colours it wears."""

SIZES = (25, 50, 100)
"""How many rows a page of a list may hold."""

_CURSORS = ("after", "before", "page")
_LONGEST_PAGE_NUMBER = 6  # digits; beyond them no list goes, and databases refuse the offset


def page_number(given: QueryDict) -> int:
    """Return the page an address asks for; 1 when it asks for none or for nonsense."""
    asked = given.get("page", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_PAGE_NUMBER):
        return 1
    return max(int(asked), 1)


def size_asked(given: QueryDict, sizes: Sequence[int] = SIZES) -> int:
    """Return how many rows a page is to hold: one of ``sizes``, the second where none is asked for."""
    return next((size for size in sizes if given.get("size") == str(size)), sizes[1])


class UnknownKindError(ValueError):
    """A component was asked for a kind it does not have."""


def one_of(value: str, allowed: Sequence[str] | Mapping[str, Any], what: str) -> str:
    """Give ``value`` back when it is among ``allowed``; raise UnknownKindError naming them otherwise."""
    if value not in allowed:
        raise UnknownKindError(f"{what} {value!r} is none of: {', '.join(allowed)}")
    return value


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a table; ``sort`` is the word its link puts into the address."""

    label: str
    sort: str = ""
    numeric: bool = False
    hidden_label: bool = False
    wide: bool = False
    """Whether the column takes what room the others leave."""
    on_phone: bool = True
    """False hides the head on a phone; its cells carry the class ``wide-only``."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list stands: addresses of its neighbours, and how many rows there are.

    ``total`` above the ``cap`` of the list reads “more than”; ``first`` is the number of the first row
    shown where that is known (a list paged by key knows it on its first page only).
    """

    shown: int
    total: int
    previous_url: str = ""
    next_url: str = ""
    first: int = 0
    size: int = 50
    sizes: tuple[int, ...] = SIZES
    cap: int = TOTAL_CAP


class NumberedPage(Protocol):
    """Some rows of a list that is paged by number."""

    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def total(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def has_next(self) -> bool: ...


def pager_of(given: QueryDict, shown: NumberedPage, size: int, *, sizes: tuple[int, ...] = SIZES) -> Pager:
    """Return where the page ``shown`` stands in its list."""
    return Pager(
        shown=len(shown.rows),
        total=shown.total,
        first=(shown.number - 1) * size + 1,
        previous_url=changed(given, page=shown.number - 1) if shown.number > 1 else "",
        next_url=changed(given, page=shown.number + 1) if shown.has_next else "",
        size=size,
        sizes=sizes,
    )


class KeyedPage(Protocol):
    """Some people of a list that is paged by whom a page begins after or ends before."""

    @property
    def people(self) -> Sequence[Any]: ...
    @property
    def total(self) -> int: ...
    @property
    def previous(self) -> Any: ...
    @property
    def following(self) -> Any: ...
    @property
    def is_first(self) -> bool: ...
    @property
    def cap(self) -> int: ...


def keyed_pager(given: QueryDict, shown: KeyedPage, size: int, *, sizes: tuple[int, ...] = SIZES) -> Pager:
    """Return where the page ``shown`` stands in a list too long to be numbered."""
    return Pager(
        shown=len(shown.people),
        total=shown.total,
        previous_url=changed(given, before=shown.previous) if shown.previous else "",
        next_url=changed(given, after=shown.following) if shown.following else "",
        first=1 if shown.is_first else 0,
        size=size,
        sizes=sizes,
        cap=shown.cap,
    )


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or word in a strip; with ``url`` it opens the list behind it."""

    label: str
    value: Any
    note: str = ""
    url: str = ""
    state: str = "plain"

    def __post_init__(self) -> None:
        one_of(self.state, STATES, "state")


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a tree; ``more_url`` gives its children as list items when first opened.

    One that ``follows`` is the way to the siblings after it: a page at ``url``, list items at ``more_url``;
    ``at_once`` it fetches them without a click.
    """

    label: str
    url: str = ""
    children: tuple[Branch, ...] = ()
    note: str = ""
    open: bool = False
    current: bool = False
    icon: str = ""
    more_url: str = ""
    follows: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on a timeline: exact, or ``when`` in words where the day is not known yet."""

    label: str
    state: str
    day: dt.date | None = None
    when: str = ""
    note: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        one_of(self.state, STATES, "state")


@dataclass(frozen=True, slots=True)
class Step:
    """A section of a long form or procedure; ``open_points`` is how many things in it wait."""

    label: str
    url: str = ""
    state: str = "todo"
    open_points: int = 0

    def __post_init__(self) -> None:
        one_of(self.state, ("done", "current", "todo"), "step state")


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of the search box."""

    label: str
    url: str
    note: str = ""
    icon: str = "file-text"


@dataclass(frozen=True, slots=True)
class HitGroup:
    label: str
    hits: tuple[Hit, ...] = field(default=())


def changed(query: QueryDict | Mapping[str, Any], **changes: Any) -> str:
    """Give the address of the same list with some parameters changed; None drops one.

    The place in the list is forgotten unless it is what changes.
    """
    parameters = QueryDict(mutable=True)
    if isinstance(query, QueryDict):
        parameters = query.copy()
    else:
        parameters.update({name: str(value) for name, value in query.items()})
    for name in _CURSORS:
        parameters.pop(name, None)
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
