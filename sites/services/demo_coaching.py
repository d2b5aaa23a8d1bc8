"""Made-up coaching days on their way: waiting, given back, not yet handed in; days agreed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from programme import tokens
from programme.models import User
from sites.enums import CoachingDayState, CoachingMode, Side
from sites.models import CoachingDay, DayDraft, NextStep, Site

# Days of the tender are not published; these are invented.
AGREED = {
    "wiesbaden": 6,
    "darmstadt": 6,
    "giessen": 7,
    "offenbach": 6,
    "main-kinzig-kreis": 5,
    "kreis-bergstrasse": 5,
}
DRAFT_KEY = UUID("6f0c2b1e-5d3a-4b7e-9a41-2c8d7e9f1a30")
RETURNED_ON = datetime(2017, 6, 19, 9, 30, tzinfo=UTC)


@transaction.atomic
def load(*, sites: dict[str, Site], coach: User) -> None:
    """Agree on days and add what is under way at the two sites that are still coached.

    None of it is confirmed, so public figures and the report stay as they are.
    """
    for slug, site in sites.items():
        site.budgeted_days = AGREED.get(slug)
        site.save(update_fields=["budgeted_days"])
    _mark_steps(sites, coach)
    _waiting(sites["giessen"], coach)
    _returned(sites["offenbach"], coach)
    DayDraft.objects.update_or_create(
        key=DRAFT_KEY,
        defaults={
            "coach": coach,
            "values": {
                "site": "giessen",
                "held_on": "2017-06-27",
                "hours": "4",
                "mode": CoachingMode.ON_SITE,
                "happened": "Übergabe an die Linie: Wer pflegt die Servicebroschüre künftig?",
            },
        },
    )


@transaction.atomic
def remove(*, sites: Iterable[Site]) -> None:
    """Delete all coaching days with their photos and drafts; nothing is agreed any more."""
    days = CoachingDay.objects.filter(site__in=sites)
    for day in days.filter(photo__isnull=False).select_related("photo"):
        day.photo.file.delete(save=False)
    days.filter(replaces__isnull=False).update(replaces=None)
    days.delete()
    DayDraft.objects.all().delete()
    Site.objects.filter(pk__in=[site.pk for site in sites]).update(budgeted_days=None)


def _mark_steps(sites: dict[str, Site], coach: User) -> None:
    """What was agreed before 2017 is done, what was agreed later partly not."""
    early = date(2017, 1, 1)
    for step in NextStep.objects.filter(coaching_day__site__in=sites.values(), due_on__lt=early):
        step.done_on, step.done_by = step.due_on, coach
        step.save(update_fields=["done_on", "done_by"])


def _waiting(site: Site, coach: User) -> None:
    day = _day(
        site,
        coach,
        CoachingDay(
            held_on=date(2017, 6, 20),
            hours=Decimal("5.00"),
            mode=CoachingMode.ON_SITE,
            participants=8,
            topic="Rückblick auf den Servicebereich",
            happened=(
                "Rückblick auf den Servicebereich. Was im Alltag trägt und was nach dem Ende der "
                "Begleitung jemand weiter pflegen muss."
            ),
        ),
    )
    _step(day, Side.SITE, "Zuständigkeit für den Wartebereich festlegen", date(2017, 7, 14))
    _step(day, Side.COACH, "Zusammenfassung für die Leitung schreiben", date(2017, 6, 30))


def _returned(site: Site, coach: User) -> None:
    day = _day(
        site,
        coach,
        CoachingDay(
            held_on=date(2017, 6, 13),
            hours=Decimal("6.00"),
            mode=CoachingMode.REMOTE,
            participants=4,
            topic="Texte der Webseite durchgesehen",
            happened="Texte der Webseite durchgesehen. Formulare nach Anliegen geordnet.",
            state=CoachingDayState.RETURNED,
            remark="Wir waren sechs Personen, und es war vor Ort. Bitte berichtigen.",
            answered_at=RETURNED_ON,
        ),
    )
    _step(day, Side.SITE, "Übersetzungen in Auftrag geben", date(2017, 7, 7))


def _day(site: Site, coach: User, day: CoachingDay) -> CoachingDay:
    day.site, day.coach = site, coach
    day.token_seed, day.token_digest = tokens.issue("coaching_day")
    day.save()
    return day


def _step(day: CoachingDay, side: Side, text: str, due_on: date) -> None:
    NextStep.objects.create(coaching_day=day, side=side, text=text, due_on=due_on)
