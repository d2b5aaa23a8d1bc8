"""Seats by way of attending, workshops, parties, deadlines: whole results and their letters."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from network.enums import (
    AnswerChannel,
    AttendanceMode,
    MeetingStatus,
    RegistrationStatus,
    WorkshopPlace,
)
from network.models import Needs, Registration
from network.queries import registrations as queries
from network.services import registrations
from network.services.answer_entries import Origin
from network.services.registrations import NO_WORKSHOP, Person, SeatsTaken
from network.services.waiting_list import move_up
from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE
CONFIRMED, WAITING = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING
TEAM = Origin(channel=AnswerChannel.TEAM)


def person(name: str, **more: Any) -> Person:
    return Person(f"{name} Groß", f"{name}@example.org", **more)


def letters() -> list[tuple[str, str]]:
    """Letters to people, in order; what the office gets belongs to other tests."""
    rows = OutgoingMail.objects.order_by("pk").values_list("letter", "recipient")
    return [
        (letter.removeprefix("network/registration_"), recipient.split("@")[0])
        for letter, recipient in rows
        if "registration_" in letter
    ]


def newest() -> OutgoingMail:
    return OutgoingMail.objects.latest("pk")


def states(meeting) -> dict[str, str]:
    rows = Registration.objects.filter(meeting=meeting)
    return {row.email.split("@")[0]: row.status for row in rows}


def places(meeting) -> dict[str, str]:
    rows = Registration.objects.filter(meeting=meeting)
    return {row.email.split("@")[0]: row.workshop_place for row in rows}


@pytest.fixture
def hybrid():
    """A hybrid meeting with one seat on site and one online."""
    return MeetingFactory(mode="hybrid", seats=1, online_seats=1)


def join(meeting: Any, *people: Person, **more: Any) -> list[Registration]:
    office = InvitationFactory.create(meeting=meeting)
    return registrations.register(invitation=office, people=people, accept_waiting=True, **more)


def test_each_way_of_attending_has_its_own_seats_and_queue(hybrid):
    join(hybrid, person("a", mode=SITE), person("b", mode=ONLINE))
    join(hybrid, person("c", mode=SITE), person("d", mode=ONLINE))
    (last,) = join(hybrid, person("e", mode=ONLINE))

    assert states(hybrid) == {
        "a": CONFIRMED, "b": CONFIRMED, "c": WAITING, "d": WAITING, "e": WAITING,
    }  # fmt: skip
    assert queries.free_by_mode(hybrid) == {SITE: 0, ONLINE: 0}
    assert queries.queue_position(last) == 2

    registrations.cancel(registration=Registration.objects.get(email="b@example.org"))

    assert states(hybrid)["d"] == CONFIRMED
    assert states(hybrid)["c"] == WAITING
    assert queries.queue_position(last) == 1


def test_online_without_a_limit_is_never_full():
    meeting = MeetingFactory(mode="hybrid", seats=1, online_seats=None)
    join(meeting, person("a", mode=ONLINE), person("b", mode=ONLINE))

    assert queries.free_by_mode(meeting) == {SITE: 1, ONLINE: None}
    assert queries.free_seats(meeting) is None


def test_on_a_meeting_of_one_way_everybody_counts():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting, mode=ONLINE)

    assert queries.free_by_mode(meeting) == {SITE: 0}


def test_switching_takes_a_free_seat_and_frees_the_old_one(hybrid):
    (first,) = join(hybrid, person("a", mode=SITE))
    join(hybrid, person("b", mode=SITE))
    OutgoingMail.objects.all().delete()

    registrations.change(registration=first, person=person("a", mode=ONLINE))

    assert states(hybrid) == {"a": CONFIRMED, "b": CONFIRMED}
    assert letters() == [("confirmed", "a"), ("promoted", "b")]


def test_who_has_a_seat_keeps_it_when_the_other_way_is_full(hybrid):
    first, _ = join(hybrid, person("a", mode=SITE), person("b", mode=ONLINE))

    with pytest.raises(RuleBroken) as caught:
        registrations.change(registration=first, person=person("a", mode=ONLINE))

    assert caught.value.field == "mode"
    assert "Ihr Platz vor Ort bleibt Ihnen" in caught.value.message
    first.refresh_from_db()
    assert (first.mode, first.status) == (SITE, CONFIRMED)


def test_who_waits_and_switches_gets_the_free_seat_or_the_end_of_the_other_queue(hybrid):
    join(hybrid, person("a", mode=SITE))
    first, second = join(hybrid, person("b", mode=SITE), person("c", mode=SITE))
    OutgoingMail.objects.all().delete()

    changed = registrations.change(registration=first, person=person("b", mode=ONLINE))
    assert changed.status == CONFIRMED
    assert letters() == [("promoted", "b")]

    changed = registrations.change(registration=second, person=person("c", mode=ONLINE))
    assert (changed.status, changed.mode) == (WAITING, ONLINE)


def test_together_means_all_or_none():
    meeting = MeetingFactory(seats=3)
    join(meeting, person("a"), person("b"))
    office = InvitationFactory(meeting=meeting)
    both = [person("c"), person("d", row=2)]

    with pytest.raises(SeatsTaken) as caught:
        registrations.register(invitation=office, people=both, together=True)
    assert caught.value.free == 1
    assert "alle gemeinsam auf die Warteliste" in caught.value.message

    made = registrations.register(
        invitation=office, people=both, together=True, accept_waiting=True
    )
    assert [row.status for row in made] == [WAITING, WAITING]
    assert made[0].party == made[1].party
    assert "reichen zurzeit nicht für alle" in newest().text_body


def test_one_seat_passes_a_party_over_and_two_seats_move_it():
    meeting = MeetingFactory(seats=2)
    first, second = join(meeting, person("a"), person("b"))
    join(meeting, person("c"), person("d", row=2), together=True)
    join(meeting, person("e"))
    OutgoingMail.objects.all().delete()

    registrations.cancel(registration=first)
    assert states(meeting) == {
        "a": "cancelled", "b": CONFIRMED, "c": WAITING, "d": WAITING, "e": CONFIRMED,
    }  # fmt: skip

    registrations.cancel(registration=second)
    assert states(meeting)["c"] == WAITING
    registrations.cancel(registration=Registration.objects.get(email="e@example.org"))
    assert states(meeting)["c"] == states(meeting)["d"] == CONFIRMED
    assert [letter for letter in letters() if letter[0] == "promoted"] == [
        ("promoted", "e"), ("promoted", "c"), ("promoted", "d"),
    ]  # fmt: skip


def test_a_party_whose_member_leaves_is_smaller():
    meeting = MeetingFactory(seats=1)
    (seated,) = join(meeting, person("a"))
    first, _ = join(meeting, person("b"), person("c", row=2), together=True)

    registrations.cancel(registration=first)
    registrations.cancel(registration=seated)

    assert states(meeting) == {"a": "cancelled", "b": "cancelled", "c": CONFIRMED}


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


def test_the_successor_takes_over_seat_workshop_and_party(hybrid):
    workshop = WorkshopFactory(meeting=hybrid, seats=1)
    (row,) = join(hybrid, person("a", mode=ONLINE, workshop=workshop.pk))

    successor = registrations.replace(registration=row, person=person("b"))

    successor.refresh_from_db()
    assert (successor.mode, successor.status) == (ONLINE, CONFIRMED)
    assert (successor.workshop, successor.workshop_place) == (workshop, WorkshopPlace.CONFIRMED)


def test_a_successor_who_wants_another_full_way_is_refused_and_nothing_changes(hybrid):
    first, _ = join(hybrid, person("a", mode=ONLINE), person("b", mode=SITE))

    with pytest.raises(RuleBroken) as caught:
        registrations.replace(registration=first, person=person("c", mode=SITE, row=1))

    assert caught.value.field == "mode_1"
    assert states(hybrid) == {"a": CONFIRMED, "b": CONFIRMED}


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


def test_needs_are_kept_and_saying_nothing_changes_nothing():
    (row,) = join(MeetingFactory(), person("a", diet=("vegan",), access="Rampe"))
    kept = Needs.objects.get(registration=row)

    registrations.change(registration=row, person=person("a"))

    assert Needs.objects.get(registration=row) == kept


def test_who_has_arrived_is_not_cancelled():
    row = RegistrationFactory(arrived_at=clock.now())

    with pytest.raises(RuleBroken):
        registrations.cancel(registration=row, origin=TEAM)
