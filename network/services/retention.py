"""What the network forgets by itself after a meeting, each time with a receipt (feature B10).

Four weeks after a meeting only what proves who took part stays: names and organisations of those
who were there, check-ins, certificates, answers without names. Needs are forgotten earlier
(services.needs), mails 90 days after they went out (programme.services.mails).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from network.models import (
    AnswerEntry,
    CalendarReply,
    InvitationLetter,
    LateRequest,
    Meeting,
    Registration,
)
from programme import clock, jobs
from programme.models import Programme
from programme.services import deletions

KEEP = timedelta(weeks=4)
KEEP_PARKED = timedelta(days=90)
ONCE_A_DAY = 24 * 60 * 60
NO_NAME = "Name gelöscht"
PROOF = (
    "Teilnahmenachweis im Zuwendungsverfahren, Aufbewahrung nach ANBest-P ab Vorlage des "
    "Verwendungsnachweises"
)
LOGBOOK = "Protokoll der Verwaltung, 10 Jahre, danach Anbietung an das Landesarchiv"


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_due() -> dict[str, int]:
    """Delete what was promised to go four weeks after each meeting; return records per meeting.

    Receipts stand in the same transaction, so a job that was killed and runs again ends the same;
    where nothing is left to delete, nothing is written. Answers from calendars that belong to no
    meeting go 90 days after they came in.
    """
    moment = clock.now()
    counts = {}
    for meeting in _due(moment):
        deleted = _forget(meeting)
        if deleted:
            counts[meeting.slug] = sum(deleted.values())
            deletions.confirm(
                programme=meeting.programme,
                subject=f"Angaben zu Personen: {meeting}",
                deleted=deleted,
                held=_held(meeting),
            )
    parked = _forget_parked(moment)
    return counts | ({"": parked} if parked else {})


def _due(moment: datetime) -> QuerySet[Meeting]:
    """Return the meetings that ended four weeks ago or have no documented day."""
    ended = Meeting.objects.annotate(ended_at=Coalesce("ends_at", "starts_at"))
    return (
        ended.filter(Q(ended_at__lt=moment - KEEP) | Q(ended_at__isnull=True))
        .select_related("programme")
        .order_by("pk")
    )


def _forget(meeting: Meeting) -> dict[str, int]:
    """Delete or empty what is due and return German word → number, without zeros."""
    people = Registration.objects.filter(meeting=meeting)
    took_part = people.attended() if meeting.has_taken_place else people.none()
    absent = people.exclude(pk__in=took_part.values("pk")).filter(certificate__isnull=True)
    counts = {
        "E-Mail-Adressen von Angemeldeten": people.exclude(email="").update(email=""),
        "Funktionen von Angemeldeten": people.exclude(function="").update(function=""),
        "Namen von Personen ohne Teilnahme": absent.exclude(full_name=NO_NAME).update(
            full_name=NO_NAME
        ),
        "Absender von Antworten": _entries(meeting).update(
            name="", email="", by=None, before={}, undo_seed="", undo_digest=None
        ),
        "Empfänger von Schreiben": InvitationLetter.objects.filter(
            ~Q(recipient="") | ~Q(message_id="") | Q(by__isnull=False), invitation__meeting=meeting
        ).update(recipient="", message_id="", by=None),
        "Anfragen nach der Frist": _deleted(
            LateRequest.objects.filter(invitation__meeting=meeting)
        ),
        "Antworten aus Kalendern": _deleted(
            CalendarReply.objects.filter(
                Q(invitation__meeting=meeting) | Q(registration__meeting=meeting)
            )
        ),
    }
    return {word: number for word, number in counts.items() if number}


def _entries(meeting: Meeting) -> QuerySet[AnswerEntry]:
    """Return the answers of which something personal, or a link that undoes them, is left."""
    said = ~Q(name="") | ~Q(email="") | ~Q(before={}) | ~Q(undo_seed="")
    more = Q(by__isnull=False) | Q(undo_digest__isnull=False)
    return AnswerEntry.objects.filter(said | more, invitation__meeting=meeting)


def _deleted(rows: QuerySet[Any, Model]) -> int:
    number = rows.count()
    rows.delete()
    return number


def _held(meeting: Meeting) -> dict[str, str]:
    """Say what stays of the people of a meeting, and on which legal ground."""
    named = Registration.objects.filter(meeting=meeting).exclude(full_name=NO_NAME).count()
    reasons = meeting.invitations.exclude(decline_reason="", represented_by="").count()
    held = {"Einträge im Protokoll": LOGBOOK}
    if named:
        held[f"Namen und Organisationen ({named})"] = PROOF
    if reasons:
        held[f"Gründe und Vertretungen in Antworten ({reasons})"] = PROOF
    return held


def _forget_parked(moment: datetime) -> int:
    """Delete answers from calendars that belong to no meeting, 90 days after they came in."""
    rows = CalendarReply.objects.filter(
        invitation__isnull=True, registration__isnull=True, received_at__lt=moment - KEEP_PARKED
    )
    programme = Programme.objects.filter(is_current=True).first()
    number = _deleted(rows) if programme else 0
    if number and programme:
        deletions.confirm(
            programme=programme,
            subject="Antworten aus Kalendern ohne Treffen",
            deleted={"Antworten aus Kalendern": number},
        )
    return number
