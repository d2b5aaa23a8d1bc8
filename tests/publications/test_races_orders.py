"""The last copies and two people at one order (target R7), on both databases."""

import threading

import pytest
from django.db import connection

from programme.errors import RuleBroken
from programme.models import OutgoingMail
from publications.models import Order, StockMovement
from publications.queries.orders import reserved_copies
from publications.rules.order_drafts import OrderLine
from publications.services import dispatch, orders
from tests.factories.programme import UserFactory
from tests.factories.publications import PublicationFactory
from tests.publications.ordering import confirmed, draft, placed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(amount, act):
    """Run `act(number)` in so many threads at the same moment and return the results."""
    start, results = threading.Barrier(amount), []

    def run(number):
        start.wait()
        try:
            results.append(act(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(amount)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_last_copies_go_to_exactly_as_many_as_there_are(programme):
    publication = PublicationFactory(programme=programme, stock=3, max_copies=5)

    def order_one(number):
        written = draft(publication, 1, email=f"person{number}@example.org", street=f"Weg {number}")
        try:
            orders.place(draft=written)
        except RuleBroken:
            return "refused"
        return "placed"

    outcomes = at_once(12, order_one)

    assert sorted(outcomes) == ["placed"] * 3 + ["refused"] * 9
    assert reserved_copies(publication=publication) == 3
    assert OutgoingMail.objects.count() == 3


def test_orders_of_two_titles_at_once_never_wait_in_a_circle(programme):
    one, two = (PublicationFactory(programme=programme, stock=5, max_copies=5) for _ in range(2))

    def order_both(number):
        lines = tuple(OrderLine(title.pk, 1) for title in ((one, two), (two, one))[number % 2])
        contact = {"email": f"person{number}@example.org", "street": f"Weg {number}"}
        try:
            orders.place(draft=draft(one, lines=lines, **contact))
        except RuleBroken:
            return "refused"
        return "placed"

    outcomes = at_once(12, order_both)

    assert sorted(outcomes) == ["placed"] * 5 + ["refused"] * 7
    assert [reserved_copies(publication=title) for title in (one, two)] == [5, 5]
    assert OutgoingMail.objects.count() == 5


def test_orders_for_one_address_confirmed_at_once_keep_its_limit(programme):
    publication = PublicationFactory(programme=programme, stock=20, max_copies_per_address=3)
    waiting = [placed(publication, 2, email=f"person{number}@example.org") for number in range(3)]

    at_once(3, lambda number: orders.confirm(order=waiting[number]))

    states = Order.objects.order_by("status").values_list("status", flat=True)
    assert list(states) == ["confirmed", "held", "held"]
    assert reserved_copies(publication=publication) == 2


def test_two_people_who_mark_the_same_order_send_it_once(programme):
    publication = PublicationFactory(programme=programme, stock=10, max_copies=5)
    order, person = confirmed(publication), UserFactory()

    sent = at_once(4, lambda number: dispatch.mark_sent(orders=[order.pk], by=person))

    publication.refresh_from_db()
    assert sum(map(len, sent)) == 1
    assert publication.stock == 7
    assert StockMovement.objects.count() == 1
    assert OutgoingMail.objects.filter(letter="publications/order_sent").count() == 1
