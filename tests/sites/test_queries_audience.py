"""Who hears what happens at a site."""

from datetime import timedelta

import pytest

from programme import clock
from programme.enums import Role
from sites.enums import AssignmentKind
from sites.queries import audience
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def at_work(site, role, kind, **more):
    person = UserFactory(roles=[role], **more.pop("person", {}))
    SiteAssignmentFactory(user=person, site=site, kind=kind, **more)
    return person


def test_staff_coaches_and_the_team_are_involved_and_nobody_else(django_assert_num_queries):
    site, yesterday = SiteFactory(), clock.today() - timedelta(days=1)
    staff = at_work(site, Role.SITE, AssignmentKind.STAFF)
    coach = at_work(site, Role.COACH, AssignmentKind.COACH)
    team = UserFactory(roles=[Role.OFFICE])
    at_work(site, Role.SITE, AssignmentKind.STAFF, ends_on=yesterday)
    at_work(site, Role.COACH, AssignmentKind.COACH, starts_on=clock.today() + timedelta(days=1))
    at_work(site, Role.COACH, AssignmentKind.STAFF)  # lost the role that opens the site
    at_work(site, Role.SITE, AssignmentKind.STAFF, person={"is_active": False})
    at_work(SiteFactory(), Role.SITE, AssignmentKind.STAFF)
    for role in (Role.MEMBER, Role.FINANCE, Role.ADMIN, Role.AUDITOR):
        UserFactory(roles=[role])
    UserFactory(roles=[Role.OFFICE], is_active=False)
    former = UserFactory(roles=[Role.OFFICE])
    former.role_grants.update(ended_at=clock.now())

    with django_assert_num_queries(1):
        found = audience.involved(site, without=None)

    assert found == [staff, coach, team]


def test_who_did_it_is_left_out_and_nobody_is_named_twice():
    site = SiteFactory()
    doer = at_work(site, Role.SITE, AssignmentKind.STAFF)
    both = UserFactory(roles=[Role.OFFICE, Role.COACH])
    SiteAssignmentFactory(user=both, site=site, kind=AssignmentKind.COACH)

    assert audience.involved(site, without=doer) == [both]


def test_one_side_of_a_site_can_be_asked_for():
    site = SiteFactory()
    staff = at_work(site, Role.SITE, AssignmentKind.STAFF)
    coach = at_work(site, Role.COACH, AssignmentKind.COACH)
    UserFactory(roles=[Role.OFFICE])

    assert audience.side(site, kind=AssignmentKind.STAFF, without=None) == [staff]
    assert audience.side(site, kind=AssignmentKind.COACH, without=None) == [coach]
    assert audience.side(site, kind=AssignmentKind.COACH, without=coach) == []
