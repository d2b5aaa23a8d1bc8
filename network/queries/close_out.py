"""What a meeting came to in figures, and what is still open before its file is closed."""

from dataclasses import dataclass

from django.db.models import Count, Q

from network.enums import AttendanceMode, Audience, MinutesKind, OrganisationKind
from network.models import Meeting, Registration, Survey


@dataclass(frozen=True)
class HeadCount:
    """How many took part, counted live; `is_checked_in` says whether from check-ins, and
    `is_online_open` that those online are counted by their seats although there are check-ins.

    `offices` are immigration offices, `organisations` all invited bodies somebody came from.
    """

    on_site: int
    online: int
    offices: int
    organisations: int
    invited: int
    is_checked_in: bool
    is_online_open: bool

    @property
    def people(self) -> int:
        return self.on_site + self.online


@dataclass(frozen=True)
class OpenPoint:
    """One thing that is not done yet, and the page on which it is done."""

    text: str
    page: str


def head_count(meeting: Meeting) -> HeadCount:
    """Return who took part as it stands now; three queries.

    People who arrived; where nobody was checked in, on site or online, all with a seat.
    """
    there = Registration.objects.filter(meeting=meeting).attended()
    online = Q(mode=AttendanceMode.ONLINE)
    office = Q(invitation__organisation__kind=OrganisationKind.IMMIGRATION_OFFICE)
    counts = there.order_by().aggregate(
        on_site=Count("pk", filter=~online),
        online=Count("pk", filter=online),
        offices=Count("invitation__organisation", filter=office, distinct=True),
        organisations=Count("invitation__organisation", distinct=True),
        arrived=Count("pk", filter=Q(arrived_at__isnull=False)),
        unchecked=Count("pk", filter=online & Q(arrived_at__isnull=True)),
    )
    return HeadCount(
        on_site=counts["on_site"],
        online=counts["online"],
        offices=counts["offices"],
        organisations=counts["organisations"],
        invited=meeting.invitations.filter(withdrawn_at__isnull=True).count(),
        is_checked_in=counts["arrived"] > 0,
        is_online_open=counts["arrived"] > 0 and counts["unchecked"] > 0,
    )


def open_points(meeting: Meeting, count: HeadCount) -> list[OpenPoint]:
    """Return what is still to do after a meeting, in the order it is usually done.

    Nothing of it is forced: a meeting may be closed without a survey. Four queries at most.
    """
    points = []
    if count.invited and not count.is_checked_in:
        points.append(
            OpenPoint("Niemand ist am Einlass erfasst; gezählt werden Plätze.", "network:check_in")
        )
    if count.is_online_open:
        points.append(
            OpenPoint(
                "Online ist niemand als anwesend eingetragen; gezählt werden dort Plätze.",
                "network:check_in",
            )
        )
    if not meeting.minutes.exists():
        points.append(OpenPoint("Die Niederschrift ist noch leer.", "network:minutes"))
    elif meeting.minutes_released_at is None:
        points.append(
            OpenPoint("Die Niederschrift ist nicht freigegeben.", "network:release_minutes")
        )
    files = meeting.material.values_list("audience", flat=True)
    kept = list(files)
    if Audience.TEAM in kept:
        hidden = kept.count(Audience.TEAM)
        which = "Eine Datei ist" if hidden == 1 else f"{hidden} Dateien sind"
        points.append(OpenPoint(f"{which} nicht freigegeben.", "network:materials"))
    if count.people and not Survey.objects.filter(meeting=meeting, sent_at__isnull=False).exists():
        points.append(OpenPoint("Die Befragung ist nicht verschickt.", "network:survey"))
    return points


def open_decisions(meeting: Meeting) -> int:
    """Return how many decisions of a meeting are not done yet."""
    return meeting.minutes.filter(kind=MinutesKind.DECISION, done_on__isnull=True).count()
