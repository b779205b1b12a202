"""Many rows by one prepared statement: put in, changed, or, where nothing refers to them, gone again.

``bulk_create`` asks every field of every row how to be written and sends at most 999 values at a time to
SQLite; over twenty thousand rows that is half of what an import costs. Here columns of plain values go as
they are, the others through the field's own conversion, each different value once.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)
AnyField = models.Field[Any, Any]


def insert(rows: Sequence[models.Model]) -> None:
    """Insert ``rows``, all of one model whose key they bring; call inside a transaction.

    Like ``bulk_create`` it calls no ``save`` and sends no signals.
    """
    if rows:
        model = type(rows[0])
        insert_columns(
            model, {field.attname: values_of(field, rows) for field in model._meta.concrete_fields}
        )


def values_of(field: AnyField, rows: Sequence[models.Model]) -> list[Any]:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return [field.pre_save(row, add=True) for row in rows]
    return [getattr(row, field.attname) for row in rows]


def insert_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column, under the attribute's name; call inside a transaction.

    The key must be among them. A column left out gets the field's default in every row, a moment of writing
    the moment now.
    """
    insert_ready(model, ready_rows(model, columns))


def ready_rows(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of ``columns`` as the database takes them; no query."""
    connection = connections[DEFAULT_DB_ALIAS]
    number = len(next(iter(columns.values())))
    if not number:
        return []
    values = [
        written(field, columns[field.attname], connection)
        if field.attname in columns
        else [default_of(field, connection)] * number
        for field in model._meta.concrete_fields
    ]
    return list(zip(*values, strict=True))


def insert_ready(model: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows made by ``ready_rows``; call inside a transaction."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    fields = model._meta.concrete_fields
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608 - names of our models
            rows,
        )


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write the fields ``names`` of ``rows``, all of one model; call inside a transaction."""
    if not rows:
        return
    meta, connection = type(rows[0])._meta, connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    fields: list[AnyField] = [cast("AnyField", meta.get_field(name)) for name in names]
    key = meta.pk
    values = [written(field, values_of(field, rows), connection) for field in (*fields, key)]
    changed = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {changed} WHERE {quote(str(key.column))} = %s",  # noqa: S608 - names of our models
            list(zip(*values, strict=True)),
        )


def default_of(field: AnyField, connection: BaseDatabaseWrapper) -> Any:
    """Return what the database takes for a field nothing is said of."""
    value = field.pre_save(field.model(), add=True)
    return field.get_db_prep_save(value, connection)


def written(field: AnyField, values: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    """Return the values of one column as the database takes them."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, PLAIN):
        return list(values)
    if isinstance(kind, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return list(values)
        return [None if value is None else value.hex for value in values]
    write = partial(field.get_db_prep_save, connection=connection)
    if isinstance(field, models.JSONField):
        return [write(value) for value in values]
    # Days repeat: each is converted once.
    known = {value: write(value) for value in set(values) if value is not None}
    return [known.get(value) for value in values]


def delete(model: type[models.Model], ids: Sequence[UUID], *, by: str = "id") -> None:
    """Delete rows alone, by their key or by the field ``by``.

    What still refers to one makes the transaction fail instead of going along.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    field: AnyField = model._meta.get_field(by)  # type: ignore[assignment]  # of our tables only columns are named
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(str(field.column))} = %s",  # noqa: S608 - names of our models
            [(value,) for value in written(field, ids, connection)],
        )
