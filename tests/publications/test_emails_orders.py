"""Letters about orders, as the recipient reads them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

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
        hold_reason="Kein Zweck genannt („Ab 6 Exemplaren“).",
        refusal_reason="Wir versenden nur nach Hessen.",
    )
    OrderItemFactory(
        order=order, publication=PublicationFactory(programme=programme, slug="abschlussbericht")
    )
    return order


def read_by_recipient(mail):
    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    return head + mail.text_body


@pytest.mark.parametrize(
    "letter",
    [
        *("order_confirmed", "order_sent", "order_mailbox", "order_held", "order_refused"),
        "order_cancelled",
    ],
)
def test_the_letter_reads_as_agreed(order, letter):
    items = list(order.items.select_related("publication__programme"))

    mail = getattr(emails, letter)(order, items)

    assert read_by_recipient(mail) == (LETTERS / f"{letter}.txt").read_text(encoding="utf-8")
    assert mail.letter == f"publications/{letter}"
    assert "Käthe Strauß &amp; Söhne" in mail.html_body


def test_the_letter_without_typed_words_reads_as_agreed(order):
    items = list(order.items.select_related("publication__programme"))

    written = emails.received_letter(order, items)
    received = emails.order_received(order, items, written=written)
    check = emails.order_check(order, items)
    withdrawn = emails.order_withdrawn(order, items)

    written_letters = ("order_received", "order_check", "order_withdrawn")
    for mail, letter in zip((received, check, withdrawn), written_letters, strict=True):
        assert read_by_recipient(mail) == (LETTERS / f"{letter}.txt").read_text(encoding="utf-8")
        assert mail.letter == f"publications/{letter}"
        assert "Käthe" not in mail.html_body


def test_the_letter_about_a_reprint_reads_as_agreed(programme):
    report = PublicationFactory(programme=programme, slug="abschlussbericht", reprint_below=25)

    mail = emails.reprint_due(report, free=24)

    assert read_by_recipient(mail) == (LETTERS / "reprint_due.txt").read_text(encoding="utf-8")
