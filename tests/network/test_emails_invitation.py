"""Letters to invited offices, as the recipient reads them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from network import emails
from network.enums import MeetingStatus
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def invitation(programme):
    """The office of Fulda & Rhön, invited to a meeting on a leap day."""
    meeting = MeetingFactory(
        programme=programme,
        title="3. Landesnetzwerktreffen",
        slug="3-landesnetzwerktreffen",
        topic="Wartezeiten & Termine",
        balance_question="Wie lassen sich Ordnung und Integration verbinden?",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        reply_until=datetime(2028, 2, 14, 22, 59, tzinfo=UTC),
        street="Luisenplatz 2",
        postcode="64283",
        cancel_reason="Sturmwarnung für ganz Hessen",
    )
    return InvitationFactory(
        meeting=meeting,
        organisation__name="Ausländerbehörde Landkreis Fulda & Rhön",
        organisation__short_name="Fulda",
        organisation__feed_seed="3",
        token_seed="1",
        seats_override=3,
    )


@pytest.fixture
def contact(invitation):
    return ContactFactory(organisation=invitation.organisation, email="abh-fulda@example.org")


def as_read(mail: OutgoingMail) -> str:
    """Return subject, recipient, text and attachments."""
    files = [f"Anlage: {file.name} ({file.content_type})\n" for file in mail.attachments.all()]
    head = f"Betreff: {mail.subject}\nAn: {mail.recipient}\nAntwort an: {mail.reply_to}\n"
    return f"{head}{''.join(files)}\n{mail.text_body}"


@pytest.mark.parametrize(
    "name",
    ["invitation", "invitation_cancelled", "invitation_withdrawn", "names_asked", "reminder"],
)
def test_letters_to_an_office(invitation, contact, name):
    mail = getattr(emails, name)(invitation, contact)

    assert as_read(mail) == (LETTERS / f"{name}.txt").read_text()
    words = re.sub(r"<[^>]+>", " ", mail.html_body)
    assert "Fulda &amp; Rhön" in words
    assert "Dieses Projekt wird aus Mitteln des AMIF kofinanziert." in words
    assert "None" not in mail.text_body + words


def test_a_cancelled_meeting_takes_the_entry_out_of_the_calendar(invitation, contact):
    invitation.meeting.status = MeetingStatus.CANCELLED

    content = bytes(emails.invitation_cancelled(invitation, contact).attachments.get().content)

    assert b"METHOD:CANCEL" in content


def test_the_test_letter_says_so_and_its_link_is_none(invitation, contact):
    mail = emails.invitation_test(invitation, contact, to="team@example.org")

    assert as_read(mail) == (LETTERS / "invitation_test.txt").read_text()
    assert "/einladung/nur-ein-muster/" in mail.html_body


def test_the_preview_is_the_letter_but_for_the_link(invitation, contact):
    preview = emails.invitation_preview(invitation, contact)
    mail = emails.invitation(invitation, contact)

    link = r"/einladung/[^/\s\"]+/|/kalender/[^/\s\"]+\.ics"
    assert preview.subject == mail.subject
    for shown, sent in ((preview.text, mail.text_body), (preview.html, mail.html_body)):
        assert re.sub(link, "", shown) == re.sub(link, "", sent)
        assert shown != sent


def test_the_receipt_of_an_accepted_entry_takes_the_entry_away(invitation, contact):
    people = [
        RegistrationFactory(invitation=invitation, full_name="Öznur Groß"),
        RegistrationFactory(invitation=invitation, full_name="Jörg Weiß"),
    ]

    mail = emails.invitation_entry_cleared(invitation, contact, people)

    assert as_read(mail) == (LETTERS / "invitation_entry_cleared.txt").read_text()
    content = bytes(mail.attachments.get().content)
    assert b"METHOD:CANCEL" in content
    assert b"SEQUENCE:1" in content
    assert f"UID:einladung-{invitation.pk}@".encode() in content


def test_who_has_no_entry_any_more_gets_none_with_a_change(invitation, contact):
    mail = emails.invitation_changed(invitation, contact, has_entry=False)

    assert not mail.attachments.exists()
    assert "Kalender" not in mail.text_body + mail.html_body


@pytest.mark.parametrize(
    ("status", "moment", "says"),
    [
        ("published", "2028-02-20T10:00:00Z", "abgelaufen (sie lief bis 14. Februar 2028)"),
        ("closed", "2028-02-20T10:00:00Z", "abgelaufen (sie lief bis 14. Februar 2028)"),
        ("closed", "2028-02-10T10:00:00Z", "Die Anmeldung ist schon geschlossen; über den Link"),
    ],
)
def test_an_invitation_to_what_is_closed_promises_no_answer(
    invitation, contact, status, moment, says, time_machine
):
    invitation.meeting.status = MeetingStatus(status)
    time_machine.move_to(moment)

    mail = emails.invitation(invitation, contact)

    words = mail.text_body + mail.html_body
    assert "Bitte antworten Sie bis" not in words
    assert "Dann sagen Sie hier ab" not in words
    assert says in mail.text_body
    assert says in mail.html_body
    assert "/einladung/" in mail.text_body
