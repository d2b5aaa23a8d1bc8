"""What the public, the home page and the report read about the sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, cast

from django.db.models import (
    Count,
    DecimalField,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django_stubs_ext import WithAnnotations

from network.models import PublicBody
from programme import clock
from programme.models import Programme
from programme.queries.packed import packed, unpacked
from sites.enums import DocumentAudience
from sites.models import CoachingDay, Goal, Measure, Site, SiteContact, SitePhase
from sites.models.site import SiteQuerySet
from sites.queries import comparisons, documents
from sites.queries.documents import ReleasedDocument
from sites.queries.measures import FieldMeasures, by_field, with_effect
from sites.queries.phases import Timeline, timeline
from sites.rules.comparisons import Comparison

BODY = ("name", "kind", "seat", "region", "district")
PHASE = ("phase", "planned_from", "planned_to", "actual_from", "actual_to", "note")
GOAL = ("id", "position", "title", "target", "status", "status_note")
MOST_MEASURES = 40
CONTACT = ("id", "kind", "function", "name", "email")


class SiteNumbers(TypedDict):
    """What `with_numbers` adds to a site."""

    public_measures: int
    measure_count: int
    days: int
    hours: Decimal
    last_on: date | None


@dataclass(frozen=True)
class CoachingEffort:
    """How much coaching a site had: number of days, hours, first and last day."""

    days: int
    hours: Decimal
    first_on: date | None = None
    last_on: date | None = None

    @property
    def years(self) -> str:
        """Return the year or years the days lie in, for example "2016 bis 2017"."""
        years = [day.year for day in (self.first_on, self.last_on) if day]
        return " bis ".join(str(year) for year in dict.fromkeys(years))


@dataclass(frozen=True)
class SiteEntry:
    """One site in a list, with its bodies and the numbers that stand on its page."""

    site: Site
    bodies: tuple[PublicBody, ...]
    public_measures: int
    coaching: CoachingEffort


@dataclass(frozen=True)
class SitePage:
    """Everything the public page of one site shows."""

    site: Site
    bodies: tuple[PublicBody, ...]
    fields: tuple[FieldMeasures, ...]
    coaching: CoachingEffort
    phases: Timeline
    contacts: tuple[SiteContact, ...]
    indicators: tuple[comparisons.Shown, ...]
    documents: tuple[ReleasedDocument, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: int = 0

    @property
    def staff(self) -> Comparison | None:
        """Return the staff of the office before and after, if the figures are released."""
        rows = [row.comparison for row in self.indicators]
        return next((row for row in rows if row.indicator.key == "staff_fte"), None)

    @property
    def left_out(self) -> int:
        """Return how many measures stand on the page of all sites only."""
        return self.measures - sum(len(group.measures) for group in self.fields)


def public_sites(*, programme: Programme, bodies: Iterable[PublicBody]) -> list[SiteEntry]:
    """Return the sites everybody may see, coached ones first; `bodies` of the run time.

    One query: measures and coaching days are counted in subqueries.
    """
    by_office: dict[int, list[PublicBody]] = {}
    for body in bodies:
        by_office.setdefault(body.office_id, []).append(body)
    rows = with_numbers(Site.objects.public().filter(programme=programme))
    entries = [
        SiteEntry(
            site=row,
            bodies=tuple(by_office.get(row.organisation_id, ())),
            public_measures=row.public_measures,
            coaching=CoachingEffort(days=row.days, hours=row.hours),
        )
        for row in rows.select_related("organisation")
    ]
    return sorted(entries, key=lambda entry: (entry.site.is_withdrawn, not entry.site.is_coached))


def bodies_in_run_time(*, programme: Programme) -> list[PublicBody]:
    """Return all public bodies as they stood when the programme began: 33 for Hessen."""
    return list(PublicBody.objects.on(programme.starts_on))


def site_page(*, slug: str) -> SitePage:
    """Return the public page of one site; Http404 for an unknown or merely applied one.

    Four queries: site with programme, office, bodies, phases, public contacts, documents and
    goals; its first 40 measures; coaching figures; released indicators. The phases are shown as
    they stood on the last day of the programme, or today if that is earlier.
    """
    sites = Site.objects.public().annotate(**_parts())
    site = get_object_or_404(sites.select_related("programme", "organisation"), slug=slug)
    parts = vars(site)
    measures = with_effect(site.measures.public()).select_related("field_of_action")
    as_of = clock.default_as_of(site.programme.starts_on, site.programme.ends_on)
    phases = unpacked(SitePhase, parts["packed_phases"])
    contacts = unpacked(SiteContact, parts["packed_contacts"])
    bodies = unpacked(PublicBody, parts["packed_bodies"])
    return SitePage(
        site=site,
        bodies=tuple(sorted(bodies, key=lambda body: body.name)),
        fields=by_field(measures=measures[:MOST_MEASURES]),
        coaching=coaching_effort(site=site),
        phases=timeline(site=site, as_of=as_of, rows=phases),
        contacts=tuple(sorted(contacts, key=lambda row: (row.kind, row.function, row.id))),
        indicators=tuple(comparisons.released_of(site=site)),
        documents=documents.unpack(site),
        goals=tuple(
            sorted(unpacked(Goal, parts["packed_goals"]), key=lambda row: (row.position, row.id))
        ),
        measures=parts["measures_number"],
    )


def _parts() -> dict[str, Any]:
    """Return the small tables of a site that ride on its row."""
    begins: Any = OuterRef("programme__starts_on")
    bodies = PublicBody.objects.on(begins).filter(office=OuterRef("organisation"))
    phases = SitePhase.objects.filter(site=OuterRef("pk"))
    contacts = SiteContact.objects.filter(site=OuterRef("pk"), is_public=True)
    goals = Goal.objects.filter(site=OuterRef("pk"), is_public=True)
    measures = Measure.objects.public().filter(site=OuterRef("pk")).order_by().values("site")
    return {
        "packed_goals": packed(goals, by="site", columns=GOAL),
        "measures_number": _number(measures.annotate(n=Count("pk"))),
        "packed_bodies": packed(bodies, by="office", columns=BODY),
        "packed_phases": packed(phases, by="site", columns=PHASE),
        "packed_contacts": packed(contacts, by="site", columns=CONTACT),
    } | documents.packed_of(OuterRef("pk"), audiences=[DocumentAudience.PUBLIC])


def coaching_effort(*, site: Site) -> CoachingEffort:
    """Return number of days and hours of coaching at one site; only what the site confirmed."""
    sums = site.coaching_days.counted().aggregate(
        days=Count("pk"), hours=Sum("hours"), first_on=Min("held_on"), last_on=Max("held_on")
    )
    return CoachingEffort(
        days=sums["days"],
        hours=sums["hours"] or Decimal(0),
        first_on=sums["first_on"],
        last_on=sums["last_on"],
    )


def with_numbers(sites: SiteQuerySet) -> "QuerySet[WithAnnotations[Site, SiteNumbers]]":
    """Add `public_measures`, `measure_count`, `days`, `hours` and `last_on` to each site.

    Only coaching days the site confirmed count.
    """
    measures = Measure.objects.filter(site=OuterRef("pk")).order_by().values("site")
    days = CoachingDay.objects.counted().filter(site=OuterRef("pk")).order_by().values("site")
    numbered = sites.annotate(
        public_measures=_number(measures.filter(is_public=True).annotate(n=Count("pk"))),
        measure_count=_number(measures.annotate(n=Count("pk"))),
        days=_number(days.annotate(n=Count("pk"))),
        hours=Coalesce(
            Subquery(days.annotate(n=Sum("hours")).values("n")),
            Decimal(0),
            output_field=DecimalField(max_digits=8, decimal_places=2),
        ),
        last_on=Subquery(days.annotate(n=Max("held_on")).values("n")),
    )
    return cast("QuerySet[WithAnnotations[Site, SiteNumbers]]", numbered)


def _number(counted: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())
