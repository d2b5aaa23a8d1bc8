"""The link of an invitation: what it opens, and that looking changes nothing."""

from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from network.enums import MeetingStatus, RegistrationStatus
from network.models import Invitation, Registration
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory, RegistrationFactory
from tests.network.answering import TWO, address, token_of
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def dump() -> str:
    rows = [*Invitation.objects.order_by("pk"), *Registration.objects.order_by("pk")]
    return serializers.serialize("json", [*rows, *OutgoingMail.objects.all()])


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("name", ["invitation", "decline_invitation", "represent_invitation"])
def test_looking_changes_nothing(method, name):
    invitation = InvitationFactory()
    RegistrationFactory(invitation=invitation)
    before = dump()

    response = getattr(Client(), method)(address(invitation, name), {"accept_waiting": "1"})

    assert response.status_code == 200
    assert dump() == before


@pytest.mark.parametrize("step", ["cancel_person", "replace_person"])
def test_a_scanner_that_follows_every_link_and_presses_empty_buttons_changes_nothing(step):
    invitation = InvitationFactory()
    row = RegistrationFactory(invitation=invitation)
    before = dump()
    client = Client()

    assert client.get(address(invitation, step, row.pk)).status_code == 200
    assert client.post(address(invitation, step, row.pk)).status_code == 422

    assert dump() == before


def test_pages_behind_a_link_are_neither_stored_nor_listed(client):
    response = client.get(address(InvitationFactory()))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"meeting__status": MeetingStatus.CANCELLED},
        {"meeting__status": MeetingStatus.DRAFT},
        {
            "meeting__starts_at": datetime(2016, 2, 29, 9, 0, tzinfo=UTC),
            "meeting__ends_at": datetime(2016, 2, 29, 15, 0, tzinfo=UTC),
        },
    ],
)
def test_dead_links_show_one_neutral_page(client, changes):
    dead = InvitationFactory(organisation__name="Geheimes Amt", **changes)
    RegistrationFactory(invitation=dead, full_name="Öznur Groß")
    unknown = client.get(reverse("network:invitation", args=["x" * 43]))

    for name in ("invitation", "decline_invitation", "represent_invitation"):
        for answer in (client.get(address(dead, name)), client.post(address(dead, name), TWO)):
            assert answer.status_code == 404
            assert "Geheimes Amt" not in answer.content.decode()
            assert "Öznur" not in answer.content.decode()
    assert text(unknown) == text(client.get(address(dead))).replace(token_of(dead), "x" * 43)


def test_the_seed_and_the_digest_open_nothing(client):
    invitation = InvitationFactory()

    for guess in (
        invitation.token_seed,
        invitation.token_digest,
        token_of(invitation)[:-1],
        token_of(invitation).swapcase(),
        "\x00",
        "ß" * 500,
    ):
        assert client.get(reverse("network:invitation", args=[guess])).status_code == 404


def test_impossible_numbers_of_people_are_not_found(client):
    there = address(InvitationFactory(), "cancel_person", 10**30)

    assert client.get(there).status_code == 404
    assert client.post(there, {"confirm": "ja"}).status_code == 404


def test_the_link_of_one_office_does_not_reach_people_of_another(client):
    mine, foreign = InvitationFactory(), RegistrationFactory()

    for name in ("cancel_person", "replace_person"):
        assert client.get(address(mine, name, foreign.pk)).status_code == 404
        assert client.post(address(mine, name, foreign.pk), {"confirm": "ja"}).status_code == 404

    foreign.refresh_from_db()
    assert foreign.status == RegistrationStatus.CONFIRMED
