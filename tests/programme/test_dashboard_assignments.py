"""People get their site or their office, and lose it at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from network.models import Membership
from network.services import memberships
from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry
from sites.enums import AssignmentKind
from sites.models import SiteAssignment
from sites.permissions import is_coach_of
from sites.services import assignments
from tests.factories.network import MembershipFactory, OrganisationFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def test_the_office_assigns_a_new_coach_who_may_work_at_once(
    signed_in: Callable[..., Client], programme: object
) -> None:
    site = SiteFactory.create()
    coach = UserFactory.create(roles=[Role.COACH], full_name="Jörg Groß")
    client = signed_in(Role.OFFICE)
    url = reverse("programme:assign_person", args=[coach.pk])

    answer = client.post(url, {"target": f"coach:{site.pk}", "starts_on": "2016-02-29"})

    assert answer["Location"] == reverse("programme:person", args=[coach.pk])
    row = SiteAssignment.objects.get()
    assert (row.user, row.site, row.kind, row.starts_on) == (
        coach,
        site,
        AssignmentKind.COACH,
        date(2016, 2, 29),
    )
    assert is_coach_of(coach, site)
    assert AuditEntry.objects.filter(verb="site.assigned").count() == 1


def test_a_member_joins_an_office_and_leaves_it(
    signed_in: Callable[..., Client], programme: object
) -> None:
    organisation = OrganisationFactory.create()
    member = UserFactory.create(roles=[Role.MEMBER])
    client = signed_in(Role.ADMIN)

    client.post(
        reverse("programme:assign_person", args=[member.pk]),
        {"target": f"member:{organisation.pk}", "starts_on": "2020-01-01"},
    )
    row = Membership.objects.get()
    client.post(reverse("programme:end_membership", args=[member.pk, row.pk]))

    row.refresh_from_db()
    assert row.ends_on is not None
    assert row.ends_on < clock.today()


def test_only_what_the_roles_allow_is_offered(
    signed_in: Callable[..., Client], programme: object
) -> None:
    SiteFactory.create()
    finance = UserFactory.create(roles=[Role.FINANCE])
    url = reverse("programme:assign_person", args=[finance.pk])

    page = signed_in(Role.OFFICE).get(url)

    assert "Die Person braucht zuerst eine Rolle" in page.content.decode()


def test_a_future_day_and_a_made_up_target_are_refused_at_their_fields(
    signed_in: Callable[..., Client], programme: object
) -> None:
    coach = UserFactory.create(roles=[Role.COACH])
    url = reverse("programme:assign_person", args=[coach.pk])

    page = signed_in(Role.OFFICE).post(url, {"target": "staff:1", "starts_on": "2999-01-01"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"target", "starts_on"}


def test_without_the_role_or_twice_nobody_is_assigned() -> None:
    row = SiteAssignmentFactory.create(user=UserFactory.create(roles=[Role.SITE]))
    membership = MembershipFactory.create(user=UserFactory.create(roles=[Role.MEMBER]))
    office = UserFactory.create(roles=[Role.OFFICE])
    today = clock.today()

    with pytest.raises(RuleBroken, match="hat die Rolle"):
        assignments.assign(
            person=row.user, site=row.site, kind=AssignmentKind.COACH, starts_on=today, by=office
        )
    with pytest.raises(RuleBroken, match="schon zugeordnet"):
        assignments.assign(
            person=row.user, site=row.site, kind=AssignmentKind.STAFF, starts_on=today, by=office
        )
    with pytest.raises(RuleBroken, match="hat die Rolle"):
        memberships.join(
            person=row.user, organisation=membership.organisation, starts_on=today, by=office
        )
    with pytest.raises(RuleBroken, match="gehört schon"):
        memberships.join(
            person=membership.user,
            organisation=membership.organisation,
            starts_on=today,
            by=office,
        )


def test_what_began_today_is_taken_back_and_ending_twice_changes_nothing() -> None:
    office = UserFactory.create(roles=[Role.OFFICE])
    new_row = SiteAssignmentFactory.create(starts_on=clock.today())
    new_member = MembershipFactory.create(starts_on=clock.today())
    old_row = SiteAssignmentFactory.create()
    old_member = MembershipFactory.create()

    for row in (new_row, old_row, old_row):
        assignments.end(assignment=row, by=office)
    for membership in (new_member, old_member, old_member):
        memberships.leave(membership=membership, by=office)

    assert [row.pk for row in SiteAssignment.objects.all()] == [old_row.pk]
    assert [row.pk for row in Membership.objects.all()] == [old_member.pk]
    assert AuditEntry.objects.count() == 4


def test_an_end_still_to_come_does_not_keep_rights_from_ending_at_once() -> None:
    office = UserFactory.create(roles=[Role.OFFICE])
    planned = clock.today() + timedelta(days=30)
    yesterday = clock.today() - timedelta(days=1)
    row = SiteAssignmentFactory.create(ends_on=planned)

    assignments.end(assignment=row, by=office)

    row.refresh_from_db()
    assert row.ends_on == yesterday
    assert AuditEntry.objects.get().changes == {
        "ends_on": [planned.isoformat(), yesterday.isoformat()]
    }


def test_a_row_of_somebody_else_looks_like_a_missing_one(
    signed_in: Callable[..., Client], programme: object
) -> None:
    row = SiteAssignmentFactory.create()
    stranger = UserFactory.create()
    url = reverse("programme:end_assignment", args=[stranger.pk, row.pk])

    assert signed_in(Role.ADMIN).post(url).status_code == 404
