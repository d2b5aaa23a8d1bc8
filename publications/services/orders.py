"""Orders of printed copies: received, confirmed by mail, or looked at first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import User
from publications import emails
from publications.enums import OrderChannel, OrderRuleKind, OrderStatus
from publications.models import Order, OrderItem, OrderRule, Publication
from publications.queries import orders as queries
from publications.rules import oddities, postcodes
from publications.rules import orders as rules
from publications.services import stock
from publications.services.order_letters import log, remember

LONGEST_REASON = 300


@dataclass(frozen=True)
class OrderLine:
    """So many copies of the title with this primary key."""

    publication: int
    copies: int


@dataclass(frozen=True)
class OrderDraft:
    """Who wants how many copies of what, and where they go; `purpose` says what for."""

    full_name: str
    organisation: str
    street: str
    postcode: str
    city: str
    email: str
    lines: tuple[OrderLine, ...]
    purpose: str = ""
    wants_corrections: bool = False


@transaction.atomic
def place(*, draft: OrderDraft) -> Order:
    """Receive an order, reserve its copies and ask for confirmation by mail.

    Raises RuleBroken (with a field: `copies_<slug of the title>`, `purpose`, `postcode`, `email`)
    if a title cannot be ordered, a number exceeds a hard limit or what is left (R7: counted under
    a lock on the titles), a reason is missing, nothing is sent to that region, or too many orders
    wait for this e-mail address. An odd order is taken with a `hold_reason` and reserves nothing
    until somebody released it.
    """
    wishes = _wishes(draft)
    _refuse(wishes)
    applying = _rules(wishes)
    refused = rules.region_refusal(applying, postcode=draft.postcode)
    if refused:
        raise RuleBroken(refused, field="postcode")
    asked = rules.question(wishes, applying, purpose=draft.purpose)
    if asked:
        raise RuleBroken(asked, field="purpose")
    _refuse_flood(draft.email)
    order = _create(draft, applying)
    order.hold_reason = _odd(draft, wishes, applying)
    order.save(update_fields=["hold_reason"])
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_received(order, items))
    log(order=order, verb="order.received", what="ist eingegangen")
    _watch(wishes)
    return order


@transaction.atomic
def enter(*, draft: OrderDraft, channel: OrderChannel, by: User) -> Order:
    """Write down an order that came by another way; it counts at once, for a person has read it.

    Limits of number, region and purpose are that person's judgement, with a reason. Raises
    RuleBroken if a title is not printed or fewer copies are free than are wanted (field
    `copies_<slug>`), or if a limit is passed and no `purpose` says why. Letters go as for a
    confirmed order.
    """
    wishes = _wishes(draft)
    for wish in wishes:
        if not wish.publication.is_orderable or not 0 < wish.copies <= wish.free:
            raise RuleBroken(
                f"Von „{wish.publication.title}“ sind {wish.free} Exemplare verfügbar.",
                field=f"copies_{wish.publication.slug}",
            )
    applying = _rules(wishes)
    _ask_why(draft, wishes, applying)
    order = _create(draft, applying)
    order.channel, order.entered_by = channel, by
    order.status, order.confirmed_at = OrderStatus.CONFIRMED, clock.now()
    order.save(update_fields=["channel", "entered_by", "status", "confirmed_at"])
    tell_confirmed(order=order)
    log(order=order, verb="order.entered", what=f"wurde eingetragen ({channel.label})", by=by)
    _watch(wishes)
    return order


@transaction.atomic
def confirm(*, order: Order) -> Order:
    """Confirm an order by its link: it goes to the order mailbox, the orderer gets a receipt.

    An order with a `hold_reason` waits in the hold queue instead, and both are told so. Done
    twice it changes nothing. Raises RuleBroken if the order has expired meanwhile.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status == OrderStatus.CANCELLED:
        raise RuleBroken("Diese Bestellung ist abgelaufen. Bitte bestellen Sie noch einmal.")
    if order.status != OrderStatus.RECEIVED:
        return order
    order.confirmed_at = clock.now()
    if order.hold_reason:
        order.status, order.held_at = OrderStatus.HELD, clock.now()
        order.save(update_fields=["status", "confirmed_at", "held_at"])
        tell_held(order=order)
        log(order=order, verb="order.held", what="wurde bestätigt und wird geprüft")
        return order
    order.status = OrderStatus.CONFIRMED
    order.save(update_fields=["status", "confirmed_at"])
    tell_confirmed(order=order)
    log(order=order, verb="order.confirmed", what="wurde bestätigt")
    return order


