"""What orders forget by themselves, with a receipt."""

from datetime import timedelta

from programme import clock
from programme.models import AuditEntry, DeletionReceipt, OutgoingMail
from publications.models import Order, OrderItem
from publications.queries.orders import reserved_copies
from publications.services import dispatch, order_decisions, order_retention
from tests.factories.programme import UserFactory
from tests.publications.ordering import confirmed, link, placed

ERASED = ("full_name", "organisation", "street", "postcode", "city", "email", "purpose")


def test_an_order_nobody_confirms_expires_and_leaves_no_trace_of_the_person(publication):
    order = placed(publication)
    Order.objects.update(received_at=clock.now() - timedelta(days=7, minutes=1))

    assert (order_retention.expire.call(), order_retention.expire.call()) == (1, 0)

    order.refresh_from_db()
    assert (order.status, order.full_name, order.email) == ("cancelled", "", "")
    assert order.cancelled_at is not None
    assert reserved_copies(publication=publication) == 0
    assert not OutgoingMail.objects.exists()


def test_a_young_order_is_left_alone(publication):
    placed(publication)

    assert order_retention.expire.call() == 0
    assert not DeletionReceipt.objects.exists()


def test_thirty_days_after_dispatch_only_title_number_and_area_remain(publication):
    order = confirmed(publication, purpose="Kurs", wants_corrections=True)
    dispatch.mark_sent(orders=[order.pk], by=UserFactory())
    assert order_retention.anonymise.call() == 0
    Order.objects.update(sent_at=clock.now() - timedelta(days=30, minutes=1))

    assert (order_retention.anonymise.call(), order_retention.anonymise.call()) == (1, 0)

    order.refresh_from_db()
    rest = [getattr(order, column) for column in (*ERASED, "token_seed", "address_key")]
    assert rest == [""] * 9
    assert (order.sent_by, order.wants_corrections) == (None, False)
    assert (order.number, order.status) == (f"B-{order.pk:06d}", "anonymised")
    assert order.district == "Postleitzone 65"
    assert OrderItem.objects.get().copies == 3
    assert not OutgoingMail.objects.exists()
    log = " ".join(AuditEntry.objects.values_list("sentence", flat=True))
    assert "Strauß" not in log
    assert "kaethe" not in log


def test_the_deletion_has_a_receipt_without_names(publication):
    for number in range(2):
        order = confirmed(publication, 1, email=f"p{number}@example.org")
        dispatch.mark_sent(orders=[order.pk], by=UserFactory())
    Order.objects.update(sent_at=clock.now() - timedelta(days=31))

    order_retention.anonymise.call()

    receipt = DeletionReceipt.objects.get()
    assert receipt.subject == (
        "Bestellungen, die vor 30 Tagen versandt, abgelehnt oder storniert wurden"
    )
    assert receipt.deleted == {"Namen und Anschriften": 2, "E-Mails": 8}
    assert list(receipt.held) == ["Titel, Anzahl und Gebiet je Bestellung"]


def test_a_refused_order_is_erased_too(publication):
    held = confirmed(publication, 8, purpose="Seminar")
    order = order_decisions.refuse(order=held, by=UserFactory(), reason="x")
    Order.objects.update(decided_at=clock.now() - timedelta(days=31))

    assert order_retention.anonymise.call() == 1

    order.refresh_from_db()
    assert (order.status, order.email, order.refusal_reason) == ("refused", "", "")


def test_the_link_of_an_erased_order_says_so_and_nothing_else(publication, client):
    order = confirmed(publication)
    address = link(order)
    Order.objects.update(status="sent", sent_at=clock.now() - timedelta(days=31))
    order_retention.anonymise.call()

    page = client.get(address)
    confirmed_again = client.post(address)

    text = page.content.decode()
    assert (page.status_code, confirmed_again.status_code) == (200, 302)
    assert "Alle Angaben zu Person und Anschrift sind gelöscht" in text
    assert order.number not in text
    assert "Abschlussbericht" not in text
