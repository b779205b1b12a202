"""A document is one however its number is written, and is registered once."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from thidua.library.models import Document, Spelling
from thidua.library.services import register_document
from thidua.records.locks import hold

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 24)


def registered(number="140/QĐ-STP", day=DAY, issuer="Sở Tư pháp"):
    return register_document(kind="QUYET_DINH", number=number, issued_on=day, issuer=issuer)


def test_another_spelling_is_the_same_document():
    first, again = registered(), registered("140 / QĐ – STP")

    assert first == again
    assert set(Spelling.objects.values_list("written", flat=True)) == {"140/QĐ-STP", "140 / QĐ – STP"}


def test_one_number_of_two_bodies_stays_two_documents():
    assert registered(issuer="Sở Tư pháp") != registered(issuer="Bộ Nội vụ")


def test_a_document_without_a_day_is_registered_once_though_two_with_a_day_are_there():
    registered(day=date(2024, 1, 1))
    registered(day=date(2025, 1, 1))

    assert registered(day=None) == registered(day=None)


@pytest.mark.parametrize("day", [DAY, None])
def test_the_database_itself_refuses_a_second_row(day):
    row = registered(day=day)
    second = Document(type=row.type, number="x", number_key=row.number_key, issued_on=day, issuer=row.issuer)

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.django_db(transaction=True)
def test_words_are_held_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        hold("document", "1")

    with transaction.atomic():
        hold("document", "1")
        assert connection.in_atomic_block
