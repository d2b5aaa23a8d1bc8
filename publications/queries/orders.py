"""What the office and the orderers read about orders."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce

from programme.enums import MailStatus
from programme.models import OutgoingMail
from programme.pages import CountedPaginator
from publications.enums import OrderStatus
from publications.models import Order, OrderItem, OrderLetter, Publication
from publications.rules.orders import RESERVING

UNDELIVERED = (MailStatus.DELAYED, MailStatus.FAILED)


@dataclass(frozen=True)
class UndeliveredLetter:
    """A mail about an order that has not arrived."""

    order_number: str
    letter: str
    mail: OutgoingMail


def reserved_copies(*, publication: Publication) -> int:
    """Return how many copies open orders of this title hold."""
    held = OrderItem.objects.filter(publication=publication, order__status__in=RESERVING)
    return int(held.aggregate(sum=Sum("copies"))["sum"] or 0)


def order_page(*, status: str, number: str, amount: int) -> Page[Order]:
    """Return one page of orders in this state (all if empty), newest first, with their items.

    `amount` is the number of such orders, known from `orders_by_status`.
    """
    rows = Order.objects.prefetch_related(_items())
    if status:
        rows = rows.filter(status=status)
    return CountedPaginator(rows, known_count=amount).get_page(number)


def orders_by_status() -> dict[str, int]:
    """Return how many orders are in each state; states without orders are there with 0."""
    counted = Order.objects.order_by().values_list("status").annotate(Count("pk"))
    return dict.fromkeys(OrderStatus.values, 0) | dict(counted)


def order_by_digest(*, digest: str) -> Order | None:
    """Return the order a link belongs to, with its items, or None."""
    return Order.objects.filter(token_digest=digest).prefetch_related(_items()).first()


def undelivered_letters() -> list[UndeliveredLetter]:
    """Return mails about orders that are late or were given up, the oldest first; two queries."""
    mails = OutgoingMail.objects.filter(
        letter__startswith="publications/order_", status__in=UNDELIVERED
    ).order_by("created_at", "pk")[:50]
    by_id = {mail.message_id: mail for mail in mails}
    if not by_id:
        return []
    letters = OrderLetter.objects.filter(message_id__in=by_id).select_related("order")
    return [
        UndeliveredLetter(row.order.number, row.letter, by_id[row.message_id]) for row in letters
    ]


def _items() -> "Prefetch[str]":
    return Prefetch("items", OrderItem.objects.select_related("publication__programme"))


def shelf() -> list[Publication]:
    """Return orderable titles with `reserved` copies held by open orders; one query."""
    held = OrderItem.objects.filter(publication=OuterRef("pk"), order__status__in=RESERVING)
    sums = held.order_by().values("publication").annotate(n=Sum("copies")).values("n")
    titles = Publication.objects.filter(is_orderable=True).select_related("programme")
    return list(titles.annotate(reserved=Coalesce(Subquery(sums), 0)))
