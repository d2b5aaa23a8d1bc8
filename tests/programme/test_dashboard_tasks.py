"""What the start page asks of the people of an office and of a site whose coaching ended."""

from datetime import date

import pytest
from django.urls import reverse

from programme.enums import Role
from sites.enums import AssignmentKind
from tests.factories.applications import ApplicationFactory, CallFactory
from tests.factories.inspections import AuditFindingFactory
from tests.factories.network import MembershipFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    MeasureFactory,
    NextStepFactory,
    SiteAssignmentFactory,
    SiteFactory,
)


def tasks_of(client):
    start = client.get(reverse("dashboard:start")).context["start"]
    return {task.title: task.amount for part in start.parts for task in part.tasks}


def test_an_open_call_and_an_unfinished_application_wait_for_the_member(programme, signed_in):
    member = MembershipFactory(user=UserFactory(roles=[Role.MEMBER]))
    call = CallFactory(programme=programme, deadline=date(2999, 12, 4))
    client = signed_in(user=member.user)

    before = tasks_of(client)
    application = ApplicationFactory(call=call, organisation=member.organisation)
    ApplicationFactory(call=CallFactory(deadline=date(2016, 1, 31)))
    meanwhile = tasks_of(client)
    application.status = "handed_in"
    application.save()

    everything = {"Alle Einladungen Ihrer Organisation": None}
    assert before == {"Als Standort bewerben, Frist 04.12.2999": None} | everything
    assert meanwhile == {"Bewerbung abschließen, Frist 04.12.2999": 1} | everything
    assert tasks_of(client) == everything


def test_after_the_end_of_a_site_nothing_is_called_overdue(programme, signed_in):
    site = SiteFactory(programme=programme, status="completed")
    staff = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=staff, kind=AssignmentKind.STAFF)
    MeasureFactory(site=site, status="running")
    agreed = CoachingDayFactory(site=site, state="confirmed")
    NextStepFactory.create_batch(2, coaching_day=agreed, due_on=date(2017, 3, 1))
    client = signed_in(user=staff)

    texts = [
        client.get(reverse(f"sites:{name}", args=[site.slug])).content.decode()
        for name in ("workspace_site", "next_steps")
    ]

    assert tasks_of(client) == {
        "Schritte noch offen": 2,
        "Monatsstand eintragen": 1,
        "Maßnahme anlegen": None,
        "Standort öffnen": None,
    }
    assert all("überfällig" not in text and "noch offen" in text for text in texts)


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.SITE, AssignmentKind.STAFF), (Role.COACH, AssignmentKind.COACH)],
)
def test_a_site_that_left_asks_nothing_any_more(programme, signed_in, role, kind):
    site = SiteFactory(programme=programme, status="withdrawn")
    person = UserFactory(roles=[role])
    SiteAssignmentFactory(site=site, user=person, kind=kind)
    MeasureFactory(site=site, status="running")
    agreed = CoachingDayFactory(site=site, state="confirmed")
    for side in ("site", "coach"):
        NextStepFactory(coaching_day=agreed, side=side, due_on=date(2017, 3, 1))

    assert tasks_of(signed_in(user=person)) == {"Standort öffnen": None}


def test_an_assignment_without_its_role_opens_no_site(programme, signed_in):
    site = SiteFactory(programme=programme)
    person = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=person, kind=AssignmentKind.COACH)
    client = signed_in(user=person)

    page = client.get(reverse("dashboard:start")).content.decode()

    assert tasks_of(client) == {}
    assert client.get(reverse("sites:workspace_site", args=[site.slug])).status_code == 404
    assert "Ihnen ist noch nichts zugeordnet" in page
    assert "wartet nichts auf Sie" not in page


def test_who_starts_at_a_site_is_told_how_to_go_on(programme, signed_in):
    site = SiteFactory(programme=programme)
    person = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(site=site, user=person, kind=AssignmentKind.STAFF)

    page = signed_in(user=person).get(reverse("dashboard:start")).content.decode()

    assert "Zurzeit ist nichts offen. Hier können Sie weitermachen." in page
    assert "Mit Zielen und Maßnahmen beginnen" in page


def test_one_finding_waits_and_two_wait(programme, signed_in):
    auditor = UserFactory(roles=[Role.AUDITOR])
    client = signed_in(user=auditor)

    hints = []
    for _ in range(2):
        AuditFindingFactory(programme=programme, found_by=auditor)
        start = client.get(reverse("dashboard:start")).context["start"]
        hints.append([task.hint for part in start.parts for task in part.tasks][-1])

    assert hints == [
        "Eine Feststellung wartet auf eine Antwort",
        "2 Feststellungen warten auf eine Antwort",
    ]
