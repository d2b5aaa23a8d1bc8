"""The start page of the workspace: with data, without data, by role, with bounded queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from network.enums import Answer, MeetingStatus
from programme import clock
from programme.enums import Role
from publications.enums import OrderStatus
from sites.enums import AssignmentKind, MeasureStatus
from tests.factories.applications import ApplicationFactory, CallFactory
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
)
from tests.factories.programme import (
    BudgetLineFactory,
    FinancingPlanFactory,
    OutgoingMailFactory,
    UserFactory,
    VoucherFactory,
)
from tests.factories.publications import OrderFactory
from tests.factories.sites import (
    CoachingDayFactory,
    MeasureFactory,
    MeasureUpdateFactory,
    NextStepFactory,
    SiteAssignmentFactory,
    SiteFactory,
)

HELD = datetime(2016, 9, 16, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_start_page(programme, signed_in, role):
    response = signed_in(role).get(reverse("dashboard:start"))

    assert response.status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_stands_without_any_data(db, signed_in, role):
    response = signed_in(role).get(reverse("dashboard:start"))

    assert "Noch keine Daten geladen" in response.content.decode()


def tasks_of(client):
    start = client.get(reverse("dashboard:start")).context["start"]
    return {task.title: task.amount for part in start.parts for task in part.tasks}


def test_the_team_sees_open_answers_orders_and_failed_mails(programme, signed_in):
    meeting = MeetingFactory(programme=programme, title="Fachaustausch")
    InvitationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting, answer=Answer.DECLINED)
    OrderFactory(status=OrderStatus.CONFIRMED)
    OrderFactory(status=OrderStatus.SENT)
    OutgoingMailFactory(failed=True)
    OutgoingMailFactory(sent=True)

    assert tasks_of(signed_in(Role.OFFICE)) == {
        "Ausstehende Antworten: Fachaustausch": 1,
        "Bestellungen zu versenden": 1,
        "E-Mails nicht zugestellt": 1,
    }


def test_answers_are_no_task_once_nobody_can_give_them(programme, signed_in):
    meeting = MeetingFactory(
        programme=programme, title="Fachaustausch", status=MeetingStatus.CLOSED
    )
    InvitationFactory(meeting=meeting)

    assert tasks_of(signed_in(Role.OFFICE))["Vorbereiten: Fachaustausch"] is None


def test_a_meeting_that_was_held_stays_a_task_until_it_is_documented(programme, signed_in):
    since = clock.now() - timedelta(days=3)
    for title, status in (("Offen", MeetingStatus.HELD), ("Fertig", MeetingStatus.DOCUMENTED)):
        MeetingFactory(programme=programme, title=title, starts_at=since, status=status)
    MeetingFactory(
        programme=programme, title="Lange her", starts_at=HELD, status=MeetingStatus.HELD
    )

    tasks = tasks_of(signed_in(Role.OFFICE))

    assert [title for title in tasks if title.startswith("Abschließen")] == ["Abschließen: Offen"]


def test_finance_counts_only_vouchers_of_others(programme, signed_in):
    me = UserFactory(roles=[Role.FINANCE])
    line = BudgetLineFactory(plan__programme=programme)
    VoucherFactory(line=line, factual_check_by=me)
    VoucherFactory(line=line)

    assert tasks_of(signed_in(user=me))["Belege warten auf Ihre zweite Prüfung"] == 1


def test_a_plan_handed_in_waits_on_the_start_page_of_the_others(programme, signed_in):
    me, other = UserFactory.create_batch(2, roles=[Role.FINANCE])
    FinancingPlanFactory(programme=programme, proposed_by=other)
    title = "Finanzierungsplan wartet auf Ihre Genehmigung"

    assert tasks_of(signed_in(user=me))[title] == 1
    assert title not in tasks_of(signed_in(user=other))


def test_coach_and_site_see_their_own_site_and_what_they_may_do_there(programme, signed_in):
    site = SiteFactory(programme=programme, name="Gießen")
    SiteFactory(programme=programme, name="Darmstadt")
    coach, staff = UserFactory(roles=[Role.COACH]), UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=coach, kind=AssignmentKind.COACH)
    SiteAssignmentFactory(site=site, user=staff, kind=AssignmentKind.STAFF)

    assert list(tasks_of(signed_in(user=coach))) == ["Begleittag eintragen", "Standort öffnen"]
    assert list(tasks_of(signed_in(user=staff))) == [
        "Mit Zielen und Maßnahmen beginnen",
        "Standort öffnen",
    ]
    MeasureFactory(site=site, status=MeasureStatus.DONE)
    assert list(tasks_of(signed_in(user=staff))) == ["Maßnahme anlegen", "Standort öffnen"]


def test_staff_are_asked_for_the_month_while_an_open_measure_has_no_news(programme, signed_in):
    site, staff = SiteFactory(programme=programme), UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=staff, kind=AssignmentKind.STAFF)
    MeasureFactory(site=site, status=MeasureStatus.DONE)
    silent, told = MeasureFactory.create_batch(2, site=site)
    MeasureUpdateFactory(measure=silent, happened_on=clock.today() - timedelta(days=32))
    MeasureUpdateFactory(measure=told, happened_on=clock.today() - timedelta(days=31))
    client = signed_in(user=staff)

    assert tasks_of(client)["Monatsstand eintragen"] == 1
    MeasureUpdateFactory(measure=silent, happened_on=clock.today())
    assert "Monatsstand eintragen" not in tasks_of(client)


def test_both_sides_see_what_the_other_waits_for(programme, signed_in):
    site = SiteFactory(programme=programme, name="Gießen", slug="giessen")
    coach, staff = UserFactory(roles=[Role.COACH]), UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=coach, kind=AssignmentKind.COACH)
    SiteAssignmentFactory(site=site, user=staff, kind=AssignmentKind.STAFF)
    today = clock.today()
    for state in ("handed_in", "handed_in", "returned", "confirmed"):
        CoachingDayFactory(site=site, coach=coach, state=state)
    agreed = CoachingDayFactory(site=site, state="confirmed")
    for side, due_on, done_on in (
        ("site", today, None),
        ("site", today - timedelta(days=400), None),
        ("coach", today + timedelta(days=1), None),
        ("coach", today + timedelta(days=10), None),
        ("coach", today, today),
    ):
        NextStepFactory(coaching_day=agreed, side=side, due_on=due_on, done_on=done_on)
    CoachingDayFactory(state="handed_in")
    NextStepFactory(due_on=today)

    assert tasks_of(signed_in(user=coach)) == {
        "Begleittag zurückgegeben": 1,
        "Schritt fällig": 1,
        "Begleittag eintragen": None,
        "Standort öffnen": None,
    }
    assert tasks_of(signed_in(user=staff)) == {
        "Begleittage bestätigen": 2,
        "Schritte fällig": 2,
        "Mit Zielen und Maßnahmen beginnen": None,
        "Standort öffnen": None,
    }


@pytest.mark.parametrize("role", [Role.COACH, Role.SITE])
def test_who_is_new_and_has_no_site_yet_is_told_so(programme, signed_in, role):
    page = signed_in(role).get(reverse("dashboard:start")).content.decode()

    assert "Ihnen ist noch nichts zugeordnet" in page


def test_a_member_sees_the_invitations_of_the_own_office_only(programme, signed_in):
    membership = MembershipFactory(user=UserFactory(roles=[Role.MEMBER]))
    meeting = MeetingFactory(programme=programme, title="Fachaustausch")
    InvitationFactory(meeting=meeting, organisation=membership.organisation)
    InvitationFactory(meeting=MeetingFactory(programme=programme, title="Fremdes"))
    off = MeetingFactory(programme=programme, title="Abgesagt", status=MeetingStatus.CANCELLED)
    InvitationFactory(meeting=off, organisation=membership.organisation)

    assert tasks_of(signed_in(user=membership.user)) == {
        "Einladung beantworten: Fachaustausch": 1,
        "Alle Einladungen Ihrer Organisation": None,
    }


@pytest.mark.parametrize("amount", [1, 3])
def test_the_start_page_is_bounded_for_a_person_with_every_role(
    programme, signed_in, amount, django_assert_max_num_queries
):
    me = UserFactory(roles=list(Role))
    for site in SiteFactory.create_batch(amount, programme=programme):
        SiteAssignmentFactory(site=site, user=me, kind=AssignmentKind.COACH)
    InvitationFactory.create_batch(amount, meeting__programme=programme)
    member = MembershipFactory(user=me)
    for call in CallFactory.create_batch(amount, programme=programme):
        ApplicationFactory(call=call, organisation=member.organisation)
    client = signed_in(user=me)

    with django_assert_max_num_queries(15):
        client.get(reverse("dashboard:start"))
