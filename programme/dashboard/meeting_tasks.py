"""What the meetings ask of the programme team: invite, wait for answers, close the file."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypedDict, cast

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django_stubs_ext import WithAnnotations

from network.enums import Answer, MeetingStatus
from network.models import Meeting
from programme.dashboard.task import Task
from programme.models import Programme

RECENT = timedelta(days=365)


class MeetingNumbers(TypedDict):
    """What the query adds to the next meeting."""

    invited: int
    open_answers: int


def of(programme: Programme, moment: datetime) -> Iterator[Task]:
    """Return what the next meeting needs, and the meetings that still lack their end."""
    meeting = _next_meeting(programme, moment)
    if meeting is None:
        yield Task(
            None,
            "Nächstes Treffen anlegen",
            "Zurzeit ist kein Treffen geplant.",
            reverse("network:create_meeting"),
        )
    elif meeting.invited:
        yield _answers(meeting, moment)
    else:
        yield Task(
            None,
            f"Einladungen versenden: {meeting.title}",
            "Das Treffen ist angelegt, eingeladen ist noch niemand.",
            reverse("network:invite", args=[meeting.slug]),
        )
    yield from _to_close(programme, moment)


def _answers(meeting: "WithAnnotations[Meeting, MeetingNumbers]", moment: datetime) -> Task:
    """Missing answers are a task only as long as somebody can still answer."""
    url = reverse("network:board", args=[meeting.slug])
    answered = meeting.invited - meeting.open_answers
    has_ended = meeting.reply_until is not None and meeting.reply_until <= moment
    if meeting.status == MeetingStatus.CLOSED or has_ended:
        hint = f"Anmeldung geschlossen, {answered} von {meeting.invited} Stellen haben geantwortet"
        return Task(None, f"Vorbereiten: {meeting.title}", hint, url)
    hint = f"von {meeting.invited} eingeladenen Stellen"
    return Task(meeting.open_answers, f"Ausstehende Antworten: {meeting.title}", hint, url)


def _to_close(programme: Programme, moment: datetime) -> Iterator[Task]:
    """Return the meetings of the last months that were held and still lack their end."""
    recent = Q(starts_at__gte=moment - RECENT, starts_at__lt=moment)
    held = Q(programme=programme, status=MeetingStatus.HELD)
    for meeting in Meeting.objects.filter(held, recent).order_by("starts_at", "pk")[:3]:
        yield Task(
            1,
            f"Abschließen: {meeting.title}",
            f"durchgeführt am {meeting.day:%d.%m.%Y}, noch nicht dokumentiert",
            reverse("network:close_out", args=[meeting.slug]),
        )


def _next_meeting(
    programme: Programme, moment: datetime
) -> "WithAnnotations[Meeting, MeetingNumbers] | None":
    active = Q(invitations__withdrawn_at__isnull=True)
    upcoming = Q(starts_at__gte=moment) & ~Q(status=MeetingStatus.CANCELLED)
    meetings = Meeting.objects.filter(upcoming, programme=programme).annotate(
        invited=Count("invitations", filter=active),
        open_answers=Count("invitations", filter=active & Q(invitations__answer=Answer.OPEN)),
    )
    numbered = cast("QuerySet[WithAnnotations[Meeting, MeetingNumbers]]", meetings)
    return numbered.order_by("starts_at", "pk").first()
