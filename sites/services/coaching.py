"""Coaching days: logged by the coach, with what both sides agreed to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import CoachingDayState
from sites.models import CoachingDay, NextStep, Site
from sites.rules.lifecycle import lies_outside, takes_entries


@dataclass(frozen=True)
class AgreedStep:
    """One step one side promised; `side` is a value of `Side`."""

    side: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True)
class CoachingDraft:
    """What the coach wrote about a day; `hours` between 0 and 24."""

    held_on: date
    hours: Decimal
    mode: str
    participants: int
    topic: str
    happened: str
    outside_reason: str = ""
    steps: Sequence[AgreedStep] = ()


@transaction.atomic
def log(*, site: Site, draft: CoachingDraft, by: User) -> CoachingDay:
    """Write down a coaching day and its agreed steps; it counts on the site's page at once.

    Raises RuleBroken for a site that takes no entries, a day in the future, or a day outside the
    run time without a reason.
    """
    site = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    _check(site, draft)
    day = CoachingDay.objects.create(
        site=site,
        coach=by,
        held_on=draft.held_on,
        hours=draft.hours,
        mode=draft.mode,
        participants=draft.participants,
        topic=draft.topic,
        happened=draft.happened,
        outside_reason=draft.outside_reason,
        state=CoachingDayState.CONFIRMED,
    )
    NextStep.objects.bulk_create(
        NextStep(coaching_day=day, side=step.side, text=step.text, due_on=step.due_on)
        for step in draft.steps
    )
    audit.record(
        by=by,
        verb="coaching.logged",
        subject=day,
        sentence=(
            f"Am Standort {site.name} wurde der Begleittag vom {day.held_on:%d.%m.%Y} eingetragen."
        ),
    )
    return day


def _check(site: Site, draft: CoachingDraft) -> None:
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Begleittage können dort "
            "nicht mehr eingetragen werden."
        )
    if draft.held_on > clock.today():
        raise RuleBroken(
            "Dieser Tag liegt in der Zukunft. Bitte tragen Sie ihn ein, wenn er stattgefunden hat.",
            field="held_on",
        )
    programme = site.programme
    outside = lies_outside(draft.held_on, programme.starts_on, programme.ends_on)
    if outside and not draft.outside_reason.strip():
        raise RuleBroken(
            "Das Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder "
            "begründen Sie kurz, warum es stimmt.",
            field="outside_reason",
        )
