"""Rare words among many movements: a few rows named by an index of letters, where the database keeps one.

SQLite reads every movement for words that stand in few; with the index it reads those few. PostgreSQL
uses its own index by itself.
"""

from functools import cache

from django.db import connection
from django.db.models import Q

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line

FEW = 200
"""Beyond so many the list is soon full anyway, walked in its order."""
LETTERS = 3  # the shortest text the index knows


def among_few(query: str) -> Q:
    """Return the condition that names the movements holding ``query`` where they are few, else no condition.

    It only narrows: which of them fit, diacritics and all, is still to be asked.
    """
    words = fold(one_line(query))
    if len(words) < LETTERS or not has_letters():
        return Q()
    phrase = '"' + words.replace('"', '""') + '"'
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT movement FROM movements_words WHERE folded MATCH %s LIMIT %s", [phrase, FEW + 1]
        )
        found = [row[0] for row in cursor.fetchall()]
    return Q(pk__in=found) if len(found) <= FEW else Q()


@cache
def has_letters() -> bool:
    """Say whether the index is there; asked once in a process, beside the queries of a page."""
    if connection.vendor != "sqlite":
        return False
    connection.ensure_connection()
    known = connection.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'movements_words'")
    return known.fetchone() is not None
