"""Made-up phases, contacts and an open call, so that the life of a site can be tried."""

from datetime import date, timedelta

from django.db import transaction

from network.models import Membership
from programme import clock
from programme.models import FieldOfAction, Programme, User
from sites.enums import ApplicationStatus, Phase, SiteContactKind
from sites.models import (
    Application,
    Call,
    Criterion,
    Site,
    SiteAgreement,
    SiteContact,
    SitePhase,
)

OPEN_FOR = timedelta(weeks=6)
LATE = "offenbach"
# Phase, planned from and to, begun, done. Kick-off and analysis of a site begin as much later as
# its first day of coaching came after that of the first site, the rest a little later each.
PLAN = (
    (Phase.KICKOFF, "2016-02-15", "2016-04-08", "2016-02-22", "2016-02-29"),
    (Phase.AS_IS_ANALYSIS, "2016-03-01", "2016-05-31", "2016-03-03", "2016-05-13"),
    (Phase.GOAL_SETTING, "2016-05-01", "2016-06-30", "2016-05-09", "2016-06-17"),
    (Phase.MEASURES, "2016-06-01", "2017-05-31", "2016-06-06", "2017-05-19"),
    (Phase.PEER_EXCHANGE, "2016-09-01", "2017-06-30", "2016-09-16", "2017-06-20"),
    (Phase.EVALUATION, "2017-04-01", "2017-05-31", "2017-04-03", "2017-05-26"),
    (Phase.TRANSFER, "2017-06-01", "2017-06-30", "2017-06-01", "2017-06-28"),
)
EARLY = (Phase.KICKOFF, Phase.AS_IS_ANALYSIS)
FIRST_KICKOFF = date(2016, 2, 29)
DELAYS = {
    Phase.MEASURES: (date(2017, 6, 9), "Der neue Internetauftritt ging später in Betrieb."),
    Phase.EVALUATION: (None, "Der Abschlussbericht des Standorts steht noch aus."),
}
CRITERIA = (
    ("Rückhalt der Leitung", "Die Leitung trägt das Vorhaben und stellt Zeit bereit.", 5),
    ("Dringlichkeit", "Zahlen und Lage zeigen, dass sich etwas ändern muss.", 4),
    ("Übertragbarkeit", "Andere Behörden können daraus lernen.", 3),
    ("Vorerfahrung", "Die Behörde hat schon etwas begonnen.", 1),
)


@transaction.atomic
def load(*, programme: Programme, sites: dict[str, Site], people: dict[str, User]) -> None:
    """Give the coached sites phases and contacts, and open a call the demo people can answer."""
    for number, site in enumerate(sites.values()):
        _phases(site, number)
        _contacts(site)
    call = Call.objects.create(
        programme=programme,
        slug="beispielaufruf",
        title="Beispielaufruf: weitere Standorte",
        text="Dieser Aufruf ist ein Beispiel. Behörden bewerben sich um eine Begleitung.",
        deadline=clock.today() + OPEN_FOR,
        opened_on=clock.today(),
    )
    Criterion.objects.bulk_create(
        Criterion(call=call, position=position, title=title, help_text=text, weight=weight)
        for position, (title, text, weight) in enumerate(CRITERIA, start=1)
    )
    if member := people.get("mitglied@example.org"):
        _draft(call, member)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete phases, contacts, agreements, calls and applications; documented ones come back."""
    sites = Site.objects.filter(programme=programme)
    Application.objects.filter(call__programme=programme).delete()
    Call.objects.filter(programme=programme).delete()
    for model in (SitePhase, SiteContact, SiteAgreement):
        model.objects.filter(site__in=sites).delete()


def _phases(site: Site, number: int) -> None:
    for phase, *days in PLAN:
        begin, end, begun, done = (date.fromisoformat(day) for day in days)
        later = timedelta(days=number)
        if phase in EARLY:
            later = site.coaching_days.earliest("held_on").held_on - FIRST_KICKOFF
        note = ""
        finished: date | None = min(done + later, end)
        if site.slug == LATE and phase in DELAYS:
            finished, note = DELAYS[phase]
        SitePhase.objects.create(
            site=site,
            phase=phase,
            planned_from=begin,
            planned_to=end,
            actual_from=begun + later,
            actual_to=finished,
            note=note,
        )


def _contacts(site: Site) -> None:
    SiteContact.objects.create(
        site=site,
        function="Projektleitung am Standort",
        email=f"projekt-{site.slug}@example.org",
        is_public=True,
    )
    for function in ("Leitung der Ausländerbehörde", "Personalrat", "Prozessbegleitung"):
        SiteContact.objects.create(site=site, kind=SiteContactKind.STEERING, function=function)


def _draft(call: Call, member: User) -> None:
    membership = Membership.objects.filter(user=member).select_related("organisation").first()
    if membership is None or Site.objects.filter(organisation=membership.organisation).exists():
        return
    application = Application.objects.create(
        call=call,
        organisation=membership.organisation,
        status=ApplicationStatus.DRAFT,
        reasons="Am Empfang warten zu viele Menschen zu lange auf eine erste Auskunft.",
        visitors_per_day=85,
        created_by=member,
    )
    application.wishes.set(FieldOfAction.objects.filter(key="internal_organisation"))
