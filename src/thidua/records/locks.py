"""Words held by one writer at a time, where there is no row yet to lock; and words somebody is at work on."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

WORK = 1  # the first of the two numbers of a lock of work; those of ``hold`` have one
SEEN_ON_POSTGRESQL = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )"""


def hold(*words: object) -> None:
    """Let nobody else hold these words until this transaction ends; call inside one.

    PostgreSQL keeps a lock of its own for them. SQLite lets only one transaction write from its first
    statement on, so there the words are held already.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("words are held until a transaction ends")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number_of(words)])


@contextmanager
def working_on(*words: object) -> Iterator[None]:
    """Let everybody see that somebody is at work on these words; a worker that is killed stops showing it at once.

    It spans transactions. PostgreSQL shows it on every host; with SQLite all processes are on one host and see a
    locked file. A disk that is full hinders the showing, not the work.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        with locked_file(words):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [WORK, number_of(words)])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a lost connection holds nothing
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [WORK, number_of(words)])


def is_worked_on(*words: object) -> bool:
    """Say whether some process is at work on these words now."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return is_locked(file_of(words))
    with connection.cursor() as cursor:
        cursor.execute(SEEN_ON_POSTGRESQL, [WORK, number_of(words)])
        return bool(cursor.fetchone()[0])


def number_of(words: tuple[object, ...]) -> int:
    """Return the number of the words that fits a signed one of 32 bits."""
    return zlib.crc32("\0".join(map(str, words)).encode()) & 0x7FFFFFFF


def file_of(words: tuple[object, ...]) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "working" / str(number_of(words))


@contextmanager
def locked_file(words: tuple[object, ...]) -> Iterator[None]:
    path = file_of(words)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = opened_alone(path)
    except OSError:
        yield
        return
    with file:
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def opened_alone(path: Path) -> BinaryIO:
    """Open and lock the file that stands at ``path`` once the lock is had: the one waited for may be gone."""
    while True:
        file = path.open("wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()


def is_locked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
