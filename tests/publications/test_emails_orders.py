"""Letters about orders, as the recipient reads them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from programme.models import OutgoingMail
from publications import emails
from tests.factories.publications import OrderFactory, OrderItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def order(programme):
    order = OrderFactory(
        number="B-000042",
        full_name="Käthe Strauß & Söhne",
        organisation="Volkshochschule <Mitte>",
        email="kaethe@example.org",
        token_seed="seed",
        confirmed_at=datetime(2028, 2, 29, 9, 30, tzinfo=UTC),
        sent_at=datetime(2028, 3, 1, 9, 30, tzinfo=UTC),
    )
    OrderItemFactory(
        order=order, publication=PublicationFactory(programme=programme, slug="abschlussbericht")
    )
    return order


def read_by_recipient(mail):
    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    return head + mail.text_body


@pytest.mark.parametrize("letter", ["order_confirmed", "order_sent", "order_mailbox"])
def test_the_letter_reads_as_agreed(order, letter):
    items = list(order.items.select_related("publication__programme"))

    mail = getattr(emails, letter)(order, items)

    assert read_by_recipient(mail) == (LETTERS / f"{letter}.txt").read_text(encoding="utf-8")
    assert mail.letter == f"publications/{letter}"
    assert "Käthe Strauß &amp; Söhne" in mail.html_body


def test_the_first_letter_reads_as_agreed(order):
    item = order.items.get()

    mail = emails.order_received(order, item.publication, copies=item.copies)

    expected = (LETTERS / "order_received.txt").read_text(encoding="utf-8")
    assert read_by_recipient(mail) == expected
    assert OutgoingMail.objects.get().letter == "publications/order_received"
    assert "Käthe" not in mail.html_body
