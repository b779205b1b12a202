"""Staged rows as they are written or taken back: a few columns of each, a chunk at a time."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import IO
from uuid import UUID

from django.db.models import QuerySet

from thidua.exchange.importers import Staged
from thidua.exchange.models import ImportRow

COLUMNS = ("pk", "number", "order", "label", "outcome", "plan", "target_id", "target_version")


def chunks_of(rows: QuerySet[ImportRow], size: int) -> Iterator[list[Staged]]:
    """Yield ``rows`` in their order, ``size`` at a time."""
    found = rows.values_list(*COLUMNS).iterator(chunk_size=size)
    while chunk := [Staged(*values) for values in islice(found, size)]:
        yield chunk


class Kept:
    """Chunks of rows ready to be written, in a file without a name: memory stays flat however many there are."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, rows: Sequence[Staged]) -> None:
        pickler = pickle.Pickler(self._file, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {UUID: in_short}
        pickler.dump(rows)

    def __iter__(self) -> Iterator[list[Staged]]:
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 - this process just wrote it, where nobody else can


def in_short(value: UUID) -> tuple[Callable[[bytes], UUID], tuple[bytes]]:
    """Return how an id is kept: a third of the time its own way takes, and there are several in a row."""
    return from_bytes, (value.bytes,)


def from_bytes(value: bytes) -> UUID:
    return UUID(bytes=value)


def staged(rows: QuerySet[ImportRow]) -> Iterator[Staged]:
    """Yield ``rows`` one by one in their order."""
    for values in rows.values_list(*COLUMNS).iterator(chunk_size=500):
        yield Staged(*values)


def keep_targets(rows: Sequence[Staged], before: Sequence[tuple[UUID | None, int | None]]) -> None:
    """Keep for each row what it became, where writing it told that."""
    told = [
        ImportRow(pk=row.pk, target_id=row.target_id, target_version=row.target_version)
        for row, was in zip(rows, before, strict=True)
        if (row.target_id, row.target_version) != was
    ]
    ImportRow.objects.bulk_update(told, ["target_id", "target_version"], batch_size=500)
