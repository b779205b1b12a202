from datetime import UTC, datetime

import pytest

from factories import make_account
from thidua.audit.models import Entry, Seal
from thidua.audit.services import Fault, record, seal_entries, verify_chain

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def account():
    return make_account(full_name="Lê Thị Bình")


def sealed(account, *actions):
    for action in actions:
        record(account, action, account)
        seal_entries()


def kinds():
    return [(fault.kind, fault.seal) for fault in verify_chain().faults]


def test_an_entry_keeps_the_actor_as_text(account):
    entry = record(account, "unit.rename", account, details={"before": "Cũ", "after": "Mới"}, at=AT)

    assert (entry.actor_id, entry.actor_name) == (str(account.pk), "Lê Thị Bình")
    assert (entry.subject_type, entry.subject_id, entry.at) == ("accounts.account", str(account.pk), AT)


def test_sealing_takes_every_entry_once(account):
    record(account, "one", account)
    record(account, "two", account)

    assert (seal_entries(), seal_entries()) == (2, 0)
    assert verify_chain().unsealed == 0


def test_an_untouched_chain_has_no_fault(account):
    sealed(account, "one", "two", "three")

    report = verify_chain()

    assert (report.seals, report.entries, report.faults) == (3, 3, ())
    assert report.last_hash == Seal.objects.order_by("-number").first().hash


def test_entries_not_yet_sealed_are_counted_and_no_fault(account):
    sealed(account, "one")
    record(account, "two", account)

    report = verify_chain()

    assert (report.unsealed, report.faults) == (1, ())


def test_a_changed_entry_is_named(account):
    sealed(account, "one", "two")
    entry = Entry.objects.get(action="one")
    Entry.objects.filter(pk=entry.pk).update(details={"after": "khác"})

    assert verify_chain().faults == (Fault("entry_changed", 1, str(entry.pk)),)


def test_a_missing_entry_is_noticed(account):
    sealed(account, "one", "two")
    Entry.objects.filter(action="two").delete()

    assert kinds() == [("entry_missing", 2)]


def test_an_entry_slipped_into_a_seal_is_noticed(account):
    sealed(account, "one")
    later = record(account, "slipped in", account)
    Entry.objects.filter(pk=later.pk).update(seal_id=1, place=1)

    assert kinds() == [("entry_added", 1)]


def test_a_seal_written_anew_breaks_the_next_one(account):
    sealed(account, "one", "two")
    Seal.objects.filter(number=1).update(hash="0" * 64)

    assert kinds() == [("seal_changed", 1), ("seal_changed", 2)]


def test_a_seal_cut_out_is_noticed(account):
    sealed(account, "one", "two", "three")
    Entry.objects.filter(seal_id=2).delete()
    Seal.objects.filter(number=2).delete()

    assert ("seal_missing", 2) in kinds()
