"""What happens without a page: queued jobs, seals on the log, letters, and the turn of the day."""

import logging
import threading
from collections.abc import Callable
from datetime import date, timedelta

from django.db import close_old_connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from thidua.accounts.services import close_due_accounts
from thidua.audit.services import seal_entries
from thidua.movements.tasks import turn_day as turn_day_of_movements
from thidua.notices.services import send_waiting_mail
from thidua.organisations.services.units import apply_due_changes
from thidua.records.days import today
from thidua.records.locks import is_worked_on, working_on

logger = logging.getLogger("thidua.background")
PAUSE = 1.0
ABANDONED_AFTER = timedelta(minutes=15)


class Background:
    """Works through the queue with the library's worker, then does the chores, again and again."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.chores: tuple[Callable[[], object], ...] = (
            requeue_abandoned,
            seal_entries,
            send_waiting_mail,
            self.turn_day,
        )

    def run_until(self, stop: threading.Event) -> None:
        """Work and pause until ``stop`` is set; the log is sealed once more at the end."""
        while not stop.is_set():
            self.work_through()
            stop.wait(PAUSE)
        seal_entries()

    def work_through(self) -> None:
        """Do every waiting job, then the chores; one that fails does not keep the others from their turn."""
        close_old_connections()
        queue_worker().run()
        for chore in self.chores:
            try:
                chore()
            except Exception:
                logger.exception("A background chore failed and will be tried again")

    def turn_day(self) -> None:
        """Once a day: dated changes and leavings take effect, then terms are told."""
        if self.day != (now := today()):
            apply_due_changes(now)
            close_due_accounts(now)
            turn_day_of_movements(now)
            self.day = now


class ShowingWorker(Worker):
    """The library's worker; while a job runs, other workers see that somebody is at it."""

    def run_task(self, db_task_result: DBTaskResult[..., object]) -> None:
        with working_on("job", db_task_result.pk):
            super().run_task(db_task_result)


def queue_worker() -> Worker:
    return ShowingWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="thidua",
    )


def requeue_abandoned() -> int:
    """Put back jobs whose worker was killed; every job here can be begun again from what it staged.

    A long job is not abandoned: its worker shows that it is at it.
    """
    before = timezone.now() - ABANDONED_AFTER
    old = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    left = [pk for pk in old.values_list("pk", flat=True) if not is_worked_on("job", pk)]
    return old.filter(pk__in=left).update(status=TaskResultStatus.READY) if left else 0
