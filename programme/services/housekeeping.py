"""What the portal forgets by itself."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from programme import clock, jobs
from programme.models import Submission

KEEP_FINISHED_JOBS = timedelta(days=14)
KEEP_FORM_KEYS = timedelta(days=30)
ONCE_A_DAY = 24 * 60 * 60


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
