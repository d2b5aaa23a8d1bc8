"""Answers that can be taken back, and what stands in the way."""

from datetime import datetime

from network.enums import ON
from network.models import AnswerEntry, Registration
from network.rules import deadlines
from programme import tokens


def by_token(*, token: str, moment: datetime) -> AnswerEntry | None:
    """Return the answer a link takes back, also when it is too late for that.

    None if the link is unknown, the invitation withdrawn, or the meeting cancelled or over.
    """
    entry = (
        AnswerEntry.objects.filter(
            undo_digest=tokens.digest(token),
            invitation__withdrawn_at__isnull=True,
            invitation__meeting__status__in=ON,
        )
        .select_related("invitation__meeting__programme", "invitation__organisation")
        .first()
    )
    if entry is None:
        return None
    meeting = entry.invitation.meeting
    over = deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    return None if over else entry


def obstacle(*, entry: AnswerEntry, moment: datetime) -> str:
    """Return why this answer cannot be taken back, in one German sentence, or ""."""
    if entry.undone_at:
        return "Diese Antwort ist schon rückgängig gemacht."
    if entry.undo_until is None or moment > entry.undo_until:
        return "Die 48 Stunden, in denen sich diese Antwort rückgängig machen ließ, sind vorbei."
    if not deadlines.may_change(starts_at=entry.invitation.meeting.starts_at, moment=moment):
        return "Das Treffen hat schon begonnen."
    newer = AnswerEntry.objects.filter(invitation=entry.invitation_id, undone_at__isnull=True)
    if newer.filter(pk__gt=entry.pk).exists():
        return "Inzwischen gibt es eine neuere Antwort Ihrer Organisation."
    return ""


def people(*, keys: list[int]) -> list[Registration]:
    """Return the registrations with these keys in the order they were made."""
    rows = Registration.objects.filter(pk__in=keys).select_related("workshop")
    return list(rows.order_by("registered_at", "pk"))
