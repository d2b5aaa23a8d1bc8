"""Taking an answer back: the former state, seats, queues, calendars (feature B3)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from network.enums import Answer, RegistrationStatus
from network.models import AnswerEntry, Invitation, Registration
from network.services import answer_entries, undo
from network.services.answer_entries import Origin
from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    AnswerEntryFactory,
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.network.colleagues import states

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING
CANCELLED = RegistrationStatus.CANCELLED


def letters() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.order_by("pk").values_list("letter", "recipient")
    return [(letter.removeprefix("network/"), recipient) for letter, recipient in rows]


def calendar(recipient: str) -> tuple[str, int]:
    """Return METHOD and SEQUENCE of the last calendar file that went to this address."""
    mail = OutgoingMail.objects.filter(recipient=recipient).last()
    text = bytes(mail.attachments.get().content).decode()
    [method], [sequence] = re.findall(r"METHOD:(\w+)", text), re.findall(r"SEQUENCE:(\d+)", text)
    return method, int(sequence)


@pytest.fixture
def invitation():
    """An office that comes with Ayşe; its main contact is a@example.org."""
    row = InvitationFactory(
        answer=Answer.COMING, answered_at=clock.now(), meeting__title="3. Treffen"
    )
    ContactFactory(organisation=row.organisation, email="a@example.org")
    RegistrationFactory(invitation=row, email="ayse@example.org")
    return row


def declined_by_somebody_else(invitation: Invitation) -> AnswerEntry:
    """B uses the forwarded link to decline; Ayşe is cancelled by it."""
    before = answer_entries.snapshot(invitation=invitation)
    people = list(invitation.registrations.active())
    for person in people:
        person.status, person.cancelled_at = CANCELLED, clock.now()
        person.calendar_sequence += 1
        person.save()
    invitation.answer, invitation.decline_reason = Answer.DECLINED, "Urlaub"
    invitation.save()
    entry = answer_entries.record(
        invitation=invitation,
        before=before,
        answer=Answer.DECLINED,
        origin=Origin(name="Bernd Groß", email="b@example.org"),
        ended=[person.pk for person in people],
    )
    assert entry is not None
    return entry


def test_the_former_state_comes_back_and_calendars_follow(invitation):
    entry = declined_by_somebody_else(invitation)
    assert letters() == [("answer_by_other", "a@example.org")]

    undo.undo(entry=entry)

    fresh = Invitation.objects.get(pk=invitation.pk)
    assert (fresh.answer, fresh.decline_reason) == (Answer.COMING, "")
    assert fresh.answered_at == entry.invitation.answered_at
    assert states(invitation.meeting) == {"ayse@example.org": CONFIRMED}
    assert letters()[1:] == [("registration_confirmed", "ayse@example.org")]
    assert calendar("ayse@example.org") == ("REQUEST", 2)
    assert "3. Treffen" in AuditEntry.objects.get(verb="answer.undone").sentence


def test_who_was_registered_by_the_answer_is_cancelled(invitation):
    made = RegistrationFactory(invitation=invitation, email="berta@example.org")
    entry = AnswerEntryFactory(invitation=invitation, made=[made.pk])

    undo.undo(entry=entry)

    fresh = Invitation.objects.get(pk=invitation.pk)
    assert (fresh.answer, fresh.answered_at) == (Answer.OPEN, None)
    assert states(invitation.meeting)["berta@example.org"] == CANCELLED
    assert letters() == [("registration_cancelled", "berta@example.org")]
    assert calendar("berta@example.org") == ("CANCEL", 1)


def test_somebody_who_took_over_since_is_cancelled_too(invitation):
    made = RegistrationFactory(invitation=invitation, status=CANCELLED)
    RegistrationFactory(invitation=invitation, replaces=made, email="neu@example.org")

    undo.undo(entry=AnswerEntryFactory(invitation=invitation, made=[made.pk]))

    assert states(invitation.meeting)["neu@example.org"] == CANCELLED
    assert letters() == [("registration_cancelled", "neu@example.org")]


def test_a_replacement_is_turned_round_and_can_be_made_again(invitation):
    old = RegistrationFactory(invitation=invitation, email="old@example.org", status=CANCELLED)
    new = RegistrationFactory(invitation=invitation, email="new@example.org", replaces=old)
    entry = AnswerEntryFactory(invitation=invitation, made=[new.pk], ended=[old.pk])

    undo.undo(entry=entry)

    assert states(invitation.meeting) == {
        "ayse@example.org": CONFIRMED,
        "old@example.org": CONFIRMED,
        "new@example.org": CANCELLED,
    }
    RegistrationFactory(invitation=invitation, replaces=old)


def test_when_the_seats_are_gone_people_wait(invitation):
    entry = declined_by_somebody_else(invitation)
    meeting = invitation.meeting
    meeting.seats = 1
    meeting.save()
    RegistrationFactory(invitation__meeting=meeting, email="schnell@example.org")

    undo.undo(entry=entry)

    assert states(meeting) == {"ayse@example.org": WAITING, "schnell@example.org": CONFIRMED}
    assert letters()[-1] == ("registration_waiting", "ayse@example.org")


def test_who_waited_before_waits_again_at_the_same_place():
    meeting = MeetingFactory(seats=1)
    queued_at = clock.now() - timedelta(days=3)
    RegistrationFactory(invitation__meeting=meeting)
    ended = RegistrationFactory(
        invitation__meeting=meeting, status=CANCELLED, queued_at=queued_at, email="w@example.org"
    )

    undo.undo(entry=AnswerEntryFactory(invitation=ended.invitation, ended=[ended.pk]))

    ended.refresh_from_db()
    assert (ended.status, ended.queued_at) == (WAITING, queued_at)


def test_who_is_registered_another_way_by_now_stays_as_they_are(invitation):
    entry = declined_by_somebody_else(invitation)
    other = RegistrationFactory(invitation__meeting=invitation.meeting, email="AYSE@example.org")

    undo.undo(entry=entry)

    assert Registration.objects.active().get().pk == other.pk


def test_after_48_hours_an_answer_stays(invitation):
    with time_machine.travel(clock.now() - timedelta(hours=48, seconds=1), tick=False):
        entry = declined_by_somebody_else(invitation)

    with pytest.raises(RuleBroken, match="48 Stunden"):
        undo.undo(entry=entry)

    assert states(invitation.meeting) == {"ayse@example.org": CANCELLED}


def test_an_answer_is_taken_back_once(invitation):
    entry = declined_by_somebody_else(invitation)
    undo.undo(entry=entry)

    with pytest.raises(RuleBroken, match="schon rückgängig"):
        undo.undo(entry=entry)

    assert letters().count(("registration_confirmed", "ayse@example.org")) == 1


def test_a_newer_answer_stands_in_the_way_until_it_is_taken_back_itself(invitation):
    first, second = AnswerEntryFactory.create_batch(2, invitation=invitation)

    with pytest.raises(RuleBroken, match="neuere Antwort"):
        undo.undo(entry=first)

    undo.undo(entry=second)
    undo.undo(entry=first)
    assert set(AnswerEntry.objects.values_list("undone_at", flat=True)) != {None}


# The page behind the link.


def address(entry: AnswerEntry) -> str:
    return reverse("network:undo_answer", args=[tokens.token("undo", entry.undo_seed)])


@pytest.mark.usefixtures("programme")
def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, invitation):
    entry = declined_by_somebody_else(invitation)

    page = client.get(address(entry))
    client.head(address(entry))
    client.post(address(entry))  # a robot that posts without the value of the button

    assert "Bernd Groß" in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    entry.refresh_from_db()
    assert entry.undone_at is None
    assert states(invitation.meeting) == {"ayse@example.org": CANCELLED}


@pytest.mark.usefixtures("programme")
def test_one_button_takes_the_answer_back_and_shows_what_holds_now(client, invitation):
    entry = declined_by_somebody_else(invitation)

    page = client.post(address(entry), {"confirm": "ja"}, follow=True).content.decode()

    assert "Die Antwort ist rückgängig gemacht" in page
    assert "ayse@example.org" in page
    again = client.get(address(entry)).content.decode()
    assert "schon rückgängig gemacht" in again
    assert "Bernd" not in again


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("invitation__withdrawn_at", clock.now()),
        ("invitation__meeting__status", "cancelled"),
        ("invitation__meeting__starts_at", clock.now() - timedelta(days=9)),
    ],
)
def test_withdrawn_cancelled_and_past_are_the_same_missing_page(client, column, value):
    values = {column: value}
    if "starts_at" in column:
        values["invitation__meeting__ends_at"] = value + timedelta(hours=6)

    assert client.get(address(AnswerEntryFactory(**values))).status_code == 404
