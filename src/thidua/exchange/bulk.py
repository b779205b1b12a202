"""Many new rows by one prepared statement, and rows that nothing refers to gone again.

``bulk_create`` asks every field of every row how to be written and sends at most 999 values at a time to
SQLite; over twenty thousand rows that is half of what an import costs. Here columns of plain values go as
they are, the others through the field's own conversion.
"""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql import DeleteQuery

PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert ``rows``, all of one model whose key they bring; call inside a transaction.

    Like ``bulk_create`` it calls no ``save`` and sends no signals.
    """
    if not rows:
        return
    meta, connection = type(rows[0])._meta, connections[DEFAULT_DB_ALIAS]
    fields = meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = zip(*(column_of(field, rows, connection) for field in fields), strict=True)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608 - names of our models
            list(values),
        )


def column_of(
    field: "models.Field[Any, Any]", rows: Sequence[models.Model], connection: BaseDatabaseWrapper
) -> list[Any]:
    """Return the values of one column as the database takes them."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        values = [field.pre_save(row, add=True) for row in rows]
    else:
        values = [getattr(row, field.attname) for row in rows]
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, PLAIN):
        return values
    if isinstance(field, models.JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    # Days, units and roots repeat: each value is converted once.
    written = {value: field.get_db_prep_save(value, connection) for value in set(values) if value is not None}
    return [written.get(value) for value in values]


def delete(model: type[models.Model], ids: Collection[UUID]) -> None:
    """Delete rows alone: what still refers to one makes the transaction fail instead of going along."""
    keys = cast("list[str]", list(ids))  # the stubs know no keys but numbers and texts
    DeleteQuery(model).delete_batch(keys, DEFAULT_DB_ALIAS)
