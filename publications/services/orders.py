"""Orders of printed copies: received, confirmed by mail, or looked at first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import OutgoingMail, User
from programme.outbox import Written
from programme.rules.numbers import grouped
from publications import emails
from publications.enums import OrderChannel, OrderRuleKind, OrderStatus
from publications.models import Order, OrderItem, OrderRule, Publication
from publications.queries import orders as queries
from publications.queries.order_judgement import address_key, judged, judged_once_confirmed
from publications.queries.order_judgement import wishes as wishes_of
from publications.rules import orders as rules
from publications.rules import postcodes
from publications.rules.order_drafts import OrderDraft
from publications.services import stock
from publications.services.order_letters import log, remember


@dataclass(frozen=True)
class Prepared:
    """An order that can be taken as far as anybody has seen, and its first letter, not stored."""

    order: Order
    items: tuple[OrderItem, ...]
    applying: tuple[OrderRule, ...]
    letter: Written


def prepare(*, draft: OrderDraft) -> Prepared:
    """Judge an order and write its letter before anything is locked; stores nothing.

    Raises RuleBroken as `place` does, for what can be seen by now.
    """
    titles = _titles(draft)
    applying = _rules(titles)
    order = _order(draft, applying)
    order.hold_reason = judged(draft=draft, titles=titles, applying=applying)
    items = _items(order, draft, titles)
    letter = emails.received_letter(order, items)
    return Prepared(order, items, tuple(applying), letter)


@transaction.atomic
def place(*, draft: OrderDraft, prepared: Prepared | None = None) -> Order:
    """Receive an order, reserve its copies and ask for confirmation by mail.

    Raises RuleBroken (with a field: `copies_<slug of the title>`, `purpose`, `postcode`, `email`)
    if a title cannot be ordered, a number exceeds a hard limit or what is left (R7: counted under
    a lock on the titles), a reason is missing, nothing is sent to that region, or too many orders
    wait for this e-mail address. An odd order is taken with a `hold_reason` and reserves nothing
    until somebody released it.

    Everything is written down before the titles are locked, and is gone again if the count behind
    the lock refuses it: whoever waits for the lock waits for a count, not for a letter (M1).
    `prepared` is what `prepare` returned, for whoever called it before this transaction.
    """
    ready = prepared or prepare(draft=draft)
    order, items = ready.order, ready.items
    _store(order, items)
    mail = emails.order_received(order, items, written=ready.letter)
    remember(order=order, mail=mail)
    log(order=order, verb="order.received", what="ist eingegangen")
    titles = locked_titles(titles=[item.publication_id for item in items])
    hold_reason = judged(draft=draft, titles=titles, applying=ready.applying, but=order.pk)
    if hold_reason != order.hold_reason:
        _judge_again(order, items, mail, hold_reason)
    _watch(titles)
    return order


@transaction.atomic
def enter(*, draft: OrderDraft, channel: OrderChannel, by: User) -> Order:
    """Write down an order that came by another way; it counts at once, for a person has read it.

    Limits of number, region and purpose are that person's judgement, with a reason. Raises
    RuleBroken if a title is not printed or fewer copies are free than are wanted (field
    `copies_<slug>`), or if a limit is passed and no `purpose` says why. Letters go as for a
    confirmed order.
    """
    titles = locked_titles(titles=[line.publication for line in draft.lines])
    wishes = wishes_of(draft=draft, titles=titles)
    for wish in wishes:
        if not wish.publication.is_orderable or not 0 < wish.copies <= wish.free:
            raise RuleBroken(
                f"Von „{wish.publication.title}“ sind {grouped(wish.free)} Exemplare verfügbar.",
                field=f"copies_{wish.publication.slug}",
            )
    applying = _rules(titles)
    _ask_why(draft, wishes, applying)
    order = _order(draft, applying)
    order.channel, order.entered_by = channel, by
    order.status, order.confirmed_at = OrderStatus.CONFIRMED, clock.now()
    _store(order, _items(order, draft, titles))
    tell_confirmed(order=order)
    log(order=order, verb="order.entered", what=f"wurde eingetragen ({channel.label})", by=by)
    _watch(titles)
    return order


@transaction.atomic
def confirm(*, order: Order) -> Order:
    """Confirm an order by its link: it goes to the order mailbox, the orderer gets a receipt.

    An order with a `hold_reason`, or more than its address may have by now, waits in the hold queue
    instead, and both are told so. Done twice it changes nothing. Raises RuleBroken if the order
    has expired meanwhile.
    """
    locked_titles(titles=sorted(order.items.values_list("publication_id", flat=True)))
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        raise RuleBroken(
            "Diese Bestellung ist storniert oder abgelaufen. Bitte bestellen Sie noch einmal."
        )
    if order.status != OrderStatus.RECEIVED:
        return order
    order.confirmed_at, order.hold_reason = clock.now(), judged_once_confirmed(order=order)
    if order.hold_reason:
        order.status, order.held_at = OrderStatus.HELD, clock.now()
        order.save(update_fields=["status", "confirmed_at", "held_at", "hold_reason"])
        tell_held(order=order)
        log(order=order, verb="order.held", what="wurde bestätigt und wird geprüft")
        return order
    order.status = OrderStatus.CONFIRMED
    order.save(update_fields=["status", "confirmed_at"])
    tell_confirmed(order=order)
    log(order=order, verb="order.confirmed", what="wurde bestätigt")
    return order


@transaction.atomic
def tell_confirmed(*, order: Order, is_less: bool = False) -> None:
    """Send an order to the order mailbox and its receipt to the orderer.

    With `is_less` the receipt says that fewer copies go than were ordered.
    """
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_mailbox(order, items))
    remember(order=order, mail=emails.order_confirmed(order, items, is_less=is_less))


@transaction.atomic
def tell_held(*, order: Order) -> None:
    """Tell the order mailbox that somebody has to look, and the orderer that it takes longer."""
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_check(order, items))
    remember(order=order, mail=emails.order_held(order, items))


@transaction.atomic(savepoint=False)
def locked_titles(*, titles: Sequence[int]) -> list[Publication]:
    """Lock titles before orders, always in the same order, so that nobody waits in a circle.

    A new order is no reason to wait: what only points at a title may be written meanwhile.
    """
    rows = Publication.objects.select_for_update(no_key=True).filter(pk__in=titles)
    return list(rows.order_by("pk"))


def _titles(draft: OrderDraft) -> list[Publication]:
    chosen = [line.publication for line in draft.lines]
    rows = Publication.objects.filter(pk__in=chosen).select_related("programme")
    return list(rows.order_by("pk"))


def _ask_why(
    draft: OrderDraft, wishes: Sequence[rules.Wish], applying: Sequence[OrderRule]
) -> None:
    """Refuse an order written down by the office that passes a limit without saying why."""
    if draft.purpose:
        return
    passed = rules.hold_reasons(wishes, applying, postcode=draft.postcode, purpose="")
    passed.append(rules.region_refusal(applying, postcode=draft.postcode))
    asked = rules.question(wishes, applying, purpose="")
    if any(passed) or asked:
        why = " ".join(filter(None, passed)) or asked
        raise RuleBroken(
            f"{why} Soll die Bestellung trotzdem gelten, nennen Sie bitte den Grund.",
            field="purpose",
        )


def _rules(titles: Sequence[Publication]) -> list[OrderRule]:
    if not titles:
        return []
    found = queries.order_rules(programme=titles[0].programme_id)
    return rules.applying(found, [title.pk for title in titles])


def _area(draft: OrderDraft, applying: Sequence[OrderRule]) -> str:
    regions = [rule for rule in applying if rule.kind == OrderRuleKind.REGION]
    if not regions:
        return postcodes.area(draft.postcode)
    inside = postcodes.is_within(draft.postcode, regions[0].postcodes)
    return postcodes.area(draft.postcode, region=regions[0].name, inside=inside)


def _order(draft: OrderDraft, applying: Sequence[OrderRule]) -> Order:
    """Return an order that is not stored yet; its number is a stopgap until it has a key."""
    seed, digest = tokens.issue("order")
    return Order(
        number=digest[:20],
        full_name=draft.full_name,
        organisation=draft.organisation,
        street=draft.street,
        postcode=draft.postcode,
        city=draft.city,
        email=draft.email,
        purpose=draft.purpose,
        wants_corrections=draft.wants_corrections,
        district=_area(draft, applying)[:60],
        address_key=address_key(draft),
        token_seed=seed,
        token_digest=digest,
    )


def _items(order: Order, draft: OrderDraft, titles: Sequence[Publication]) -> tuple[OrderItem, ...]:
    by_key = {title.pk: title for title in titles}
    return tuple(
        OrderItem(order=order, publication=by_key[line.publication], copies=line.copies)
        for line in draft.lines
    )


def _store(order: Order, items: Sequence[OrderItem]) -> None:
    order.save()
    order.number = f"B-{order.pk:06d}"
    order.save(update_fields=["number"])
    OrderItem.objects.bulk_create(items)


def _judge_again(
    order: Order, items: Sequence[OrderItem], mail: OutgoingMail, hold_reason: str
) -> None:
    """Follow what was seen behind the lock only: another order from the same address at once."""
    order.hold_reason = hold_reason
    order.save(update_fields=["hold_reason"])
    letter = emails.received_letter(order, items)
    mail.text_body, mail.html_body = letter.text, letter.html
    mail.save(update_fields=["text_body", "html_body"])


def _watch(titles: Sequence[Publication]) -> None:
    for title in titles:
        stock.watch(publication=title)
