"""Background work: retries with back-off, rescue of lost jobs, periodic jobs.

A layer on django-tasks: `enqueue` on a job writes its row in the caller's transaction, so work
that is rolled back is never done. Delivery is at least once, so every job may be repeated.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.base import Task
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from programme import clock
from programme.models import PeriodicJob, WorkerBeat

BEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 20
HANGING_AFTER = timedelta(minutes=15)
HOUSE_APPS = ("programme", "network", "sites", "publications")

logger = logging.getLogger(__name__)


class Lane(NamedTuple):
    """Where a job waits, and before whom: the higher urgency comes first."""

    queue: str
    urgency: int


LETTERS = Lane("default", 10)
ORDINARY = Lane("default", 0)
# Setting pages takes seconds to minutes; one thread of each worker leaves this queue alone.
DOCUMENTS = Lane("documents", -10)

_policies: dict[str, tuple[int, int]] = {}
_timetable: dict[str, tuple[Task[Any, Any], int]] = {}


def job(
    *,
    lane: Lane = ORDINARY,
    max_attempts: int = 5,
    base_delay: int = 30,
    every: int | None = None,
) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """Make a module-level function a background job.

    What makes a file belongs in the lane DOCUMENTS, so that no letter waits behind it.
    `base_delay` and `every` are seconds; the delay doubles with each failed attempt, `every`
    makes the job periodic. Call the job's `.enqueue(...)` inside the transaction it belongs to.
    """

    def decorate(function: Callable[..., Any]) -> Task[..., Any]:
        made = task(queue_name=lane.queue, priority=lane.urgency)(function)
        _policies[made.module_path] = (max_attempts, base_delay)
        if every is not None:
            _timetable[made.module_path] = (made, every)
        return made

    return decorate


def discover() -> None:
    """Import every service and the outbox, so that all jobs and their timetable are known."""
    import_module("programme.outbox")
    for app in HOUSE_APPS:
        package = import_module(f"{app}.services")
        for module in iter_modules(package.__path__):
            import_module(f"{app}.services.{module.name}")


def attempts_left(row: DBTaskResult[Any, Any]) -> bool:
    """Say whether a failed row will be tried again; each claim has added a worker id."""
    return len(row.worker_ids) < _policies.get(row.task_path, (3, 30))[0]


def _again_or_fail(row: DBTaskResult[Any, Any], moment: datetime, reason: str = "") -> None:
    attempt = len(row.worker_ids)
    same = DBTaskResult.objects.filter(pk=row.pk, status=row.status)
    if not attempts_left(row):
        logger.error("job %s gave up after %s attempts", row.task_path, attempt)
        same.update(
            status=TaskResultStatus.FAILED,
            finished_at=moment,
            exception_class_path=row.exception_class_path or "programme.jobs.WorkerLost",
            traceback=row.traceback or reason,
        )
        return
    base_delay = _policies.get(row.task_path, (3, 30))[1]
    jitter = random.uniform(0.9, 1.1)  # noqa: S311  spreads retries, guards no secret
    delay = 0.0 if reason else base_delay * 2 ** (attempt - 1) * jitter
    same.filter(worker_ids=row.worker_ids).update(
        status=TaskResultStatus.READY,
        run_after=moment + timedelta(seconds=delay),
        finished_at=None,
    )


@receiver(task_finished)
def retry_failed(sender: object, task_result: TaskResult[Any], **kwargs: object) -> None:
    """Put a failed job back into the queue until its attempts are used up."""
    if task_result.status == TaskResultStatus.FAILED:
        _again_or_fail(DBTaskResult.objects.get(pk=task_result.id), clock.now())


def beat(*, worker_id: str) -> None:
    """Leave a sign of life of this worker."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": clock.now()})


def reap() -> None:
    """Give back jobs whose worker died or hangs; a hanging one still beats, so age counts too."""
    moment = clock.now()
    limit = moment - timedelta(seconds=DEAD_AFTER_SECONDS)
    alive = set(WorkerBeat.objects.filter(seen_at__gte=limit).values_list("worker_id", flat=True))
    for row in DBTaskResult.objects.running().filter(started_at__lt=limit):
        started = row.started_at or moment
        if row.worker_ids[-1] not in alive or started < moment - HANGING_AFTER:
            _again_or_fail(row, moment, "worker vanished")
    WorkerBeat.objects.filter(seen_at__lt=moment - timedelta(days=1)).delete()


def tick() -> None:
    """Enqueue every periodic job that is due, once, however many workers ask."""
    moment = clock.now()
    for path, (periodic, every) in _timetable.items():
        PeriodicJob.objects.get_or_create(name=path, defaults={"next_at": moment})
        due = PeriodicJob.objects.filter(name=path, next_at__lte=moment)
        if due.update(next_at=moment + timedelta(seconds=every), last_at=moment):
            periodic.enqueue()
