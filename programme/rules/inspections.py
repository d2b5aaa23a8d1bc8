"""Audits: what a finding says, who may answer and close it, how a sample is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from programme.enums import FindingState
from programme.errors import RuleBroken
from programme.models import AuditFinding, User
from programme.rules.money import written

LARGEST_SAMPLE = 200
LARGEST_SEED = 10**12
CHANGED = (
    "{finding} wurde inzwischen geändert. Unten steht, was jetzt gilt und was Sie geschrieben "
    "haben. Bitte prüfen Sie beides und senden Sie noch einmal."
)


@dataclass(frozen=True)
class FindingEntry:
    """What an auditor writes: `kind` and `number` name the subject, the amount is in EUR."""

    kind: str
    number: int
    text: str
    amount_eur: Decimal | None = None
    follow_up_on: date | None = None


def same_revision(finding: AuditFinding, seen: int) -> None:
    """Refuse (RuleBroken) a finding that is not as the person has seen it."""
    if finding.revision != seen:
        raise RuleBroken(CHANGED.format(finding=finding))


def may_be_corrected(finding: AuditFinding) -> None:
    """Refuse (RuleBroken) to change a finding that is closed."""
    if finding.state == FindingState.CLOSED:
        raise RuleBroken(f"{finding} ist erledigt und wird nicht mehr geändert.")


def may_be_answered(finding: AuditFinding, by: User) -> None:
    """Refuse (RuleBroken) to answer the own finding, and one that is closed."""
    if finding.found_by_id == by.pk:
        raise RuleBroken(
            "Eine eigene Feststellung beantwortet eine andere Person. Bitte wenden Sie sich an "
            "eine Kollegin oder einen Kollegen im Bereich Finanzen."
        )
    may_be_corrected(finding)


def may_be_closed(finding: AuditFinding, by: User) -> None:
    """Refuse (RuleBroken) to close what nobody has answered, or what the person answered."""
    if finding.state != FindingState.ANSWERED:
        raise RuleBroken(f"{finding} ist {finding.get_state_display()}, nicht beantwortet.")
    if finding.answered_by_id == by.pk:
        raise RuleBroken("Die eigene Antwort erledigt keine Feststellung.")


def within_voucher(amount_eur: Decimal | None, *, gross_eur: Decimal) -> None:
    """Refuse (RuleBroken) to object to more than a voucher is about, both in EUR.

    A credit note is below zero; objected to is its amount.
    """
    if amount_eur is not None and amount_eur > abs(gross_eur):
        raise RuleBroken(
            f"Der Beleg lautet über {written(gross_eur)} brutto. Bitte geben Sie höchstens diesen "
            "Betrag an.",
            field="amount_eur",
        )


def drawn(numbers: Sequence[int], *, seed: int, size: int) -> tuple[int, ...]:
    """Return `size` of the voucher numbers, drawn by chance that anybody can reckon again.

    Each number gets the SHA-256 of "seed:number"; those with the smallest checksums are drawn.
    """
    ranked = sorted(numbers, key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
    return tuple(sorted(ranked[:size]))
