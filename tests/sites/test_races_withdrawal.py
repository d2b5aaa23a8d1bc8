"""A site leaves while somebody saves: what comes after it is refused, nothing slips in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Event
from time import sleep

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from programme.enums import Role
from programme.errors import RuleBroken
from programme.rules.uploads import checked_document
from sites.enums import CoachingDayState, SiteStatus
from sites.models import CoachingDay, DocumentVersion, IndicatorReading, MeasureUpdate
from sites.rules.indicator_details import ReadingDraft
from sites.rules.measure_steps import StepDraft
from sites.services import (
    coaching,
    coaching_answers,
    documents,
    indicator_details,
    lifecycle,
    measure_steps,
)
from tests.factories.documents import DocumentVersionFactory
from tests.factories.programme import ProgrammeFactory, UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    IndicatorValueFactory,
    MeasureFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
DAY = coaching.CoachingDraft(
    held_on=date(2016, 2, 29),
    hours=Decimal("6.5"),
    mode="on_site",
    participants=8,
    happened="Größere Räume",
)


@pytest.fixture
def site(db):
    return SiteFactory(programme=ProgrammeFactory(is_current=True))


@pytest.fixture
def team(db):
    return UserFactory(roles=[Role.OFFICE])


def while_it_leaves(site, team, deed):
    """Do something while the withdrawal is written but not yet in force; return the refusal."""
    written = Event()

    def leave():
        try:
            with transaction.atomic():
                lifecycle.withdraw(site=site, step=lifecycle.Step(None, is_unknown=True), by=team)
                written.set()
                sleep(0.4)
        finally:
            connection.close()

    def act():
        written.wait(10)
        try:
            deed()
        except RuleBroken as broken:
            return broken.message
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        left, told = pool.submit(leave), pool.submit(act)
        left.result()
        return told.result()


def test_no_step_slips_in_while_a_site_leaves(site, team):
    measure = MeasureFactory(site=site)
    draft = StepDraft(status="running", reason="Größere Räume", hours=None, seen=0)

    told = while_it_leaves(
        site, team, lambda: measure_steps.step(measure=measure, draft=draft, by=team)
    )

    assert "ausgeschieden" in told
    assert not MeasureUpdate.objects.exists()


def test_no_reading_slips_in_while_a_site_leaves(site, team):
    value = IndicatorValueFactory(site=site)
    drafts = [ReadingDraft(date(2016, 3, 1), Decimal(44))]

    told = while_it_leaves(
        site,
        team,
        lambda: indicator_details.set_readings(value=value, drafts=drafts, seen=None, by=team),
    )

    assert "ausgeschieden" in told
    assert not IndicatorReading.objects.exists()


def test_no_correction_of_a_day_slips_in_while_a_site_leaves(site, team):
    day = CoachingDayFactory(site=site)

    told = while_it_leaves(
        site,
        team,
        lambda: coaching.correct(day=day, draft=DAY, reason="Tippfehler", by=day.coach),
    )

    assert "ausgeschieden" in told
    assert CoachingDay.objects.count() == 1


def test_no_version_of_a_document_slips_in_while_a_site_leaves(site, team):
    document = DocumentVersionFactory(document__site=site).document
    new = documents.NewVersion(
        checked_document(name="bericht.pdf", content=PDF), ContentFile(PDF, name="bericht.pdf")
    )

    # The team may file a document even then: the letter that ends the coaching comes last.
    staff = UserFactory(roles=[Role.SITE])

    told = while_it_leaves(
        site, team, lambda: documents.add_version(document=document, version=new, by=staff)
    )

    assert "ausgeschieden" in told
    assert DocumentVersion.objects.count() == 1


def test_a_day_handed_in_before_the_site_left_can_still_be_confirmed(site):
    day = CoachingDayFactory(site=site, handed_in=True)
    type(site).objects.update(status=SiteStatus.WITHDRAWN)

    coaching_answers.confirm(day=day, seen_at=day.changed_at, by=None)

    assert CoachingDay.objects.get().state == CoachingDayState.CONFIRMED
