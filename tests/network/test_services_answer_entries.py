"""The history of answers, and which letter the main contact of an office gets."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from network.enums import Answer, AnswerChannel, RegistrationStatus
from network.models import AnswerEntry
from network.services import answer_entries
from network.services.answer_entries import Origin
from programme import clock, tokens
from programme.models import OutgoingMail
from tests.factories.network import ContactFactory, InvitationFactory, RegistrationFactory
from tests.letters import letters

pytestmark = pytest.mark.django_db
B = Origin(name="Jörg Weiß", email="Joerg@example.org")
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def invitation():
    """An office whose main contact is a@example.org."""
    row = InvitationFactory()
    ContactFactory(organisation=row.organisation, email="a@example.org")
    return row


def answered(invitation, origin, answer=Answer.COMING, **people) -> AnswerEntry | None:
    before = answer_entries.snapshot(invitation=invitation)
    return answer_entries.record(
        invitation=invitation, before=before, answer=answer, origin=origin, **people
    )


def test_somebody_else_leaves_name_and_address_and_the_main_contact_can_undo(invitation):
    person = RegistrationFactory(invitation=invitation)

    with time_machine.travel(clock.now(), tick=False):
        entry = answered(invitation, B, made=[person.pk])

        assert entry is not None
        assert entry.undo_until == clock.now() + timedelta(hours=48)
    entry.refresh_from_db()
    assert (entry.name, entry.email, entry.channel) == ("Jörg Weiß", "joerg@example.org", "link")
    assert (entry.made, entry.ended) == ([person.pk], [])
    assert entry.before == {
        "answer": "open",
        "answered_at": None,
        "decline_reason": "",
        "represented_by": "",
    }
    assert letters() == [("network/answer_by_other", "a@example.org")]
    token = tokens.token("undo", entry.undo_seed)
    assert entry.undo_digest == tokens.digest(token)
    assert token in OutgoingMail.objects.get().text_body


def test_a_contact_of_the_office_gets_the_usual_receipt(invitation):
    entry = answered(invitation, Origin(email="A@example.org"), Answer.DECLINED)

    assert entry is not None
    assert entry.undo_digest is None
    assert entry.undo_until is None
    assert letters() == [("network/answer_received", "a@example.org")]


def test_an_answer_without_an_address_counts_as_somebody_elses(invitation):
    answered(invitation, Origin(), Answer.DECLINED)

    assert letters() == [("network/answer_by_other", "a@example.org")]
    assert "keinen Namen genannt" in OutgoingMail.objects.get().text_body


@pytest.mark.parametrize("channel", set(AnswerChannel) - {AnswerChannel.LINK})
def test_other_ways_than_the_link_bring_the_usual_receipt(invitation, channel):
    answered(invitation, Origin(channel=channel, email="b@example.org"), Answer.DECLINED)

    assert letters() == [("network/answer_received", "a@example.org")]


def test_what_a_person_does_for_themselves_is_no_answer_of_the_office(invitation):
    person = RegistrationFactory(invitation=invitation, status=RegistrationStatus.CANCELLED)

    entry = answered(invitation, Origin(is_own=True), Answer.OPEN, ended=[person.pk])

    assert entry is None
    assert letters() == []


def test_without_a_contact_there_is_a_history_but_no_letter():
    entry = answered(InvitationFactory(), B)

    assert entry is not None
    assert entry.undo_digest is None
    assert letters() == []


def test_the_notice_as_it_is_read(programme, monkeypatch):
    invitation = InvitationFactory(
        meeting__programme=programme,
        meeting__title="3. Landesnetzwerktreffen",
        organisation__name="Ausländerbehörde Landkreis Fulda & Rhön",
        token_seed="1",
        answer=Answer.COMING,
    )
    ContactFactory(organisation=invitation.organisation, email="a@example.org")
    made = RegistrationFactory(invitation=invitation, full_name="Öznur Groß")
    ended = RegistrationFactory(
        invitation=invitation, full_name="Ayşe Çelik", status=RegistrationStatus.CANCELLED
    )
    monkeypatch.setattr(tokens, "new_seed", lambda: "3")
    with time_machine.travel("2100-02-01T08:05:00Z", tick=False):
        answered(invitation, B, made=[made.pk], ended=[ended.pk])

    mail = OutgoingMail.objects.get()
    assert (
        f"Betreff: {mail.subject}\nAn: {mail.recipient}\n\n{mail.text_body}"
        == (LETTERS / "answer_by_other.txt").read_text()
    )
    assert "Ayşe Çelik" in mail.html_body
    assert "bis 3. Februar 2100, 09:05 Uhr" in mail.html_body
