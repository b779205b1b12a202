"""Write an entry with the act; seal entries into the chain; check the chain."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, models, transaction
from django.db.models import Prefetch
from django.utils import timezone

from thidua.audit.models import Entry, Seal

GENESIS = "0" * 64
BATCH = 1000
SEALS = 50  # read together when the chain is checked


class Actor(Protocol):
    """Who acts: an account, or the system itself."""

    @property
    def pk(self) -> Any: ...

    def get_full_name(self) -> str: ...


def record(
    actor: Actor | None,
    action: str,
    subject: models.Model,
    *,
    details: Mapping[str, Any] | None = None,
    label: str = "",
    at: datetime | None = None,
) -> Entry:
    """Write that ``actor`` (None: the system) did ``action`` to ``subject``, in the act's own transaction.

    ``details`` must be JSON; give before and after under the field's name.
    """
    entry = entry_of(actor, action, subject, details=details, label=label, at=at)
    entry.save(force_insert=True)
    return entry


def record_all(entries: Iterable[Entry]) -> None:
    """Write many acts (see ``entry_of``) together."""
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def entry_of(
    actor: Actor | None,
    action: str,
    subject: models.Model,
    *,
    details: Mapping[str, Any] | None = None,
    label: str = "",
    at: datetime | None = None,
) -> Entry:
    """Return the unsaved entry."""
    return Entry(
        at=at or timezone.now(),
        actor_id=str(actor.pk) if actor else "",
        actor_name=actor.get_full_name() if actor else "",
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=(label or str(subject))[:300],
        details=dict(details or {}),
    )


def entry_hash(entry: Entry) -> str:
    """Return the SHA-256 of the entry's own fields in canonical JSON."""
    fields = [
        str(entry.pk),
        entry.at.astimezone(timezone.get_default_timezone()).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.details,
    ]
    return hashlib.sha256(canonical(fields)).hexdigest()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal_hash(number: int, previous: str, hashes: list[str], sealed_at: datetime) -> str:
    moment = sealed_at.astimezone(timezone.get_default_timezone()).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical([number, previous, hashes, moment])).hexdigest()


def seal_entries() -> int:
    """Append every unsealed entry to the chain and return how many; two sealers never make two chains."""
    sealed = 0
    while batch := seal_batch():
        sealed += batch
    return sealed


def seal_batch() -> int:
    """Seal up to ``BATCH`` entries under the next number; 0 when none waits or another sealer came first."""
    try:
        with transaction.atomic():
            last = Seal.objects.select_for_update().order_by("-number").first()
            entries = list(Entry.objects.filter(seal=None).order_by("at", "pk")[:BATCH])
            if not entries:
                return 0
            append_seal(last, entries)
    except IntegrityError:  # the number was taken by another sealer; its work stands
        return 0
    return len(entries)


def append_seal(last: Seal | None, entries: list[Entry]) -> None:
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    hashes, sealed_at = [entry_hash(entry) for entry in entries], timezone.now()
    seal = Seal.objects.create(
        number=number,
        previous_hash=previous,
        hash=seal_hash(number, previous, hashes, sealed_at),
        entry_hashes=hashes,
        sealed_at=sealed_at,
    )
    for place, entry in enumerate(entries):
        entry.seal, entry.place = seal, place
    Entry.objects.bulk_update(entries, ["seal", "place"], batch_size=500)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the chain: a seal or an entry that was changed, or an entry that is gone."""

    kind: str  # "seal_changed" | "seal_missing" | "entry_changed" | "entry_missing" | "entry_added"
    seal: int
    entry: str = ""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the whole chain found; ``last_hash`` can be printed and kept elsewhere."""

    seals: int
    entries: int
    unsealed: int
    last_hash: str
    faults: tuple[Fault, ...]


def verify_chain() -> ChainReport:
    """Recompute every hash from the first seal on."""
    faults: list[Fault] = []
    previous, expected, entries = GENESIS, 1, 0
    sealed = Prefetch("entries", queryset=Entry.objects.order_by())
    for seal in Seal.objects.order_by("number").prefetch_related(sealed).iterator(chunk_size=SEALS):
        if seal.number != expected:
            faults.append(Fault("seal_missing", expected))
        rehashed = seal_hash(seal.number, seal.previous_hash, seal.entry_hashes, seal.sealed_at)
        if seal.previous_hash != previous or rehashed != seal.hash:
            faults.append(Fault("seal_changed", seal.number))
        faults += entry_faults(seal)
        entries += len(seal.entry_hashes)
        previous, expected = seal.hash, seal.number + 1
    unsealed = Entry.objects.filter(seal=None).count()
    return ChainReport(expected - 1, entries, unsealed, previous, tuple(faults))


def entry_faults(seal: Seal) -> Iterator[Fault]:
    found = {entry.place: entry for entry in seal.entries.all()}
    for place, expected in enumerate(seal.entry_hashes):
        entry = found.pop(place, None)
        if entry is None:
            yield Fault("entry_missing", seal.number, str(place))
        elif entry_hash(entry) != expected:
            yield Fault("entry_changed", seal.number, str(entry.pk))
    yield from (Fault("entry_added", seal.number, str(entry.pk)) for entry in found.values())
