"""How many copies may be ordered, and what the rules of region and purpose say."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from publications.models import OrderRule, Publication
from publications.services import stock


@dataclass(frozen=True)
class Terms:
    """Limits of one title, in copies and days; `reprint_below` 0 never reports."""

    is_orderable: bool
    max_copies: int
    max_copies_per_address: int
    limit_days: int
    limit_is_soft: bool
    reprint_below: int


@transaction.atomic
def set_terms(*, publication: Publication, terms: Terms, by: User) -> Publication:
    """Set the limits of a title; orders that are placed stay as they are.

    Raises RuleBroken if one address may have fewer copies than one order.
    """
    if terms.max_copies_per_address < terms.max_copies:
        raise RuleBroken(
            "Je Anschrift müssen mindestens so viele Exemplare möglich sein wie je Bestellung.",
            field="max_copies_per_address",
        )
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    changes = _changes(publication, asdict(terms))
    if changes:
        publication.save(update_fields=list(changes))
        audit.record(
            by=by,
            verb="publication.terms_set",
            subject=publication,
            sentence=f"Die Bestellgrenzen von „{publication.title}“ wurden geändert.",
            changes=changes,
        )
        stock.watch(publication=publication)
    return publication


@transaction.atomic
def set_rule(*, rule: OrderRule, values: dict[str, Any], by: User) -> OrderRule:
    """Change a rule of region or purpose: text, effect, postcodes or copies, in force or not."""
    rule = OrderRule.objects.select_for_update().get(pk=rule.pk)
    changes = _changes(rule, values)
    if changes:
        rule.save(update_fields=list(changes))
        audit.record(
            by=by,
            verb="order_rule.set",
            subject=rule,
            sentence=f"Die Regel „{rule.name}“ für Bestellungen wurde geändert.",
            changes=changes,
        )
    return rule


def _changes(row: Publication | OrderRule, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Put the values into the row and return what became different, as (before, after)."""
    changes = {
        name: [getattr(row, name), value]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    return changes
