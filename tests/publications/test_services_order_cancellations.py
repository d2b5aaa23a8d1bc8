"""The orderer takes an order back until it is packed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import AuditEntry
from publications.models import Order
from publications.queries.orders import reserved_copies
from publications.services import dispatch, order_cancellations, order_decisions, order_retention
from publications.services import orders as order_services
from tests.factories.programme import UserFactory
from tests.letters import letters
from tests.publications.ordering import confirmed, link, placed

TO_BOTH = [
    ("publications/order_cancelled", "kaethe@example.org"),
    ("publications/order_withdrawn", "integration@example.org"),
]


def own_page(order):
    return reverse("publications:cancel_order", args=[tokens.token("order", order.token_seed)])


def test_a_cancelled_order_frees_its_copies_and_tells_both_sides_once(publication):
    order = confirmed(publication)

    order_cancellations.cancel(order=order)
    again = order_cancellations.cancel(order=order)

    assert (again.status, again.cancelled_at is None) == ("cancelled", False)
    assert reserved_copies(publication=publication) == 0
    assert letters()[3:] == TO_BOTH
    entry = AuditEntry.objects.get(verb="order.cancelled")
    assert entry.sentence == (
        f"Bestellung {order.number} wurde von der bestellenden Person storniert."
    )


def test_an_order_the_mailbox_never_heard_of_is_cancelled_without_it(publication):
    order_cancellations.cancel(order=placed(publication))

    assert letters()[1:] == TO_BOTH[:1]
    assert reserved_copies(publication=publication) == 0


def test_an_order_in_the_hold_queue_can_be_cancelled(publication):
    order = order_decisions.hold(order=confirmed(publication), reason="Prüfen", by=UserFactory())

    assert order_cancellations.cancel(order=order).status == "cancelled"
    assert letters()[-2:] == TO_BOTH


@pytest.mark.parametrize("step", [dispatch.pack, dispatch.mark_sent])
def test_what_is_packed_or_sent_is_not_cancelled(publication, step):
    order = confirmed(publication)
    step(orders=[order.pk], by=UserFactory())
    before = letters()

    with pytest.raises(RuleBroken, match="nicht mehr storniert"):
        order_cancellations.cancel(order=order)

    assert letters() == before


def test_a_cancelled_order_is_neither_confirmed_nor_packed_nor_released(publication):
    order, person = confirmed(publication), UserFactory()
    order_cancellations.cancel(order=order)

    assert dispatch.pack(orders=[order.pk], by=person) == []
    with pytest.raises(RuleBroken, match="storniert oder abgelaufen"):
        order_services.confirm(order=order)
    with pytest.raises(RuleBroken):
        order_decisions.release(order=order, by=person)


def test_a_new_fall_of_the_stock_is_told_again_after_copies_came_free(publication):
    publication.reprint_below = 9
    publication.save()

    order_cancellations.cancel(order=confirmed(publication))
    placed(publication, email="anna@example.org", street="Anderer Weg 2")

    assert [letter for letter, _ in letters()].count("publications/reprint_due") == 2


def test_thirty_days_later_the_person_is_erased(publication):
    order = order_cancellations.cancel(order=confirmed(publication))
    assert order_retention.anonymise.call() == 0
    Order.objects.update(cancelled_at=clock.now() - timedelta(days=30, minutes=1))

    assert (order_retention.anonymise.call(), order_retention.anonymise.call()) == (1, 0)

    order.refresh_from_db()
    assert (order.status, order.full_name, order.email) == ("cancelled", "", "")


def test_the_page_asks_first_and_only_its_button_cancels(client, publication):
    order = confirmed(publication)
    assert own_page(order) in client.get(link(order)).content.decode()

    asked = client.get(own_page(order))
    order.refresh_from_db()
    assert (asked.status_code, order.status) == (200, "confirmed")
    assert asked["Cache-Control"] == "no-store"
    assert "3 × Abschlussbericht" in asked.content.decode()

    for _ in range(2):
        answer = client.post(own_page(order), follow=True)
        assert answer.redirect_chain == [(link(order), 302)]
    page = answer.content.decode()
    assert "Diese Bestellung ist storniert. Es wird nichts versandt" in page
    assert own_page(order) not in page
    assert letters()[3:] == TO_BOTH
    assert "bereits storniert" in client.get(own_page(order)).content.decode()


def test_the_page_of_a_packed_order_says_whom_to_write_to(client, publication):
    order = confirmed(publication)
    dispatch.pack(orders=[order.pk], by=UserFactory())

    page = client.get(own_page(order)).content.decode()
    refused = client.post(own_page(order), follow=True).content.decode()

    assert "kann nicht mehr storniert werden" in page
    assert "integration@example.org" in page
    assert "kann nicht mehr storniert werden" in refused
    assert own_page(order) not in refused


def test_looking_costs_few_queries(client, publication, django_assert_num_queries):
    order = confirmed(publication)

    with django_assert_num_queries(2):
        client.get(own_page(order))
