"""What the report says about the network: meetings, offices, who took part."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypedDict, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_stubs_ext import WithAnnotations

from network.enums import TOOK_PLACE, Answer, AttendanceMode, MeetingKind, OrganisationKind
from network.models import Meeting, Organisation, PublicBody, Registration
from programme.models import Programme


@dataclass(frozen=True)
class MeetingFigures:
    """One meeting that was held; counts of organisations and of people who took part.

    Counted live from the check-ins, so one that is corrected corrects the report's draft (B7).
    """

    title: str
    kind: str
    held: str
    place: str
    topic: str
    invited: int
    coming: int
    participants: int
    on_site: int
    online: int
    reached: int


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
    """The whole network as it stood during the programme; `days` are those of its meetings."""

    meetings: tuple[MeetingFigures, ...]
    days: tuple[date | None, ...]
    bodies: tuple[BodyFigures, ...]
    offices: int
    organisations: int
    participants: int
    organisations_taking_part: int


def network_figures(programme: Programme) -> NetworkFigures:
    """Return meetings of the run time with their turnout, and the map as of its last day."""
    meetings = _held(programme)
    day = programme.ends_on
    turnout = _turnout(meetings, day)
    attending = {row.pk: row.attended for row in turnout if row.attended}
    kinds = [row.kind for row in turnout if row.in_network]
    told = tuple(_meeting(meeting) for meeting in meetings)
    return NetworkFigures(
        meetings=told,
        days=tuple(meeting.day for meeting in meetings),
        bodies=_bodies(day, attending),
        offices=kinds.count(OrganisationKind.IMMIGRATION_OFFICE),
        organisations=len(kinds),
        participants=sum(meeting.participants for meeting in told),
        organisations_taking_part=len(attending),
    )


def counts(meeting: Meeting) -> bool:
    """Say whether the report tells of a meeting: it ends with the run time of the programme."""
    return meeting.day is None or meeting.day <= meeting.programme.ends_on


def _held(programme: Programme) -> list[Meeting]:
    """Meetings held until the end of the run time; undated past ones count too."""
    end = timezone.make_aware(datetime.combine(programme.ends_on, time.max))
    coming = Q(invitations__answer=Answer.COMING)
    there = Q(registrations__in=Registration.objects.attended())
    online = there & Q(registrations__mode=AttendanceMode.ONLINE)
    held = Meeting.objects.filter(
        Q(starts_at__isnull=True) | Q(starts_at__lte=end),
        programme=programme,
        status__in=TOOK_PLACE,
    )
    counted = held.annotate(
        invited=Count("invitations", distinct=True),
        coming=Count("invitations", filter=coming, distinct=True),
        participants=Count("registrations", filter=there, distinct=True),
        online=Count("registrations", filter=online, distinct=True),
        reached=Count("registrations__invitation", filter=there, distinct=True),
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
        on_site=counts["participants"] - counts["online"],
        online=counts["online"],
        reached=counts["reached"],
    )


class Turnout(TypedDict):
    """What `_turnout` adds to an organisation."""

    attended: int
    in_network: bool


def _turnout(
    meetings: list[Meeting], day: date
) -> "QuerySet[WithAnnotations[Organisation, Turnout]]":
    """Add at how many of the meetings somebody was, and who is in the network that day."""
    there = Q(
        invitations__meeting__in=meetings,
        invitations__registrations__in=Registration.objects.attended(),
    )
    invited = Organisation.objects.state_network(day).filter(pk=OuterRef("pk"))
    counted = Organisation.objects.order_by("pk").annotate(
        attended=Count("invitations__meeting", filter=there, distinct=True),
        in_network=Exists(invited),
    )
    return cast("QuerySet[WithAnnotations[Organisation, Turnout]]", counted)


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
