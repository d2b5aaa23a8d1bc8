"""Letters about orders: recipient, template, context; the service decides whether."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from programme import outbox, tokens
from programme.models import OutgoingMail, Programme, User
from publications.models import DepositTask, Erratum, Order, OrderItem, Publication


def _status_url(order: Order) -> str:
    """Return the orderer's own link as it stands in mails."""
    token = tokens.token("order", order.token_seed)
    return outbox.absolute_url(reverse("publications:order_status", args=[token]))


def _for_orderer(order: Order, programme: Programme, **context: object) -> dict[str, object]:
    return {
        "programme": programme,
        "order": order,
        "status_url": _status_url(order),
        **context,
    }


def _to_orderer(letter: str, order: Order, programme: Programme, **context: object) -> OutgoingMail:
    return outbox.queue(
        letter=f"publications/{letter}",
        to=order.email,
        context=_for_orderer(order, programme, **context),
        reply_to=programme.order_mailbox,
    )


def received_letter(order: Order, items: Sequence[OrderItem]) -> outbox.Written:
    """Write what asks for confirmation; the order need not be stored, its number comes later."""
    context = _for_orderer(order, items[0].publication.programme, items=items)
    return outbox.compose(letter="publications/order_received", context=context)


def order_received(
    order: Order, items: Sequence[OrderItem], *, written: outbox.Written
) -> OutgoingMail:
    """Ask whoever reads this address to confirm; nothing typed into the form is in it (T3).

    The order has its number by now: its subject is written here, the letter came before.
    """
    letter = "publications/order_received"
    subject = outbox.subject(letter=letter, context={"order": order})
    return outbox.post(
        letter=letter,
        to=order.email,
        written=replace(written, subject=subject),
        reply_to=items[0].publication.programme.order_mailbox,
    )


def order_held(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer that somebody looks at the order first."""
    return _to_orderer("order_held", order, items[0].publication.programme, items=items)


def order_refused(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer politely that nothing will be sent."""
    return _to_orderer(
        "order_refused",
        order,
        items[0].publication.programme,
        items=items,
        catalogue_url=outbox.absolute_url(reverse("publications:publications")),
    )


def order_confirmed(
    order: Order, items: Sequence[OrderItem], *, is_less: bool = False
) -> OutgoingMail:
    """Tell the orderer that the order is on its way, and with `is_less` that not all of it is."""
    programme = items[0].publication.programme
    return _to_orderer("order_confirmed", order, programme, items=items, is_less=is_less)


def order_cancelled(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer that the order is cancelled, and when the data will be erased."""
    catalogue_url = outbox.absolute_url(reverse("publications:publications"))
    return _to_orderer(
        "order_cancelled",
        order,
        items[0].publication.programme,
        items=items,
        catalogue_url=catalogue_url,
    )


def order_sent(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the orderer that the parcel left, and when the data will be erased."""
    return _to_orderer("order_sent", order, items[0].publication.programme, items=items)


def order_mailbox(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Bring a confirmed order to the order mailbox; an answer goes to the orderer."""
    orders_url = outbox.absolute_url(reverse("publications:orders"))
    return _to_mailbox("order_mailbox", order, items, reply_to=order.email, orders_url=orders_url)


def order_check(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Ask the order mailbox to look at an odd order; its address stays in the portal."""
    check_url = outbox.absolute_url(reverse("publications:held_orders"))
    return _to_mailbox("order_check", order, items, check_url=check_url)


def order_withdrawn(order: Order, items: Sequence[OrderItem]) -> OutgoingMail:
    """Tell the order mailbox that an order it knows is not to be packed any more."""
    orders_url = outbox.absolute_url(reverse("publications:orders"))
    return _to_mailbox("order_withdrawn", order, items, orders_url=orders_url)


def _to_mailbox(
    letter: str, order: Order, items: Sequence[OrderItem], *, reply_to: str = "", **urls: str
) -> OutgoingMail:
    programme = items[0].publication.programme
    return outbox.queue(
        letter=f"publications/{letter}",
        to=programme.order_mailbox,
        context={"programme": programme, "order": order, "items": items, **urls},
        reply_to=reply_to,
    )


def reprint_due(publication: Publication, *, free: int) -> OutgoingMail:
    """Tell the order mailbox that printed copies run short."""
    stock_path = reverse("publications:count_stock", args=[publication.slug])
    return outbox.queue(
        letter="publications/reprint_due",
        to=publication.programme.order_mailbox,
        context={
            "programme": publication.programme,
            "publication": publication,
            "free": free,
            "stock_url": outbox.absolute_url(stock_path),
        },
    )


def order_erratum(order: Order, erratum: Erratum) -> OutgoingMail:
    """Tell somebody who agreed to be told about a mistake in a publication they ordered."""
    publication = erratum.edition.publication
    path = reverse("publications:edition", args=[publication.slug, erratum.edition.number])
    return _to_orderer(
        "order_erratum",
        order,
        publication.programme,
        erratum=erratum,
        publication=publication,
        erratum_url=f"{outbox.absolute_url(path)}#korrektur-{erratum.number}",
    )


def deposit_reminder(
    person: User, tasks: Sequence[DepositTask], *, words: Sequence[str]
) -> OutgoingMail:
    """Remind a person of the copies libraries get; `words` say of each how long it is still."""
    return _deposits("deposit_reminder", person, tasks, words)


def deposit_overdue(
    person: User, tasks: Sequence[DepositTask], *, words: Sequence[str]
) -> OutgoingMail:
    """Tell a person that copies are overdue; `words` say of each since when."""
    return _deposits("deposit_overdue", person, tasks, words)


def _deposits(
    letter: str, person: User, tasks: Sequence[DepositTask], words: Sequence[str]
) -> OutgoingMail:
    return outbox.queue(
        letter=f"publications/{letter}",
        to=person.email,
        context={
            "person": person,
            "tasks": list(zip(tasks, words, strict=True)),
            "deposits_url": outbox.absolute_url(reverse("publications:deposits")),
        },
    )
