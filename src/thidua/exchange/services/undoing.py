"""A whole import is taken back while nothing else refers to what it wrote and nobody changed it since."""

import logging
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from thidua.audit.services import record
from thidua.exchange.importers import Reference, User, importer_of
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.services.saving import UNREAD, tell_if_done
from thidua.exchange.services.states import CHUNK, Status, note_progress, take

logger = logging.getLogger("thidua.exchange")
WRITTEN_TO = (Status.DONE, Status.STOPPED)


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


@transaction.atomic
def begin_undo(batch: Import, *, by: User, version: int) -> Import:
    """Let the taking back begin (``undo_rows`` does it). Raises CannotUndoError, AlreadyHandledError."""
    batch = take(batch.pk, among=WRITTEN_TO, version=version)
    if references := problems_before_undo(batch):
        raise CannotUndoError(references)
    batch.status, batch.undone_by, batch.undone_at = Status.UNDOING, by, timezone.now()
    batch.total, batch.done, batch.problem = applied_rows(batch).count(), 0, ""
    batch.save()
    record(by, "import.undo_begun", batch, details={"rows": batch.total})
    return batch


def undo_rows(batch_id: UUID) -> None:
    """Take back everything that was written; on an error stop, so that a person may decide."""
    kept: set[UUID] = set()
    try:
        while undo_chunk(batch_id, kept):
            pass
    except DatabaseError as error:
        logger.exception("undo of import %s stopped", batch_id)
        stop(batch_id, error)
    else:
        tell_if_done(batch_id)


def stop(batch_id: UUID, error: Exception) -> None:
    sentence = gettext("Việc hoàn tác dừng lại do lỗi máy chủ (%(error)s). Bấm Hoàn tác để làm tiếp.")
    Import.objects.filter(pk=batch_id, status=Status.UNDOING).update(
        status=Status.STOPPED, problem=sentence % {"error": type(error).__name__}, updated_at=timezone.now()
    )


@transaction.atomic
def undo_chunk(batch_id: UUID, kept: set[UUID]) -> bool:
    """Take the last written rows back, but those in ``kept``, which grows by what had to stay."""
    batch = Import.objects.select_for_update(of=("self",)).select_related("undone_by").get(pk=batch_id)
    if batch.status != Status.UNDOING or batch.undone_by is None:
        return False
    rows = list(applied_rows(batch).exclude(pk__in=kept).order_by("-order").defer(*UNREAD)[:CHUNK])
    if not rows:
        end_undo(batch, len(kept))
        return False
    stayed = importer_of(batch).undo(batch.undone_by, rows)
    taken = [row.pk for row in rows if row.pk not in stayed]
    ImportRow.objects.filter(pk__in=taken).update(is_applied=False)
    keep(rows, stayed)
    kept.update(stayed)
    note_progress(batch, batch.done + len(rows))
    details = {"rows": [rows[0].number, rows[-1].number], "stayed": len(stayed)}
    record(batch.undone_by, "import.rows_undone", batch, details=details)
    return True


def keep(rows: Sequence[ImportRow], stayed: Mapping[UUID, Sequence[Problem]]) -> None:
    """Note on each row that could not be taken back why."""
    noted = [row for row in rows if row.pk in stayed]
    for row in noted:
        row.problems = [*row.problems, *(problem.as_json() for problem in stayed[row.pk])]
    ImportRow.objects.bulk_update(noted, ["problems"], batch_size=100)


def end_undo(batch: Import, stayed: int) -> None:
    """Finish; rows that somebody began to use meanwhile stay, and the import with them."""
    batch.version += 1
    batch.finished_at = timezone.now()
    batch.status = Status.DONE if stayed else Status.UNDONE
    if stayed:
        sentence = gettext("%(count)s dòng không hoàn tác được vì vừa có nơi dùng đến.")
        batch.problem = sentence % {"count": stayed}
    batch.save()
    record(batch.undone_by, "import.undone", batch, details={"stayed": stayed})
