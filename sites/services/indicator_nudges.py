"""Reminds the staff of a site of values that are missing, at most once a week."""

from django.db import transaction

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from sites import emails
from sites.models import IndicatorNudge, Site
from sites.queries import indicators


@transaction.atomic
def nudge(*, site: Site, by: User) -> list[User]:
    """Write to everybody at the site who had no reminder in the last seven days.

    Returns who was written to; refuses where nothing is missing or nobody is left to remind.
    """
    site = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    gaps = indicators.gaps(site=site, entered=indicators.sheet(site=site))
    if not gaps:
        raise RuleBroken("Zurzeit fehlt kein Wert. Es wurde nichts versendet.")
    people = [row.person for row in indicators.reminded(site=site) if not row.waits]
    if not people:
        raise RuleBroken(
            "Niemand kann zurzeit erinnert werden: Es ist niemand zugeordnet, oder die letzte "
            "Erinnerung liegt keine sieben Tage zurück."
        )
    for person in people:
        emails.missing_indicators(site, person, gaps)
        IndicatorNudge.objects.create(site=site, recipient=person, sent_by=by)
    audit.record(
        by=by,
        verb="indicators.nudged",
        subject=site,
        sentence=f"Am Standort {site.name} wurde an fehlende Kennzahlen erinnert: {len(people)}.",
    )
    return people
