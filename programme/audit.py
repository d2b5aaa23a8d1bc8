"""The logbook: one readable sentence an event, only ever added."""

from datetime import datetime
from typing import Any

from django.db import models

from programme import clock
from programme.models import AuditEntry, User


def record(
    *,
    by: User | None,
    verb: str,
    subject: models.Model,
    sentence: str,
    changes: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Write down who did what to which row; called inside the transaction of the event.

    `verb` is a short English identifier ("voucher.approved"), `sentence` German and complete,
    `changes` maps a field to [before, after]. `at` is for history that is loaded later.
    """
    return AuditEntry.objects.create(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        sentence=sentence[:400],
        changes=changes or {},
        at=at or clock.now(),
    )
