"""The private calendar of an office: link, content, new link."""

from datetime import UTC, datetime, time

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from network import emails
from network.enums import Answer, RegistrationStatus
from network.exports.office_feed import feed_url
from network.models import Organisation
from network.services import invitation_changes, invitations, office_feeds
from programme import clock
from programme.enums import Role
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def office():
    """An office with a calendar."""
    made = OrganisationFactory(short_name="Fulda")
    office_feeds.issue_missing(keys=[made.pk])
    made.refresh_from_db()
    return made


def path(organisation: Organisation) -> str:
    return feed_url(organisation).removeprefix("https://portal.example.org")


def events(client: Client, organisation: Organisation) -> dict[str, dict[str, str]]:
    """Return the events by title, as a calendar program reads them."""
    found = Calendar.from_ical(client.get(path(organisation)).content)
    return {
        str(event["SUMMARY"]): {key: str(event[key]) for key in event}
        for event in found.walk("VEVENT")
    }


def test_the_calendar_shows_meetings_answers_and_own_people(client, office):
    meeting = MeetingFactory(title="Treffen; Öffnung", mode="hybrid", online_url="https://v.test/x")
    invitation = InvitationFactory(
        meeting=meeting, organisation=office, answer=Answer.COMING, meeting__slug="t"
    )
    workshop = WorkshopFactory(
        meeting=meeting, title="Termine", begins=time(10), ends=time(11, 30), room="Raum 2"
    )
    common = {"invitation": invitation, "mode": "online"}
    RegistrationFactory(full_name="Öznur Groß", workshop=workshop, **common)
    RegistrationFactory(full_name="Jörg Weiß", status=RegistrationStatus.WAITING, **common)
    RegistrationFactory(full_name="Nicht Mehr", status=RegistrationStatus.CANCELLED, **common)
    RegistrationFactory(full_name="Andere Stelle", invitation__meeting=meeting)

    event = events(client, office)["Treffen; Öffnung"]

    assert event["STATUS"] == "CONFIRMED"
    assert event["DESCRIPTION"].splitlines()[:3] == [
        "Antwort Ihrer Stelle: kommt",
        "Öznur Groß: angemeldet, online, Workshop: Termine (10:00 bis 11:30 Uhr, Raum 2)",
        "Jörg Weiß: auf der Warteliste",
    ]
    content = client.get(path(office)).content.decode()
    assert "Nicht Mehr" not in content
    assert "Andere Stelle" not in content
    assert "v.test" not in content
    assert "/einladung/" not in content


def test_cancelled_open_and_asked_meetings_look_different(client, office):
    for title, status, asked in (("A", "cancelled", None), ("B", "published", NOW)):
        InvitationFactory(
            meeting__title=title, meeting__status=status, organisation=office, names_asked_at=asked
        )
    InvitationFactory(meeting__title="C", meeting__status="draft", organisation=office)
    InvitationFactory(meeting__title="D", organisation=office, withdrawn_at=NOW)

    found = events(client, office)

    assert {key: row["STATUS"] for key, row in found.items()} == {
        "A": "CANCELLED",
        "B": "TENTATIVE",
    }
    assert "Antwort Ihrer Stelle: zugesagt, Namen fehlen" in found["B"]["DESCRIPTION"]


def test_a_second_reader_understands_the_calendar(client, office):
    InvitationFactory(organisation=office, meeting__title="Treffen; Öffnung")

    found = vobject.readOne(client.get(path(office)).content.decode(), validate=True)

    assert found.vevent.summary.value == "Treffen; Öffnung"
    assert found.method.value == "PUBLISH"


def test_who_has_it_already_gets_a_few_bytes_until_something_changes(client, office):
    invitation = InvitationFactory(organisation=office)
    first = client.get(path(office))
    again = client.get(path(office), headers={"if-none-match": first["ETag"]})
    RegistrationFactory(invitation=invitation)
    changed = client.get(path(office), headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.content == b""
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert (first["Cache-Control"], first["X-Robots-Tag"]) == ("no-store", "noindex")


def test_only_the_right_link_opens_it(client, office):
    right = path(office)
    wrong = right.replace(right[22:24], "xx", 1)

    assert client.get(wrong).status_code == 404
    assert client.get("/netzwerk/kalender/.ics").status_code == 404
    assert client.get("/netzwerk/kalender/nur-ein-muster.ics").status_code == 404


def test_a_new_link_ends_the_old_one(office, signed_in, programme):
    team = signed_in(Role.OFFICE)
    old = path(office)

    page = team.post(reverse("network:renew_feed", args=[office.slug]), follow=True)

    office.refresh_from_db()
    assert path(office) != old
    assert feed_url(office) in page.content.decode()
    assert (team.get(old).status_code, team.get(path(office)).status_code) == (404, 200)
    assert AuditEntry.objects.get().verb == "organisation.feed_renewed"


def test_inviting_gives_each_office_its_link_once(programme):
    meeting = MeetingFactory(programme=programme)
    contact = ContactFactory()
    office = contact.organisation

    invitations.invite(meeting=meeting, organisations=[office], by=UserFactory())

    office.refresh_from_db()
    assert feed_url(office) in OutgoingMail.objects.get().text_body
    assert feed_url(office) in OutgoingMail.objects.get().html_body
    seed = office.feed_seed
    assert office_feeds.issue_missing(keys=[office.pk]) == 0
    office.refresh_from_db()
    assert office.feed_seed == seed


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_office_invited_before_there_were_links_gets_one_with_the_next_letter(
    programme, withdrawn
):
    office = ContactFactory().organisation
    invitation = InvitationFactory(
        meeting__programme=programme,
        organisation=office,
        withdrawn_at=clock.now() if withdrawn else None,
    )
    send = invitation_changes.restore if withdrawn else invitations.resend

    send(invitation=invitation, by=UserFactory())

    office.refresh_from_db()
    assert feed_url(office)
    assert feed_url(office) in OutgoingMail.objects.get().text_body


def test_the_preview_shows_a_sample_link_only(office):
    invitation = InvitationFactory(organisation=office)
    contact = ContactFactory(organisation=office)

    letter = emails.invitation_preview(invitation, contact)

    assert "/netzwerk/kalender/nur-ein-muster.ics" in letter.text
    assert feed_url(office) not in letter.text


def test_members_find_the_link_of_their_office(office, signed_in):
    member = UserFactory(roles=[Role.MEMBER])
    MembershipFactory(user=member, organisation=office)
    InvitationFactory(organisation=office)
    InvitationFactory()

    page = signed_in(user=member).get(reverse("network:my_invitations")).content.decode()

    assert feed_url(office) in page
    assert page.count("/netzwerk/kalender/") == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_takes_three_queries(client, office, rows, django_assert_num_queries):
    for _ in range(rows):
        RegistrationFactory(invitation__organisation=office)

    with django_assert_num_queries(3):
        client.get(path(office))
