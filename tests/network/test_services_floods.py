"""Whoever has a link cannot make the ministry a sender of spam (target M7, threat T3)."""

from datetime import timedelta

import pytest

from network.enums import Answer, AnswerChannel, AttendanceMode, MeetingMode
from network.services import answers, registrations
from network.services.answer_entries import MOST_A_DAY, Origin
from network.services.registrations import Person
from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import ContactFactory, InvitationFactory, RegistrationFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
MUCH = "sehr viele Änderungen"


def strike(invitation, number: int) -> None:
    """Register a stranger and cancel at once: two letters to the stranger, two to the office."""
    person = Person("Fremde Person", f"fremd{number}@example.org")
    made = registrations.register(invitation=invitation, people=[person])
    registrations.cancel(registration=made[0])


def repeat(act) -> None:
    for number in range(100):
        act(number)


def test_registering_and_cancelling_strangers_ends_after_a_few():
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation)

    with pytest.raises(RuleBroken, match=MUCH):
        repeat(lambda number: strike(invitation, number))

    assert OutgoingMail.objects.count() < 40
    assert not invitation.registrations.active().exists()


def test_an_ordinary_day_with_many_corrections_is_not_in_the_way():
    invitation = InvitationFactory()
    for number in range(4):
        strike(invitation, number)
    registrations.register(invitation=invitation, people=[Person("Öznur Groß", "o@example.org")])

    assert invitation.registrations.active().count() == 1


def test_tomorrow_the_office_may_answer_again(time_machine):
    invitation = InvitationFactory(meeting__starts_at=clock.now() + timedelta(days=30))
    with pytest.raises(RuleBroken, match=MUCH):
        repeat(lambda number: strike(invitation, number))

    time_machine.move_to(clock.now() + timedelta(hours=25))

    strike(invitation, 100)
    assert invitation.registrations.count() > 1


def test_declining_with_ever_new_reasons_ends_and_the_team_is_not_stopped():
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation)

    with pytest.raises(RuleBroken, match=MUCH):
        repeat(lambda number: answers.decline(invitation=invitation, reason=f"Grund {number}"))

    assert OutgoingMail.objects.count() < 30
    team = Origin(AnswerChannel.TEAM, by=UserFactory())
    answers.decline(invitation=invitation, reason="Anruf", by=team.by, origin=team)
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.decline_reason) == (Answer.DECLINED, "Anruf")


def test_handing_a_seat_on_and_on_ends():
    rows = [RegistrationFactory()]

    def hand_on(number: int) -> None:
        person = Person("Fremde Person", f"fremd{number}@example.org")
        own = Origin(email=rows[-1].email, is_own=True)
        rows.append(registrations.replace(registration=rows[-1], person=person, origin=own))

    with pytest.raises(RuleBroken, match=MUCH):
        repeat(hand_on)

    rows[-1].refresh_from_db()
    assert rows[-1].is_active
    assert OutgoingMail.objects.count() < 60


def test_switching_to_and_fro_ends_and_the_seat_stays():
    row = RegistrationFactory(invitation__meeting__mode=MeetingMode.HYBRID)
    ways = [AttendanceMode.ONLINE, AttendanceMode.ON_SITE]

    def switch(number: int) -> None:
        person = Person(row.full_name, row.email, mode=ways[number % 2])
        registrations.change(registration=row, person=person)

    with pytest.raises(RuleBroken, match=MUCH):
        repeat(switch)

    assert OutgoingMail.objects.count() == MOST_A_DAY
    row.refresh_from_db()
    assert row.has_seat
