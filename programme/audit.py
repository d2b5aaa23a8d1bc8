"""The logbook: one readable sentence an event, only ever added, chained by checksums.

Where the database has one writer at a time (SQLite) an entry is sealed as it is written; else
right after the commit, so that no service waits for another while it holds other locks
(docs/decisions/0015-logbook-sealed-after-commit.md).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, models, transaction

from programme import clock
from programme.models import AuditChain, AuditEntry, User

SEALED_AT_ONCE = 500


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
    entry = AuditEntry(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        sentence=sentence[:400],
        changes=changes or {},
        at=at or clock.now(),
    )
    if connection.features.has_select_for_update:
        entry.save()
        _seal_after_commit()
    else:
        with transaction.atomic(savepoint=False):
            head = AuditChain.objects.get()
            _link(entry, head)
            entry.save()
            head.save(update_fields=["number", "entry_hash"])
    return entry


def seal() -> int:
    """Number and chain all entries that wait for it; return how many there were.

    Locks nothing but the end of the chain, and only for as long as this takes.
    """
    sealed = 0
    while AuditEntry.objects.filter(number__isnull=True).exists():
        with transaction.atomic():
            head = AuditChain.objects.select_for_update().get()
            waiting = AuditEntry.objects.filter(number__isnull=True).order_by("pk")
            for entry in waiting[:SEALED_AT_ONCE]:
                _link(entry, head)
                entry.save(update_fields=["number", "previous_hash", "entry_hash"])
                sealed += 1
            head.save(update_fields=["number", "entry_hash"])
    return sealed


@contextmanager
def erasing(*, reason: str) -> Iterator[None]:
    """Let the database delete until the block ends what it else keeps.

    Only for taking the examples out again, and for the file of the funding once two people have
    released it (rule F33): the database asks for the one or the other (programme/triggers.py).
    Nobody else's transaction sees the permission.
    """
    with transaction.atomic():
        AuditChain.objects.update(erasing=reason)
        yield
        AuditChain.objects.update(erasing="")


def entry_hash(entry: AuditEntry) -> str:
    """Return the checksum of a numbered entry over its content and the checksum before it.

    The text that is hashed is fixed for good: another one would break every chain there is.
    """
    content = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        entry.sentence,
        json.loads(json.dumps(entry.changes)),
        entry.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _seal_after_commit() -> None:
    if not any(waiting[1] is _after_commit for waiting in connection.run_on_commit):
        transaction.on_commit(_after_commit, robust=True)


def _after_commit() -> None:
    seal()


def _link(entry: AuditEntry, head: AuditChain) -> None:
    entry.number = head.number + 1
    entry.previous_hash = head.entry_hash
    entry.entry_hash = entry_hash(entry)
    head.number, head.entry_hash = entry.number, entry.entry_hash
