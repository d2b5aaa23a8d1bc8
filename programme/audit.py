"""The logbook: one readable sentence an event, only ever added."""

from typing import Any

from django.db import models

from programme.models import AuditEntry, User


def record(
    *,
    by: User | None,
    verb: str,
    subject: models.Model,
    sentence: str,
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down who did what to which row; called inside the transaction of the event.

    `verb` is a short English identifier ("voucher.approved"), `sentence` German and complete,
    `changes` maps a field to [before, after].
    """
    return AuditEntry.objects.create(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        sentence=sentence[:400],
        changes=changes or {},
    )
