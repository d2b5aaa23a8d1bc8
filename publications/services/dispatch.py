"""From the shelf to the post: packed, sent."""

from collections.abc import Sequence

from django.db import transaction

from programme import clock
from programme.models import User
from publications import emails
from publications.enums import OrderStatus
from publications.models import Order, OrderItem, Publication
from publications.rules import orders as rules
from publications.services import stock
from publications.services.order_letters import log, remember
from publications.services.orders import locked_titles


@transaction.atomic
def pack(*, orders: Sequence[int], by: User) -> list[Order]:
    """Mark confirmed orders (by primary key) as packed and return those that were.

    Their copies stay reserved; nobody is written to. Orders in any other state are left alone, so
    repeating it is harmless.
    """
    ready = _locked(orders, [OrderStatus.CONFIRMED])
    for order in ready:
        order.status, order.packed_at, order.packed_by = OrderStatus.PACKED, clock.now(), by
        order.save(update_fields=["status", "packed_at", "packed_by"])
        log(order=order, verb="order.packed", what="wurde gepackt", by=by)
    return ready


@transaction.atomic
def mark_sent(*, orders: Sequence[int], by: User) -> list[Order]:
    """Mark confirmed or packed orders (by primary key) as sent and return those that were.

    Takes their copies off the shelf and tells the orderers. Orders in any other state are left
    alone, so repeating it is harmless. Raises RuleBroken, and sends nothing, if the shelf holds
    fewer copies than are to be sent.
    """
    items = OrderItem.objects.filter(order__in=orders)
    titles = sorted(set(items.values_list("publication_id", flat=True)))
    shelf = {row.pk: row for row in locked_titles(titles=titles)}
    sent = _locked(orders, rules.TO_DISPATCH)
    for order in sent:
        _send(order, shelf, by)
    return sent


def _locked(orders: Sequence[int], states: Sequence[OrderStatus]) -> list[Order]:
    rows = Order.objects.select_for_update().filter(pk__in=orders, status__in=states)
    return list(rows.order_by("pk"))


def _send(order: Order, shelf: dict[int, Publication], by: User) -> None:
    items = list(order.items.select_related("publication__programme"))
    for item in items:
        publication = shelf[item.publication_id]
        stock.deliver(publication=publication, copies=item.copies, order=order, by=by)
    order.status, order.sent_at, order.sent_by = OrderStatus.SENT, clock.now(), by
    order.save(update_fields=["status", "sent_at", "sent_by"])
    remember(order=order, mail=emails.order_sent(order, items))
    log(order=order, verb="order.sent", what="wurde versandt", by=by)
