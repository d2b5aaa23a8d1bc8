"""What answers from calendars do (feature B2): the right state, once, and never by guessing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from network.enums import (
    Answer,
    CalendarAnswer,
    ContactKind,
    LetterKind,
    RegistrationStatus,
    ReplySource,
    ReplyState,
)
from network.models import CalendarReply, InvitationLetter, Registration
from network.queries.board import OfficeRow, board
from network.rules import reply_mails
from network.services import registrations, replies
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import ContactFactory, RegistrationFactory
from tests.factories.programme import UserFactory
from tests.network.replies_corpus import PROGRAMS, content, invited, registered

pytestmark = pytest.mark.django_db
STATES = {
    "accept": (ReplyState.APPLIED, RegistrationStatus.CONFIRMED, "accepted"),
    "tentative": (ReplyState.APPLIED, RegistrationStatus.CONFIRMED, "tentative"),
    "decline": (ReplyState.APPLIED, RegistrationStatus.CANCELLED, "declined"),
    "counter": (ReplyState.PARKED, RegistrationStatus.CONFIRMED, "counter"),
}


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC), tick=False):
        yield


def take(name, **changed):
    """Take in a file of the corpus and return the first answer as it is kept."""
    found = [replace(each, **changed) for each in reply_mails.read(content(name))]
    return replies.take_in(replies=found, source=ReplySource.UPLOADED)[0].row


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("kind", STATES)
def test_answers_of_every_program_set_the_right_state(program, kind):
    person = registered()

    row = take(f"{program}_{kind}")

    person.refresh_from_db()
    assert (row.state, person.status, person.calendar_answer) == STATES[kind]
    assert row.registration == person


def test_a_decline_frees_the_seat_and_takes_the_entry_away():
    person = registered()
    waiting = RegistrationFactory(
        invitation__meeting=person.meeting, status=RegistrationStatus.WAITING
    )
    person.meeting.seats = 1
    person.meeting.save()

    row = take("outlook_decline")

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.CONFIRMED
    assert row.note == "Abgemeldet."
    assert set(OutgoingMail.objects.values_list("letter", flat=True)) >= {
        "network/registration_cancelled",
        "network/registration_promoted",
    }


def test_a_counter_proposal_is_parked_in_plain_words():
    registered()

    row = take("outlook_counter")

    assert row.note == (
        "Schlägt vor: Montag, 8. März 2100, 10:00 bis 16:00 Uhr, "
        "Regierungspräsidium Darmstadt, Darmstadt."
    )
    assert row.comment.startswith("Am Vormittag")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("forged_attendee", "dorthin ging diese Einladung nicht"),
        ("sent_by_stranger", "Die E-Mail kam von eve@example.com"),
        ("unknown_uid", "keiner dieses Portals"),
        ("missing_record", "gibt es im Portal nicht"),
        ("other_portal", "gehört zu einem anderen Portal"),
        ("delegated", "weitergegeben"),
        ("one_of_a_series", "Reihe"),
        ("needs_action", "weder zu noch ab"),
        ("no_time_stamp", "wann"),
        ("winmail", "winmail.dat"),
        ("future", "in der Zukunft"),
        ("later_version", "Fassung"),
    ],
)
def test_what_cannot_be_trusted_is_parked_and_changes_nothing(name, words):
    person = registered()

    row = take(name)

    person.refresh_from_db()
    assert row.state == ReplyState.PARKED
    assert words in row.note
    assert (person.status, person.calendar_answer) == (RegistrationStatus.CONFIRMED, "")
    assert not OutgoingMail.objects.exists()


def test_a_secretary_answers_for_somebody_of_the_same_house():
    person = registered()

    assert take("by_secretary").state == ReplyState.APPLIED
    person.refresh_from_db()
    assert person.calendar_answer == CalendarAnswer.ACCEPTED


def test_the_same_answer_counts_once_whichever_way_it_comes():
    person = registered()
    first = replies.take_in(
        replies=reply_mails.read(content("gmail_decline")), source=ReplySource.MAILBOX
    )
    mails = OutgoingMail.objects.count()

    again = replies.take_in(
        replies=reply_mails.read(first[0].row.raw.encode()), source=ReplySource.PASTED
    )

    assert [each.is_new for each in first + again] == [True, False]
    assert first[0].row == again[0].row
    assert (CalendarReply.objects.count(), OutgoingMail.objects.count()) == (1, mails)
    assert person.calendar_replies.get() == first[0].row


def test_an_older_answer_than_the_one_that_counts_is_outdated():
    person = registered()
    take("outlook_tentative")

    row = take("gmail_decline", stamped_at=datetime(2026, 5, 2, tzinfo=UTC))

    person.refresh_from_db()
    assert row.state == ReplyState.OUTDATED
    assert (person.status, person.calendar_answer) == (RegistrationStatus.CONFIRMED, "tentative")


def test_an_answer_to_an_older_version_of_the_entry_is_outdated():
    person = registered()
    person.meeting.calendar_sequence = 1
    person.meeting.save()

    assert take("apple_decline").state == ReplyState.OUTDATED
    person.refresh_from_db()
    assert person.is_active


def test_who_changes_their_mind_later_is_heard():
    person = registered()
    take("outlook_tentative")

    assert take("thunderbird_decline").state == ReplyState.APPLIED
    person.refresh_from_db()
    assert not person.is_active


def test_an_answer_of_somebody_cancelled_is_no_way_back():
    person = registered()
    registrations.cancel(registration=person)

    declined = take("apple_decline", sequence=1)
    accepted = take("outlook_accept", sequence=1, stamped_at=datetime(2026, 5, 4, tzinfo=UTC))

    assert (declined.state, accepted.state) == (ReplyState.APPLIED, ReplyState.PARKED)
    assert "abgemeldet" in accepted.note
    assert not Registration.objects.active().exists()


def test_what_a_deadline_forbids_is_parked_with_the_reason():
    person = registered()
    person.meeting.starts_at = datetime(2026, 5, 4, 9, tzinfo=UTC)
    person.meeting.ends_at = datetime(2026, 5, 4, 15, tzinfo=UTC)
    person.meeting.reply_until = None
    person.meeting.save()

    row = take("outlook_decline")

    assert row.state == ReplyState.PARKED
    assert "begonnen" in row.note


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


def test_a_person_settles_a_parked_answer_by_choosing_who_it_is():
    person = registered()
    row = take("forged_attendee")
    team = UserFactory()

    settled = replies.settle(reply=row, registration=person, by=team)

    person.refresh_from_db()
    assert not person.is_active
    assert (settled.state, settled.settled_by, settled.registration) == (
        ReplyState.SETTLED,
        team,
        person,
    )
    told = AuditEntry.objects.get(verb="calendar_reply.settled").sentence
    assert told == "Antwort aus einem Kalender einer Person zugeordnet."
    with pytest.raises(RuleBroken, match="schon geklärt"):
        replies.settle(reply=row, by=team)


def test_settling_for_an_office_never_sends_its_link_to_a_stranger():
    office = invited()
    ContactFactory(organisation=office.organisation, email="leitung@example.org")
    row = take("unknown_uid")

    replies.settle(reply=row, invitation=office, by=UserFactory())

    assert OutgoingMail.objects.get().recipient == "leitung@example.org"


def test_an_answer_may_be_put_away_without_effect():
    person = registered()
    row = replies.settle(reply=take("outlook_counter"), by=UserFactory())

    person.refresh_from_db()
    assert (row.state, row.note) == (ReplyState.SETTLED, "Ohne Wirkung abgelegt.")
    assert person.is_active


def test_a_counter_proposal_cannot_be_applied():
    person = registered()
    with pytest.raises(RuleBroken, match="weder zu noch ab"):
        replies.settle(reply=take("gmail_counter"), registration=person, by=UserFactory())


def test_a_settled_answer_makes_older_ones_outdated():
    person = registered()
    row = take("later_version", stamped_at=datetime(2026, 5, 4, tzinfo=UTC))
    replies.settle(reply=row, registration=person, by=UserFactory())

    older = take("outlook_decline")

    assert older.state == ReplyState.OUTDATED
    assert row.stamped_at - older.stamped_at < timedelta(days=2)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("accepted", "im Kalender zugesagt, Namen fehlen"),
        ("tentative", "offen: im Kalender mit Vorbehalt zugesagt"),
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
