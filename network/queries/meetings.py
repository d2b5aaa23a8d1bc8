"""Meetings as the public, the programme team and the feeds see them."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet

from network.enums import Answer, MeetingKind, MeetingStatus, RegistrationStatus
from network.models import AgendaItem, Meeting, MinutesItem, Workshop
from programme.models import Programme
from programme.queries.packed import packed, unpacked

MINUTES = ("id", "agenda_item_id", "position", "kind", "text", "owner", "due_on", "done_on")


class Overview(NamedTuple):
    """Public meetings: what comes (next first) and what was (latest first)."""

    upcoming: list[Meeting]
    past: list[Meeting]


def public_meetings() -> QuerySet[Meeting]:
    """Return the meetings of the current programme that everybody may read about."""
    return (
        Meeting.objects.public()
        .filter(programme__is_current=True)
        .select_related("host", "programme")
    )


def overview(*, moment: datetime) -> Overview:
    """Return the public meetings, sorted into coming and past; one query."""
    meetings = list(public_meetings())
    coming = [each for each in meetings if is_coming(each, moment)]
    past = [each for each in meetings if not is_coming(each, moment)]
    return Overview(
        upcoming=sorted(coming, key=_listed_on), past=sorted(past, key=_listed_on, reverse=True)
    )


def is_coming(meeting: Meeting, moment: datetime) -> bool:
    """Say whether a meeting still lies ahead or is going on."""
    end = meeting.ends_at or meeting.starts_at
    return not meeting.has_taken_place and end is not None and end > moment


def next_meeting(*, moment: datetime) -> Meeting | None:
    """Return the next published meeting, or None."""
    coming = Meeting.objects.upcoming(moment).filter(programme__is_current=True)
    return coming.select_related("host", "programme").first()


def public_meeting(*, slug: str) -> Meeting | None:
    """Return one public meeting with agenda, workshops and minutes; three queries.

    No draft exists for the public; whether the minutes may be read is asked elsewhere.
    """
    minutes = MinutesItem.objects.filter(meeting=OuterRef("pk"))
    packed_minutes = packed(minutes, by="meeting", columns=MINUTES)
    meetings = (
        public_meetings()
        .annotate(packed_minutes=packed_minutes)
        .prefetch_related(
            Prefetch("agenda", AgendaItem.objects.select_related("field_of_action")),
            Prefetch("workshops", Workshop.objects.select_related("field_of_action")),
        )
    )
    return meetings.filter(slug=slug).first()


def minutes_of(meeting: Meeting) -> list[MinutesItem]:
    """Return the minutes that `public_meeting` brought along, in their order."""
    rows = unpacked(MinutesItem, vars(meeting)["packed_minutes"])
    return sorted(rows, key=lambda row: (row.position, row.id))


def calendar_meetings() -> list[Meeting]:
    """Return the dated public meetings for the calendar subscription, oldest first."""
    return list(public_meetings().filter(starts_at__isnull=False).order_by("starts_at", "pk"))


def workspace_meetings() -> list[Meeting]:
    """Return all meetings of the current programme with their counts, latest first; one query.

    `invited`, `answered`, `confirmed` and `waiting` are counts of rows.
    """
    invited = Q(invitations__withdrawn_at__isnull=True)
    meetings = (
        Meeting.objects.filter(programme__is_current=True)
        .select_related("host")
        .annotate(
            invited=Count("invitations", filter=invited, distinct=True),
            answered=Count(
                "invitations", filter=invited & ~Q(invitations__answer=Answer.OPEN), distinct=True
            ),
            confirmed=_registered(RegistrationStatus.CONFIRMED),
            waiting=_registered(RegistrationStatus.WAITING),
        )
    )
    return sorted(meetings, key=_listed_on, reverse=True)


def proposed_title() -> str:
    """Return the title of the next network meeting, counted on: "3. Landesnetzwerktreffen"."""
    held = Meeting.objects.filter(
        kind=MeetingKind.NETWORK_MEETING, programme__is_current=True
    ).exclude(status=MeetingStatus.CANCELLED)
    return f"{held.count() + 1}. Landesnetzwerktreffen"


def titles(programme: Programme) -> frozenset[str]:
    """Return the titles that are taken in a programme, those of cancelled meetings too."""
    rows = Meeting.objects.filter(programme=programme)
    return frozenset(rows.values_list("title", flat=True))


def _registered(status: RegistrationStatus) -> Count:
    return Count("registrations", filter=Q(registrations__status=status), distinct=True)


def _listed_on(meeting: Meeting) -> tuple[date, int]:
    """Return the day a meeting is sorted by; undated ones have a place in the chronicle."""
    return meeting.day or date.min, meeting.pk
