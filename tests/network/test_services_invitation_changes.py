"""Withdrawing, restoring and other seats for one office."""

import re

import pytest

from network.enums import Answer, LetterKind, MeetingStatus, RegistrationStatus
from network.queries.invitations import open_invitation
from network.services import invitation_changes
from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import ContactFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(programme):
    contact = ContactFactory()
    return InvitationFactory(
        meeting__programme=programme, organisation=contact.organisation, answer=Answer.COMING
    )


def opened(invitation):
    token = tokens.token("invitation", invitation.token_seed)
    return open_invitation(token=token, moment=clock.now())


def test_a_withdrawn_invitation_has_a_dead_link_and_everybody_knows(invitation, by):
    person = RegistrationFactory(invitation=invitation)

    for _ in range(2):
        invitation_changes.withdraw(invitation=invitation, by=by)

    assert opened(invitation) is None
    person.refresh_from_db()
    assert person.status == RegistrationStatus.CANCELLED
    letters = list(OutgoingMail.objects.order_by("pk").values_list("letter", flat=True))
    assert letters == ["network/registration_cancelled", "network/invitation_withdrawn"]
    assert b"METHOD:CANCEL" in bytes(OutgoingMail.objects.last().attachments.get().content)
    assert invitation.letters.get().kind == LetterKind.CANCELLATION
    assert AuditEntry.objects.filter(verb="invitation.withdrawn").count() == 1


def test_a_restored_invitation_has_the_same_link_and_an_open_answer(invitation, by):
    invitation_changes.withdraw(invitation=invitation, by=by)

    for _ in range(2):
        invitation_changes.restore(invitation=invitation, by=by)

    assert opened(invitation) == invitation
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_at) == (Answer.OPEN, None)
    assert OutgoingMail.objects.filter(letter="network/invitation").count() == 1


def test_calendars_take_the_entry_of_a_restored_invitation_again(invitation, by):
    invitation_changes.withdraw(invitation=invitation, by=by)
    invitation_changes.restore(invitation=invitation, by=by)
    invitation_changes.withdraw(invitation=invitation, by=by)

    files = [
        bytes(mail.attachments.get().content).decode()
        for mail in OutgoingMail.objects.order_by("pk")
    ]
    assert [
        (re.findall(r"METHOD:(\w+)", file), re.findall(r"SEQUENCE:(\d+)", file)) for file in files
    ] == [(["CANCEL"], ["1"]), (["REQUEST"], ["2"]), (["CANCEL"], ["3"])]


def test_seats_of_one_office_can_differ_and_lowering_throws_nobody_out(invitation, by):
    RegistrationFactory.create_batch(2, invitation=invitation)

    raised = invitation_changes.set_seats(invitation=invitation, seats=5, by=by)
    lowered = invitation_changes.set_seats(invitation=invitation, seats=1, by=by)

    assert (raised.seats_override, lowered.seats_override) == (5, 1)
    assert invitation.registrations.active().count() == 2
    back = invitation_changes.set_seats(invitation=invitation, seats=None, by=by)
    assert back.seats_override is None


@pytest.mark.parametrize("seats", [0, -1, 101])
def test_impossible_seats_are_refused(invitation, by, seats):
    with pytest.raises(RuleBroken) as broken:
        invitation_changes.set_seats(invitation=invitation, seats=seats, by=by)

    assert broken.value.field == "seats"


def test_nothing_is_withdrawn_once_the_meeting_is_cancelled(invitation, by):
    type(invitation.meeting).objects.update(status=MeetingStatus.CANCELLED)

    with pytest.raises(RuleBroken, match="ansteht"):
        invitation_changes.withdraw(invitation=invitation, by=by)
