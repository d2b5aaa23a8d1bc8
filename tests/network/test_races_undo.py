"""An answer is taken back once, however many hands press the button (feature B3)."""

import pytest

from network.enums import RegistrationStatus
from network.models import AnswerEntry, Registration
from network.services import registrations, undo
from network.services.registrations import Person
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import AnswerEntryFactory, InvitationFactory, RegistrationFactory
from tests.network.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(call, **values) -> str:
    try:
        call(**values)
    except RuleBroken as broken:
        return broken.message
    return "done"


def test_two_hands_take_an_answer_back_once():
    ended = RegistrationFactory(status=RegistrationStatus.CANCELLED)
    entry = AnswerEntryFactory(invitation=ended.invitation, ended=[ended.pk])

    answers = at_once([lambda: attempt(undo.undo, entry=entry)] * 6)

    assert sorted(str(each) for each in answers).count("done") == 1
    assert OutgoingMail.objects.filter(letter="network/registration_confirmed").count() == 1
    assert AnswerEntry.objects.get().undone_at is not None


def test_taking_back_and_the_last_seat_never_overbook():
    ended = RegistrationFactory(status=RegistrationStatus.CANCELLED, invitation__meeting__seats=1)
    meeting = ended.meeting
    entry = AnswerEntryFactory(invitation=ended.invitation, ended=[ended.pk])
    others = InvitationFactory.create_batch(4, meeting=meeting)

    def register(number: int):
        people = [Person(f"Person {number}", f"p{number}@example.org")]
        return lambda: attempt(registrations.register, invitation=others[number], people=people)

    at_once([lambda: attempt(undo.undo, entry=entry), *(register(each) for each in range(4))])

    assert Registration.objects.filter(meeting=meeting).confirmed().count() == 1
