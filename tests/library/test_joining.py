"""Documents registered twice before the database forbade it are joined when it begins to."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from factories import make_honour, make_person, make_unit
from thidua.library.models import Document, Spelling
from thidua.library.services import number_key

pytestmark = pytest.mark.django_db
migration = import_module("thidua.library.migrations.0002_document_once")
DAY = date(2025, 12, 20)


@pytest.fixture
def editor():
    """Take the constraints away; everything is taken back with the test's transaction."""
    with connection.cursor() as cursor:
        for constraint in Document._meta.constraints:
            cursor.execute(f"DROP INDEX {constraint.name}")
    return connection.schema_editor()


def twin_of(row, written):
    twin = Document.objects.create(
        type=row.type, number=written, number_key=row.number_key, issued_on=row.issued_on, issuer=row.issuer
    )
    Spelling.objects.create(document=twin, written=row.number)
    Spelling.objects.create(document=twin, written=written)
    return twin


def test_what_refers_to_a_twin_refers_to_the_oldest_and_no_spelling_is_lost(editor):
    unit = make_unit("Sở Tư pháp")
    first = make_honour(make_person("Lê Thị Hoa", unit)).decision
    moved = make_honour(make_person("Đỗ Văn Minh", unit), number="150/QĐ-BTN")
    moved.decision = twin_of(first, "140 / QĐ – BTN")
    moved.save()

    migration.join_twins(apps, editor)
    for constraint in Document._meta.constraints:
        editor.add_constraint(Document, constraint)

    moved.refresh_from_db()
    assert (moved.decision, Document.objects.filter(number_key=first.number_key).count()) == (first, 1)
    assert set(first.spellings.values_list("written", flat=True)) == {"140/QĐ-BTN", "140 / QĐ – BTN"}


def test_documents_of_two_days_or_without_a_number_stay_apart(editor):
    for day, number in ((DAY, "1/QĐ-A"), (None, "1/QĐ-A"), (DAY, ""), (DAY, "")):
        Document.objects.create(
            type="QUYET_DINH", number=number, number_key=number_key(number), issued_on=day
        )

    migration.join_twins(apps, editor)

    assert Document.objects.count() == 4
