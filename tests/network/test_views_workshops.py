"""The programme team plans workshops and takes the steps of a meeting."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from network.enums import MeetingStatus, WorkshopPlace
from network.models import Workshop
from programme import clock
from tests.factories.network import MeetingFactory, RegistrationFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


def address(name, meeting, *args):
    return reverse(f"network:{name}", args=[meeting.slug, *args])


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_shows_places_and_queues_at_the_same_cost(
    office, meeting, amount, django_assert_num_queries
):
    for _ in range(amount):
        workshop = WorkshopFactory(meeting=meeting, seats=8)
        for place in (WorkshopPlace.CONFIRMED, WorkshopPlace.WAITING):
            RegistrationFactory(
                invitation__meeting=meeting, workshop=workshop, workshop_place=place
            )
    office.get(address("workshops", meeting))

    with django_assert_num_queries(6):
        page = office.get(address("workshops", meeting))

    assert page.content.decode().count("1 von 8") == amount


def test_without_workshops_the_page_says_what_that_means(office, meeting):
    assert "Noch kein Workshop" in office.get(address("workshops", meeting)).content.decode()


def test_a_workshop_is_added_changed_and_removed(office, meeting):
    typed = {"title": "Größere Fälle", "begins": "13:00", "ends": "14:00", "seats": "8"}
    office.post(address("add_workshop", meeting), typed)
    workshop = Workshop.objects.get()
    form = office.get(address("edit_workshop", meeting, workshop.pk)).context["form"]
    typed |= {"seats": "", "seen": form["seen"].value()}
    office.post(address("edit_workshop", meeting, workshop.pk), typed)

    workshop.refresh_from_db()
    assert form["title"].value() == "Größere Fälle"
    assert (workshop.begins, workshop.seats) == (time(13), None)
    office.post(address("remove_workshop", meeting, workshop.pk))
    assert not Workshop.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "SCHON DA"}, "title"),
        ({"begins": "25:00"}, "begins"),
        ({"ends": "12:00"}, "ends"),
        ({"seats": "0"}, "seats"),
        ({"seats": "-1"}, "seats"),
        ({"seats": "viele"}, "seats"),
        ({"field_of_action": "99999999999999999999"}, "field_of_action"),
    ],
)
def test_wrong_input_is_named_at_its_field_and_kept(office, meeting, changes, field):
    WorkshopFactory(meeting=meeting, title="Schon da")
    typed = {"title": "Neu", "begins": "13:00", "ends": "14:00", "seats": "8"} | changes

    page = office.post(address("add_workshop", meeting), typed)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert page.context["form"]["begins"].value() == typed["begins"]
    assert Workshop.objects.count() == 1


def test_a_chosen_workshop_is_not_removed_and_the_page_says_why(office, meeting):
    workshop = WorkshopFactory(meeting=meeting)
    RegistrationFactory(invitation__meeting=meeting, workshop=workshop)

    page = office.post(address("remove_workshop", meeting, workshop.pk))

    assert page.status_code == 422
    assert "ist noch eine Person" in page.content.decode()


@pytest.mark.parametrize("name", ["edit_workshop", "move_workshop", "remove_workshop"])
def test_a_workshop_of_another_meeting_is_not_found(office, meeting, name):
    foreign = WorkshopFactory(meeting=MeetingFactory(programme=meeting.programme))

    assert office.get(address(name, meeting, foreign.pk)).status_code in {404, 405}
    assert office.post(address(name, meeting, foreign.pk)).status_code == 404


def test_the_steps_are_taken_by_hand(office, meeting):
    page = office.get(address("close_meeting", meeting)).content.decode()
    assert "niemanden mehr anmelden" in page
    for name, status in (
        ("close_meeting", MeetingStatus.CLOSED),
        ("reopen_meeting", MeetingStatus.PUBLISHED),
    ):
        answer = office.post(address(name, meeting))
        meeting.refresh_from_db()
        assert (answer["Location"], meeting.status) == (address("board", meeting), status)


def test_a_step_that_cannot_be_taken_says_why(office, meeting):
    page = office.post(address("hold_meeting", meeting))

    assert page.status_code == 422
    assert "noch nicht begonnen" in page.content.decode()


def test_a_meeting_that_began_can_be_noted_as_held(office, meeting):
    meeting.starts_at = clock.now() - timedelta(hours=1)
    meeting.ends_at = clock.now() + timedelta(hours=1)
    meeting.save()

    office.post(address("hold_meeting", meeting))

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.HELD


def test_two_people_change_a_workshop_and_both_versions_are_shown(office, meeting):
    workshop = WorkshopFactory(meeting=meeting, title="Recht", room="Raum 1")
    edit = address("edit_workshop", meeting, workshop.pk)
    seen = office.get(edit).context["form"]["seen"].value()
    office.post(edit, {"title": "Recht", "room": "Saal", "seen": seen})

    mine = {"title": "Recht", "room": "Keller", "begins": "", "ends": ""}
    clash = office.post(edit, mine | {"seen": seen})
    again = office.post(edit, mine | {"seen": clash.context["form"]["seen"].value()})

    workshop.refresh_from_db()
    assert (clash.status_code, again.status_code) == (422, 302)
    assert ("Raum", "Saal", "Keller") in clash.context["differences"]
    assert workshop.room == "Keller"


def test_the_order_is_changed_with_one_press(office, meeting):
    for position, title in enumerate(("A", "B"), 1):
        WorkshopFactory(meeting=meeting, title=title, position=position)
    second = Workshop.objects.get(title="B")

    answer = office.post(address("move_workshop", meeting, second.pk), {"way": "up"})

    assert answer["Location"] == address("workshops", meeting)
    assert list(meeting.workshops.values_list("title", flat=True)) == ["B", "A"]
