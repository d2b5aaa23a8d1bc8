"""Coaching days: logged with what both sides agreed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry
from sites.enums import CoachingMode, Side, SiteStatus
from sites.models import CoachingDay
from sites.services import coaching
from sites.services.coaching import AgreedStep, CoachingDraft
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteFactory

pytestmark = pytest.mark.django_db

DAY = CoachingDraft(
    held_on=date(2016, 2, 29),
    hours=Decimal("6.50"),
    mode=CoachingMode.ON_SITE,
    participants=5,
    happened="Abläufe am Empfang aufgenommen.",
    steps=(
        AgreedStep(Side.SITE, "Wartezeiten zählen", date(2016, 3, 15)),
        AgreedStep(Side.COACH, "Prozessbild zeichnen"),
    ),
)


def test_a_day_is_logged_with_the_steps_of_both_sides():
    site, coach = SiteFactory(name="Gießen"), UserFactory()

    day = coaching.log(site=site, draft=DAY, by=coach)

    assert (day.site, day.coach, day.hours) == (site, coach, Decimal("6.50"))
    assert list(day.next_steps.order_by("pk").values_list("side", "text", "due_on")) == [
        ("site", "Wartezeiten zählen", date(2016, 3, 15)),
        ("coach", "Prozessbild zeichnen", None),
    ]
    entry = AuditEntry.objects.get(verb="coaching.logged")
    assert entry.sentence == ("Am Standort Gießen wurde der Begleittag vom 29.02.2016 eingetragen.")


def test_a_withdrawn_site_takes_no_coaching_day():
    site = SiteFactory(status=SiteStatus.WITHDRAWN, name="Lahn-Dill-Kreis")

    with pytest.raises(RuleBroken, match="Stand „ausgeschieden“"):
        coaching.log(site=site, draft=DAY, by=UserFactory())


def test_a_day_in_the_future_is_refused(time_machine):
    time_machine.move_to("2016-02-28T12:00:00Z")

    with pytest.raises(RuleBroken) as broken:
        coaching.log(site=SiteFactory(), draft=DAY, by=UserFactory())

    assert broken.value.field == "held_on"


def test_a_day_outside_the_run_time_asks_back_once_and_keeps_the_reason():
    late = replace(DAY, held_on=date(2017, 7, 3))
    assert clock.today() > late.held_on

    with pytest.raises(RuleBroken) as broken:
        coaching.log(site=SiteFactory(), draft=late, by=UserFactory())
    assert broken.value.field == "outside_reason"
    assert not CoachingDay.objects.exists()

    coaching.log(
        site=SiteFactory(), draft=replace(late, outside_reason="Nachbesprechung"), by=UserFactory()
    )
    assert CoachingDay.objects.get().outside_reason == "Nachbesprechung"
