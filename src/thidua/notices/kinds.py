"""Kinds of news: what is told is kept as a kind with its parameters and put into words when it is read.

Each subject declares its own kinds, once, as frozen dataclasses of texts, numbers, days and ids::

    @kind("movement.due")
    @dataclass(frozen=True, slots=True)
    class Due(News):
        what: str
        last_on: date

        def title(self) -> str:
            return _("Hạn %(day)s: %(what)s") % {"day": day(self.last_on), "what": self.what}
"""

from collections.abc import Callable
from dataclasses import Field, fields
from datetime import date
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

Parameters = dict[str, str | int]

READERS: dict[Any, Callable[[Any], object]] = {str: str, int: int, date: date.fromisoformat, UUID: UUID}
"""What a parameter may be, and how it comes back from JSON."""

_kinds: dict[str, type["News"]] = {}


class Words(NamedTuple):
    """What a reader reads, in the language of the page."""

    title: str
    body: str


class News:
    """What is told, before it has words; ``title``, ``body`` and whatever they ask speak the language that is on."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    kind: ClassVar[str]

    def title(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        """Return what is said below the title; most news needs nothing more."""
        return ""

    def url(self) -> str:
        """Return the path of this site where the news is dealt with."""
        return ""

    def words(self) -> Words:
        return Words(self.title(), self.body())


N = TypeVar("N", bound=News)


class UnknownNewsError(Exception):
    """No kind of this name takes these parameters; an older version of the programme may have known one."""


def kind(name: str) -> Callable[[type[N]], type[N]]:
    """Declare a dataclass of news under the name its rows are kept by.

    Raises TypeError for a parameter that does not come back from JSON, and for a name that is taken.
    """

    def declared(made: type[N]) -> type[N]:
        if name in _kinds:
            raise TypeError(name)
        if odd := [field.name for field in fields(made) if field.type not in READERS]:
            raise TypeError(name, *odd)
        made.kind = name
        _kinds[name] = made
        return made

    return declared


def kinds() -> dict[str, type[News]]:
    """Return every kind by its name."""
    return dict(_kinds)


def parameters_of(news: News) -> Parameters:
    """Return the parameters as JSON keeps them."""
    given = {field.name: getattr(news, field.name) for field in fields(news)}
    return {name: value if isinstance(value, int) else str(value) for name, value in given.items()}


def news_of(name: str, parameters: Parameters) -> News:
    """Return the news a row keeps. Raises UnknownNewsError."""
    made = _kinds.get(name)
    wanted = {field.name: field.type for field in fields(made)} if made else {}
    if made is None or wanted.keys() != parameters.keys():
        raise UnknownNewsError(name)
    try:
        return made(**{key: READERS[wanted[key]](value) for key, value in parameters.items()})
    except ValueError as error:
        raise UnknownNewsError(name) from error
