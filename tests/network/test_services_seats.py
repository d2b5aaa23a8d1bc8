"""Seats by way of attending, and parties that only come together."""

import pytest

from network.enums import WorkshopPlace
from network.models import Needs, Registration
from network.queries import registrations as queries
from network.services import registrations
from network.services.registrations import SeatsTaken
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.letters import newest
from tests.network.seats import CONFIRMED, ONLINE, SITE, WAITING, join, letters, person, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def hybrid():
    """A hybrid meeting with one seat on site and one online."""
    return MeetingFactory(mode="hybrid", seats=1, online_seats=1)


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


def test_needs_are_kept_and_saying_nothing_changes_nothing():
    (row,) = join(MeetingFactory(), person("a", diet=("vegan",), access="Rampe"))
    kept = Needs.objects.get(registration=row)

    registrations.change(registration=row, person=person("a"))

    assert Needs.objects.get(registration=row) == kept
