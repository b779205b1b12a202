"""Staged rows as they are written or taken back: a few columns of each, a chunk at a time."""

from collections.abc import Iterator, Sequence
from itertools import islice
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
