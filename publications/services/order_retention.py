"""What orders forget by themselves: nobody confirmed, thirty days after an order ended."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from programme import clock, jobs
from programme.models import OutgoingMail, Programme
from programme.services import deletions
from publications.enums import OrderStatus
from publications.models import Order
from publications.rules import orders as rules
from publications.services.order_letters import log

HOUR = 60 * 60
PERSONAL = ("full_name", "organisation", "street", "postcode", "city", "email", "purpose")
NOTES = ("hold_reason", "refusal_reason")
KEPT = {
    "Titel, Anzahl und Gebiet je Bestellung": (
        "ohne Personenbezug, für die Statistik im Verwendungsnachweis"
    )
}


@jobs.job(max_attempts=3, every=HOUR)
@transaction.atomic
def expire() -> int:
    """Drop orders nobody confirmed for 7 days: copies are free again, the address is erased."""
    moment = clock.now()
    limit = moment - rules.CONFIRM_WITHIN
    late = _locked(Q(status=OrderStatus.RECEIVED, received_at__lt=limit))
    for order in late:
        order.status, order.cancelled_at = OrderStatus.CANCELLED, moment
        log(order=order, verb="order.expired", what="wurde nicht bestätigt und ist abgelaufen")
    _forget(late, "Bestellungen, die niemand bestätigt hat")
    return len(late)


@jobs.job(max_attempts=3, every=HOUR)
@transaction.atomic
def anonymise() -> int:
    """Erase names, addresses and mails 30 days after dispatch, refusal or cancelling.

    A receipt tells it; title, number and area stay. Returns how many orders were erased.
    """
    limit = clock.now() - rules.ANONYMISE_AFTER
    old = _locked(
        Q(status=OrderStatus.SENT, sent_at__lt=limit)
        | Q(status=OrderStatus.REFUSED, decided_at__lt=limit)
        | Q(status=OrderStatus.CANCELLED, cancelled_at__lt=limit)
    )
    for order in old:
        if order.status == OrderStatus.SENT:
            order.status = OrderStatus.ANONYMISED
        log(order=order, verb="order.anonymised", what="wurde anonymisiert")
    _forget(old, "Bestellungen, die vor 30 Tagen versandt, abgelehnt oder storniert wurden")
    return len(old)


def _locked(due: Q) -> list[Order]:
    rows: QuerySet[Order] = Order.objects.select_for_update(skip_locked=True)
    return list(rows.filter(due, anonymised_at__isnull=True).order_by("pk"))


def _forget(orders: Sequence[Order], subject: str) -> None:
    """Erase everything personal: the columns, the seed of the link and the mails (target P1).

    The digest of the link stays, so that its holder reads that the data are gone.
    """
    if not orders:
        return
    mails = _delete_mails(orders)
    for order in orders:
        for column in (*PERSONAL, *NOTES, "address_key", "token_seed"):
            setattr(order, column, "")
        order.wants_corrections = False
        order.entered_by = order.decided_by = order.packed_by = order.sent_by = None
        order.anonymised_at = clock.now()
        order.save()
    deletions.confirm(
        programme=Programme.objects.current(),
        subject=subject,
        deleted={"Namen und Anschriften": len(orders)} | ({"E-Mails": mails} if mails else {}),
        held=KEPT,
    )


def _delete_mails(orders: Iterable[Order]) -> int:
    letters = [row.message_id for order in orders for row in order.letters.all()]
    gone = OutgoingMail.objects.filter(message_id__in=letters).delete()[1]
    for order in orders:
        order.letters.all().delete()
    return gone.get("programme.OutgoingMail", 0)
