"""The answer page once every seat is taken: refused early, never refused wrongly (target R1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.enums import MeetingMode
from network.models import Registration
from programme import clock
from programme.models import Submission
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory
from tests.network.crowds import link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

READS = 6  # turns of the address, invitation, seats, workshops, people, addresses


@pytest.fixture
def meeting():
    """A meeting whose only seat is taken by Öznur Groß."""
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(
        invitation__meeting=meeting, full_name="Öznur Groß", email="oeznur@example.org"
    )
    return meeting


def answer(name: str, email: str, **more: str) -> dict[str, str]:
    return {"name_1": name, "email_1": email, "form_key": str(uuid4())} | more


JOERG = ("Jörg Weiß", "joerg@example.org")


def test_a_newcomer_is_refused_by_reading_alone(client, meeting):
    office = InvitationFactory(meeting=meeting)

    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.post(link(office), answer(*JOERG))

    assert response.status_code == 422
    assert "Es ist kein Platz mehr frei." in response.content.decode()
    assert [row["sql"][:6] for row in caught] == ["SELECT"] * READS
    assert not any("FOR UPDATE" in row["sql"] for row in caught)
    assert Submission.objects.count() == 0


def test_a_hybrid_meeting_says_where_there_still_are_seats(client, meeting):
    meeting.mode, meeting.online_seats = MeetingMode.HYBRID, 2
    meeting.save()

    response = client.post(
        link(InvitationFactory(meeting=meeting)), answer(*JOERG, mode_1="on_site")
    )

    assert response.status_code == 422
    assert "Vor Ort ist kein Platz mehr frei, online schon." in response.content.decode()


def test_the_form_refused_early_is_taken_when_it_accepts_waiting(client, meeting):
    office = InvitationFactory(meeting=meeting)
    form = answer(*JOERG)
    client.post(link(office), form)

    response = client.post(link(office), form | {"accept_waiting": "1"})

    assert response.status_code == 302
    assert [row.full_name for row in Registration.objects.waiting()] == ["Jörg Weiß"]


def test_an_office_that_has_the_last_seat_sees_its_result_from_another_tab(client, meeting):
    row = Registration.objects.get()

    response = client.post(link(row.invitation), answer(row.full_name, row.email))

    assert (response.status_code, response["Location"]) == (302, link(row.invitation))
    assert Registration.objects.get() == row


def test_an_address_that_is_registered_already_is_named_before_the_seats(client, meeting):
    response = client.post(
        link(InvitationFactory(meeting=meeting)), answer("Öznur Groß", "Oeznur@example.org")
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email_1"]


def test_after_the_deadline_the_refusal_is_about_the_deadline(client, meeting):
    meeting.reply_until = clock.now() - timedelta(days=1)
    meeting.save()

    response = client.post(link(InvitationFactory(meeting=meeting)), answer(*JOERG))

    assert response.status_code == 422
    assert "kein Platz" not in response.content.decode()
    assert "Die Anmeldung ist geschlossen" in response.content.decode()
