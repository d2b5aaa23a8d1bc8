"""Whether an order can be taken as it is written, and what makes it odd.

Asked twice of each order: before anything is locked, so that its letter can be written meanwhile,
and behind the lock on its titles, where the answer counts (R7). What its address may have is
asked once more when it is confirmed.
"""

from collections.abc import Sequence

from programme import tokens
from programme.errors import RuleBroken
from publications.enums import OrderStatus
from publications.models import Order, OrderRule, Publication
from publications.queries import orders as queries
from publications.rules import oddities
from publications.rules import orders as rules
from publications.rules.order_drafts import OrderDraft

LONGEST_REASON = 300


def address_key(draft: OrderDraft) -> str:
    """Return the keyed hash by which orders for the same address are counted."""
    return tokens.token("order address", oddities.same_address(draft.street, draft.postcode))


def wishes(*, draft: OrderDraft, titles: Sequence[Publication], but: int = 0) -> list[rules.Wish]:
    """Say of each title what is free and what this address had in its period.

    The order with the primary key `but` does not count. Raises RuleBroken for an empty basket and
    for a title that is not among `titles`.
    """
    copies = {line.publication: line.copies for line in draft.lines}
    if not copies or len(titles) != len(copies):
        raise RuleBroken("Bitte wählen Sie mindestens ein Exemplar einer Publikation.")
    reserved = queries.reserved_by_title(titles=list(copies), but=but)
    key = address_key(draft)
    return [
        rules.Wish(
            publication=title,
            copies=copies[title.pk],
            free=rules.available(stock=title.stock, reserved=reserved.get(title.pk, 0)),
            had=queries.copies_had(publication=title, address_key=key, email=draft.email, but=but),
        )
        for title in titles
    ]


def judged(
    *,
    draft: OrderDraft,
    titles: Sequence[Publication],
    applying: Sequence[OrderRule],
    but: int = 0,
) -> str:
    """Return in German why somebody has to look at this order first, or nothing.

    The order with the primary key `but` does not count. Raises RuleBroken (with a field) if the
    order cannot be taken at all.
    """
    wished = wishes(draft=draft, titles=titles, but=but)
    for wish in wished:
        refused = rules.refusal(wish)
        if refused:
            raise RuleBroken(refused, field=f"copies_{wish.publication.slug}")
    refused = rules.region_refusal(applying, postcode=draft.postcode)
    if refused:
        raise RuleBroken(refused, field="postcode")
    asked = rules.question(wished, applying, purpose=draft.purpose)
    if asked:
        raise RuleBroken(asked, field="purpose")
    _refuse_flood(draft.email, but=but)
    reasons = rules.hold_reasons(wished, applying, postcode=draft.postcode, purpose=draft.purpose)
    reasons += _oddities(draft, but=but)
    return " ".join(filter(None, reasons))[:LONGEST_REASON]


def judged_once_confirmed(*, order: Order) -> str:
    """Return in German why a stored order waits for the office once it is confirmed, or nothing.

    Only confirmed orders count for an address, so this is where one of two that came unconfirmed
    is seen to be too much. Its titles are locked by the caller.
    """
    if order.hold_reason:
        return order.hold_reason
    reasons = []
    for item in order.items.select_related("publication"):
        had = queries.copies_had(
            publication=item.publication,
            address_key=order.address_key,
            email=order.email,
            but=order.pk,
        )
        wish = rules.Wish(item.publication, item.copies, free=item.copies, had=had)
        excess = rules.excess_of_address(wish)
        if excess:
            reasons.append(rules.hold_reason(wish, excess))
    return " ".join(reasons)[:LONGEST_REASON]


def _refuse_flood(email: str, *, but: int) -> None:
    """Keep strangers from filling somebody's mailbox through this form (threat T3)."""
    waiting = Order.objects.filter(email__iexact=email, status=OrderStatus.RECEIVED)
    if waiting.exclude(pk=but).count() >= rules.MOST_OPEN_ORDERS:
        raise RuleBroken(
            "Zu dieser E-Mail-Adresse warten schon mehrere Bestellungen auf Bestätigung. Bitte "
            "öffnen Sie zuerst die Links in den E-Mails.",
            field="email",
        )


def _oddities(draft: OrderDraft, *, but: int) -> list[str]:
    earlier = queries.orders_of_address(address_key=address_key(draft), but=but)
    return [
        oddities.of_name(draft.full_name),
        oddities.of_email(draft.email),
        oddities.of_repetition(earlier, most=rules.MOST_ORDERS_PER_ADDRESS),
    ]
