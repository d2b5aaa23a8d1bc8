"""Meetings as occasions of vouchers."""

from django.urls import reverse
from django.utils import timezone

from network.models import Meeting
from programme.models import Programme
from programme.queries.occasion_choices import OccasionChoice


def meetings(*, programme: Programme) -> list[OccasionChoice]:
    """Return all meetings of the programme, newest first, with the page of each."""
    return [
        OccasionChoice(
            key=f"{Meeting._meta.label_lower}:{meeting.pk}",
            title=f"{meeting.title} ({_day(meeting)})",
            group="Treffen",
            url=reverse("network:meeting", args=[meeting.slug]),
        )
        for meeting in Meeting.objects.filter(programme=programme)
    ]


def _day(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return meeting.date_label or "ohne Tag"
    return f"{timezone.localtime(meeting.starts_at):%d.%m.%Y}"
