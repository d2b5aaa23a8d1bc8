"""A site that has worked for years: everything it files grows with its measures."""

from datetime import date, timedelta
from typing import Any

from programme.models import User
from sites.enums import IndicatorPhase, MeasureStatus
from sites.models import (
    CoachingDay,
    Communication,
    DocumentVersion,
    Goal,
    Indicator,
    IndicatorRelease,
    IndicatorValue,
    LegalNorm,
    Measure,
    MeasureUpdate,
    NextStep,
    Site,
    SiteDocument,
)
from tests.factories.documents import DocumentVersionFactory, SiteDocumentFactory
from tests.factories.programme import FieldOfActionFactory
from tests.factories.sites import (
    CoachingDayFactory,
    CommunicationFactory,
    GoalFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    LegalNormFactory,
    MeasureFactory,
)

BEGIN = date(2015, 11, 2)
AUDIENCES = ("public", "offices", "site")


def crowd(*, site: Site, by: User, measures: int) -> None:
    """Fill a site with so many measures and what comes with them, in few queries."""
    tenth = max(3, measures // 10)
    _measures(site, by, measures)
    _days(site, by, tenth)
    _documents(site, by, tenth)
    _values(site, max(3, measures // 150))
    contacts = [
        CommunicationFactory.build(site=site, by=by, happened_on=_day(number))
        for number in range(tenth)
    ]
    Communication.objects.bulk_create(contacts)


def _day(number: int) -> date:
    return BEGIN + timedelta(days=number % 600)


def _measures(site: Site, by: User, count: int) -> None:
    field: Any = FieldOfActionFactory.create()
    norms: list[LegalNorm] = LegalNormFactory.create_batch(2)
    goals = Goal.objects.bulk_create(
        GoalFactory.build(site=site, field_of_action=field) for _ in range(max(3, count // 30))
    )
    made = Measure.objects.bulk_create(
        MeasureFactory.build(
            site=site,
            field_of_action=field,
            goal=goals[number % len(goals)] if number % 4 else None,
            status=MeasureStatus.RUNNING,
            due_on=_day(number),
            balance=number % 5 - 2,
        )
        for number in range(count)
    )
    MeasureUpdate.objects.bulk_create(
        MeasureUpdate(measure=measure, status=measure.status, happened_on=_day(step * 30), by=by)
        for measure in made
        for step in range(4)
    )
    through: Any = Measure.norms.through
    through.objects.bulk_create(
        through(measure=measure, legalnorm=norm) for measure in made for norm in norms
    )


def _days(site: Site, by: User, count: int) -> None:
    days = CoachingDay.objects.bulk_create(
        CoachingDayFactory.build(site=site, coach=by, held_on=_day(number))
        for number in range(count)
    )
    NextStep.objects.bulk_create(
        NextStep(coaching_day=day, side=side, text="Zählen", due_on=BEGIN)
        for day in days
        for side in ("site", "programme")
    )


def _documents(site: Site, by: User, count: int) -> None:
    documents = SiteDocument.objects.bulk_create(
        SiteDocumentFactory.build(site=site, audience=AUDIENCES[number % 3])
        for number in range(count)
    )
    DocumentVersion.objects.bulk_create(
        DocumentVersionFactory.build(document=document, number=number, by=by)
        for document in documents
        for number in (1, 2)
    )


def _values(site: Site, count: int) -> None:
    own = Indicator.objects.bulk_create(IndicatorFactory.build(site=site) for _ in range(count))
    IndicatorValue.objects.bulk_create(
        IndicatorValueFactory.build(site=site, indicator=indicator, phase=phase)
        for indicator in own
        for phase in IndicatorPhase.values
    )
    IndicatorRelease.objects.bulk_create(
        IndicatorRelease(site=site, indicator=indicator) for indicator in own
    )
