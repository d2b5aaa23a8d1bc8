"""The way of an order in words, as its orderer reads it."""

from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime

from publications.enums import OrderStatus
from publications.models import Order

OPEN = "noch offen"
DAY, MINUTE = "j. F Y", "j. F Y, H:i"


class Step(NamedTuple):
    """One step of an order: when, what, and whether it is still to come."""

    when: str
    what: str
    is_ahead: bool = False


def of(order: Order) -> list[Step]:
    """Return the steps of an order in German; steps it never takes are left out."""
    steps = [_step("Eingegangen", order.received_at)]
    if order.status == OrderStatus.CANCELLED:
        if order.confirmed_at:
            steps.append(_step("Bestätigt", order.confirmed_at))
        return [*steps, _step("Storniert", order.cancelled_at), _erased("der Stornierung")]
    steps.append(_step("Bestätigt", order.confirmed_at))
    if order.held_at:
        steps.append(_step("In Prüfung", order.held_at))
    if order.decided_at:
        decided = "Abgelehnt" if order.status == OrderStatus.REFUSED else "Freigegeben"
        steps.append(_step(decided, order.decided_at))
    if order.status == OrderStatus.REFUSED:
        return [*steps, _erased("der Entscheidung")]
    if order.packed_at:
        steps.append(_step("Gepackt", order.packed_at, DAY))
    return [*steps, _step("Versandt", order.sent_at, DAY), _erased("dem Versand")]


def _step(what: str, moment: datetime | None, form: str = MINUTE) -> Step:
    if moment is None:
        return Step(OPEN, what, is_ahead=True)
    return Step(date_format(localtime(moment), form) + (" Uhr" if form == MINUTE else ""), what)


def _erased(after: str) -> Step:
    return Step(f"30 Tage nach {after}, automatisch", "Angaben gelöscht", is_ahead=True)
