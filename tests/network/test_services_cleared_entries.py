"""Who accepted the invitation in a calendar keeps one entry only, once the names are in (B2)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar

from network.enums import Answer, ContactKind, LetterKind, ReplySource, ReplyState
from network.models import CalendarReply, InvitationLetter
from network.rules import reply_mails
from network.services import invitations, registrations, replies
from network.services.registrations import Person
from programme.models import OutgoingMail
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory
from tests.network.replies_corpus import content, invited

pytestmark = pytest.mark.django_db
AYLIN = Person("Aylin Özdemir", "aylin@example.org")


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC), tick=False):
        yield


def accept(**changed):
    found = [replace(each, **changed) for each in reply_mails.read(content("mailbox_accept"))]
    return replies.take_in(replies=found, source=ReplySource.UPLOADED)[0].row


def entries(recipient: str) -> list[tuple[str, str, int]]:
    """Return method, kind of entry and sequence of every calendar file somebody got."""
    found = []
    for mail in OutgoingMail.objects.filter(recipient__iexact=recipient).order_by("pk"):
        for file in mail.attachments.all():
            calendar = Calendar.from_ical(bytes(file.content))
            (event,) = calendar.walk("VEVENT")
            kind = str(event["uid"]).partition("-")[0]
            found.append((str(calendar["method"]), kind, int(str(event["sequence"]))))
    return found


def test_a_contact_who_accepts_in_the_calendar_keeps_one_entry():
    office = invited()
    office.organisation.contacts.update(name="Öznur Groß", kind=ContactKind.MAIN)

    row = accept()

    assert row.state == ReplyState.APPLIED
    assert entries("abh@example.org") == [
        ("REQUEST", "anmeldung", 0),
        ("CANCEL", "einladung", 1),
    ]
    assert [*OutgoingMail.objects.order_by("pk").values_list("letter", flat=True)] == [
        "network/registration_confirmed",
        "network/invitation_entry_cleared",
    ]


def test_a_mailbox_that_accepted_loses_the_entry_when_the_names_come():
    office = invited()
    accept()
    office.refresh_from_db()
    OutgoingMail.objects.all().delete()

    registrations.register(invitation=office, people=[AYLIN])
    registrations.register(
        invitation=office, people=[Person("Jörg Weiß", "joerg@example.org", row=1)]
    )

    assert entries("abh@example.org") == [("CANCEL", "einladung", 1)]
    assert InvitationLetter.objects.filter(kind=LetterKind.CLEARED).count() == 1


def test_who_did_not_answer_in_the_calendar_keeps_the_entry():
    office = invited()
    ContactFactory(organisation=office.organisation, email="zweite@example.org")
    accept()
    office.refresh_from_db()

    registrations.register(invitation=office, people=[AYLIN])

    office.refresh_from_db()
    assert office.answer == Answer.COMING
    assert entries("zweite@example.org") == []
    assert office.calendar_sequence == 0


def test_an_accept_that_waits_for_a_person_clears_nothing():
    office = invited()
    accept(sender="eve@example.com")
    office.refresh_from_db()

    registrations.register(invitation=office, people=[AYLIN])

    assert CalendarReply.objects.get().state == ReplyState.PARKED
    assert entries("abh@example.org") == []


def test_an_invitation_sent_again_comes_back_above_what_took_it_away():
    office = invited()
    accept()
    office.refresh_from_db()
    registrations.register(invitation=office, people=[AYLIN])
    OutgoingMail.objects.all().delete()

    invitations.resend(invitation=office, by=UserFactory())

    assert entries("abh@example.org") == [("REQUEST", "einladung", 2)]
    assert not CalendarReply.objects.filter(entry_cleared_at__isnull=False).exists()
