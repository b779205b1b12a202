"""Trials over many: at once for a unit, by the worker for a whole authority."""

import logging
from uuid import UUID

from django.utils.translation import gettext
from django_tasks import task

from thidua.commendations.models import Trial
from thidua.commendations.services.trials import compute, fail

logger = logging.getLogger("thidua.commendations")
AT_ONCE = 400
"""People or collectives a page may wait for."""


def _compute(pk: UUID) -> None:
    try:
        compute(pk)
    except Exception:
        fail(pk, gettext("Không tính xong do lỗi máy chủ. Thử lại lần nữa."))
        raise


@task()
def compute_trial(trial_id: str) -> None:
    _compute(UUID(trial_id))


def begin(trial: Trial) -> None:
    """Answer the trial now when it is small, else by the worker."""
    if trial.subjects > AT_ONCE:
        compute_trial.enqueue(str(trial.pk))
        return
    try:
        _compute(trial.pk)
    except Exception:  # the trial says on its page that it stopped; here the reason goes to the log
        logger.exception("trial %s failed", trial.pk)
