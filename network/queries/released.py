"""What of a meeting may be read by whom: minutes and material that were released."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from network.enums import Audience, MeetingStatus, RegistrationStatus
from network.models import Material, Meeting, MinutesItem, Registration
from network.queries.minutes import MinutesSection, sections
from network.rules.audiences import readable_by
from programme import clock, tokens


@dataclass(frozen=True)
class ReleasedFile:
    """One file and the address at which this reader gets it."""

    material: Material
    url: str


@dataclass(frozen=True)
class Released:
    """What one audience may read of a meeting; false if there is nothing yet."""

    minutes: tuple[MinutesSection, ...]
    released_at: datetime | None
    files: tuple[ReleasedFile, ...]

    def __bool__(self) -> bool:
        return bool(self.minutes or self.files)


def for_audience(
    meeting: Meeting,
    audience: Audience,
    *,
    token: str = "",
    minutes: list[MinutesItem] | None = None,
) -> Released:
    """Return what this audience may read of the meeting now; two or three queries.

    `token` is that of a participant's own page, the files then hang below it; `minutes` are the
    minutes of the meeting if they were read already.
    """
    may_read = may_read_minutes(meeting, audience)
    rows = released_material(audience).filter(meeting=meeting)
    return Released(
        minutes=sections(meeting, filled_only=True, rows=minutes) if may_read else (),
        released_at=meeting.minutes_released_at,
        files=tuple(ReleasedFile(row, file_url(row, meeting, token=token)) for row in rows)
        if audience != Audience.PUBLIC
        else tuple(ReleasedFile(row, public_url(row, meeting)) for row in rows),
    )


def may_read_minutes(meeting: Meeting, audience: Audience) -> bool:
    """Say whether the minutes are released to this audience."""
    is_released = meeting.minutes_released_at is not None
    return is_released and Audience(meeting.minutes_audience) in readable_by(audience)


def released_material(audience: Audience) -> QuerySet[Material]:
    """Return the files this audience may read today, of all meetings that are announced."""
    released = Q(release_on__isnull=True) | Q(release_on__lte=clock.today())
    return (
        Material.objects.filter(released, audience__in=readable_by(audience))
        .exclude(meeting__status=MeetingStatus.DRAFT)
        .order_by("title", "pk")
    )


def participant(*, token: str) -> Registration | None:
    """Return who a participant's link speaks for, also after the meeting; None if no seat."""
    return (
        Registration.objects.filter(
            token_digest=tokens.digest(token), status=RegistrationStatus.CONFIRMED
        )
        .exclude(meeting__status__in=[MeetingStatus.DRAFT, MeetingStatus.CANCELLED])
        .select_related("meeting__programme", "invitation__organisation")
        .first()
    )


def office_minutes(*, day: date) -> QuerySet[Meeting]:
    """Return the meetings that released minutes or files to the offices, the latest first.

    `has_minutes` says whether the minutes are among that.
    """
    wide = readable_by(Audience.OFFICES)
    minutes = Q(minutes_released_at__isnull=False, minutes_audience__in=wide)
    released = Q(material__release_on__isnull=True) | Q(material__release_on__lte=day)
    material = Q(material__audience__in=wide) & released
    return (
        Meeting.objects.public()
        .filter(minutes | material, programme__is_current=True)
        .annotate(has_minutes=minutes)
        .select_related("programme")
        .distinct()
    )


def file_url(row: Material, meeting: Meeting, *, token: str = "") -> str:
    """Return where a participant (by token) or a signed-in person downloads a file."""
    if token:
        return reverse("network:participant_material", args=[token, row.pk])
    return reverse("network:office_material", args=[meeting.slug, row.pk])


def public_url(row: Material, meeting: Meeting) -> str:
    """Return where everybody downloads a public file."""
    return reverse("network:material", args=[meeting.slug, row.pk])
