"""Words held by one writer at a time, where there is no row yet to lock."""

import zlib

from django.db import DEFAULT_DB_ALIAS, connections, transaction


def hold(*words: object) -> None:
    """Let nobody else hold these words until this transaction ends; call inside one.

    PostgreSQL keeps a lock of its own for them. SQLite lets only one transaction write from its first
    statement on, so there the words are held already.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("words are held until a transaction ends")
    if connection.vendor == "postgresql":
        key = zlib.crc32("\0".join(map(str, words)).encode())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
