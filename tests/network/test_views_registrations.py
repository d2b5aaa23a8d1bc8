"""One person's link: opens one registration, acts on it, and is dead after cancelling."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from network.enums import MeetingStatus, RegistrationStatus
from network.models import Registration
from programme import tokens
from programme.models import OutgoingMail
from tests.factories.network import MeetingFactory, RegistrationFactory
from tests.pages import keyed, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
NEW = {"name_1": "Ayşe Çelik", "email_1": "ayse@example.org"}


def address(row, name="registration") -> str:
    return reverse(f"network:{name}", args=[tokens.token("registration", row.token_seed)])


def test_the_page_shows_the_state_and_the_steps(client):
    row = RegistrationFactory(full_name="Öznur Groß", function="Leitung")

    page = text(client.get(address(row)))

    for part in ("Öznur Groß", "angemeldet", "Jemand anderes kommt", "Abmelden", 'value="Leitung"'):
        assert part in page


def test_a_waiting_person_sees_the_place(client):
    meeting = MeetingFactory(seats=1)
    rows = [
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )
        for number in (1, 2)
    ]

    assert "Platz 2 der Warteliste" in text(client.get(address(rows[1])))


def test_a_person_corrects_the_name(client):
    row = RegistrationFactory(full_name="Oeznur Gross")

    page = client.post(address(row), keyed(full_name="Öznur Groß", function="Leitung"), follow=True)

    assert "Ihre Angaben sind geändert." in text(page)
    row.refresh_from_db()
    assert (row.full_name, row.function) == ("Öznur Groß", "Leitung")


def test_a_person_sends_somebody_else(client):
    row = RegistrationFactory()

    page = client.post(address(row, "replace_registration"), keyed(NEW), follow=True)

    assert "Diese Anmeldung gilt nicht mehr." in text(page)
    assert "Ayşe" not in text(page)
    assert Registration.objects.active().get().full_name == "Ayşe Çelik"


def test_replacing_by_a_registered_address_is_refused_at_the_field(client):
    row = RegistrationFactory()
    RegistrationFactory(invitation__meeting=row.meeting, email="ayse@example.org")

    response = client.post(address(row, "replace_registration"), keyed(NEW))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email_1"]


def test_cancelling_takes_two_clicks_and_a_replay_does_nothing(client):
    row = RegistrationFactory(full_name="Öznur Groß")
    assert address(row, "cancel_registration") in text(client.get(address(row)))

    for _ in range(3):
        page = client.post(address(row, "cancel_registration"), keyed(confirm="ja"), follow=True)

    assert "Diese Anmeldung gilt nicht mehr." in text(page)
    assert "Öznur" not in text(page)
    assert OutgoingMail.objects.count() == 1


def test_after_cancelling_the_link_does_nothing(client):
    row = RegistrationFactory(status=RegistrationStatus.CANCELLED, full_name="Öznur Groß")
    before = list(Registration.objects.values())

    answers = [
        client.get(address(row)),
        client.post(address(row), keyed(full_name="Eve")),
        client.get(address(row, "replace_registration")),
        client.post(address(row, "replace_registration"), keyed(NEW)),
        client.get(address(row, "cancel_registration")),
    ]

    assert [answer.status_code for answer in answers] == [200, 422, 302, 302, 302]
    assert not [answer for answer in answers if "Öznur" in answer.content.decode()]
    assert list(Registration.objects.values()) == before
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("name", ["registration", "cancel_registration", "replace_registration"])
def test_looking_changes_nothing(client, method, name):
    row = RegistrationFactory()
    before = list(Registration.objects.values())

    response = getattr(client, method)(address(row, name))

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert list(Registration.objects.values()) == before


@pytest.mark.parametrize("name", ["registration", "cancel_registration", "replace_registration"])
def test_dead_and_foreign_links_show_one_neutral_page(client, name):
    cancelled = RegistrationFactory(invitation__meeting__status=MeetingStatus.CANCELLED)
    over = RegistrationFactory(
        status=RegistrationStatus.WAITING,
        invitation__meeting__starts_at=datetime(2016, 2, 29, 9, 0, tzinfo=UTC),
        invitation__meeting__ends_at=datetime(2016, 2, 29, 15, 0, tzinfo=UTC),
    )
    office_link = tokens.token("invitation", over.invitation.token_seed)

    for there in (
        address(cancelled, name),
        address(over, name),
        reverse(f"network:{name}", args=[office_link]),
        reverse(f"network:{name}", args=["x" * 43]),
    ):
        assert client.get(there).status_code == 404
        answer = client.post(there, keyed(NEW, confirm="ja"))
        assert answer.status_code == 404
        assert over.full_name not in answer.content.decode()


def test_the_link_of_a_person_opens_no_office_page(client):
    row = RegistrationFactory()
    token = tokens.token("registration", row.token_seed)

    assert client.get(reverse("network:invitation", args=[token])).status_code == 404


def test_while_the_meeting_runs_the_page_shows_no_steps(client, time_machine):
    row = RegistrationFactory()
    time_machine.move_to(row.meeting.starts_at)

    page = text(client.get(address(row)))

    assert row.full_name in page
    assert "Abmelden" not in page


def test_the_page_costs_few_queries(client, django_assert_num_queries):
    row = RegistrationFactory()

    with django_assert_num_queries(4):
        client.get(address(row))


def test_at_a_hybrid_meeting_a_person_changes_the_way_of_attending(client):
    row = RegistrationFactory(invitation__meeting__mode="hybrid")

    client.post(address(row), keyed(full_name=row.full_name, mode="online"))

    row.refresh_from_db()
    assert row.mode == "online"
    assert OutgoingMail.objects.get().letter == "network/registration_confirmed"
