"""What the programme team does for the people of a meeting, also after the deadlines."""

from datetime import timedelta

import pytest

from network.enums import Answer, RegistrationStatus
from network.models import AnswerEntry, Registration
from programme import clock
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    WorkshopFactory,
)
from tests.network.participants import names, page, person, waiting

pytestmark = pytest.mark.django_db
CONFIRMED, WAITING = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, seats=10)


def test_the_team_registers_somebody_after_the_deadline(office, meeting):
    meeting.reply_until = clock.now() - timedelta(days=1)
    meeting.save()
    invitation = InvitationFactory(meeting=meeting)
    form = {"invitation": invitation.pk, "name_1": "Öznur Groß", "email_1": "oe@example.org"}

    response = office.post(page("add_registration", meeting), form)

    assert response.status_code == 302
    row = Registration.objects.get()
    assert (row.full_name, row.status) == ("Öznur Groß", CONFIRMED)
    assert AnswerEntry.objects.get().channel == "team"
    invitation.refresh_from_db()
    assert invitation.answer == Answer.COMING


def test_a_full_meeting_asks_whether_the_waiting_list_is_fine(office, meeting):
    meeting.seats = 1
    meeting.save()
    person(meeting, "A B")
    invitation = InvitationFactory(meeting=meeting)
    form = {"invitation": invitation.pk, "name_1": "Öznur Groß", "email_1": "oe@example.org"}

    response = office.post(page("add_registration", meeting), form)
    assert response.status_code == 422
    assert "Öznur Groß" in response.text

    assert (
        office.post(page("add_registration", meeting), form | {"accept_waiting": "on"}).status_code
        == 302
    )
    assert Registration.objects.get(email="oe@example.org").status == WAITING


def test_an_office_of_another_meeting_is_no_choice(office, meeting):
    stranger = InvitationFactory()
    form = {"invitation": stranger.pk, "name_1": "A B", "email_1": "a@example.org"}

    response = office.post(page("add_registration", meeting), form)

    assert response.status_code == 422
    assert Registration.objects.count() == 0


def test_the_team_cancels_and_replaces_after_the_deadline_for_changes(office, meeting):
    meeting.change_until = clock.now() - timedelta(days=1)
    meeting.save()
    first, second = person(meeting, "Anna A"), person(meeting, "Berta B")

    office.post(page("cancel_participant", meeting, first.pk), {"confirm": "ja"})
    office.post(
        page("replace_participant", meeting, second.pk),
        {"name_1": "Carla C", "email_1": "c@example.org"},
    )

    assert names(office.get(page("registrations", meeting))) == ["Carla C"]


def test_people_of_other_meetings_are_not_found(office, meeting):
    stranger = person(MeetingFactory(), "Fremd E")

    for name in ("cancel_participant", "replace_participant", "move_up_participant"):
        assert office.get(page(name, meeting, stranger.pk)).status_code == 404
        assert office.post(page(name, meeting, stranger.pk), {"confirm": "ja"}).status_code == 404


def test_moving_up_by_hand_needs_a_free_seat_and_a_reason(office, meeting):
    meeting.seats = 1
    meeting.save()
    seated, _, late = person(meeting, "A B"), waiting(meeting, "C D"), waiting(meeting, "E F")
    address = page("move_up_participant", meeting, late.pk)

    assert office.post(address, {"reason": ""}).status_code == 422
    full = office.post(address, {"reason": "Vortrag"})
    assert full.status_code == 422
    assert "kein Platz vor Ort frei" in full.text

    Registration.objects.filter(pk=seated.pk).update(status="cancelled")
    assert office.post(address, {"reason": "Vortrag"}).status_code == 302
    late.refresh_from_db()
    assert late.status == CONFIRMED
    assert OutgoingMail.objects.get(letter="network/registration_promoted").recipient == late.email
    assert "Grund: Vortrag" in AuditEntry.objects.get(verb="registration.promoted").sentence
    assert office.post(address, {"reason": "Vortrag"}).status_code == 422


def test_moving_up_by_hand_works_on_the_day_and_in_workshops(office, meeting):
    workshop = WorkshopFactory(meeting=meeting, seats=1)
    meeting.starts_at = clock.now() + timedelta(minutes=5)
    meeting.save()
    row = person(meeting, "A B", workshop=workshop, workshop_place="waiting")

    office.post(page("move_up_participant", meeting, row.pk), {"reason": "Platz wurde frei"})

    row.refresh_from_db()
    assert row.workshop_place == "confirmed"
    assert OutgoingMail.objects.get().letter == "network/registration_workshop_promoted"
