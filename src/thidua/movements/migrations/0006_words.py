"""An index of the letters of each movement, three by three, so that a rare word is found without reading all.

Triggers keep it, whichever door writes. A later migration that makes the table of movements anew
(on SQLite, changing a column does) loses them and has to call ``keep`` again; a test watches that.
PostgreSQL finds the rows itself once it has such an index (see docs/operations.md).
"""

import sqlite3

from django.db import migrations

FIRST_WITH_TRIGRAMS = (3, 34)
FORGET = "DELETE FROM movements_words WHERE movement = old.id"
LEARN = "INSERT INTO movements_words (movement, folded) VALUES (new.id, new.folded)"
TRIGGERS = {
    "movements_words_added": f"AFTER INSERT ON movements_movement BEGIN {LEARN}; END",
    "movements_words_changed": f"AFTER UPDATE OF folded ON movements_movement WHEN old.folded <> new.folded BEGIN {FORGET}; {LEARN}; END",
    "movements_words_removed": f"AFTER DELETE ON movements_movement BEGIN {FORGET}; END",
}


def keep(apps, schema_editor):
    if not knows_letters(schema_editor.connection):
        return
    drop(apps, schema_editor)
    schema_editor.execute(
        "CREATE VIRTUAL TABLE movements_words USING fts5(movement UNINDEXED, folded, tokenize='trigram')"
    )
    schema_editor.execute(
        "INSERT INTO movements_words (movement, folded) SELECT id, folded FROM movements_movement"
    )
    for name, what in TRIGGERS.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {what}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute("DROP TABLE IF EXISTS movements_words")


def knows_letters(connection):
    """Say whether this is an SQLite built with the index of letters."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info < FIRST_WITH_TRIGRAMS:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'")
        return cursor.fetchone() is not None


class Migration(migrations.Migration):
    dependencies = [
        ("movements", "0005_approval"),
    ]

    operations = [migrations.RunPython(keep, drop)]
