"""The way of an order in words, as its orderer reads it."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from publications.enums import OrderStatus
from publications.models import Order

OPEN = "noch offen"


def of(order: Order) -> list[tuple[str, str]]:
    """Return the steps of an order as (when, what) in German; steps it never takes are left out."""
    steps = [(_minute(order.received_at), "Eingegangen")]
    if order.status == OrderStatus.CANCELLED:
        return steps
    steps.append((_minute(order.confirmed_at), "Bestätigt"))
    if order.held_at:
        steps.append((_minute(order.held_at), "In Prüfung"))
    if order.decided_at:
        decided = "Abgelehnt" if order.status == OrderStatus.REFUSED else "Freigegeben"
        steps.append((_minute(order.decided_at), decided))
    if order.status == OrderStatus.REFUSED:
        return [*steps, ("30 Tage nach der Entscheidung, automatisch", "Angaben gelöscht")]
    if order.packed_at:
        steps.append((_day(order.packed_at), "Gepackt"))
    return [
        *steps,
        (_day(order.sent_at), "Versandt"),
        ("30 Tage nach dem Versand, automatisch", "Angaben gelöscht"),
    ]


def _minute(moment: datetime | None) -> str:
    return f"{date_format(localtime(moment), 'j. F Y, H:i')} Uhr" if moment else OPEN


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j. F Y") if moment else OPEN
