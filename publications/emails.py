"""Letters about orders: recipient, template, context; the service decides whether."""

from collections.abc import Sequence

from django.urls import reverse

from programme import outbox, tokens
from programme.models import OutgoingMail, Programme
from publications.models import Order, OrderItem, Publication


def _status_url(order: Order) -> str:
    """Return the orderer's own link as it stands in mails."""
    token = tokens.token("order", order.token_seed)
    return outbox.absolute_url(reverse("publications:order_status", args=[token]))


def _to_orderer(letter: str, order: Order, programme: Programme, **context: object) -> OutgoingMail:
    return outbox.queue(
        letter=f"publications/{letter}",
        to=order.email,
        context={
            "programme": programme,
            "order": order,
            "status_url": _status_url(order),
            **context,
        },
        reply_to=programme.order_mailbox,
    )


def order_received(order: Order, publication: Publication, *, copies: int) -> OutgoingMail:
    """Ask whoever reads this address to confirm; nothing typed into the form is in it (T3)."""
    return _to_orderer(
        "order_received", order, publication.programme, publication=publication, copies=copies
    )


def order_confirmed(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer that the order is on its way to the mailbox."""
    return _to_orderer("order_confirmed", order, items[0].publication.programme, items=items)


def order_sent(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer that the parcel left, and when the data will be erased."""
    return _to_orderer("order_sent", order, items[0].publication.programme, items=items)


def order_mailbox(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Bring a confirmed order to the order mailbox; an answer goes to the orderer."""
    programme = items[0].publication.programme
    return outbox.queue(
        letter="publications/order_mailbox",
        to=programme.order_mailbox,
        context={
            "programme": programme,
            "order": order,
            "items": items,
            "orders_url": outbox.absolute_url(reverse("publications:orders")),
        },
        reply_to=order.email,
    )
