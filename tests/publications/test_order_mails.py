"""Orders while the mail server misbehaves: none is lost, each letter is there once (M1 to M3)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend

from programme import clock
from programme.models import OutgoingMail
from programme.outbox import delivery
from publications.models import Order
from tests.factories.publications import PublicationFactory
from tests.programme import smtp
from tests.publications.ordering import confirmed

pytestmark = pytest.mark.django_db
ORDERS, BATCH = 40, 10
LETTERS_EACH = 3


@pytest.fixture
def server(settings):
    with smtp.running() as running:
        settings.DELIVERY_EMAIL = {
            "EMAIL_BACKEND": f"{EmailBackend.__module__}.{EmailBackend.__qualname__}",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": running.server_address[1],
            "EMAIL_TIMEOUT": 30,
        }
        yield running


def order_many(programme, amount):
    title = PublicationFactory(programme=programme, stock=amount)
    for number in range(amount):
        confirmed(title, 1, email=f"p{number}@example.org", street=f"Weg {number}")


def deliver_later(time_machine):
    """Deliver once all mails are due again."""
    time_machine.move_to(clock.now() + timedelta(hours=2))
    return delivery.deliver_pending.call()


@pytest.mark.parametrize("mode", ["refuse", "later", "away"])
def test_orders_are_taken_while_no_mail_leaves_and_all_letters_arrive_once(
    programme, server, settings, time_machine, mode
):
    working = settings.DELIVERY_EMAIL
    server.mode = mode
    if mode == "away":
        settings.DELIVERY_EMAIL = working | {"EMAIL_PORT": 1}

    order_many(programme, ORDERS if mode == "away" else BATCH)
    refused = delivery.deliver_pending.call()
    settings.DELIVERY_EMAIL, server.mode = working, ""
    deliver_later(time_machine)

    orders = Order.objects.filter(status="confirmed").count()
    seen = Counter(mail["Message-ID"] for mail in server.received)
    assert refused == 0
    assert set(seen.values()) == {1}
    assert len(seen) == orders * LETTERS_EACH == OutgoingMail.objects.filter(status="sent").count()


def test_a_lost_answer_repeats_an_order_once_and_says_so(programme, server, time_machine):
    server.mode = "lostack"
    order_many(programme, 1)
    delivery.deliver_pending.call()
    server.mode = ""
    deliver_later(time_machine)

    seen = Counter(mail["Message-ID"] for mail in server.received)
    repeated = [mail["X-Wiederholung"] for mail in server.received[LETTERS_EACH:]]
    assert set(seen.values()) == {2}
    assert repeated == ["1"] * LETTERS_EACH
