"""Orders: reserved, confirmed, sent, forgotten."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from publications.models import Order, OrderItem
from publications.queries.orders import reserved_copies
from publications.services import orders, stock
from publications.services.orders import OrderDraft
from tests.factories.programme import UserFactory
from tests.factories.publications import PublicationFactory
from tests.letters import letters

DRAFT = OrderDraft(
    full_name="Käthe Strauß",
    organisation="Volkshochschule",
    street="Schloßallee 1",
    postcode="65183",
    city="Wiesbaden",
    email="kaethe@example.org",
    copies=3,
)


def test_an_order_is_received_reserved_and_asks_for_confirmation(publication):
    order = orders.place(publication=publication, draft=DRAFT)

    assert (order.status, order.number) == ("received", f"B-{order.pk:06d}")
    assert list(order.items.values_list("publication", "copies")) == [(publication.pk, 3)]
    assert reserved_copies(publication=publication) == 3
    assert letters() == [("publications/order_received", "kaethe@example.org")]
    publication.refresh_from_db()
    assert publication.stock == 10


def test_nothing_typed_by_a_stranger_is_in_the_first_letter(publication):
    orders.place(publication=publication, draft=replace(DRAFT, full_name="Kaufen bei www.spam"))

    mail = OutgoingMail.objects.get()
    assert "spam" not in mail.subject + mail.text_body + mail.html_body


def test_a_confirmed_order_goes_to_the_mailbox_and_back_to_the_orderer(publication):
    order = orders.place(publication=publication, draft=DRAFT)

    confirmed = orders.confirm(order=order)
    orders.confirm(order=order)

    assert confirmed.status == "confirmed"
    assert letters()[1:] == [
        ("publications/order_mailbox", "integration@example.org"),
        ("publications/order_confirmed", "kaethe@example.org"),
    ]
    mailbox = OutgoingMail.objects.get(letter="publications/order_mailbox")
    assert mailbox.reply_to == "kaethe@example.org"
    assert "Schloßallee 1" in mailbox.text_body


def test_sending_takes_copies_off_the_shelf_once(publication):
    order = orders.confirm(order=orders.place(publication=publication, draft=DRAFT))
    person = UserFactory()

    assert orders.mark_sent(orders=[order.pk], by=person) == [order]
    assert orders.mark_sent(orders=[order.pk], by=person) == []

    publication.refresh_from_db()
    order.refresh_from_db()
    assert publication.stock == 7
    assert (order.status, order.sent_by) == ("sent", person)
    assert reserved_copies(publication=publication) == 0
    assert letters()[-1] == ("publications/order_sent", "kaethe@example.org")
    assert AuditEntry.objects.get(verb="order.sent").actor == person


def test_an_unconfirmed_order_is_not_sent(publication):
    order = orders.place(publication=publication, draft=DRAFT)

    assert orders.mark_sent(orders=[order.pk], by=UserFactory()) == []


def test_a_shelf_that_is_too_empty_stops_the_dispatch_as_a_whole(publication):
    first = orders.confirm(order=orders.place(publication=publication, draft=DRAFT))
    second = orders.confirm(order=orders.place(publication=publication, draft=DRAFT))
    publication.stock = 5
    publication.save()

    with pytest.raises(RuleBroken, match="nur noch 2"):
        orders.mark_sent(orders=[first.pk, second.pk], by=UserFactory())

    publication.refresh_from_db()
    assert publication.stock == 5
    assert not Order.objects.filter(status="sent").exists()


@pytest.mark.parametrize(("copies", "words"), [(6, "höchstens 5"), (5, "nur noch 4")])
def test_limit_and_stock_are_kept(publication, copies, words):
    publication.stock = 4
    publication.save()

    with pytest.raises(RuleBroken, match=words) as broken:
        orders.place(publication=publication, draft=replace(DRAFT, copies=copies))

    assert broken.value.field == "copies"
    assert not Order.objects.exists()


def test_what_is_not_printed_cannot_be_ordered(publication):
    publication.is_orderable = False
    publication.save()

    with pytest.raises(RuleBroken, match="nicht gedruckt"):
        orders.place(publication=publication, draft=DRAFT)


def test_a_mailbox_cannot_be_flooded_through_the_form(publication):
    for _ in range(3):
        orders.place(publication=publication, draft=replace(DRAFT, copies=1))

    with pytest.raises(RuleBroken) as broken:
        orders.place(publication=publication, draft=replace(DRAFT, email="KAETHE@example.org"))

    assert broken.value.field == "email"


def test_an_order_nobody_confirms_expires_and_leaves_no_trace_of_the_person(publication):
    order = orders.place(publication=publication, draft=DRAFT)
    Order.objects.update(received_at=clock.now() - timedelta(days=7, minutes=1))

    assert (orders.expire.call(), orders.expire.call()) == (1, 0)

    order.refresh_from_db()
    assert (order.status, order.full_name, order.email) == ("cancelled", "", "")
    assert reserved_copies(publication=publication) == 0
    assert not OutgoingMail.objects.exists()


def test_an_expired_order_cannot_be_confirmed(publication):
    order = orders.place(publication=publication, draft=DRAFT)
    Order.objects.update(received_at=clock.now() - timedelta(days=8))
    orders.expire.call()

    with pytest.raises(RuleBroken, match="abgelaufen"):
        orders.confirm(order=order)


def test_a_young_order_is_left_alone(publication):
    orders.place(publication=publication, draft=DRAFT)

    assert orders.expire.call() == 0


def test_thirty_days_after_dispatch_only_title_and_number_remain(publication):
    order = orders.confirm(order=orders.place(publication=publication, draft=DRAFT))
    orders.mark_sent(orders=[order.pk], by=UserFactory())
    assert orders.anonymise.call() == 0
    Order.objects.update(sent_at=clock.now() - timedelta(days=30, minutes=1))

    assert (orders.anonymise.call(), orders.anonymise.call()) == (1, 0)

    order.refresh_from_db()
    assert [
        order.full_name,
        order.organisation,
        order.street,
        order.postcode,
        order.city,
        order.email,
        order.token_seed,
    ] == [""] * 7
    assert (order.number, order.status) == (f"B-{order.pk:06d}", "sent")
    assert OrderItem.objects.get().copies == 3
    assert not OutgoingMail.objects.exists()
    log = " ".join(AuditEntry.objects.values_list("sentence", flat=True))
    assert "Strauß" not in log
    assert "kaethe" not in log


def test_the_shelf_is_counted_but_not_below_what_is_reserved(publication):
    orders.place(publication=publication, draft=DRAFT)

    with pytest.raises(RuleBroken) as broken:
        stock.count(publication=publication, copies=2, by=UserFactory())
    assert broken.value.field == "copies"

    assert stock.count(publication=publication, copies=3, by=UserFactory()).stock == 3
    assert AuditEntry.objects.get(verb="stock.counted").changes == {"stock": [10, 3]}


@pytest.mark.django_db(transaction=True)
def test_the_last_copies_go_to_exactly_as_many_as_there_are(programme):
    publication = PublicationFactory(programme=programme, stock=3, max_copies=5)
    outcomes = []
    start = threading.Barrier(12)

    def order_one(number):
        start.wait()
        try:
            draft = replace(DRAFT, copies=1, email=f"person{number}@example.org")
            orders.place(publication=publication, draft=draft)
            outcomes.append("placed")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=order_one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["placed"] * 3 + ["refused"] * 9
    assert reserved_copies(publication=publication) == 3
    assert OutgoingMail.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_people_who_mark_the_same_order_send_it_once(programme):
    publication = PublicationFactory(programme=programme, stock=10, max_copies=5)
    order = orders.confirm(order=orders.place(publication=publication, draft=DRAFT))
    person = UserFactory()
    start = threading.Barrier(4)
    sent = []

    def mark():
        start.wait()
        try:
            sent.extend(orders.mark_sent(orders=[order.pk], by=person))
        finally:
            connection.close()

    threads = [threading.Thread(target=mark) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    publication.refresh_from_db()
    assert len(sent) == 1
    assert publication.stock == 7
    assert OutgoingMail.objects.filter(letter="publications/order_sent").count() == 1
