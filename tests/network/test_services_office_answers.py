"""Answers of a whole office: closed, declined, represented, open again."""

from datetime import UTC, datetime

import pytest

from network.enums import Answer, MeetingStatus
from network.models import Invitation, Registration
from network.services import answers, registrations
from network.services.answer_entries import Origin
from network.services.registrations import Person
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.letters import letters
from tests.network.colleagues import JOERG, OEZNUR, states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"meeting__status": MeetingStatus.CANCELLED},
        {"meeting__reply_until": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_closed_invitations_take_no_answer(changes):
    invitation = InvitationFactory(**changes)

    with pytest.raises(RuleBroken):
        registrations.register(invitation=invitation, people=[OEZNUR])
    with pytest.raises(RuleBroken):
        answers.decline(invitation=invitation)

    assert states(invitation.meeting) == {}


def test_declining_cancels_the_people_of_the_office_only():
    invitation = InvitationFactory()
    other = RegistrationFactory(invitation__meeting=invitation.meeting)
    registrations.register(invitation=invitation, people=[OEZNUR, JOERG])

    answers.decline(invitation=invitation, reason="Personalmangel\r\nBcc: x@example.org")

    assert Registration.objects.active().get() == other
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.decline_reason) == (
        Answer.DECLINED,
        "Personalmangel Bcc: x@example.org",
    )


def test_being_represented_needs_a_name():
    invitation = InvitationFactory()

    with pytest.raises(RuleBroken):
        answers.represent(invitation=invitation, represented_by="  ")

    answers.represent(invitation=invitation, represented_by="Landkreis Fulda")
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.represented_by) == (Answer.REPRESENTED, "Landkreis Fulda")


def test_with_the_last_person_gone_the_answer_is_open_again():
    invitation = InvitationFactory()
    first, second = registrations.register(invitation=invitation, people=[OEZNUR, JOERG])

    registrations.cancel(registration=first)
    assert Invitation.objects.get().answer == Answer.COMING
    registrations.cancel(registration=second)
    assert Invitation.objects.get().answer == Answer.OPEN


def test_the_office_is_told_that_its_refusal_arrived():
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, kind="deputy", email="d@example.org")
    ContactFactory(organisation=invitation.organisation, kind="mailbox", email="m@example.org")
    ContactFactory(organisation=invitation.organisation, email="x@example.org", is_active=False)

    answers.decline(invitation=invitation, origin=Origin(email="d@example.org"))

    assert letters() == [("network/answer_received", "m@example.org")]


def test_colleagues_of_a_declining_office_do_not_move_up_before_they_are_cancelled():
    meeting = MeetingFactory(seats=1)
    invitation = InvitationFactory(meeting=meeting)
    registrations.register(invitation=invitation, people=[OEZNUR, JOERG], accept_waiting=True)
    other = InvitationFactory(meeting=meeting)
    registrations.register(
        invitation=other, people=[Person("Ayşe Çelik", "ayse@example.org")], accept_waiting=True
    )
    OutgoingMail.objects.all().delete()

    answers.decline(invitation=invitation)

    assert letters() == [
        ("network/registration_cancelled", "oeznur@example.org"),
        ("network/registration_cancelled", "joerg@example.org"),
        ("network/registration_promoted", "ayse@example.org"),
    ]
