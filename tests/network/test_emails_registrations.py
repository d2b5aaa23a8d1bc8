"""Letters to registered people and to the office: as the recipient reads them."""

import re
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import uuid4

import pytest

from network import emails
from network.enums import Answer, CopyNews, MeetingMode, RegistrationStatus, WorkshopPlace
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def registration(programme):
    """Öznur Groß of Fulda, with a seat."""
    meeting = MeetingFactory(
        programme=programme,
        title="3. Landesnetzwerktreffen",
        slug="3-landesnetzwerktreffen",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        street="Luisenplatz 2",
        postcode="64283",
    )
    return RegistrationFactory(
        invitation__meeting=meeting,
        invitation__organisation__name="Ausländerbehörde Landkreis Fulda & Rhön",
        invitation__organisation__short_name="Fulda",
        invitation__token_seed="1",
        full_name="Öznur Groß",
        email="oeznur.gross@example.org",
        token_seed="2",
    )


@pytest.fixture
def workshop(registration):
    """A workshop in the afternoon."""
    return WorkshopFactory(
        meeting=registration.meeting,
        title="Termine & Wartezeiten",
        room="Raum 2",
        begins=time(13, 0),
    )


def as_read(mail: OutgoingMail) -> str:
    """Return subject, recipient, text and attachments."""
    files = [f"Anlage: {file.name} ({file.content_type})\n" for file in mail.attachments.all()]
    head = f"Betreff: {mail.subject}\nAn: {mail.recipient}\nAntwort an: {mail.reply_to}\n"
    return f"{head}{''.join(files)}\n{mail.text_body}"


def compare(mail: OutgoingMail, name: str) -> None:
    assert as_read(mail) == (LETTERS / f"{name}.txt").read_text()
    assert mail.letter == f"network/{name}"
    words = re.sub(r"<[^>]+>", " ", mail.html_body)
    assert "Dieses Projekt wird aus Mitteln des AMIF kofinanziert." in words
    assert "None" not in mail.text_body + words


@pytest.mark.parametrize(
    "name", ["registration_confirmed", "registration_promoted", "meeting_changed"]
)
def test_letters_with_a_calendar_entry(registration, name):
    mail = getattr(emails, name)(registration)

    compare(mail, name)
    assert "METHOD:REQUEST" in bytes(mail.attachments.get().content).decode()


def test_the_letter_of_the_waiting_list_names_the_place(registration):
    compare(emails.registration_waiting(registration, position=3), "registration_waiting")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (WorkshopPlace.CONFIRMED, "Workshop: Termine & Wartezeiten, Raum 2, 13:00 Uhr"),
        (WorkshopPlace.WAITING, "Sie stehen auf seiner Warteliste"),
    ],
)
def test_the_confirmation_names_the_workshop(registration, workshop, place, sentence):
    registration.workshop, registration.workshop_place = workshop, place

    mail = emails.registration_confirmed(registration)

    assert sentence in mail.text_body
    assert "Termine &amp; Wartezeiten" in mail.html_body


def test_the_letter_of_a_free_place_in_a_workshop(registration, workshop):
    registration.workshop, registration.workshop_place = workshop, WorkshopPlace.CONFIRMED

    mail = emails.registration_workshop_promoted(registration)

    compare(mail, "registration_workshop_promoted")
    assert not mail.attachments.exists()


def test_on_a_hybrid_meeting_only_the_seats_asked_for_are_taken(registration):
    registration.meeting.mode = MeetingMode.HYBRID

    mail = emails.registration_waiting(registration, position=1)

    assert "alle Plätze vor Ort für das Treffen" in mail.text_body
    assert "alle Plätze vor Ort für das Treffen" in mail.html_body


def test_a_party_waits_together(registration):
    registration.party = uuid4()

    mail = emails.registration_waiting(registration, position=1)

    assert "nicht für alle, die nur gemeinsam kommen wollen" in mail.text_body


def test_the_letter_of_a_cancellation_takes_the_entry_away(registration):
    mail = emails.registration_cancelled(registration, had_seat=True)

    compare(mail, "registration_cancelled")
    assert "METHOD:CANCEL" in bytes(mail.attachments.get().content).decode()