@transaction.atomic
def tell_confirmed(*, order: Order) -> None:
    """Send an order to the order mailbox and its receipt to the orderer."""
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_mailbox(order, items))
    remember(order=order, mail=emails.order_confirmed(order, items))


@transaction.atomic
def tell_held(*, order: Order) -> None:
    """Tell the order mailbox that somebody has to look, and the orderer that it takes longer."""
    items = list(order.items.select_related("publication__programme"))
    remember(order=order, mail=emails.order_check(order, items))
    remember(order=order, mail=emails.order_held(order, items))


@transaction.atomic
def locked_titles(*, titles: Sequence[int]) -> list[Publication]:
    """Lock titles before orders, always in the same order, so that nobody waits in a circle."""
    rows = Publication.objects.select_for_update().filter(pk__in=titles)
    return list(rows.order_by("pk"))


def _wishes(draft: OrderDraft) -> list[rules.Wish]:
    """Lock the titles and say of each what is free and what this address had in its period."""
    copies = {line.publication: line.copies for line in draft.lines}
    titles = locked_titles(titles=sorted(copies))
    if not copies or len(titles) != len(copies):
        raise RuleBroken("Bitte wählen Sie mindestens ein Exemplar einer Publikation.")
    reserved = queries.reserved_by_title(titles=list(copies))
    key = _address_key(draft)
    return [
        rules.Wish(
            publication=title,
            copies=copies[title.pk],
            free=rules.available(stock=title.stock, reserved=reserved.get(title.pk, 0)),
            had=queries.copies_had(publication=title, address_key=key, email=draft.email),
        )
        for title in titles
    ]


def _refuse(wishes: Sequence[rules.Wish]) -> None:
    for wish in wishes:
        refused = rules.refusal(wish)
        if refused:
            raise RuleBroken(refused, field=f"copies_{wish.publication.slug}")


def _refuse_flood(email: str) -> None:
    """Keep strangers from filling somebody's mailbox through this form (threat T3)."""
    waiting = Order.objects.filter(email__iexact=email, status=OrderStatus.RECEIVED)
    if waiting.count() >= rules.MOST_OPEN_ORDERS:
        raise RuleBroken(
            "Zu dieser E-Mail-Adresse warten schon mehrere Bestellungen auf Bestätigung. Bitte "
            "öffnen Sie zuerst die Links in den E-Mails.",
            field="email",
        )


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


def _rules(wishes: Sequence[rules.Wish]) -> list[OrderRule]:
    titles = [wish.publication for wish in wishes]
    found = queries.order_rules(programme=titles[0].programme_id)
    return rules.applying(found, [title.pk for title in titles])


def _odd(draft: OrderDraft, wishes: Sequence[rules.Wish], applying: Sequence[OrderRule]) -> str:
    """Return in German why somebody has to look at this order first, or nothing."""
    reasons = rules.hold_reasons(wishes, applying, postcode=draft.postcode, purpose=draft.purpose)
    earlier = queries.orders_of_address(address_key=_address_key(draft))
    reasons += [
        oddities.of_name(draft.full_name),
        oddities.of_email(draft.email),
        oddities.of_repetition(earlier - 1, most=rules.MOST_ORDERS_PER_ADDRESS),
    ]
    return " ".join(filter(None, reasons))[:LONGEST_REASON]


def _address_key(draft: OrderDraft) -> str:
    return tokens.token("order address", oddities.same_address(draft.street, draft.postcode))


def _area(draft: OrderDraft, applying: Sequence[OrderRule]) -> str:
    regions = [rule for rule in applying if rule.kind == OrderRuleKind.REGION]
    if not regions:
        return postcodes.area(draft.postcode)
    inside = postcodes.is_within(draft.postcode, regions[0].postcodes)
    return postcodes.area(draft.postcode, region=regions[0].name, inside=inside)


def _create(draft: OrderDraft, applying: Sequence[OrderRule]) -> Order:
    seed, digest = tokens.issue("order")
    order = Order.objects.create(
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
        address_key=_address_key(draft),
        token_seed=seed,
        token_digest=digest,
    )
    order.number = f"B-{order.pk:06d}"
    order.save(update_fields=["number"])
    OrderItem.objects.bulk_create(
        OrderItem(order=order, publication_id=line.publication, copies=line.copies)
        for line in draft.lines
    )
    return order


def _watch(wishes: Sequence[rules.Wish]) -> None:
    for wish in wishes:
        stock.watch(publication=wish.publication)
