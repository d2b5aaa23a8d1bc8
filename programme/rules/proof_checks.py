"""Notices about a submitted proof as they are entered, and what they may say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ProofStatus
from programme.errors import RuleBroken
from programme.models import FundingSource, ProofCheck, ProofOfUse
from programme.rules.funding.checks import Signatures, four_eyes
from programme.rules.funding.finding import Stage, refuse
from programme.rules.money import written

SENT = frozenset({ProofStatus.SUBMITTED, ProofStatus.REPLACED})


@dataclass(frozen=True)
class CheckEntry:
    """A notice as a person enters it; amounts are those of its source, in EUR."""

    proof: ProofOfUse
    source: FundingSource
    reference: str
    issued_on: date
    recognised_eur: Decimal
    reclaimed_eur: Decimal
    conditions: str


def proved_eur(proof: ProofOfUse, source: FundingSource) -> Decimal:
    """Return what a submitted proof shows for a source."""
    rows = proof.figures.get("sources", ())
    found = [row["actual"] for row in rows if row["name"] == source.short_name]
    return sum((Decimal(amount) for amount in found), Decimal("0.00"))


def acceptable(entry: CheckEntry, *, received_eur: Decimal, today: date) -> None:
    """Refuse (RuleBroken) a notice about what was not proved, in time or in money.

    `received_eur` is what the source has paid so far: more cannot be reclaimed.
    """
    if entry.proof.status not in SENT or entry.proof.submitted_on is None:
        raise RuleBroken("Dieser Nachweis ist noch nicht eingereicht.", field="proof")
    if entry.issued_on > today:
        raise RuleBroken("Das Datum des Bescheids liegt in der Zukunft.", field="issued_on")
    if entry.issued_on < entry.proof.submitted_on:
        raise RuleBroken(
            f"Der Nachweis wurde am {entry.proof.submitted_on:%d.%m.%Y} eingereicht; geprüft wird "
            "er danach.",
            field="issued_on",
        )
    proved = proved_eur(entry.proof, entry.source)
    if entry.recognised_eur > proved:
        raise RuleBroken(
            f"Der Nachweis zeigt für die Quelle {entry.source.short_name} {written(proved)}. Mehr "
            "kann nicht anerkannt sein.",
            field="recognised_eur",
        )
    if entry.reclaimed_eur > received_eur:
        raise RuleBroken(
            f"Von der Quelle {entry.source.short_name} sind {written(received_eur)} eingegangen. "
            "Mehr kann sie nicht zurückfordern.",
            field="reclaimed_eur",
        )


def once(*, is_known: bool) -> None:
    """Refuse (RuleBroken) a second notice of one source about one proof."""
    if is_known:
        raise RuleBroken(
            "Zu diesem Nachweis ist schon ein Bescheid dieser Quelle erfasst.", field="proof"
        )


def unconfirmed(check: ProofCheck) -> None:
    """Refuse (RuleBroken) to change or confirm what two people have signed."""
    if check.confirmed_by_id is not None:
        raise RuleBroken(f"{check} ist bereits bestätigt und bleibt, wie er ist.")


def same_revision(check: ProofCheck, seen_revision: int) -> None:
    """Refuse (RuleBroken) to act on a state of the notice the person has not seen."""
    if check.revision != seen_revision:
        raise RuleBroken(
            f"{check} wurde inzwischen geändert. Bitte sehen Sie sich den neuen Stand an und "
            "entscheiden Sie dann erneut."
        )


def another_person(check: ProofCheck, *, by: int) -> None:
    """Refuse (RuleBroken, rule F28) the person who recorded the notice."""
    signed = Signatures(0, check.recorded_by_id, by, name=str(check))
    refuse([four_eyes(signed, stage=Stage.ENTRY)], confirmed=False)
