"""What the portal forgets by itself."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from programme import clock, jobs
from programme.models import Submission

KEEP_FINISHED_JOBS = timedelta(days=14)
KEEP_FORM_KEYS = timedelta(days=30)
ONCE_A_DAY = 24 * 60 * 60
FIVE_MINUTES = 5 * 60


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_traces() -> dict[str, int]:
    """Delete finished jobs (14 days), form keys (30 days) and expired sessions; return counts."""
    now = clock.now()
    old_jobs = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_FINISHED_JOBS)
    old_keys = Submission.objects.filter(created_at__lt=now - KEEP_FORM_KEYS)
    old_sessions = Session.objects.filter(expire_date__lt=now)
    return {
        "jobs": old_jobs.delete()[0],
        "form_keys": old_keys.delete()[0],
        "sessions": old_sessions.delete()[0],
    }


@jobs.job(every=FIVE_MINUTES)
@transaction.atomic
def forget_visitors() -> int:
    """Delete what has expired in the cache and return how many rows that were.

    These are keyed hashes that limit forms and recognise a double click; nobody should be able to
    find out later from which address they were made.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    cache: Any = settings.CACHES["default"]
    table = connection.ops.quote_name(cache["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(clock.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  our own table
        return int(cursor.rowcount)
