"""What the office and the orderers read about orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from publications.enums import OrderStatus
from publications.models import Order, OrderItem, OrderLetter, OrderRule, Publication, StockMovement
from publications.rules.orders import GRANTED, RESERVING

UNDELIVERED = (MailStatus.DELAYED, MailStatus.FAILED, MailStatus.BOUNCED)
TO_MAILBOX = (
    "publications/order_mailbox",
    "publications/order_check",
    "publications/order_withdrawn",
)


@dataclass(frozen=True)
class UndeliveredLetter:
    """A mail about an order that has not arrived."""

    order_number: str
    letter: str
    mail: OutgoingMail


def reserving() -> Q:
    """Return which items hold copies: of orders on their way, or received and not odd."""
    return Q(order__status__in=RESERVING) | Q(
        order__status=OrderStatus.RECEIVED, order__hold_reason=""
    )


def reserved_copies(*, publication: Publication) -> int:
    """Return how many copies open orders of this title hold."""
    return reserved_by_title(titles=[publication.pk]).get(publication.pk, 0)


def reserved_by_title(*, titles: Iterable[int], but: int = 0) -> dict[int, int]:
    """Return how many copies open orders hold, by primary key of the title; one query.

    The order with the primary key `but` does not count.
    """
    held = OrderItem.objects.filter(reserving(), publication__in=titles).exclude(order=but)
    held = held.order_by()
    return dict(held.values_list("publication").annotate(sum=Sum("copies")))


def copies_had(*, publication: Publication, address_key: str, email: str, but: int = 0) -> int:
    """Return how many copies this address or mailbox ordered within the title's period.

    Only orders that were confirmed and not held count: anybody can write down the address of
    somebody else. Counts what is still stored, except the order with the primary key `but`;
    addresses are erased 30 days after dispatch.
    """
    since = clock.now() - timedelta(days=publication.limit_days)
    items = OrderItem.objects.filter(
        Q(order__address_key=address_key) | Q(order__email=email),
        publication=publication,
        order__received_at__gte=since,
        order__status__in=GRANTED,
    )
    items = items.exclude(order=but)
    return int(items.aggregate(sum=Sum("copies"))["sum"] or 0)


def orders_of_address(*, address_key: str, but: int = 0) -> int:
    """Return how many stored orders name this address; refused ones count, they are a sign.

    The order with the primary key `but` does not count.
    """
    return Order.objects.filter(address_key=address_key).exclude(pk=but).count()


def order_rules(*, programme: int) -> list[OrderRule]:
    """Return the rules of a programme (primary key) that are in force; one query."""
    return list(OrderRule.objects.filter(programme=programme, is_active=True))


def order_by_digest(*, digest: str) -> Order | None:
    """Return the order a link belongs to, with its items, or None."""
    return Order.objects.filter(token_digest=digest).prefetch_related(_items()).first()


def lost_on_the_way() -> "QuerySet[OutgoingMail]":
    """Return mails to the order mailbox that were tried and have not arrived (target M2)."""
    return OutgoingMail.objects.filter(
        letter__in=TO_MAILBOX, status__in=UNDELIVERED, attempts__gt=0
    )


def undelivered_mails() -> QuerySet[OutgoingMail]:
    """Return mails about orders that are late or were given up."""
    return OutgoingMail.objects.filter(
        letter__startswith="publications/order_", status__in=UNDELIVERED
    )


def undelivered_letters() -> list[UndeliveredLetter]:
    """Return mails about orders that are late or were given up, the oldest first; two queries."""
    mails = undelivered_mails().order_by("created_at", "pk")[:50]
    by_id = {mail.message_id: mail for mail in mails}
    if not by_id:
        return []
    letters = OrderLetter.objects.filter(message_id__in=by_id).select_related("order")
    return [
        UndeliveredLetter(row.order.number, row.letter, by_id[row.message_id]) for row in letters
    ]


def _items() -> "Prefetch[str]":
    return Prefetch("items", OrderItem.objects.select_related("publication__programme"))


def reserved_sum() -> Coalesce:
    """Return an expression for titles: the copies that open orders hold."""
    held = OrderItem.objects.filter(reserving(), publication=OuterRef("pk"))
    sums = held.order_by().values("publication").annotate(n=Sum("copies")).values("n")
    return Coalesce(Subquery(sums), 0)


def shelf() -> list[Publication]:
    """Return orderable titles with `reserved` copies held by open orders; one query.

    `has_alarm` says on each whether any mail about an order has not arrived, so that nobody has
    to ask for those mails on a good day.
    """
    titles = Publication.objects.filter(is_orderable=True).select_related("programme")
    alarm = Exists(undelivered_mails())
    return list(titles.annotate(reserved=reserved_sum(), has_alarm=alarm))


def newest_movements(*, publication: Publication) -> list[StockMovement]:
    """Return the newest 50 lines of the stock book with order and person; one query."""
    rows = StockMovement.objects.filter(publication=publication).select_related("order", "by")
    return list(rows.order_by("-pk")[:50])
