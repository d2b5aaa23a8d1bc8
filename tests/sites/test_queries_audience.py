"""Who hears what happens at a site."""

from datetime import timedelta

import pytest

from programme import clock
from programme.enums import Role
from programme.models import Notice, OutgoingMail
from programme.queries import notices
from programme.rules.notices import TOPICS
from programme.services import digests
from sites.enums import AssignmentKind
from sites.queries import audience
from tests.factories.programme import LegalNoticeFactory, NoticeFactory, UserFactory
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


def news_about(person, *sites):
    return [
        NoticeFactory(user=person, path=f"/intern/standorte/{site.slug}/ziele/") for site in sites
    ]


@pytest.mark.parametrize(
    "end",
    [
        lambda row: row.__class__.objects.update(ends_on=clock.today() - timedelta(days=1)),
        lambda row: row.user.role_grants.filter(role=Role.COACH).update(ended_at=clock.now()),
        lambda row: row.__class__.objects.update(kind=AssignmentKind.STAFF),
    ],
    ids=["assignment over", "role taken", "assigned as somebody else"],
)
def test_news_about_a_site_somebody_no_longer_looks_after_are_neither_shown_nor_mailed(
    programme, end
):
    LegalNoticeFactory(programme=programme)
    coach = UserFactory(roles=[Role.COACH, Role.MEMBER])
    row = SiteAssignmentFactory(user=coach, site=SiteFactory(), kind=AssignmentKind.COACH)
    news_about(coach, row.site)
    Notice.objects.update(created_at=clock.now() - timedelta(days=14))
    end(row)

    told = digests.write.call(person=coach.pk)

    assert (told, OutgoingMail.objects.count(), Notice.objects.get().mail) == (0, 0, None)
    assert Notice.objects.get().sent_at is not None
    assert list(notices.latest(person=coach, topics=TOPICS)) == []


def test_news_about_the_sites_somebody_looks_after_stay_and_cost_one_query(
    django_assert_num_queries,
):
    kassel, second, other = SiteFactory(slug="kassel"), SiteFactory(), SiteFactory(slug="kassel-2")
    coach = at_work(kassel, Role.COACH, AssignmentKind.COACH)
    SiteAssignmentFactory(user=coach, site=second, kind=AssignmentKind.COACH)
    own = news_about(coach, kassel, second)
    news_about(coach, other)
    elsewhere = NoticeFactory(user=coach, path="/praxis/terminvergabe/")

    with django_assert_num_queries(3):
        found = list(notices.latest(person=coach, topics=TOPICS))

    assert sorted(each.pk for each in found) == sorted(each.pk for each in [*own, elsewhere])


def test_the_team_keeps_the_news_about_every_site():
    team = UserFactory(roles=[Role.OFFICE])
    own = news_about(team, SiteFactory())

    assert list(notices.latest(person=team, topics=TOPICS)) == own
