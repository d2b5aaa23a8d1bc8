"""Links are not guessed: 60 wrong ones a minute and address, then nothing at all (target A7)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.enums import MeetingStatus
from programme import clock, tokens
from tests.factories.network import (
    AnswerEntryFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
)
from tests.factories.publications import OrderItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
LINKS = ("network:invitation", "network:registration", "network:undo_answer")
ORDERS = "publications:order_status"


@pytest.fixture(autouse=True)
def one_minute():
    """Let the clock stand still, so that no minute ends in the middle of a test."""
    with time_machine.travel("2050-01-01T12:00:10Z", tick=False) as traveller:
        yield traveller


def guess(client: Client, name: str = LINKS[0], token: str = "x" * 43) -> int:
    return client.get(reverse(name, args=[token])).status_code


def invitation_token(**values: object) -> str:
    return tokens.token("invitation", InvitationFactory.create(**values).token_seed)


@pytest.mark.parametrize("name", [*LINKS, ORDERS])
def test_after_60_wrong_links_an_address_has_to_wait(client, name, one_minute):
    assert [guess(client, name, f"{number:043d}") for number in range(60)] == [404] * 60

    refused = client.get(reverse(name, args=["y" * 43]))

    assert refused.status_code == 429
    assert "Bitte warten Sie einen Moment" in refused.content.decode()
    assert (refused["Retry-After"], refused["Cache-Control"]) == ("60", "no-store")
    one_minute.shift(timedelta(minutes=1))
    assert guess(client, name) == 404


def test_somebody_who_guesses_learns_nothing_even_by_a_right_link(client):
    token = invitation_token()
    for number in range(60):
        guess(client, LINKS[number % 3])

    assert guess(client, token=token) == 429
    assert client.post(reverse(LINKS[0], args=[token])).status_code == 429


def test_people_at_other_addresses_do_not_notice(client):
    token = invitation_token()
    for _ in range(61):
        guess(client)

    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert guess(elsewhere, token=token) == 200


def test_right_links_do_not_count_however_often_they_are_opened(client):
    token = invitation_token()

    assert {guess(client, token=token) for _ in range(70)} == {200}
    assert guess(client) == 404


def test_wrong_withdrawn_and_expired_links_look_and_cost_the_same(client):
    now = clock.now()
    over = MeetingFactory(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    right = invitation_token()
    dead = [
        "x" * 43,
        ("A" if right[0] != "A" else "B") + right[1:],
        invitation_token(withdrawn_at=now),
        invitation_token(meeting=over),
        invitation_token(meeting__status=MeetingStatus.CANCELLED),
    ]

    answers = []
    for token in dead:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(LINKS[0], args=[token]))
        answers.append((response.status_code, response.content, len(queries)))

    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_no_link_opens_what_another_kind_of_link_is_for(client):
    entry, person = AnswerEntryFactory(), RegistrationFactory()
    order = OrderItemFactory().order
    made = {
        "invitation": tokens.token("invitation", entry.invitation.token_seed),
        "registration": tokens.token("registration", person.token_seed),
        "undo": tokens.token("undo", entry.undo_seed),
        "order": tokens.token("order", order.token_seed),
    }
    doors = dict(zip(made, [*LINKS, ORDERS], strict=True))

    opened = {
        (kind, door)
        for kind, token in made.items()
        for door, name in doors.items()
        if guess(client, name, token) == 200
    }

    assert opened == {(kind, kind) for kind in made}
