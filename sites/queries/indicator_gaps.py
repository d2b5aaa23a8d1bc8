"""Which values are missing at which site, and whom that concerns."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, Q

from programme import clock
from programme.models import User
from sites.enums import AssignmentKind, IndicatorPhase, Phase
from sites.models import Indicator, IndicatorValue, Site, SiteAssignment, SitePhase
from sites.queries.indicators import Gap, Sheet, gaps
from sites.rules.lifecycle import TAKES_ENTRIES

# Nobody is reminded by itself of a programme that ended long ago.
REMINDED_AFTER_END = timedelta(days=92)
BEGINS_WITH = {
    IndicatorPhase.BASELINE: Phase.AS_IS_ANALYSIS,
    IndicatorPhase.MID: Phase.MEASURES,
    IndicatorPhase.END: Phase.EVALUATION,
}


class SiteGaps(NamedTuple):
    """What is missing at one site, who looks after it, when somebody was last reminded."""

    site: Site
    gaps: tuple[Gap, ...]
    people: tuple[User, ...]
    reminded_at: datetime | None

    @property
    def missing(self) -> int:
        """Return how many values are missing."""
        return sum(len(gap.indicators) for gap in self.gaps)


def missing_values() -> list[SiteGaps]:
    """Return the sites of the programme that take entries and miss values, most first.

    Four queries, whatever the number of sites.
    """
    rows = Site.objects.filter(programme__is_current=True, status__in=TAKES_ENTRIES)
    dated = rows.annotate(reminded_at=Max("indicator_nudges__sent_at"))
    sites = list(dated.select_related("programme").order_by("name"))
    sheets = _sheets(sites)
    people = _people(sites)
    found = [
        SiteGaps(
            site,
            tuple(gaps(site=site, entered=sheets[site.pk])),
            tuple(people[site.pk]),
            vars(site)["reminded_at"],
        )
        for site in sites
    ]
    return sorted((row for row in found if row.gaps), key=lambda row: -row.missing)


def _sheets(sites: list[Site]) -> dict[int, Sheet]:
    indicators = list(Indicator.objects.filter(Q(site__isnull=True) | Q(site__in=sites)))
    values: dict[int, dict[tuple[int, str], IndicatorValue]] = defaultdict(dict)
    for value in IndicatorValue.objects.filter(site__in=sites):
        values[value.site_id][value.indicator_id, value.phase] = value
    return {
        site.pk: Sheet(
            tuple(row for row in indicators if row.site_id in {None, site.pk}), values[site.pk]
        )
        for site in sites
    }


def _people(sites: list[Site]) -> dict[int, list[User]]:
    rows = SiteAssignment.objects.on(clock.today()).filter(
        site__in=sites, kind=AssignmentKind.STAFF, user__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("user__full_name", "pk"):
        found[row.site_id].append(row.user)
    return found


def begun(*, site: Site, found: list[Gap]) -> list[Gap]:
    """Return the gaps whose phase of the coaching is under way or over; one query.

    A site without dates is asked by the run time of the programme alone. Nothing is due by
    itself once the programme ended more than three months ago.
    """
    today = clock.today()
    if today > site.programme.ends_on + REMINDED_AFTER_END:
        return []
    rows = {row.phase: row for row in SitePhase.objects.filter(site=site)}
    starts = {str(phase): _starts(rows.get(BEGINS_WITH[phase])) for phase in IndicatorPhase}
    return [gap for gap in found if (day := starts[gap.phase]) is None or day <= today]


def _starts(row: SitePhase | None) -> date | None:
    return (row.actual_from or row.planned_from) if row else None
