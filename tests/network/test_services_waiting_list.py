"""Who moves up when a seat is free, and who does not."""

from datetime import UTC, datetime

import pytest
import time_machine

from network.enums import MeetingStatus, RegistrationStatus
from network.models import Registration
from network.services import registrations
from network.services.registrations import SeatsTaken
from network.services.waiting_list import move_up
from programme import clock
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.letters import letters
from tests.network.colleagues import OEZNUR, states

pytestmark = pytest.mark.django_db


def test_a_freed_seat_moves_the_first_in_line_up_and_tells_them_once():
    meeting = MeetingFactory(seats=1)
    seated = RegistrationFactory(invitation__meeting=meeting, email="a@example.org")
    for number, address in enumerate(["b@example.org", "c@example.org"], start=1):
        RegistrationFactory(
            invitation__meeting=meeting,
            email=address,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )

    registrations.cancel(registration=seated)
    registrations.cancel(registration=seated)

    assert states(meeting) == {
        "a@example.org": RegistrationStatus.CANCELLED,
        "b@example.org": RegistrationStatus.CONFIRMED,
        "c@example.org": RegistrationStatus.WAITING,
    }
    assert letters() == [
        ("network/registration_cancelled", "a@example.org"),
        ("network/registration_promoted", "b@example.org"),
    ]


def test_leaving_the_waiting_list_frees_no_seat():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)
    leaves, stays = [
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )
        for number in (1, 2)
    ]

    registrations.cancel(registration=leaves)

    stays.refresh_from_db()
    assert stays.status == RegistrationStatus.WAITING
    mail = OutgoingMail.objects.get()
    assert mail.recipient == leaves.email
    assert not mail.attachments.exists()


def test_nobody_moves_up_on_the_day_of_the_meeting():
    meeting = MeetingFactory(seats=1, starts_at=datetime(2028, 2, 29, 9, 0, tzinfo=UTC))
    seated = RegistrationFactory(invitation__meeting=meeting)
    waiting = RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    with time_machine.travel(datetime(2028, 2, 28, 23, 30, tzinfo=UTC), tick=False):
        registrations.cancel(registration=seated)

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.WAITING


def test_more_seats_move_up_who_waits():
    meeting = MeetingFactory(seats=2)
    for number in (1, 2, 3):
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )

    assert len(move_up(meeting=meeting)) == 2
    assert move_up(meeting=meeting) == []


def test_fewer_seats_throw_nobody_out():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory.create_batch(2, invitation__meeting=meeting)

    assert move_up(meeting=meeting) == []
    with pytest.raises(SeatsTaken):
        registrations.register(invitation=InvitationFactory(meeting=meeting), people=[OEZNUR])

    assert Registration.objects.filter(meeting=meeting).confirmed().count() == 2


def test_a_newcomer_does_not_pass_the_queue():
    meeting = MeetingFactory(seats=1)
    waiting = RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    registrations.register(
        invitation=InvitationFactory(meeting=meeting), people=[OEZNUR], accept_waiting=True
    )

    assert states(meeting) == {
        waiting.email: RegistrationStatus.CONFIRMED,
        "oeznur@example.org": RegistrationStatus.WAITING,
    }


def test_replacing_in_the_queue_keeps_the_place():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)
    first, second = [
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )
        for number in (1, 2)
    ]

    successor = registrations.replace(registration=first, person=OEZNUR)

    queue = Registration.objects.filter(meeting=meeting).waiting()
    assert list(queue) == [successor, second]
    assert "auf Platz 1" in OutgoingMail.objects.get(recipient="oeznur@example.org").text_body


def test_nobody_moves_up_in_a_cancelled_meeting():
    meeting = MeetingFactory(seats=1, status=MeetingStatus.CANCELLED)
    RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    assert move_up(meeting=meeting) == []
