"""On SQLite one writes at a time: whoever comes second waits, and then writes."""

import threading
import time

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from thidua.config.environment import WAITS, database

pytestmark = pytest.mark.django_db
HELD = 0.4  # seconds the first one writes


@pytest.fixture
def writers(tmp_path):
    """Return the connections of two processes to one database of this installation."""
    named = database("", tmp_path)
    handlers = [ConnectionHandler({"default": named}) for _ in range(2)]
    connections = [handler["default"] for handler in handlers]
    for connection in connections:
        connection.inc_thread_sharing()
    with connections[0].cursor() as cursor:
        cursor.execute("CREATE TABLE line (said TEXT)")
    yield connections
    for connection in connections:
        connection.close()


def write(connection, said):
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO line VALUES (%s)", [said])
        cursor.execute("COMMIT")


def write_slowly(connection, said, begun):
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO line VALUES (%s)", [said])
        begun.set()
        time.sleep(HELD)
        cursor.execute("COMMIT")


def lines(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM line")
        return [said for (said,) in cursor.fetchall()]


def write_beside(writers):
    """Let the second write while the first one does; return what it was refused with."""
    writers[1].ensure_connection()
    begun = threading.Event()
    first = threading.Thread(target=write_slowly, args=(writers[0], "first", begun))
    first.start()
    begun.wait()
    try:
        write(writers[1], "second")
    except OperationalError as error:
        return str(error)
    finally:
        first.join()
    return ""


def test_the_second_writer_waits_and_then_writes(writers):
    refused = write_beside(writers)

    assert (refused, lines(writers[1])) == ("", ["first", "second"])


def test_one_that_would_not_wait_is_refused(writers):
    with writers[1].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")

    refused = write_beside(writers)

    assert (refused, lines(writers[1])) == ("database is locked", ["first"])


def test_the_wait_is_longer_than_any_import_takes(writers):
    """A table of 100,000 people is written in some ten seconds and taken back in some twenty-five."""
    with writers[0].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (milliseconds,) = cursor.fetchone()

    assert milliseconds == WAITS * 1000 >= 4 * 25_000
