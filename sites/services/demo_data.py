"""Made-up measures and coaching days, so that sites and report have substance to show."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from programme.models import FieldOfAction, Programme, User
from sites.enums import AssignmentKind, CoachingDayState, Side
from sites.models import (
    Adoption,
    CoachingDay,
    Measure,
    NextStep,
    PracticeCard,
    Site,
    SiteAssignment,
)
from sites.services import (
    demo_coaching,
    demo_contributions,
    demo_goals,
    demo_indicator_details,
    demo_indicators,
    demo_life,
    demo_practice,
    demo_records,
    master_data,
)
from sites.services.demo_people import COACH, STAFF, TEAM

DATA = Path(__file__).resolve().parent.parent / "data"
STILL_COACHED = ("giessen", "offenbach")


@transaction.atomic
def load(*, programme: Programme, people: dict[str, User]) -> None:
    """Assign the demo people and add made-up measures and coaching days to the six sites.

    `people` maps a demo e-mail address to its person. Needs the master data of this floor.
    """
    sites = {site.slug: site for site in Site.objects.coached().filter(programme=programme)}
    _assign(programme, sites, people)
    _measures(sites)
    demo_goals.load(sites=sites, people=people)
    _coaching_days(sites, people[COACH])
    demo_coaching.load(sites=sites, coach=people[COACH])
    demo_practice.load(programme=programme)
    demo_indicators.load(sites=sites)
    demo_indicator_details.load(sites=sites, by=people[STAFF["giessen"]])
    demo_life.load(programme=programme, sites=sites, people=people)
    demo_records.load(programme=programme, sites=sites, coach=people[COACH], team=people[TEAM])
    demo_contributions.load(sites=sites, people=people)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete all assignments, coaching days and measures; documented measures come back as new."""
    demo_records.remove(programme=programme)
    demo_life.remove(programme=programme)
    sites = Site.objects.filter(programme=programme)
    demo_indicator_details.remove(sites=sites)
    demo_contributions.remove(sites=sites)
    demo_indicators.remove(sites=sites)
    demo_coaching.remove(sites=sites)
    SiteAssignment.objects.filter(site__in=sites).delete()
    Adoption.objects.filter(card__site__in=sites).delete()
    PracticeCard.objects.filter(site__in=sites).delete()
    demo_goals.remove(sites=sites)
    Measure.objects.filter(site__in=sites).delete()
    for site in sites:
        master_data.add_documented_measures(site=site)
    master_data.add_documented_life(programme=programme)


def _rows(name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", json.loads((DATA / name).read_text(encoding="utf-8")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _assign(programme: Programme, sites: dict[str, Site], people: dict[str, User]) -> None:
    SiteAssignment.objects.bulk_create(
        SiteAssignment(
            user=people[COACH],
            site=site,
            kind=AssignmentKind.COACH,
            starts_on=date(2016, 2, 1),
            ends_on=None if slug in STILL_COACHED else programme.ends_on,
        )
        for slug, site in sites.items()
    )
    SiteAssignment.objects.bulk_create(
        SiteAssignment(
            user=people[email],
            site=sites[slug],
            kind=AssignmentKind.STAFF,
            starts_on=date(2016, 2, 1),
        )
        for slug, email in STAFF.items()
    )


def _measures(sites: dict[str, Site]) -> None:
    fields = {field.key: field for field in FieldOfAction.objects.all()}
    Measure.objects.bulk_create(
        Measure(
            site=sites[row.pop("site")],
            field_of_action=fields[row.pop("field")],
            starts_on=date.fromisoformat(row.pop("starts_on")),
            due_on=_day(row.pop("due_on")),
            **row,
        )
        for row in _rows("demo_measures.json")
    )


def _coaching_days(sites: dict[str, Site], coach: User) -> None:
    for row in _rows("demo_coaching.json"):
        steps = {Side.SITE: row.pop("site_steps"), Side.COACH: row.pop("coach_steps")}
        day = CoachingDay.objects.create(
            site=sites[row.pop("site")],
            coach=coach,
            held_on=date.fromisoformat(row.pop("held_on")),
            hours=Decimal(row.pop("hours")),
            state=CoachingDayState.CONFIRMED,
            **row,
        )
        NextStep.objects.bulk_create(
            NextStep(coaching_day=day, side=side, text=text, due_on=date.fromisoformat(due_on))
            for side, agreed in steps.items()
            for text, due_on in agreed
        )
