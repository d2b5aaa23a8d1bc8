"""What answers of a whole office from its calendar do, and what the board shows of them."""

from datetime import UTC, date, datetime

import pytest

from network.enums import (
    Answer,
    CalendarAnswer,
    ContactKind,
    LetterKind,
    RegistrationStatus,
    ReplySource,
    ReplyState,
)
from network.models import InvitationLetter, Registration
from network.queries.board import OfficeRow, board
from network.rules import reply_mails
from network.services import replies
from programme.models import OutgoingMail
from tests.factories.network import RegistrationFactory
from tests.network.replies_corpus import content, invited, registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]


def test_a_functional_mailbox_is_asked_for_names_once():
    office = invited()

    first = take("mailbox_accept")
    again = take("mailbox_accept", stamped_at=datetime(2026, 5, 3, 9, tzinfo=UTC))

    office.refresh_from_db()
    assert (first.state, again.state) == (ReplyState.ASKED, ReplyState.APPLIED)
    assert (office.answer, office.calendar_answer) == (Answer.OPEN, CalendarAnswer.ACCEPTED)
    assert office.names_asked_at
    letter = InvitationLetter.objects.get(invitation=office)
    assert (letter.kind, letter.recipient) == (LetterKind.NAMES_ASKED, "ABH@example.org")
    assert OutgoingMail.objects.get().letter == "network/names_asked"
    assert not Registration.objects.exists()


@pytest.mark.parametrize("kind", [ContactKind.MAIN, ContactKind.DEPUTY])
def test_a_person_who_accepts_for_the_office_is_registered(kind):
    office = invited()
    office.organisation.contacts.update(name="Öznur Groß", function="Leitung", kind=kind)

    row = take("mailbox_accept")

    office.refresh_from_db()
    person = Registration.objects.get()
    assert (person.full_name, person.email, person.function) == (
        "Öznur Groß",
        "abh@example.org",
        "Leitung",
    )
    assert (row.state, office.answer) == (ReplyState.APPLIED, Answer.COMING)
    assert office.calendar_answer == CalendarAnswer.ACCEPTED


def test_no_seat_for_the_person_is_a_matter_for_a_person():
    office = invited()
    office.organisation.contacts.update(name="Öznur Groß", kind=ContactKind.MAIN)
    RegistrationFactory(invitation__meeting=office.meeting)
    office.meeting.seats = 1
    office.meeting.save()

    row = take("mailbox_accept")

    office.refresh_from_db()
    assert row.state == ReplyState.PARKED
    assert "kein Platz" in row.note
    assert row.is_certain
    assert (office.answer, office.calendar_answer) == (Answer.OPEN, "")


def test_an_office_that_declines_in_the_calendar_has_declined():
    office = invited()
    (reply,) = reply_mails.read(content("mailbox_accept"))

    row = take("mailbox_accept", answer="declined", comment="Personal\nund Urlaub")

    office.refresh_from_db()
    assert reply.answer == "accepted"
    assert (row.state, office.answer) == (ReplyState.APPLIED, Answer.DECLINED)
    assert office.decline_reason == "Personal und Urlaub"


def test_an_office_with_people_is_never_declined_by_a_calendar():
    person = registered()

    row = take("mailbox_accept", answer="declined")

    person.refresh_from_db()
    assert row.state == ReplyState.PARKED
    assert "eine Person angemeldet" in row.note
    assert person.is_active


def test_two_answers_in_one_file_both_count():
    person = registered()
    found = reply_mails.read(content("two_events"))

    taken = replies.take_in(replies=found, source=ReplySource.PASTED)

    person.refresh_from_db()
    person.invitation.refresh_from_db()
    assert [each.row.state for each in taken] == [ReplyState.APPLIED] * 2
    assert person.calendar_answer == person.invitation.calendar_answer == "tentative"


def test_after_a_decline_by_link_an_accept_waits_for_a_person():
    office = invited()
    office.answer = Answer.DECLINED
    office.save()

    assert "anders geantwortet" in take("mailbox_accept").note


def test_after_a_decline_by_calendar_an_accept_counts():
    office = invited()
    office.organisation.contacts.update(name="Öznur Groß", kind=ContactKind.MAIN)
    take("mailbox_accept", answer="declined")

    row = take("mailbox_accept", stamped_at=datetime(2026, 5, 3, 20, tzinfo=UTC))

    office.refresh_from_db()
    assert (row.state, office.answer) == (ReplyState.APPLIED, Answer.COMING)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("accepted", "im Kalender zugesagt, Namen fehlen"),
        ("tentative", "im Kalender unentschieden: mit Vorbehalt zugesagt, bitte nachfragen"),
    ],
)
def test_the_board_says_what_was_pressed_in_the_calendar(kind, text):
    office = invited()
    take("mailbox_accept", answer=kind)
    office.refresh_from_db()

    row = OfficeRow(organisation=office.organisation, invitation=office, limit=2)

    assert row.text == text


def test_the_board_counts_reservations():
    person = registered()
    take("gmail_tentative")
    office = person.invitation
    office.answer = Answer.COMING
    office.save()
    others = {"invitation": office, "calendar_answer": "tentative"}
    RegistrationFactory(status=RegistrationStatus.CANCELLED, **others)

    rows = board(meeting=person.meeting, day=date(2026, 5, 4)).rows

    assert [row.text for row in rows] == ["kommt: 1 von 2 angemeldet, 1 mit Vorbehalt"]
