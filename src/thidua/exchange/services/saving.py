"""A previewed import is confirmed and written in chunks, each a short transaction with its rows marked.

After a kill the rows not marked are still to do: going on never writes a row twice.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from thidua.audit.services import record
from thidua.exchange.importers import User, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.services.states import CHUNK, Outcome, Status, note_progress, take

logger = logging.getLogger("thidua.exchange")
WRITTEN = (Outcome.CREATE, Outcome.UPDATE)
UNREAD = ("values", "changes", "decision")  # what the saving has no use for


@transaction.atomic
def confirm(batch: Import, *, by: User, version: int) -> Import:
    """Let the saving begin (``save_rows`` does it).

    Raises AlreadyHandledError: of two who confirm at once, the second.
    """
    batch = take(batch.pk, among=(Status.PREVIEWED,), version=version)
    batch.status, batch.confirmed_by, batch.confirmed_at = Status.RUNNING, by, timezone.now()
    batch.done, batch.problem = 0, ""
    batch.total = sum(batch.counts.get(outcome, 0) for outcome in WRITTEN)
    batch.sheets = [sheet | {"first": []} for sheet in batch.sheets]
    batch.save()
    record(by, "import.confirmed", batch, details={"target": batch.target, "counts": batch.counts})
    return batch


@transaction.atomic
def drop(batch: Import, *, by: User, version: int) -> Import:
    """Let go of an import of which nothing was written; its staged rows go too. Raises AlreadyHandledError."""
    batch = take(batch.pk, among=(Status.UPLOADED, Status.READING, Status.PREVIEWED), version=version)
    ImportRow.objects.filter(batch=batch).delete()
    batch.status, batch.finished_at, batch.sheets = Status.DROPPED, timezone.now(), []
    batch.save()
    record(by, "import.dropped", batch)
    return batch


@transaction.atomic
def resume(batch: Import, *, by: User) -> Import:
    """Let a stopped saving go on from the rows not yet written. Raises AlreadyHandledError."""
    batch = take(batch.pk, among=(Status.STOPPED, Status.RUNNING))
    batch.status, batch.confirmed_by, batch.problem = Status.RUNNING, by, ""
    batch.save()
    record(by, "import.resumed", batch, details={"done": batch.done})
    return batch


def save_rows(batch_id: UUID) -> None:
    """Write everything that waits; on an error stop, so that a person may go on or take it all back."""
    try:
        while _save_chunk_firmly(batch_id):
            pass
    except DatabaseError as error:
        logger.exception("import %s stopped", batch_id)
        stop(batch_id, error)
    else:
        tell_if_done(batch_id)


def tell_if_done(batch_id: UUID) -> None:
    """Let the importer tell that everything is written: outside the transactions, others need not wait."""
    batch = Import.objects.select_related("file", "by", "confirmed_by", "undone_by").get(pk=batch_id)
    if batch.status in (Status.DONE, Status.UNDONE):
        importer_of(batch).finished(batch)


def _save_chunk_firmly(batch_id: UUID) -> bool:
    """Save a chunk; what collides with a row written at that very moment is found by looking again."""
    try:
        return save_chunk(batch_id)
    except IntegrityError:
        return save_chunk(batch_id)


def stop(batch_id: UUID, error: Exception) -> None:
    sentence = gettext("Việc ghi dừng lại do lỗi máy chủ (%(error)s). Các dòng đã ghi vẫn còn.")
    Import.objects.filter(pk=batch_id, status=Status.RUNNING).update(
        status=Status.STOPPED, problem=sentence % {"error": type(error).__name__}, updated_at=timezone.now()
    )


@transaction.atomic
def save_chunk(batch_id: UUID) -> bool:
    """Write the next rows and mark them, or finish when none is left; say whether to go on."""
    batch = Import.objects.select_for_update(of=("self",)).select_related("confirmed_by").get(pk=batch_id)
    if batch.status != Status.RUNNING or batch.confirmed_by is None:
        return False
    rows = list(
        batch.rows.filter(is_applied=False, outcome__in=WRITTEN).order_by("order").defer(*UNREAD)[:CHUNK]
    )
    if not rows:
        finish(batch)
        return False
    refused = importer_of(batch).apply(batch.confirmed_by, rows)
    written = [row for row in rows if row.pk not in refused]
    ImportRow.objects.filter(pk__in=[row.pk for row in written]).update(is_applied=True)
    refuse(batch, rows, refused)
    note_progress(batch, batch.done + len(rows))
    counts = Counter(row.outcome for row in written)
    details = {"rows": [rows[0].number, rows[-1].number], "refused": len(refused), **counts}
    record(batch.confirmed_by, "import.rows_saved", batch, details=details)
    return True


def refuse(batch: Import, rows: Sequence[ImportRow], refused: Mapping[UUID, Sequence[Problem]]) -> None:
    """Mark the rows that could no longer be written, and why."""
    if not refused:
        return
    counts = Counter(batch.counts)
    late = [row for row in rows if row.pk in refused]
    for row in late:
        counts[row.outcome] -= 1
        counts[Outcome.REFUSE] += 1
        row.outcome = Outcome.REFUSE
        row.problems = [*row.problems, *(problem.as_json() for problem in refused[row.pk])]
    ImportRow.objects.bulk_update(late, ["outcome", "problems"], batch_size=100)
    batch.counts = dict(+counts)
    Import.objects.filter(pk=batch.pk).update(counts=batch.counts)


def finish(batch: Import) -> None:
    batch.status, batch.finished_at = Status.DONE, timezone.now()
    batch.version += 1
    batch.save()
    record(batch.confirmed_by, "import.saved", batch, details={"counts": batch.counts})
