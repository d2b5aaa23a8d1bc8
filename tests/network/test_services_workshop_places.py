"""Places in workshops: their own queue, which follows that of the meeting."""

from datetime import timedelta

import pytest
import time_machine

from network.models import Registration
from network.queries import registrations as queries
from network.services import registrations
from network.services.registrations import NO_WORKSHOP
from network.services.waiting_list import move_up
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    MeetingFactory,
    WorkshopFactory,
)
from tests.letters import newest
from tests.network.seats import join, letters, person, places

pytestmark = pytest.mark.django_db


def test_a_full_workshop_has_a_queue_of_its_own():
    workshop = WorkshopFactory(seats=1)
    meeting = workshop.meeting
    (first,) = join(meeting, person("a", workshop=workshop.pk))
    (second,) = join(meeting, person("b", workshop=workshop.pk))
    (third,) = join(meeting, person("c", workshop=workshop.pk))
    assert places(meeting) == {"a": "confirmed", "b": "waiting", "c": "waiting"}
    assert (queries.workshop_position(second), queries.workshop_position(third)) == (1, 2)
    assert "Der Workshop ist zurzeit voll" in newest().text_body
    OutgoingMail.objects.all().delete()

    registrations.cancel(registration=first)

    assert places(meeting) == {"a": "", "b": "confirmed", "c": "waiting"}
    assert letters() == [("cancelled", "a"), ("workshop_promoted", "b")]
    assert queries.free_in_workshops(meeting) == {workshop.pk: 0}


def test_who_waits_for_the_meeting_gets_no_place_in_the_workshop_before():
    workshop = WorkshopFactory(seats=1, meeting__seats=1)
    meeting = workshop.meeting
    (seated,) = join(meeting, person("a"))
    join(meeting, person("b", workshop=workshop.pk))
    assert places(meeting) == {"a": "", "b": "waiting"}
    OutgoingMail.objects.all().delete()

    registrations.cancel(registration=seated)

    assert places(meeting) == {"a": "", "b": "confirmed"}
    assert letters() == [("cancelled", "a"), ("promoted", "b")]
    assert "Der Workshop ist zurzeit voll" not in newest().text_body


def test_switching_workshops_keeps_a_place_and_moves_the_queue():
    workshop = WorkshopFactory(seats=1)
    meeting = workshop.meeting
    other = WorkshopFactory(meeting=meeting, seats=1)
    (first,) = join(meeting, person("a", workshop=workshop.pk))
    (second,) = join(meeting, person("b", workshop=workshop.pk))
    (third,) = join(meeting, person("c", workshop=other.pk))

    with pytest.raises(RuleBroken) as caught:
        registrations.change(registration=third, person=person("c", workshop=workshop.pk))
    assert caught.value.field == "workshop"

    registrations.change(registration=third, person=person("c", workshop=NO_WORKSHOP))
    registrations.change(registration=first, person=person("a", workshop=other.pk))

    assert places(meeting) == {"a": "confirmed", "b": "confirmed", "c": ""}
    registrations.change(registration=second, person=person("b"))
    assert places(meeting)["b"] == "confirmed"


def test_a_workshop_of_another_meeting_is_refused():
    stranger = WorkshopFactory()

    with pytest.raises(RuleBroken) as caught:
        join(MeetingFactory(), person("a", workshop=stranger.pk))

    assert caught.value.field == "workshop_1"


def test_more_places_in_a_workshop_move_up_and_fewer_throw_nobody_out():
    workshop = WorkshopFactory(seats=1)
    meeting = workshop.meeting
    for name in "abc":
        join(meeting, person(name, workshop=workshop.pk))

    workshop.seats = 2
    workshop.save()
    assert move_up(meeting=meeting) == []
    assert places(meeting) == {"a": "confirmed", "b": "confirmed", "c": "waiting"}

    workshop.seats = 1
    workshop.save()
    registrations.cancel(registration=Registration.objects.get(email="a@example.org"))
    assert places(meeting) == {"a": "", "b": "confirmed", "c": "waiting"}


def test_nobody_moves_up_in_a_workshop_on_the_day_of_the_meeting():
    workshop = WorkshopFactory(seats=1)
    meeting = workshop.meeting
    (first,) = join(meeting, person("a", workshop=workshop.pk))
    join(meeting, person("b", workshop=workshop.pk))

    with time_machine.travel(meeting.starts_at - timedelta(minutes=5), tick=False):
        registrations.cancel(registration=first)

    assert places(meeting)["b"] == "waiting"
