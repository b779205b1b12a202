"""The long steps of an import: at once for a short file, by the worker for a long one."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext
from django_tasks import task

from thidua.exchange.models import Import
from thidua.exchange.services import previewing, saving, undoing
from thidua.records.locks import working_on

logger = logging.getLogger("thidua.exchange")
AT_ONCE = 600  # rows a page may wait for


def _read(batch_id: UUID) -> None:
    try:
        with working_on("import", batch_id):
            previewing.read(batch_id)
    except Exception:
        batch = Import.objects.get(pk=batch_id)
        previewing.stop_reading(batch, gettext("Không đọc xong được tệp do lỗi máy chủ. Thử lại lần nữa."))
        raise


def _save(batch_id: UUID) -> None:
    try:
        with working_on("import", batch_id):
            saving.save_rows(batch_id)
    except Exception as error:
        saving.stop(batch_id, error)
        raise


def _undo(batch_id: UUID) -> None:
    try:
        with working_on("import", batch_id):
            undoing.undo_rows(batch_id)
    except Exception as error:
        undoing.stop(batch_id, error)
        raise


@task()
def read_import(batch_id: str) -> None:
    _read(UUID(batch_id))


@task()
def save_import(batch_id: str) -> None:
    _save(UUID(batch_id))


@task()
def undo_import(batch_id: str) -> None:
    _undo(UUID(batch_id))


def begin(batch: Import) -> None:
    """Do what the import's state asks for: at once when it is short, else by the worker."""
    doing: dict[str, tuple[Callable[[UUID], None], Callable[..., object]]] = {
        Import.Status.READING: (_read, read_import.enqueue),
        Import.Status.RUNNING: (_save, save_import.enqueue),
        Import.Status.UNDOING: (_undo, undo_import.enqueue),
    }
    at_once, enqueue = doing[batch.status]
    if batch.total > AT_ONCE:
        enqueue(str(batch.pk))
        return
    try:
        at_once(batch.pk)
    except Exception:  # the import says on its page that it stopped; here the reason goes to the log
        logger.exception("import %s: %s failed", batch.pk, batch.status)
