"""The hold queue: somebody of the office releases or refuses, and a mail goes either way."""

from collections.abc import Mapping

from django.db import transaction

from programme import clock
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.numbers import grouped
from publications import emails
from publications.enums import OrderStatus
from publications.models import Order, OrderItem
from publications.queries import orders as queries
from publications.rules import orders as rules
from publications.services import stock
from publications.services.order_letters import log, remember
from publications.services.orders import locked_titles, tell_confirmed, tell_held


@transaction.atomic
def hold(*, order: Order, reason: str, by: User) -> Order:
    """Put a confirmed or packed order into the hold queue; its copies are free meanwhile.

    The orderer is told that it takes longer, not why. Held already: nothing happens. Raises
    RuleBroken without a reason, or for an order that is not on its way to dispatch.
    """
    if not reason.strip():
        raise RuleBroken("Bitte nennen Sie den Grund der Prüfung.", field="reason")
    order = _locked(order)
    if order.status == OrderStatus.HELD:
        return order
    if order.status not in rules.HOLDABLE:
        raise RuleBroken("Diese Bestellung kann nicht mehr in die Prüfung gegeben werden.")
    order.status, order.held_at = OrderStatus.HELD, clock.now()
    order.hold_reason, order.packed_at, order.packed_by = reason.strip()[:300], None, None
    order.save(update_fields=["status", "held_at", "hold_reason", "packed_at", "packed_by"])
    tell_held(order=order)
    log(order=order, verb="order.held", what="wird geprüft", by=by)
    return order


@transaction.atomic
def release(*, order: Order, by: User, copies: Mapping[int, int] | None = None) -> Order:
    """Let a held order go: its copies are reserved, the mailbox and the orderer get their mails.

    `copies` (primary key of a title → number) lowers what is sent, never above what was ordered;
    of several titles some may be left out with 0, and the orderer is told that it is less. Released
    by the same person already: nothing happens. Raises RuleBroken if the order is not held, if
    nothing would be sent or fewer copies are free than it needs.
    """
    order = _locked(order)
    if order.status == OrderStatus.CONFIRMED and order.decided_by_id == by.pk:
        return order
    if order.status != OrderStatus.HELD:
        raise _decided(order)
    ordered = list(order.items.select_related("publication").order_by("publication_id"))
    wanted = {item.pk: (copies or {}).get(item.publication_id, item.copies) for item in ordered}
    is_less = any(wanted[item.pk] < item.copies for item in ordered)
    items = _lowered(ordered, wanted)
    _refuse_shortage(items)
    order.status, order.decided_at, order.decided_by = OrderStatus.CONFIRMED, clock.now(), by
    order.save(update_fields=["status", "decided_at", "decided_by"])
    tell_confirmed(order=order, is_less=is_less)
    log(order=order, verb="order.released", what="wurde freigegeben", by=by)
    for item in items:
        item.publication.refresh_from_db()
        stock.watch(publication=item.publication)
    return order


@transaction.atomic
def refuse(*, order: Order, by: User, reason: str) -> Order:
    """Refuse a held order; the orderer gets a polite mail with `reason`.

    Address and reason are erased 30 days later; the logbook, which stays, tells that there was
    one. Refused by the same person already: nothing happens. Raises RuleBroken without a reason,
    or for an order that is not held: who was told that it comes is not told the contrary by
    somebody who did not see it.
    """
    order = _locked(order)
    if order.status == OrderStatus.REFUSED and order.decided_by_id == by.pk:
        return order
    if order.status != OrderStatus.HELD:
        raise _decided(order)
    if not reason.strip():
        raise RuleBroken(
            "Bitte nennen Sie den Grund der Ablehnung. Er steht in der E-Mail an die bestellende "
            "Person.",
            field="reason",
        )
    order.status, order.decided_at, order.decided_by = OrderStatus.REFUSED, clock.now(), by
    order.refusal_reason = reason.strip()[:300]
    order.save(update_fields=["status", "decided_at", "decided_by", "refusal_reason"])
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_refused(order, items))
    log(order=order, verb="order.refused", what="wurde mit Begründung abgelehnt", by=by)
    return order


def _locked(order: Order) -> Order:
    """Lock the titles, then the order."""
    locked_titles(titles=sorted(order.items.values_list("publication_id", flat=True)))
    return Order.objects.select_for_update().get(pk=order.pk)


def _decided(order: Order) -> RuleBroken:
    """Say what became of an order that waits no more; nothing of the new decision is taken."""
    what = "freigegeben" if order.status in rules.TO_DISPATCH else "abgelehnt"
    is_told = order.decided_by is not None and order.status in (
        *rules.TO_DISPATCH,
        OrderStatus.REFUSED,
    )
    became = f"wurde inzwischen von {order.decided_by} {what}"
    return RuleBroken(
        f"Bestellung {order.number} {became if is_told else 'wartet nicht mehr auf eine Prüfung'}. "
        "Ihre Entscheidung wurde nicht übernommen."
    )


def _lowered(ordered: list[OrderItem], wanted: Mapping[int, int]) -> list[OrderItem]:
    """Lower what is sent and drop titles of which nothing goes; return what is left."""
    fewest = 0 if len(ordered) > 1 else 1
    for item in ordered:
        if not fewest <= wanted[item.pk] <= item.copies:
            raise RuleBroken(
                f"Bitte geben Sie für „{item.publication.title}“ {fewest} bis "
                f"{grouped(item.copies)} Exemplare an.",
                field=f"copies_{item.publication.slug}",
            )
    if not any(wanted.values()):
        raise RuleBroken(
            "So bliebe nichts zu versenden. Bitte geben Sie von mindestens einem Titel ein "
            "Exemplar frei oder lehnen Sie die Bestellung ab.",
            field=f"copies_{ordered[0].publication.slug}",
        )
    going = [item for item in ordered if wanted[item.pk]]
    for item in going:
        item.copies = wanted[item.pk]
        item.save(update_fields=["copies"])
    ordered[0].order.items.exclude(pk__in=[item.pk for item in going]).delete()
    return going


def _refuse_shortage(items: list[OrderItem]) -> None:
    reserved = queries.reserved_by_title(titles=[item.publication_id for item in items])
    for item in items:
        title = item.publication
        title.refresh_from_db(fields=["stock"])
        free = rules.available(stock=title.stock, reserved=reserved.get(title.pk, 0))
        if item.copies > free:
            raise RuleBroken(
                f"Von „{title.title}“ sind nur {grouped(free)} Exemplare frei. Bitte geben Sie "
                "weniger Exemplare frei oder warten Sie auf den Nachdruck.",
                field=f"copies_{title.slug}",
            )
