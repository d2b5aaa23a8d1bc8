"""Reminds the staff of a site of values that are missing, at most once a week."""

from collections.abc import Sequence

from django.db import transaction

from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import User
from sites import emails
from sites.models import IndicatorNudge, Site
from sites.queries import indicator_gaps, indicators
from sites.queries.indicators import Gap
from sites.rules.lifecycle import TAKES_ENTRIES, takes_entries

ONCE_A_DAY = 24 * 60 * 60


@transaction.atomic
def nudge(*, site: Site, by: User) -> list[User]:
    """Write to everybody at the site who had no reminder in the last seven days.

    Returns who was written to; refuses a site that takes no entries, and where nothing is missing
    or nobody is left to remind.
    """
    site = _locked(site)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Werte können dort nicht "
            "eingetragen werden, deshalb wird niemand erinnert."
        )
    gaps = indicators.gaps(site=site, entered=indicators.sheet(site=site))
    if not gaps:
        raise RuleBroken("Zurzeit fehlt kein Wert. Es wurde nichts versendet.")
    people = _write(site, gaps, by)
    if not people:
        raise RuleBroken(
            "Niemand kann zurzeit erinnert werden: Es ist niemand zugeordnet, oder die letzte "
            "Erinnerung liegt keine sieben Tage zurück."
        )
    return people


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def nudge_by_itself() -> int:
    """Remind every site of missing values whose phase began; return how many letters went out.

    Runs daily and may be repeated: nobody gets a second letter within seven days, whoever sent
    the first. Silent three months after the end of the programme.
    """
    letters = 0
    sites = Site.objects.filter(programme__is_current=True, status__in=TAKES_ENTRIES)
    for row in sites.order_by("pk"):
        site = _locked(row)
        gaps = indicators.gaps(site=site, entered=indicators.sheet(site=site))
        if due := indicator_gaps.begun(site=site, found=gaps):
            letters += len(_write(site, due, None))
    return letters


def _locked(site: Site) -> Site:
    rows = Site.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=site.pk)


def _write(site: Site, gaps: Sequence[Gap], by: User | None) -> list[User]:
    """Write to those who had no letter this week; `by` None is the portal itself.

    A reminder the portal sent by itself names its recipient as sender.
    """
    people = [row.person for row in indicators.reminded(site=site) if not row.waits]
    for person in people:
        emails.missing_indicators(site, person, gaps)
        IndicatorNudge.objects.create(
            site=site, recipient=person, sent_by=by or person, sent_at=clock.now()
        )
    if people:
        audit.record(
            by=by,
            verb="indicators.nudged",
            subject=site,
            sentence=f"Am Standort {site.name} wurde an fehlende Kennzahlen erinnert: "
            f"{len(people)}.",
        )
    return people
