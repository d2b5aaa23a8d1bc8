"""What answers from calendars do (feature B2): the right state, once, and never by guessing."""

from datetime import UTC, datetime

import pytest

from network.enums import (
    CalendarAnswer,
    RegistrationStatus,
    ReplySource,
    ReplyState,
)
from network.models import CalendarReply, Registration
from network.rules import reply_mails
from network.services import registrations, replies
from programme.enums import Role
from programme.models import Notice, OutgoingMail
from tests.factories.network import RegistrationFactory
from tests.factories.programme import UserFactory
from tests.network.replies_corpus import PROGRAMS, content, registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_may")]
STATES = {
    "accept": (ReplyState.APPLIED, RegistrationStatus.CONFIRMED, "accepted"),
    "tentative": (ReplyState.APPLIED, RegistrationStatus.CONFIRMED, "tentative"),
    "decline": (ReplyState.APPLIED, RegistrationStatus.CANCELLED, "declined"),
    "counter": (ReplyState.PARKED, RegistrationStatus.CONFIRMED, "counter"),
}


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


def test_a_parked_answer_is_news_for_the_team_once():
    team = UserFactory(roles=[Role.OFFICE])
    registered()

    row = take("outlook_counter")
    take("outlook_counter")

    told = Notice.objects.get()
    assert (told.user, told.topic, told.path) == (
        team,
        "network",
        f"/intern/netzwerk/kalenderantworten/{row.pk}/",
    )
    assert told.sentence.startswith(f"Eine Kalenderantwort von {row.attendee} ist nicht eindeutig")


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
    assert not row.is_certain
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
