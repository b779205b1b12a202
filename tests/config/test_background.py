"""Jobs of a worker that was killed are begun again; those of one that is at work are left to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_started
from django_tasks_db.models import DBTaskResult

from thidua.config.background import queue_worker, requeue_abandoned
from thidua.exchange.tasks import read_import
from thidua.records.locks import is_worked_on, working_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    read_import.enqueue(str(uuid4()))
    return DBTaskResult.objects.get()


def running_for(job, minutes):
    started = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.RUNNING, started_at=started)


def status_of(job):
    job.refresh_from_db()
    return job.status


def test_a_long_job_is_left_to_the_worker_that_is_at_it(job):
    running_for(job, 40)

    with working_on("job", job.pk):
        kept = requeue_abandoned(), status_of(job)

    assert kept == (0, TaskResultStatus.RUNNING)


def test_the_job_of_a_killed_worker_is_put_back(job):
    running_for(job, 40)

    assert (requeue_abandoned(), status_of(job)) == (1, TaskResultStatus.READY)


def test_a_job_just_begun_is_not_put_back(job):
    running_for(job, 1)

    assert (requeue_abandoned(), status_of(job)) == (0, TaskResultStatus.RUNNING)


def test_the_worker_shows_what_it_is_at_and_nothing_afterwards(job):
    seen = []

    def look(**_given):
        seen.append(is_worked_on("job", job.pk))

    task_started.connect(look)
    try:
        queue_worker().run_task(job)
    finally:
        task_started.disconnect(look)

    assert (seen, is_worked_on("job", job.pk)) == ([True], False)
