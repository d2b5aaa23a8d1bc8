"""Letters about what changed: to invited offices, to the people of a workshop."""

from datetime import UTC, datetime, time

import pytest

from network import emails
from network.enums import AttendanceMode, MeetingMode, WorkshopPlace
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.network.test_emails_registrations import compare

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(
        programme=programme,
        title="3. Landesnetzwerktreffen",
        slug="3-landesnetzwerktreffen",
        mode=MeetingMode.HYBRID,
        online_url="https://konferenz.example.org/raum-7",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        street="Luisenplatz 2",
        postcode="64283",
    )


@pytest.fixture
def invitation(meeting):
    return InvitationFactory(
        meeting=meeting,
        organisation__name="Ausländerbehörde Landkreis Fulda & Rhön",
        organisation__short_name="Fulda",
        token_seed="1",
    )


@pytest.fixture
def registration(invitation):
    """Öznur Groß of Fulda, in a workshop, on site."""
    workshop = WorkshopFactory(
        meeting=invitation.meeting,
        title="Termine online vergeben",
        begins=time(13, 15),
        ends=time(14, 45),
        room="Raum 2",
    )
    return RegistrationFactory(
        invitation=invitation,
        full_name="Öznur Groß",
        email="oeznur.gross@example.org",
        token_seed="2",
        workshop=workshop,
        workshop_place=WorkshopPlace.CONFIRMED,
    )


def test_an_office_reads_the_new_time_and_gets_the_new_entry(invitation):
    contact = ContactFactory(
        organisation=invitation.organisation, name="Jörg Weiß", email="abh@example.org"
    )

    mail = emails.invitation_changed(invitation, contact)

    compare(mail, "invitation_changed")
    assert "METHOD:REQUEST" in bytes(mail.attachments.get().content).decode()


def test_the_people_of_a_workshop_read_its_time_and_room(registration):
    compare(emails.workshop_changed(registration), "workshop_changed")


def test_who_waits_for_a_workshop_goes_on_waiting(registration):
    registration.workshop_place = WorkshopPlace.WAITING
    registration.workshop.begins = registration.workshop.ends = None
    registration.workshop.room = ""

    text = emails.workshop_changed(registration).text_body

    assert "Warteliste des Workshops bleibt bestehen" in text
    assert "Uhrzeit" not in text


def test_only_who_takes_part_online_reads_the_address_of_the_room(registration):
    on_site = emails.meeting_changed(registration)
    registration.mode = AttendanceMode.ONLINE
    online = emails.meeting_changed(registration)

    address = "https://konferenz.example.org/raum-7"
    assert address not in on_site.text_body + on_site.html_body
    assert address in online.text_body
    assert address in online.html_body
