"""Both sides hear when a site moves on and when somebody comes to look after it."""

from datetime import date

import pytest

from programme.enums import Role
from programme.models import Notice
from sites.enums import AssignmentKind, SiteStatus
from sites.services import assignments, lifecycle
from sites.services.lifecycle import Step
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def told():
    return {(row.user.email, row.topic, row.sentence) for row in Notice.objects.all()}


def test_staff_and_team_hear_that_a_site_leaves(programme):
    team, colleague = UserFactory.create_batch(2, roles=[Role.OFFICE])
    staff = UserFactory(roles=[Role.SITE])
    site = SiteFactory(programme=programme, name="Gießen", status=SiteStatus.SELECTED)
    SiteAssignmentFactory(user=staff, site=site, kind=AssignmentKind.STAFF)
    UserFactory(roles=[Role.SITE])

    step = Step(date(2016, 9, 1), "Umzug der Behörde")
    lifecycle.withdraw(site=site, step=step, by=team)

    sentence = "Gießen ist ausgeschieden: Umzug der Behörde."
    assert told() == {(who.email, "phases", sentence) for who in (staff, colleague)}


def test_a_coach_hears_of_the_new_site_even_before_the_first_day(programme):
    team, coach = UserFactory(roles=[Role.OFFICE]), UserFactory(roles=[Role.COACH])
    site = SiteFactory(programme=programme, name="Gießen")

    assignments.assign(
        person=coach, site=site, kind=AssignmentKind.COACH, starts_on=date(2099, 3, 1), by=team
    )

    sentence = f"Standort Gießen: {coach} ist ab 01.03.2099 zugeordnet (Prozessbegleitung)."
    assert told() == {(coach.email, "phases", sentence)}
