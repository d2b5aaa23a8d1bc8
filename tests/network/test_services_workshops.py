"""Workshops are added, changed with their people in mind, and taken out when empty."""

from dataclasses import replace
from datetime import time

import pytest

from network.enums import MeetingStatus, RegistrationStatus, WorkshopPlace
from network.models import Workshop
from network.rules.workshops import WorkshopPlan, fingerprint, objections
from network.services import workshops
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import MeetingFactory, RegistrationFactory, WorkshopFactory
from tests.letters import letters

pytestmark = pytest.mark.django_db
PLAN = WorkshopPlan(
    title="Termine online", begins=time(13, 15), ends=time(14, 45), room="Raum 2", seats=12
)


@pytest.fixture
def workshop(by):
    return workshops.add(meeting=MeetingFactory(seats=2), plan=PLAN, by=by)


def change(workshop, plan, by):
    """Change a workshop as somebody does who has just opened it."""
    return workshops.change(workshop=workshop, plan=plan, seen=fingerprint(workshop), by=by)


def guest(workshop, **changes):
    return RegistrationFactory(
        invitation__meeting=workshop.meeting,
        workshop=workshop,
        workshop_place=WorkshopPlace.CONFIRMED,
        **changes,
    )


def test_workshops_stand_in_the_order_they_were_added(workshop, by):
    second = workshops.add(
        meeting=workshop.meeting, plan=replace(PLAN, title="Notfälle ohne Termin"), by=by
    )

    assert [workshop.position, second.position] == [1, 2]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "TERMINE ONLINE"}, "title"),
        ({"begins": None}, "begins"),
        ({"begins": time(9, 0)}, "begins"),
        ({"ends": time(13, 0)}, "ends"),
        ({"ends": time(23, 0)}, "ends"),
        ({"seats": 0}, "seats"),
    ],
)
def test_a_bad_plan_is_refused_at_its_field(workshop, by, change, field):
    plan = replace(PLAN, **({"title": "Anderer"} | change))

    with pytest.raises(RuleBroken) as broken:
        workshops.add(meeting=workshop.meeting, plan=plan, by=by)

    assert broken.value.field == field
    assert Workshop.objects.count() == 1


def test_a_workshop_of_an_undated_meeting_may_have_any_time():
    assert objections(PLAN, starts_at=None, ends_at=None) == []


def test_another_room_is_told_to_the_people_of_this_workshop_only(workshop, by):
    confirmed = guest(workshop)
    waiting = guest(workshop, status=RegistrationStatus.WAITING)
    guest(workshop, status=RegistrationStatus.CANCELLED)
    RegistrationFactory(invitation__meeting=workshop.meeting)

    change(workshop, replace(PLAN, room="Saal"), by)

    confirmed.refresh_from_db()
    assert sorted(letters()) == sorted(
        ("network/workshop_changed", person.email) for person in (confirmed, waiting)
    )
    assert confirmed.calendar_sequence == 1
    mail = OutgoingMail.objects.get(recipient=confirmed.email)
    assert "Raum: Saal" in mail.text_body
    assert mail.attachments.count() == 1


def test_fewer_seats_and_another_text_are_silent_and_throw_nobody_out(workshop, by):
    people = [guest(workshop) for _ in range(3)]

    plan = replace(PLAN, seats=1, description="Neu", speaker="Stadt Gießen")
    change(workshop, plan, by)

    assert letters() == []
    assert workshop.registrations.filter(workshop_place="confirmed").count() == len(people)


def test_a_chosen_workshop_stays_and_the_refusal_says_how_to_mend(workshop, by):
    guest(workshop)

    with pytest.raises(RuleBroken, match="unter „Anmeldungen“ zuerst"):
        workshops.remove(workshop=workshop, by=by)

    assert Workshop.objects.exists()


def test_an_empty_workshop_can_be_taken_out(workshop, by):
    gone = guest(workshop, status=RegistrationStatus.CANCELLED)

    workshops.remove(workshop=workshop, by=by)

    gone.refresh_from_db()
    assert (gone.workshop, gone.workshop_place) == (None, "")
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("status", [MeetingStatus.HELD, MeetingStatus.CANCELLED])
def test_workshops_of_a_meeting_that_is_over_stay(by, status):
    workshop = WorkshopFactory(meeting__status=status)

    for act in (
        lambda: workshops.add(meeting=workshop.meeting, plan=PLAN, by=by),
        lambda: change(workshop, PLAN, by),
        lambda: workshops.move(workshop=workshop, up=True, by=by),
        lambda: workshops.remove(workshop=workshop, by=by),
    ):
        with pytest.raises(RuleBroken):
            act()


def test_a_title_freed_by_changing_can_be_used_again(workshop, by):
    change(workshop, replace(PLAN, title="Neuer Titel"), by)

    assert workshops.add(meeting=workshop.meeting, plan=PLAN, by=by).title == PLAN.title


def order(meeting):
    return list(meeting.workshops.values_list("title", flat=True))


def test_a_workshop_changes_places_with_its_neighbour_and_stops_at_the_edge(workshop, by):
    meeting = workshop.meeting
    for title in ("B", "C"):
        workshops.add(meeting=meeting, plan=replace(PLAN, title=title), by=by)
    last = meeting.workshops.get(title="C")

    workshops.move(workshop=workshop, up=True, by=by)
    at_the_edge = order(meeting)
    workshops.move(workshop=last, up=True, by=by)
    up = order(meeting)
    workshops.move(workshop=workshop, up=False, by=by)

    assert at_the_edge == ["Termine online", "B", "C"]
    assert up == ["Termine online", "C", "B"]
    assert order(meeting) == ["C", "Termine online", "B"]
    assert letters() == []


def test_what_somebody_else_saved_is_not_overwritten(workshop, by):
    opened = fingerprint(workshop)
    change(workshop, replace(PLAN, room="Saal"), by)

    with pytest.raises(workshops.WorkshopClash) as clash:
        workshops.change(workshop=workshop, plan=replace(PLAN, room="Keller"), seen=opened, by=by)

    workshop.refresh_from_db()
    assert (workshop.room, clash.value.current.room) == ("Saal", "Saal")
