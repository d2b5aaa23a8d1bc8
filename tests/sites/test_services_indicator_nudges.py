"""Reminders the portal sends by itself, and the page that says who misses what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from sites.enums import AssignmentKind, SiteStatus
from sites.models import IndicatorNudge
from sites.services.indicator_nudges import nudge, nudge_by_itself
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    IndicatorFactory,
    IndicatorValueFactory,
    SiteAssignmentFactory,
    SiteFactory,
    SitePhaseFactory,
)

pytestmark = pytest.mark.django_db
LEAP_DAY = datetime(2016, 2, 29, 9, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """Let it be the leap day, and later as the test says."""
    moment = {"now": LEAP_DAY}
    monkeypatch.setattr(clock, "now", lambda: moment["now"])
    monkeypatch.setattr(clock, "today", lambda: clock.now().date())

    def later(**span):
        moment["now"] += timedelta(**span)

    return later


def assigned(site, name="Jörg Weiß"):
    user = UserFactory(roles=[Role.SITE], full_name=name)
    SiteAssignmentFactory(user=user, site=site, kind=AssignmentKind.STAFF)
    return user


def run():
    return nudge_by_itself.func()


def test_a_missing_value_is_reminded_of_once_a_week(now, site):
    IndicatorFactory(name="Wartezeit")
    person = assigned(site)

    first, again = run(), run()
    now(days=8)

    assert (first, again, run()) == (1, 0, 1)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [person.email] * 2
    assert {row.sent_by for row in IndicatorNudge.objects.all()} == {person}


def test_nobody_is_reminded_before_the_phase_begins_or_when_nothing_is_missing(now, site):
    indicator = IndicatorFactory()
    assigned(site)
    phase = SitePhaseFactory(site=site, phase="as_is_analysis", planned_from=date(2016, 4, 1))

    assert run() == 0
    phase.actual_from = date(2016, 2, 1)
    phase.save()
    IndicatorValueFactory(site=site, indicator=indicator)
    assert run() == 0


@pytest.mark.parametrize("status", [SiteStatus.APPLIED, SiteStatus.WITHDRAWN])
def test_a_site_that_takes_no_entries_hears_nothing(now, site, status):
    IndicatorFactory()
    assigned(site)
    site.status = status
    site.save()

    assert run() == 0


def test_the_portal_is_silent_long_after_the_programme_ended(now, site):
    IndicatorFactory()
    assigned(site)
    now(days=365 * 3)

    assert run() == 0


def test_the_team_sees_who_misses_what(signed_in, now, site):
    IndicatorFactory(name="Wartezeit")
    assigned(site)
    run()

    page = signed_in(Role.OFFICE).get(reverse("sites:missing_values")).content.decode()

    for words in ("Gießen", "Wartezeit", "Jörg Weiß", "29.02.2016", "Erinnern"):
        assert words in page


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    signed_in, programme, amount, django_assert_num_queries
):
    IndicatorFactory()
    for number in range(amount):
        assigned(SiteFactory(programme=programme), f"Person {number}")
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(8):
        page = client.get(reverse("sites:missing_values"))

    assert len(page.context["rows"]) == amount


def test_a_withdrawn_site_is_not_reminded_of_what_it_may_not_enter(now, site):
    IndicatorFactory(name="Wartezeit")
    assigned(site)
    site.status = SiteStatus.WITHDRAWN
    site.save()

    with pytest.raises(RuleBroken, match="deshalb wird niemand erinnert"):
        nudge(site=site, by=UserFactory(roles=[Role.OFFICE]))

    assert not OutgoingMail.objects.exists()
