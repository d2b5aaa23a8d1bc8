"""What the home page and the programme page show, gathered from every floor."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, cast

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django_stubs_ext import WithAnnotations

from network.enums import OrganisationKind
from network.models import Meeting, Organisation
from programme import charts
from programme.enums import SourceKey
from programme.models import FieldOfAction, FundingSource, Programme
from publications.models import Edition
from sites.models import Site
from sites.queries import sites, tiles
from sites.queries.sites import SiteEntry


class Numbers(TypedDict):
    """What the query adds to the programme."""

    coached: int
    organisations: int
    offices: int
    meetings: int
    land_eur: Decimal | None
    amif_eur: Decimal | None


@dataclass(frozen=True)
class Figures:
    """The figures of the programme; amounts in EUR, granted, rounded in the source."""

    coached_sites: int
    organisations: int
    offices: int
    meetings: int
    land_eur: Decimal
    amif_eur: Decimal

    @property
    def granted_eur(self) -> Decimal:
        return self.land_eur + self.amif_eur

    @property
    def granted_label(self) -> str:
        return f"ca. {charts.number(self.granted_eur)}"

    @property
    def granted_hint(self) -> str:
        land, amif = charts.number(self.land_eur), charts.number(self.amif_eur)
        return f"ca. {land} EUR Land Hessen, ca. {amif} EUR Europäische Union (AMIF)"

    @property
    def network_hint(self) -> str:
        return f"{self.offices} Ausländerbehörden und ihre Partner in Land und Kommunen"


@dataclass(frozen=True)
class NextMeeting:
    """What the home page says about the next meeting; the names are those of `Meeting`."""

    slug: str
    title: str
    topic: str
    starts_at: datetime
    venue: str
    city: str


@dataclass(frozen=True)
class Home:
    """Everything the home page shows."""

    programme: Programme
    figures: Figures
    is_over: bool
    next_meeting: NextMeeting | None
    edition: Edition | None
    sites: tuple[SiteEntry, ...]
    map: charts.TileMap


@dataclass(frozen=True)
class Milestone:
    """One documented step of the programme; `when` as exactly as it is known."""

    on: date
    when: str
    title: str
    text: str = ""
    slug: str = ""


@dataclass(frozen=True)
class About:
    """Everything the programme page shows."""

    programme: Programme
    figures: Figures
    is_over: bool
    fields: tuple[FieldOfAction, ...]
    balance: FieldOfAction | None
    milestones: tuple[Milestone, ...]


def count(rows: QuerySet[Any]) -> Subquery:
    """Return the number of rows as a subquery, so that many counts cost one query."""
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT"))
    return Subquery(counted.values("n"), output_field=IntegerField())


def home(*, day: date, moment: datetime) -> Home | None:
    """Return the home page, None before the master data are loaded.

    Four queries: programme with figures and next meeting, edition, bodies and sites of the map.
    """
    upcoming = Meeting.objects.upcoming(moment).filter(programme=OuterRef("pk"))
    columns = {
        f"next_{field.name}": Subquery(upcoming.values(field.name)[:1])
        for field in fields(NextMeeting)
    }
    programme, figures = _programme(day, columns)
    if programme is None or figures is None:
        return None
    bodies = sites.bodies_in_run_time(programme=programme)
    entries = sites.public_sites(programme=programme, bodies=bodies)
    editions = Edition.objects.published().filter(publication__programme=programme)
    return Home(
        programme=programme,
        figures=figures,
        is_over=programme.ends_on < day,
        next_meeting=_next_meeting(programme),
        edition=editions.select_related("publication__programme").defer("snapshot").first(),
        sites=tuple(entry for entry in entries if entry.site.is_coached),
        map=tiles.site_map(entries=entries, bodies=bodies),
    )


def about(*, day: date) -> About | None:
    """Return the programme page in four queries, None before the master data are loaded."""
    programme, figures = _programme(day)
    if programme is None or figures is None:
        return None
    areas = list(FieldOfAction.objects.all())
    return About(
        programme=programme,
        figures=figures,
        is_over=programme.ends_on < day,
        fields=tuple(area for area in areas if not area.is_cross_cutting),
        balance=next((area for area in areas if area.is_cross_cutting), None),
        milestones=_milestones(programme),
    )


def _next_meeting(programme: Programme) -> NextMeeting | None:
    """Return the meeting that `home` added to the programme as columns."""
    columns = {
        field.name: getattr(programme, f"next_{field.name}") for field in fields(NextMeeting)
    }
    return NextMeeting(**columns) if columns["slug"] else None


def _programme(
    day: date, more: dict[str, Subquery] | None = None
) -> tuple[Programme | None, Figures | None]:
    """Return the current programme with its figures, and `more` columns, in one query."""
    network = Organisation.objects.state_network(day)
    offices = network.filter(kind=OrganisationKind.IMMIGRATION_OFFICE)
    held = Meeting.objects.took_place().filter(programme=OuterRef("pk"))
    sources = FundingSource.objects.filter(programme=OuterRef("pk"))
    granted = {
        key: Subquery(sources.filter(key=key).values("granted_eur")[:1]) for key in SourceKey
    }
    numbered = Programme.objects.filter(is_current=True).annotate(
        coached=count(Site.objects.coached().filter(programme=OuterRef("pk"))),
        organisations=count(network),
        offices=count(offices),
        meetings=count(held),
        land_eur=granted[SourceKey.LAND],
        amif_eur=granted[SourceKey.AMIF],
        **(more or {}),
    )
    row = cast("QuerySet[WithAnnotations[Programme, Numbers]]", numbered).first()
    if row is None:
        return None, None
    return row, Figures(
        coached_sites=row.coached,
        organisations=row.organisations,
        offices=row.offices,
        meetings=row.meetings,
        land_eur=row.land_eur or Decimal(0),
        amif_eur=row.amif_eur or Decimal(0),
    )


def _milestones(programme: Programme) -> tuple[Milestone, ...]:
    """Return what is documented, in order; only events that the portal itself can prove."""
    meetings = Meeting.objects.took_place().filter(programme=programme)
    steps = [
        Milestone(programme.starts_on, _month(programme.starts_on), "Das Programm beginnt"),
        *(_meeting_step(meeting) for meeting in meetings),
        Milestone(programme.ends_on, _month(programme.ends_on), "Die Laufzeit endet"),
    ]
    return tuple(sorted(steps, key=lambda step: step.on))


def _meeting_step(meeting: Meeting) -> Milestone:
    place = ", ".join(part for part in (meeting.venue, meeting.city) if part)
    return Milestone(
        on=meeting.day or date.max,
        when=meeting.date_label or (f"{meeting.day:%d.%m.%Y}" if meeting.day else ""),
        title=meeting.title,
        text=". ".join(part for part in (meeting.topic, place) if part),
        slug=meeting.slug,
    )


def _month(day: date) -> str:
    return date_format(day, "F Y")
