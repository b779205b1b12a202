"""A whole import is taken back while nothing else refers to what it wrote and nobody changed it since."""

import logging
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from thidua.audit.services import record
from thidua.exchange import progress
from thidua.exchange.importers import Reference, User, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.services.saving import tell_if_done
from thidua.exchange.services.states import CHUNK, Status, take
from thidua.exchange.staged import chunks_of

logger = logging.getLogger("thidua.exchange")
WRITTEN_TO = (Status.DONE,)


class CannotUndoError(Exception):
    """Something refers to what the import wrote, or changed it; carries all of it."""

    def __init__(self, references: Sequence[Reference]) -> None:
        super().__init__(", ".join(reference.label for reference in references))
        self.references = tuple(references)


def problems_before_undo(batch: Import) -> list[Reference]:
    """Return everything that stands in the way of taking the import back."""
    return importer_of(batch).in_the_way(applied_rows(batch))


def applied_rows(batch: Import) -> QuerySet[ImportRow]:
    return batch.rows.filter(is_applied=True)


def begin_undo(batch: Import, *, by: User, version: int) -> Import:
    """Let the taking back begin (``undo_rows`` does it). Raises CannotUndoError, AlreadyHandledError.

    What is in the way is looked for before anybody has to wait: what gets in the way later stays as written.
    """
    if references := problems_before_undo(batch):
        raise CannotUndoError(references)
    return mark_undoing(batch, by, version)


@transaction.atomic
def mark_undoing(batch: Import, by: User, version: int) -> Import:
    batch = take(batch.pk, among=WRITTEN_TO, version=version)
    batch.status, batch.undone_by, batch.undone_at = Status.UNDOING, by, timezone.now()
    batch.total, batch.done, batch.problem = applied_rows(batch).count(), 0, ""
    batch.save()
    record(by, "import.undo_begun", batch, details={"rows": batch.total})
    return batch


def undo_rows(batch_id: UUID) -> None:
    """Take back everything that was written, or on an error nothing of it."""
    try:
        undo_all(batch_id)
    except DatabaseError as error:
        logger.exception("undo of import %s stopped", batch_id)
        stop(batch_id, error)
    else:
        tell_if_done(batch_id)


def stop(batch_id: UUID, error: Exception) -> None:
    """Let the import stand as written and say why it was not taken back."""
    sentence = gettext("Việc hoàn tác dừng lại do lỗi máy chủ (%(error)s). Chưa dòng nào được trả lại.")
    Import.objects.filter(pk=batch_id, status=Status.UNDOING).update(
        status=Status.DONE, problem=sentence % {"error": type(error).__name__}, updated_at=timezone.now()
    )
    progress.forget(batch_id)


@transaction.atomic
def undo_all(batch_id: UUID) -> None:
    """Take the written rows back, the last first; what is in use by now stays."""
    batch = Import.objects.select_for_update(of=("self",)).select_related("undone_by").get(pk=batch_id)
    if batch.status != Status.UNDOING or batch.undone_by is None:
        return
    written = applied_rows(batch).order_by("-order")
    stayed: dict[UUID, list[Problem]] = {}
    undo, done = importer_of(batch).undo, 0
    for rows in chunks_of(written, CHUNK):
        stayed |= undo(batch.undone_by, rows)
        done += len(rows)
        progress.note(batch_id, done)
    written.order_by().update(is_applied=False)
    keep(batch, stayed)
    end_undo(batch, done, len(stayed))


def keep(batch: Import, stayed: Mapping[UUID, Sequence[Problem]]) -> None:
    """Leave the rows that could not be taken back as written, and note on each why."""
    noted = list(batch.rows.in_bulk(list(stayed)).values())
    for row in noted:
        row.is_applied = True
        row.problems = [*row.problems, *(problem.as_json() for problem in stayed[row.pk])]
    ImportRow.objects.bulk_update(noted, ["is_applied", "problems"], batch_size=100)


def end_undo(batch: Import, done: int, stayed: int) -> None:
    """Finish; rows that somebody began to use meanwhile stay, and the import with them."""
    batch.version += 1
    batch.finished_at, batch.done = timezone.now(), done
    batch.status = Status.DONE if stayed else Status.UNDONE
    if stayed:
        sentence = gettext("%(count)s dòng không hoàn tác được vì vừa có nơi dùng đến.")
        batch.problem = sentence % {"count": stayed}
    batch.save()
    record(batch.undone_by, "import.undone", batch, details={"rows": done, "stayed": stayed})
