"""What the report says about the network: meetings, offices, who took part."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from network.enums import Answer, MeetingKind, MeetingStatus, OrganisationKind, RegistrationStatus
from network.models import Invitation, Meeting, Organisation, PublicBody
from programme.models import Programme


@dataclass(frozen=True)
class MeetingFigures:
    """One meeting that was held; counts of organisations and of people with a seat."""

    title: str
    kind: str
    held: str
    place: str
    topic: str
    invited: int
    coming: int
    participants: int


@dataclass(frozen=True)
class BodyFigures:
    """One district or city on the tile map and how often its office took part."""

    name: str
    short_name: str
    office: str
    office_id: int
    region: str
    column: int
    row: int
    meetings: int


@dataclass(frozen=True)
class NetworkFigures:
    """The whole network as it stood during the programme."""

    meetings: tuple[MeetingFigures, ...]
    bodies: tuple[BodyFigures, ...]
    offices: int
    organisations: int
    participants: int
    organisations_taking_part: int


def network_figures(programme: Programme) -> NetworkFigures:
    """Return meetings of the run time with their turnout, and the map as of its last day."""
    meetings = _held(programme)
    day = programme.ends_on
    attending = _attendances(meetings)
    kinds = list(Organisation.objects.state_network(day).values_list("kind", flat=True))
    told = tuple(_meeting(meeting) for meeting in meetings)
    return NetworkFigures(
        meetings=told,
        bodies=_bodies(day, attending),
        offices=kinds.count(OrganisationKind.IMMIGRATION_OFFICE),
        organisations=len(kinds),
        participants=sum(meeting.participants for meeting in told),
        organisations_taking_part=len(attending),
    )


def _held(programme: Programme) -> list[Meeting]:
    """Meetings held until the end of the run time; undated past ones count too."""
    end = timezone.make_aware(datetime.combine(programme.ends_on, time.max))
    coming = Q(invitations__answer=Answer.COMING)
    seated = Q(registrations__status=RegistrationStatus.CONFIRMED)
    held = Meeting.objects.filter(
        Q(starts_at__isnull=True) | Q(starts_at__lte=end),
        programme=programme,
        status=MeetingStatus.HELD,
    )
    counted = held.annotate(
        invited=Count("invitations", distinct=True),
        coming=Count("invitations", filter=coming, distinct=True),
        participants=Count("registrations", filter=seated, distinct=True),
    )
    return sorted(counted, key=_in_order)


def _in_order(meeting: Meeting) -> tuple[bool, float, str]:
    """An undated meeting stands before the dated ones, the closing event at the end."""
    began = meeting.starts_at.timestamp() if meeting.starts_at else 0.0
    return (meeting.kind == MeetingKind.CLOSING_EVENT, began, meeting.title)


def _meeting(meeting: Meeting) -> MeetingFigures:
    counts = vars(meeting)
    return MeetingFigures(
        title=meeting.title,
        kind=meeting.get_kind_display(),
        held=f"{meeting.day:%d.%m.%Y}" if meeting.starts_at else meeting.date_label,
        place=", ".join(part for part in (meeting.venue, meeting.city) if part),
        topic=meeting.topic,
        invited=counts["invited"],
        coming=counts["coming"],
        participants=counts["participants"],
    )


def _attendances(meetings: list[Meeting]) -> dict[int, int]:
    """Say per organisation at how many of the meetings somebody of it had a seat."""
    seated = Q(registrations__status=RegistrationStatus.CONFIRMED)
    rows = Invitation.objects.filter(seated, meeting__in=meetings).order_by()
    return dict(rows.values_list("organisation_id").annotate(total=Count("meeting", distinct=True)))


def _bodies(day: date, attending: dict[int, int]) -> tuple[BodyFigures, ...]:
    bodies = PublicBody.objects.on(day).select_related("office").order_by("tile_row", "tile_column")
    return tuple(
        BodyFigures(
            name=body.name,
            short_name=body.short_name,
            office=body.office.name,
            office_id=body.office_id,
            region=body.get_region_display(),
            column=body.tile_column,
            row=body.tile_row,
            meetings=attending.get(body.office_id, 0),
        )
        for body in bodies
    )
