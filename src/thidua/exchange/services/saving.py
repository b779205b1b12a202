"""A previewed import is confirmed and written in one transaction: readers see all of it or nothing.

The rows are made ready before it begins, because on SQLite everybody else waits to write until it ends.
After a kill nothing was written, and the import can be written anew or let go.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from thidua.audit.services import record
from thidua.exchange import progress
from thidua.exchange.importers import Staged, User, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.services.states import CHUNK, Outcome, Status, take
from thidua.exchange.staged import Kept, chunks_of, keep_targets

logger = logging.getLogger("thidua.exchange")
WRITTEN = (Outcome.CREATE, Outcome.UPDATE)
LETTING_GO = (Status.UPLOADED, Status.READING, Status.PREVIEWED, Status.STOPPED)
SMALL = 1 << 20  # bytes kept in memory alone
Apply = Callable[[User, Sequence[Staged]], dict[UUID, list[Problem]]]


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
    batch = take(batch.pk, among=LETTING_GO, version=version)
    ImportRow.objects.filter(batch=batch).delete()
    batch.status, batch.finished_at, batch.sheets = Status.DROPPED, timezone.now(), []
    batch.save()
    record(by, "import.dropped", batch)
    return batch


@transaction.atomic
def resume(batch: Import, *, by: User) -> Import:
    """Let a saving that stopped begin again. Raises AlreadyHandledError."""
    batch = take(batch.pk, among=(Status.STOPPED, Status.RUNNING))
    batch.status, batch.confirmed_by, batch.problem = Status.RUNNING, by, ""
    batch.save()
    record(by, "import.resumed", batch)
    return batch


def save_rows(batch_id: UUID) -> None:
    """Write everything that waits; on an error nothing is written and a person may begin again or let go."""
    try:
        _save_firmly(batch_id)
    except DatabaseError as error:
        logger.exception("import %s stopped", batch_id)
        stop(batch_id, error)
    else:
        tell_if_done(batch_id)


def _save_firmly(batch_id: UUID) -> None:
    """Save; what collides with a row written at that very moment is found by looking again."""
    try:
        save_all(batch_id)
    except IntegrityError:
        save_all(batch_id)


def tell_if_done(batch_id: UUID) -> None:
    """Let the importer tell that everything is written: outside the transactions, others need not wait."""
    progress.forget(batch_id)
    batch = Import.objects.select_related("file", "by", "confirmed_by", "undone_by").get(pk=batch_id)
    if batch.status in (Status.DONE, Status.UNDONE):
        importer_of(batch).finished(batch)


def stop(batch_id: UUID, error: Exception) -> None:
    sentence = gettext("Việc ghi dừng lại do lỗi máy chủ (%(error)s). Chưa dòng nào của tệp được ghi.")
    Import.objects.filter(pk=batch_id, status=Status.RUNNING).update(
        status=Status.STOPPED, problem=sentence % {"error": type(error).__name__}, updated_at=timezone.now()
    )
    progress.forget(batch_id)


def save_all(batch_id: UUID) -> None:
    """Write every row that waits and mark it; of an import that is not to be written, or was, nothing."""
    batch = Import.objects.get(pk=batch_id)
    if batch.status != Status.RUNNING:
        return
    prepare = importer_of(batch).prepare
    with SpooledTemporaryFile(max_size=SMALL) as file:  # without a name: nobody else reads or changes it
        kept = Kept(file)
        for rows in chunks_of(waiting_in(batch), CHUNK):
            prepare(rows)
            kept.add(rows)
        write_all(batch_id, kept)


def waiting_in(batch: Import) -> QuerySet[ImportRow]:
    """Return the rows to be written; nobody changes them while the import is being saved."""
    return batch.rows.filter(is_applied=False, outcome__in=WRITTEN).order_by("order")


@transaction.atomic
def write_all(batch_id: UUID, chunks: Iterable[Sequence[Staged]]) -> None:
    batch = Import.objects.select_for_update(of=("self",)).select_related("confirmed_by").get(pk=batch_id)
    if batch.status != Status.RUNNING or batch.confirmed_by is None:
        return
    refused: dict[UUID, list[Problem]] = {}
    apply, done = importer_of(batch).apply, 0
    for rows in chunks:
        before = [(row.target_id, row.target_version) for row in rows]
        refused |= apply(batch.confirmed_by, rows)
        keep_targets(rows, before)
        done += len(rows)
        progress.note(batch_id, done)
    refuse(batch, refused)
    waiting_in(batch).order_by().update(is_applied=True)
    finish(batch, done, len(refused))


def refuse(batch: Import, refused: Mapping[UUID, Sequence[Problem]]) -> None:
    """Mark the rows that could no longer be written, and why."""
    counts, late = Counter(batch.counts), list(batch.rows.in_bulk(list(refused)).values())
    for row in late:
        counts[row.outcome] -= 1
        counts[Outcome.REFUSE] += 1
        row.outcome = Outcome.REFUSE
        row.problems = [*row.problems, *(problem.as_json() for problem in refused[row.pk])]
    ImportRow.objects.bulk_update(late, ["outcome", "problems"], batch_size=100)
    batch.counts = dict(+counts)


def finish(batch: Import, done: int, refused: int) -> None:
    batch.status, batch.finished_at, batch.done = Status.DONE, timezone.now(), done
    batch.version += 1
    batch.save()
    record(batch.confirmed_by, "import.saved", batch, details={"counts": batch.counts, "refused": refused})
