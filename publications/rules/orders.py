"""What can be ordered, when somebody has to look first, how long an address is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from programme.rules.numbers import grouped
from publications.enums import OrderRuleEffect, OrderRuleKind, OrderStatus
from publications.models import OrderRule, Publication
from publications.rules import postcodes

CONFIRM_WITHIN = timedelta(days=7)
ANONYMISE_AFTER = timedelta(days=30)
MOST_OPEN_ORDERS = 3
MOST_ORDERS_PER_ADDRESS = 3

# These hold copies; a received order does so too, unless somebody has to look at it first.
RESERVING = (OrderStatus.CONFIRMED, OrderStatus.PACKED)
TO_DISPATCH = (OrderStatus.CONFIRMED, OrderStatus.PACKED)
HOLDABLE = (OrderStatus.CONFIRMED, OrderStatus.PACKED)
CANCELLABLE = (OrderStatus.RECEIVED, OrderStatus.HELD, OrderStatus.CONFIRMED)
# These count against an address: a person behind it confirmed them, or the office let them go.
GRANTED = (OrderStatus.CONFIRMED, OrderStatus.PACKED, OrderStatus.SENT, OrderStatus.ANONYMISED)


@dataclass(frozen=True)
class Wish:
    """So many copies of a title, beside what is free and what this address had in the period."""

    publication: Publication
    copies: int
    free: int
    had: int = 0


def available(*, stock: int, reserved: int) -> int:
    """Return how many printed copies nobody has asked for yet; never negative."""
    return max(stock - reserved, 0)


FEW_COPIES = 20


def in_words(*, is_orderable: bool, free: int) -> str:
    """Say in German whether printed copies can be had; how many is nobody's business."""
    if not is_orderable:
        return "nicht gedruckt erhältlich"
    if free == 0:
        return "zurzeit vergriffen"
    return "nur noch wenige Exemplare" if free < FEW_COPIES else "vorrätig"


def excess(wish: Wish) -> str:
    """Say in German which limit the wish is over, or nothing; both limits count copies."""
    title = wish.publication
    if wish.copies > title.max_copies:
        return f"Je Bestellung sind höchstens {grouped(title.max_copies)} Exemplare möglich."
    return excess_of_address(wish)


def excess_of_address(wish: Wish) -> str:
    """Say in German that this is too much for one address, or nothing.

    How much was ordered before is nobody's business: whoever asks may not live there.
    """
    title = wish.publication
    if wish.had + wish.copies <= title.max_copies_per_address:
        return ""
    limit = (
        f"Je Anschrift sind in {title.limit_days} Tagen höchstens "
        f"{grouped(title.max_copies_per_address)} Exemplare möglich"
    )
    if not wish.had:
        return f"{limit}."
    return f"{limit}; unter dieser Anschrift oder E-Mail-Adresse wurde schon bestellt."


def hold_reason(wish: Wish, excess: str) -> str:
    """Say to the office in German which order is over a limit; it may know what went before."""
    before = f" Bisher: {grouped(wish.had)}." if wish.had else ""
    copies = f"{grouped(wish.copies)} Exemplare"
    return f"{copies} von „{wish.publication.title}“: {excess}{before}"


def refusal(wish: Wish) -> str:
    """Say in German why that many copies cannot be ordered, or nothing if they can (R7).

    More than a soft limit is no refusal: the office decides, and what is on the shelf is counted
    then.
    """
    if not wish.publication.is_orderable:
        return f"„{wish.publication.title}“ gibt es nicht gedruckt."
    if wish.copies < 1:
        return "Bitte bestellen Sie mindestens ein Exemplar."
    over = excess(wish)
    if over:
        return "" if wish.publication.limit_is_soft else over
    if wish.free == 0:
        return "Zurzeit ist kein gedrucktes Exemplar mehr verfügbar. Die Ausgabe gibt es als PDF."
    if wish.copies > wish.free:
        return (
            f"Es sind nur noch {grouped(wish.free)} Exemplare verfügbar. Bitte wählen Sie eine "
            "kleinere Anzahl."
        )
    return ""


def question(wishes: Sequence[Wish], rules: Sequence[OrderRule], *, purpose: str) -> str:
    """Ask in German what for, if a soft limit or a rule of purpose wants to know and nobody said.

    A rule of purpose whose effect is "wird geprüft" asks nothing: the office looks instead.
    """
    if purpose:
        return ""
    for wish in wishes:
        over = excess(wish)
        if over:
            return f"{over} Wenn Sie mehr brauchen, nennen Sie bitte den Grund; wir prüfen ihn."
    for rule in _of_purpose(rules, wishes):
        if rule.effect == OrderRuleEffect.REFUSE:
            return f"Bitte schreiben Sie, wofür Sie die Exemplare brauchen ({rule.text})."
    return ""


def purpose_from(title: Publication, rules: Sequence[OrderRule]) -> int | None:
    """Return from how many copies of a title on an order has to say what for; None is never.

    The same as `question` asks, but for what an address had before.
    """
    numbers = [
        rule.from_copies or 1
        for rule in applying(rules, [title.pk])
        if rule.kind == OrderRuleKind.PURPOSE and rule.effect == OrderRuleEffect.REFUSE
    ]
    if title.limit_is_soft:
        numbers.append(min(title.max_copies, title.max_copies_per_address) + 1)
    return min(numbers, default=None)


def region_refusal(rules: Sequence[OrderRule], *, postcode: str) -> str:
    """Say in German that nothing is sent to this postcode, or nothing if it is."""
    for rule in _of_region(rules, postcode):
        if rule.effect == OrderRuleEffect.REFUSE:
            return f"Dorthin können wir leider nicht versenden ({rule.text})."
    return ""


def hold_reasons(
    wishes: Sequence[Wish], rules: Sequence[OrderRule], *, postcode: str, purpose: str
) -> list[str]:
    """Return in German why the office has to look at an order first; empty if it need not."""
    reasons = [hold_reason(wish, excess(wish)) for wish in wishes if excess(wish)]
    reasons += [
        f"Anschrift außerhalb von „{rule.name}“."
        for rule in _of_region(rules, postcode)
        if rule.effect == OrderRuleEffect.HOLD
    ]
    if not purpose:
        reasons += [
            f"Kein Zweck genannt („{rule.name}“)."
            for rule in _of_purpose(rules, wishes)
            if rule.effect == OrderRuleEffect.HOLD
        ]
    return reasons


def applying(rules: Sequence[OrderRule], titles: Sequence[int]) -> list[OrderRule]:
    """Return the rules that hold for one of these titles (primary keys)."""
    return [rule for rule in rules if rule.publication_id in {None, *titles}]


def _of_region(rules: Sequence[OrderRule], postcode: str) -> list[OrderRule]:
    """Return the rules of region this postcode does not keep."""
    return [
        rule
        for rule in rules
        if rule.kind == OrderRuleKind.REGION and not postcodes.is_within(postcode, rule.postcodes)
    ]


def _of_purpose(rules: Sequence[OrderRule], wishes: Sequence[Wish]) -> list[OrderRule]:
    """Return the rules of purpose that so many copies of one title touch."""
    return [
        rule
        for rule in rules
        if rule.kind == OrderRuleKind.PURPOSE
        and any(
            wish.copies >= (rule.from_copies or 1)
            and rule.publication_id in {None, wish.publication.pk}
            for wish in wishes
        )
    ]
