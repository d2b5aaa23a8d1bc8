"""Is the portal well: database, post office, workers, logbook."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Max, Min, Q
from django_tasks_db.models import DBTaskResult

from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail, WorkerBeat
from programme.queries.logbook import is_broken

LONGEST_WAIT = timedelta(minutes=15)
LONGEST_SILENCE = timedelta(minutes=1)
LOST = (MailStatus.FAILED, MailStatus.BOUNCED)
WAITING = (MailStatus.WAITING, MailStatus.DELAYED, MailStatus.SENDING)


@dataclass(frozen=True)
class Health:
    """What a machine that watches the portal gets to know; ages in whole seconds."""

    database: bool
    oldest_waiting_mail_seconds: int | None = None
    oldest_waiting_job_seconds: int | None = None
    last_worker_beat_seconds: int | None = None
    undelivered_mails: int = 0
    logbook_is_whole: bool = True

    @property
    def is_well(self) -> bool:
        waiting = max(self.oldest_waiting_mail_seconds or 0, self.oldest_waiting_job_seconds or 0)
        silence = self.last_worker_beat_seconds
        return (
            self.database
            and waiting <= LONGEST_WAIT.total_seconds()
            and silence is not None
            and silence <= LONGEST_SILENCE.total_seconds()
        )


def _seconds(age: timedelta) -> int:
    return max(int(age.total_seconds()), 0)


def health() -> Health:
    """Look at database, waiting mail and jobs, and the last sign of life of a worker.

    Undelivered is what was given up, came back, or was tried and not taken so far (target M2).

    A job counts until somebody first takes it, so that a queue without a worker is noticed.
    Never raises.
    """
    now = clock.now()
    try:
        oldest = OutgoingMail.objects.filter(status__in=WAITING).aggregate(at=Min("created_at"))
        first = DBTaskResult.objects.ready().filter(started_at=None)
        untouched = first.aggregate(at=Min("enqueued_at"))
        failed = OutgoingMail.objects.filter(
            Q(status__in=LOST) | Q(status=MailStatus.DELAYED, attempts__gt=0)
        ).count()
        broken = is_broken()
        beat = WorkerBeat.objects.aggregate(at=Max("seen_at"))
    except DatabaseError:
        return Health(database=False)
    return Health(
        database=True,
        oldest_waiting_mail_seconds=_seconds(now - oldest["at"]) if oldest["at"] else None,
        oldest_waiting_job_seconds=_seconds(now - untouched["at"]) if untouched["at"] else None,
        last_worker_beat_seconds=_seconds(now - beat["at"]) if beat["at"] else None,
        undelivered_mails=failed,
        logbook_is_whole=not broken,
    )
