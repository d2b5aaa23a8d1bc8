"""The orderer takes an order back by the link from the mail, until it is packed."""

from django.db import transaction

from programme import clock
from programme.errors import RuleBroken
from publications import emails
from publications.enums import OrderStatus
from publications.models import Order
from publications.rules import orders as rules
from publications.services import stock
from publications.services.order_letters import log, remember
from publications.services.orders import locked_titles


@transaction.atomic
def cancel(*, order: Order) -> Order:
    """Cancel an order that is not packed yet: its copies are free again, a mail confirms it.

    The order mailbox is told if it knew the order. The address is erased 30 days later. Cancelled
    already: nothing happens. Raises RuleBroken for an order that is packed, sent or refused.
    """
    items = list(order.items.select_related("publication__programme").order_by("publication_id"))
    titles = locked_titles(titles=[item.publication_id for item in items])
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        return order
    if order.status not in rules.CANCELLABLE:
        raise RuleBroken(
            "Diese Bestellung kann nicht mehr storniert werden. Bitte schreiben Sie uns."
        )
    was_known = order.status != OrderStatus.RECEIVED
    order.status, order.cancelled_at = OrderStatus.CANCELLED, clock.now()
    order.save(update_fields=["status", "cancelled_at"])
    remember(order=order, mail=emails.order_cancelled(order, items))
    if was_known:
        remember(order=order, mail=emails.order_withdrawn(order, items))
    log(order=order, verb="order.cancelled", what="wurde von der bestellenden Person storniert")
    for title in titles:
        stock.watch(publication=title)
    return order
