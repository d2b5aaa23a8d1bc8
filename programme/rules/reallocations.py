"""A reallocation as it is entered: from one line of the approved plan to another."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.errors import RuleBroken
from programme.models import BudgetLine
from programme.rules.money import written


@dataclass(frozen=True)
class Reallocation:
    """What moves from which line to which, why, and by whose decision; the amount in EUR."""

    giving: BudgetLine
    taking: BudgetLine
    amount_eur: Decimal
    reason: str
    decided_on: date | None = None
    decision_reference: str = ""


def possible(entry: Reallocation) -> None:
    """Refuse (RuleBroken) one line twice, and more than the giving line plans."""
    if entry.giving.pk == entry.taking.pk:
        raise RuleBroken("Bitte wählen Sie zwei verschiedene Einzelansätze.", field="taking")
    if entry.amount_eur > entry.giving.planned_eur:
        raise RuleBroken(
            f"„{entry.giving.title}“ ist nur mit {written(entry.giving.planned_eur)} geplant.",
            field="amount_eur",
        )
