"""Imports of the same rows: which later one is to go back first, and what it leaves to those before it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from thidua.exchange.importers import Staged
from thidua.exchange.models import Import, ImportRow

BEFORE = "before"
"""In the plan of a row: the version its target had before, where ``target_version`` no longer tells."""


def hand_back(rows: Sequence[Staged], versions: Mapping[UUID, int]) -> None:
    """Let the imports that left the targets of ``rows`` as they are again know their version by now.

    ``rows`` were just taken back; ``versions`` are those of their targets since.
    """
    before = {row.target: version_before(row.plan, row.target_version) for row in rows}
    others = ImportRow.objects.filter(target_id__in=list(before), is_applied=True)
    waiting = [
        row
        for row in others.exclude(pk__in=[row.pk for row in rows])
        if row.target_id and row.target_id in versions and row.target_version == before[row.target_id]
    ]
    for row in waiting:
        row.plan = row.plan | {BEFORE: version_before(row.plan, row.target_version)}
        row.target_version = versions[row.target_id] if row.target_id else None
    ImportRow.objects.bulk_update(waiting, ["plan", "target_version"], batch_size=500)


def version_before(plan: Mapping[str, object], version: int | None) -> int:
    kept = plan.get(BEFORE)
    return kept if isinstance(kept, int) else (version or 1) - 1


def later_imports(batch: Import) -> QuerySet[Import]:
    """Return the imports, the last first, that changed since what ``batch`` wrote and were not taken back."""
    written = batch.rows.filter(is_applied=True).order_by().values("target_id")
    changed = ImportRow.objects.filter(
        target_id__in=written, is_applied=True, outcome=ImportRow.Outcome.UPDATE
    )
    since = Import.objects.filter(target=batch.target, finished_at__gte=batch.finished_at or timezone.now())
    found = since.filter(pk__in=changed.order_by().values("batch")).select_related("file")
    return found.exclude(pk=batch.pk).order_by("-finished_at", "-pk")
