"""Queries whose text is written once in a process; only the values change from one page to the next.

To put such a query together takes some ten times as long as to answer it, and every page begins with the same few.
Only the text is kept, never an answer.
"""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
T = TypeVar("T")
MOST_SHAPES = 64  # texts kept of one query; beyond them each is written anew
_UUIDS, _DAYS = UUIDField(), DateField()


class Place(NamedTuple):
    """Where a value goes: the name it is given by and, of several, which of them."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A query as the database is asked it; a parameter is a constant or a Place."""

    rows: QuerySet[Any, T]
    compiler: "SQLCompiler"
    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[P, T]):
    """Decorates a function that returns a query; calling it returns the rows, as a list.

    Values are given by name: a UUID, a day, a text, or a tuple of such to be asked "one of". The function is called
    with stand-ins for them, and may hand those to conditions but do nothing else with them. A number is of the
    text itself: the function is called once for each.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, T]]) -> None:
        self.build = build
        self._written: dict[tuple[Any, ...], Written[T] | None] = {}

    def __call__(self, *args: P.args, **given: P.kwargs) -> list[T]:
        if args:
            raise TypeError("values of a prepared query are given by name")
        connection = connections[DEFAULT_DB_ALIAS]
        values = {name: filled(value) for name, value in given.items()}
        written = self._shaped(connection, values)
        if written is None:
            return []
        params = tuple(
            in_database(listed(values[param.name])[param.number], connection)
            if isinstance(param, Place)
            else param
            for param in written.params
        )
        return list(asked(written, connection, params))

    def _shaped(self, connection: Any, given: dict[str, Any]) -> Written[T] | None:
        shape = (connection.vendor, *((name, shape_of(value)) for name, value in given.items()))
        if shape not in self._written:
            written = self._write(connection, given)
            if len(self._written) >= MOST_SHAPES:
                return written
            self._written[shape] = written
        return self._written[shape]

    def _write(self, connection: Any, given: dict[str, Any]) -> Written[T] | None:
        """Write the query with stand-ins and find where they went; None for one that can have no rows."""
        marks = dict(marked(given))
        stand_ins: Any = {
            name: tuple(marks[Place(name, index)] for index in range(len(value)))
            if isinstance(value, tuple)
            else marks.get(Place(name, 0), value)
            for name, value in given.items()
        }
        build: Callable[..., QuerySet[Any, T]] = self.build
        rows = build(**stand_ins)
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = [(in_database(mark, connection), place) for place, mark in marks.items()]
        found = tuple(place_of(param, places) for param in params)
        refuse_altered(found, places)
        return Written(rows, compiler, sql, found)


def asked(written: Written[T], connection: Any, params: tuple[Any, ...]) -> QuerySet[Any, T]:
    """Return the rows of ``written``, not yet read, to be read as they are: Django asks with our text."""
    compiler: Any = copy(written.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_args, **_named: (written.sql, params)
    rows = written.rows.all()
    rows.query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]  # for this reading
    return rows


def marked(given: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Yield for every value a stand-in of its kind that no query holds otherwise."""
    places = [
        (Place(name, index), one)
        for name, value in given.items()
        if not isinstance(value, int)
        for index, one in enumerate(listed(value))
    ]
    for number, (place, value) in enumerate(places, start=1):
        yield place, stand_in(type(value), number)


def stand_in(kind: type, number: int) -> Any:
    if kind is UUID:
        return UUID(int=(0xFEED << 112) + number)
    if kind is date:
        return date(1, 1, 1) + timedelta(days=number)
    if kind is str:
        return f"\x1f{number}\x1f"
    raise TypeError(f"a prepared query takes no {kind.__name__}")


def filled(value: Any) -> Any:
    """Bring a tuple to a length of 1, 2, 4, 8 … by saying its last one again: texts are then few."""
    if not isinstance(value, tuple) or not value:
        return value
    length = 1 << (len(value) - 1).bit_length()
    return value + value[-1:] * (length - len(value))


def shape_of(value: Any) -> Any:
    """Return what tells two texts apart: how many values there are, or the number itself."""
    if isinstance(value, tuple):
        return (len(value),)
    return value if isinstance(value, int) else None


def listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def in_database(value: Any, connection: Any) -> Any:
    """Return ``value`` as the database takes it."""
    if isinstance(value, UUID):
        return _UUIDS.get_db_prep_value(value, connection)
    if isinstance(value, date):
        return _DAYS.get_db_prep_value(value, connection)
    return value


def place_of(param: Any, places: list[tuple[Any, Place]]) -> Any:
    return next((place for mark, place in places if type(mark) is type(param) and mark == param), param)


def refuse_altered(params: tuple[Any, ...], places: list[tuple[Any, Place]]) -> None:
    """Raise TypeError where a condition made another text of a stand-in, as ``startswith`` does."""
    texts = [param for param in params if isinstance(param, str)]
    if odd := [place.name for mark, place in places if any(str(mark) in text for text in texts)]:
        raise TypeError("a prepared query takes values as they are", *odd)
