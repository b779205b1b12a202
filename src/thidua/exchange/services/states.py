"""Taking an import for a change: only from the state it was seen in, by one person at a time."""

from collections.abc import Collection
from uuid import UUID

from thidua.exchange.models import Import, ImportRow

Status, Outcome = Import.Status, ImportRow.Outcome
CHUNK = 1_000  # rows staged in one short transaction, and those written together


class AlreadyHandledError(Exception):
    """Somebody else took the step meanwhile; carries the import as it is now."""

    def __init__(self, batch: Import) -> None:
        super().__init__(f"import {batch.pk} is {batch.status}")
        self.batch = batch


def take(pk: UUID, *, among: Collection[str], version: int | None = None) -> Import:
    """Lock the import while it stands in one of the states ``among``; ``version`` is the one that was seen.

    Raises AlreadyHandledError. Call inside a transaction.
    """
    batch = Import.objects.select_for_update().get(pk=pk)
    if batch.status not in among or (version is not None and batch.version != version):
        raise AlreadyHandledError(batch)
    batch.version += 1
    return batch
