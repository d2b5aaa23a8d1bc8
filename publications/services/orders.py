"""Orders of printed copies: received, confirmed by mail, sent, forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from programme import audit, clock, jobs, tokens
from programme.errors import RuleBroken
from programme.models import OutgoingMail, User
from publications import emails
from publications.enums import OrderStatus
from publications.models import Order, OrderItem, OrderLetter, Publication
from publications.queries.orders import reserved_copies
from publications.rules import orders as rules

HOUR = 60 * 60


@dataclass(frozen=True)
class OrderDraft:
    """Who wants how many copies, and where they go."""

    full_name: str
    organisation: str
    street: str
    postcode: str
    city: str
    email: str
    copies: int


@transaction.atomic
def place(*, publication: Publication, draft: OrderDraft) -> Order:
    """Receive an order, reserve its copies and ask for confirmation by mail.

    Raises RuleBroken if the title cannot be ordered, the number exceeds the limit or what is
    left (R7: counted under a lock on the title), or too many orders wait for this address.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if not publication.is_orderable:
        raise RuleBroken("Diese Publikation gibt es nicht gedruckt.")
    reserved = reserved_copies(publication=publication)
    free = rules.available(stock=publication.stock, reserved=reserved)
    refusal = rules.refusal(copies=draft.copies, max_copies=publication.max_copies, free=free)
    if refusal:
        raise RuleBroken(refusal, field="copies")
    _refuse_flood(draft.email)
    order = _create(publication, draft)
    _remember(order, emails.order_received(order, publication, copies=draft.copies))
    _log(order, "order.received", "ist eingegangen")
    return order


@transaction.atomic
def confirm(*, order: Order) -> Order:
    """Confirm an order by its link: it goes to the order mailbox, the orderer gets a receipt.

    Done twice it changes nothing. Raises RuleBroken if the order was cancelled meanwhile.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        raise RuleBroken("Diese Bestellung ist abgelaufen. Bitte bestellen Sie noch einmal.")
    if order.status != OrderStatus.RECEIVED:
        return order
    order.status = OrderStatus.CONFIRMED
    order.confirmed_at = clock.now()
    order.save(update_fields=["status", "confirmed_at"])
    items = list(order.items.select_related("publication__programme"))
    _remember(order, emails.order_mailbox(order, items))
    _remember(order, emails.order_confirmed(order, items))
    _log(order, "order.confirmed", "wurde bestätigt")
    return order


@transaction.atomic
def mark_sent(*, orders: Sequence[int], by: User) -> list[Order]:
    """Mark confirmed orders (by primary key) as sent, take their copies off the shelf, tell people.

    Orders that are not waiting for dispatch are left alone, so repeating it is harmless. Raises
    RuleBroken if the shelf holds fewer copies than are to be sent.
    """
    items = OrderItem.objects.filter(order__in=orders)
    titles = sorted(set(items.values_list("publication_id", flat=True)))
    shelf = {row.pk: row for row in _locked_titles(titles)}
    ready = Order.objects.select_for_update().filter(pk__in=orders, status=OrderStatus.CONFIRMED)
    sent = list(ready.order_by("pk"))
    for order in sent:
        _send(order, shelf, by)
    for publication in shelf.values():
        publication.save(update_fields=["stock"])
    return sent


@jobs.job(max_attempts=3, every=HOUR)
@transaction.atomic
def expire() -> int:
    """Drop orders nobody confirmed for 7 days: copies are free again, the address is erased."""
    limit = clock.now() - rules.CONFIRM_WITHIN
    late = Order.objects.select_for_update(skip_locked=True).filter(
        status=OrderStatus.RECEIVED, received_at__lt=limit
    )
    dropped = list(late)
    for order in dropped:
        order.status = OrderStatus.CANCELLED
        _forget(order)
        _log(order, "order.expired", "wurde nicht bestätigt und ist abgelaufen")
    return len(dropped)


@jobs.job(max_attempts=3, every=HOUR)
@transaction.atomic
def anonymise() -> int:
    """Erase names, addresses and mails of orders 30 days after dispatch; title and number stay."""
    limit = clock.now() - rules.ANONYMISE_AFTER
    old = Order.objects.select_for_update(skip_locked=True).filter(
        status=OrderStatus.SENT, sent_at__lt=limit, anonymised_at__isnull=True
    )
    erased = list(old)
    for order in erased:
        _forget(order)
        _log(order, "order.anonymised", "wurde anonymisiert")
    return len(erased)


def _refuse_flood(email: str) -> None:
    """Keep strangers from filling somebody's mailbox through this form (threat T3)."""
    waiting = Order.objects.filter(email__iexact=email, status=OrderStatus.RECEIVED)
    if waiting.count() >= rules.MOST_OPEN_ORDERS:
        raise RuleBroken(
            "Zu dieser E-Mail-Adresse warten schon mehrere Bestellungen auf Bestätigung. Bitte "
            "öffnen Sie zuerst die Links in den E-Mails.",
            field="email",
        )


def _create(publication: Publication, draft: OrderDraft) -> Order:
    seed, digest = tokens.issue("order")
    order = Order.objects.create(
        number=digest[:20],
        full_name=draft.full_name,
        organisation=draft.organisation,
        street=draft.street,
        postcode=draft.postcode,
        city=draft.city,
        email=draft.email,
        token_seed=seed,
        token_digest=digest,
    )
    order.number = f"B-{order.pk:06d}"
    order.save(update_fields=["number"])
    OrderItem.objects.create(order=order, publication=publication, copies=draft.copies)
    return order


def _locked_titles(titles: Sequence[int]) -> list[Publication]:
    """Lock titles before orders, as `place` does, so that the two never wait for each other."""
    return list(Publication.objects.select_for_update().filter(pk__in=titles).order_by("pk"))


def _send(order: Order, shelf: dict[int, Publication], by: User) -> None:
    items = list(order.items.select_related("publication__programme"))
    for item in items:
        publication = shelf[item.publication_id]
        if publication.stock < item.copies:
            raise RuleBroken(
                f"Von „{publication.title}“ sind nur noch {publication.stock} Exemplare auf Lager. "
                f"Bestellung {order.number} kann nicht versandt werden."
            )
        publication.stock -= item.copies
    order.status = OrderStatus.SENT
    order.sent_at = clock.now()
    order.sent_by = by
    order.save(update_fields=["status", "sent_at", "sent_by"])
    _remember(order, emails.order_sent(order, items))
    _log(order, "order.sent", "wurde versandt", by=by)


def _remember(order: Order, mail: OutgoingMail) -> None:
    OrderLetter.objects.create(order=order, letter=mail.letter, message_id=mail.message_id)


def _forget(order: Order) -> None:
    """Erase everything personal: the columns, the link and the mails (target P1)."""
    letters = list(order.letters.values_list("message_id", flat=True))
    OutgoingMail.objects.filter(message_id__in=letters).delete()
    order.letters.all().delete()
    for column in ("full_name", "organisation", "street", "postcode", "city", "email"):
        setattr(order, column, "")
    order.token_seed = ""
    order.token_digest = f"erased-{order.pk}"
    order.anonymised_at = clock.now()
    order.save()


def _log(order: Order, verb: str, what: str, by: User | None = None) -> None:
    audit.record(by=by, verb=verb, subject=order, sentence=f"Bestellung {order.number} {what}.")