def test_who_only_waited_has_no_entry_to_take_away(registration):
    mail = emails.registration_cancelled(registration, had_seat=False)

    assert not mail.attachments.exists()
    assert "Kalender" not in mail.text_body + mail.html_body


def test_the_letter_of_a_replacement_names_the_successor(registration):
    successor = RegistrationFactory(invitation=registration.invitation, full_name="Jörg Weiß")

    mail = emails.registration_replaced(registration, successor=successor, had_seat=True)

    compare(mail, "registration_replaced")


def test_the_letter_of_a_cancelled_meeting(registration):
    registration.meeting.cancel_reason = "Der Saal steht unter Wasser."

    mail = emails.meeting_cancelled(registration)

    compare(mail, "meeting_cancelled")
    assert "METHOD:CANCEL" in bytes(mail.attachments.get().content).decode()


def test_who_waits_reads_about_the_queue_when_the_meeting_changes(registration):
    registration.status = RegistrationStatus.WAITING

    mail = emails.meeting_changed(registration)

    assert "Warteliste bleibt" in mail.text_body
    assert not mail.attachments.exists()


def test_the_office_reads_what_was_answered(registration):
    waiting = RegistrationFactory(
        invitation=registration.invitation,
        full_name="Jörg Weiß",
        status=RegistrationStatus.WAITING,
    )
    registration.invitation.answer = Answer.COMING

    mail = emails.answer_received(
        registration.invitation, to="abh@example.org", registrations=[registration, waiting]
    )

    compare(mail, "answer_received")


def test_the_office_reads_why_it_does_not_come(programme):
    invitation = InvitationFactory(
        meeting__programme=programme, answer=Answer.DECLINED, decline_reason="Personal & Urlaub"
    )

    mail = emails.answer_received(invitation, to="abh@example.org", registrations=[])

    assert "kommt nicht" in mail.text_body
    assert "Grund: Personal & Urlaub" in mail.text_body
    assert "Grund: Personal &amp; Urlaub" in mail.html_body


def test_a_name_cannot_write_html_into_a_letter(registration):
    registration.full_name = '<img src="https://example.org/x">'

    mail = emails.registration_confirmed(registration)

    assert "<img" not in mail.html_body


@pytest.mark.parametrize(
    ("news", "label"),
    [
        (CopyNews.CONFIRMED, "angemeldet"),
        (CopyNews.CHANGED, "Anmeldung geändert"),
        (CopyNews.PROMOTED, "von der Warteliste nachgerückt, jetzt angemeldet"),
        (CopyNews.CANCELLED, "abgemeldet"),
    ],
)
def test_each_news_in_copy_has_its_words(registration, news, label):
    contact = ContactFactory(organisation=registration.invitation.organisation, gets_copies=True)

    mail = emails.registration_copy(registration.invitation, contact, [(registration, news)])

    assert mail.subject == f"Zur Kenntnis: Öznur Groß ({label}) – 3. Landesnetzwerktreffen"
    assert f"- Öznur Groß: {label}\n" in mail.text_body


def test_the_copy_to_a_contact_has_neither_link_nor_entry(registration):
    other = RegistrationFactory(invitation=registration.invitation, full_name="Jörg Weiß")
    contact = ContactFactory(
        organisation=registration.invitation.organisation,
        name="Käthe Kurz",
        email="vertretung@example.org",
        gets_copies=True,
    )
    news = [(registration, CopyNews.CONFIRMED), (other, CopyNews.WAITING)]

    mail = emails.registration_copy(registration.invitation, contact, news)

    compare(mail, "registration_copy")
    assert not mail.attachments.exists()
    assert "/anmeldung/" not in mail.text_body + mail.html_body


def test_a_copy_the_office_chose_says_so(registration):
    contact = ContactFactory(organisation=registration.invitation.organisation)

    mail = emails.registration_copy(
        registration.invitation, contact, [(registration, CopyNews.CONFIRMED)]
    )

    assert "weil das bei der Anmeldung so gewählt wurde" in mail.text_body
