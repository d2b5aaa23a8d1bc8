"""What is still possible after a deadline, after the meeting, and a second time."""

from datetime import timedelta

import pytest
import time_machine

from network.enums import (
    AnswerChannel,
    MeetingStatus,
)
from network.services import registrations
from network.services.answer_entries import Origin
from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.network.seats import CONFIRMED, person, states

pytestmark = pytest.mark.django_db
TEAM = Origin(channel=AnswerChannel.TEAM)


def test_after_the_deadline_for_changes_people_ask_and_the_team_still_acts():
    meeting = MeetingFactory(change_until=clock.now() - timedelta(hours=1))
    row = RegistrationFactory(invitation__meeting=meeting, email="a@example.org")
    for act in (
        lambda origin: registrations.change(registration=row, person=person("a"), origin=origin),
        lambda origin: registrations.replace(registration=row, person=person("b"), origin=origin),
        lambda origin: registrations.cancel(registration=row, origin=origin),
    ):
        with pytest.raises(RuleBroken) as caught:
            act(None)
        assert "Anfrage an das Programmteam" in caught.value.message

    registrations.cancel(registration=row, origin=TEAM)

    assert states(meeting) == {"a": "cancelled"}


@pytest.mark.parametrize(
    "changes",
    [{"reply_until": clock.now() - timedelta(days=1)}, {"status": MeetingStatus.CLOSED}],
)
def test_the_team_registers_late_people_and_nobody_else_does(changes):
    office = InvitationFactory(meeting=MeetingFactory(**changes))

    with pytest.raises(RuleBroken) as caught:
        registrations.register(invitation=office, people=[person("a")])
    assert "Anfrage an das Programmteam" in caught.value.message

    registrations.register(invitation=office, people=[person("a")], origin=TEAM)
    assert states(office.meeting) == {"a": CONFIRMED}


def test_a_meeting_that_is_over_takes_nobody_from_anybody():
    meeting = MeetingFactory()
    office = InvitationFactory(meeting=meeting)

    with time_machine.travel(meeting.starts_at + timedelta(days=2)), pytest.raises(RuleBroken):
        registrations.register(invitation=office, people=[person("a")], origin=TEAM)


def test_the_same_people_again_get_the_same_registrations_and_no_second_mail():
    office = InvitationFactory()
    first = registrations.register(invitation=office, people=[person("a"), person("b", row=2)])
    sent = OutgoingMail.objects.count()

    again = registrations.register(invitation=office, people=[person("a"), person("b", row=2)])

    assert again == first
    assert OutgoingMail.objects.count() == sent


def test_who_has_arrived_is_not_cancelled():
    row = RegistrationFactory(arrived_at=clock.now())

    with pytest.raises(RuleBroken):
        registrations.cancel(registration=row, origin=TEAM)
