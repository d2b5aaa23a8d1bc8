"""Asking after a deadline, and the inbox of the programme team."""

from datetime import timedelta

import pytest
from django.urls import reverse

from network.enums import MeetingStatus
from network.models import LateRequest, Registration
from programme import clock, tokens
from programme.enums import Role
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory, LateRequestFactory, RegistrationFactory
from tests.pages import keyed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
ASKED = {"name": "Jörg Weiß", "email": "joerg@example.org", "message": "Noch eine Person?"}


def office_link(invitation, name="invitation") -> str:
    return reverse(f"network:{name}", args=[tokens.token("invitation", invitation.token_seed)])


def own_link(row: Registration, name="registration") -> str:
    return reverse(f"network:{name}", args=[tokens.token("registration", row.token_seed)])


@pytest.mark.parametrize(
    "state",
    [
        {"meeting__reply_until": clock.now() - timedelta(days=1)},
        {"meeting__status": MeetingStatus.CLOSED},
    ],
)
def test_whoever_is_late_may_ask(client, state):
    invitation = InvitationFactory(**state)

    page = client.get(office_link(invitation)).content.decode()
    sent = client.post(office_link(invitation, "ask_late"), keyed(ASKED), follow=True)

    assert "Verbindlich anmelden" not in page
    assert office_link(invitation, "ask_late") in page
    assert "joerg@example.org" in sent.content.decode()
    assert LateRequest.objects.get().invitation == invitation


def test_a_person_asks_once_changes_are_closed_and_keeps_the_seat(client):
    row = RegistrationFactory(invitation__meeting__change_until=clock.now() - timedelta(hours=1))

    page = client.get(own_link(row)).content.decode()
    form = client.get(own_link(row, "ask_late_own")).content.decode()
    refused = client.post(own_link(row, "cancel_registration"), keyed({"confirm": "ja"}))

    assert "Änderungen speichern" not in page
    assert own_link(row, "ask_late_own") in page
    assert row.email in form
    assert refused.status_code == 422
    assert "Anfrage an das Programmteam" in refused.content.decode()
    client.post(own_link(row, "ask_late_own"), keyed(ASKED))
    assert LateRequest.objects.get().message == "Noch eine Person?"
    row.refresh_from_db()
    assert row.has_seat


def test_what_was_typed_stays_when_something_is_missing(client):
    invitation = InvitationFactory()

    response = client.post(office_link(invitation, "ask_late"), keyed(ASKED | {"email": "joerg"}))

    assert response.status_code == 422
    assert "Noch eine Person?" in response.content.decode()
    assert not LateRequest.objects.exists()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_inbox_shows_what_is_open_at_the_same_cost(
    signed_in, amount, django_assert_num_queries
):
    LateRequestFactory.create_batch(amount, message="<i>Bitte</i>")
    LateRequestFactory(settled_at=clock.now(), message="längst erledigt")
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(6):
        page = client.get(reverse("network:late_requests")).content.decode()

    assert page.count("&lt;i&gt;Bitte") == amount
    assert "längst erledigt" not in page


def test_one_button_accepts_and_leads_to_the_people(signed_in):
    asked = LateRequestFactory()
    client = signed_in(Role.OFFICE)

    response = client.post(reverse("network:accept_late", args=[asked.pk]), {"confirm": "ja"})

    slug = asked.invitation.meeting.slug
    assert response["Location"] == reverse("network:registrations", args=[slug])
    assert OutgoingMail.objects.get().letter == "network/late_request_accepted"
    assert f"„{asked.message}“" in client.get(response["Location"]).content.decode()
    again = client.post(reverse("network:accept_late", args=[asked.pk]), {"confirm": "ja"})
    assert again.status_code == 422
    assert "erledigt" in again.content.decode()
    assert OutgoingMail.objects.count() == 1


def test_a_no_carries_the_sentence_of_the_team(signed_in):
    asked = LateRequestFactory()
    client = signed_in(Role.OFFICE)
    address = reverse("network:reject_late", args=[asked.pk])

    assert client.post(address, keyed({"sentence": ""})).status_code == 422
    client.post(address, keyed({"sentence": "Der Saal ist voll."}))

    assert "Der Saal ist voll." in OutgoingMail.objects.get().text_body
    assert "erledigt" in client.get(address).content.decode()


def test_the_workspace_says_how_many_requests_wait(signed_in):
    client = signed_in(Role.OFFICE)
    before = client.get(reverse("network:workspace"))
    LateRequestFactory.create_batch(2)

    after = client.get(reverse("network:workspace"))

    assert (before.context["late_requests"], after.context["late_requests"]) == (0, 2)
    assert reverse("network:late_requests") in after.content.decode()
