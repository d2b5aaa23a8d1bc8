"""Proofs of use: what their state allows, how figures are frozen and compared."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.enums import ProofKind, ProofStatus
from programme.errors import RuleBroken
from programme.models import ProofOfUse
from programme.rules.funding.finding import refuse
from programme.rules.funding.proof import ProofChange, unchanged_after_submission
from programme.rules.money import read_back, written

HIDDEN = "(vertraulich)"
# The columns of the list that say whom and what a payment was for.
NAMING = ("invoice", "payee", "reason", "contract", "files", "remark")
SENT = frozenset({ProofStatus.SUBMITTED, ProofStatus.REPLACED})
# What every proof says of the effect, in the words of the programme; a value or why it lacks.
INDICATORS = (
    ("offices", "Ausländerbehörden, die an Maßnahmen teilgenommen haben", "Behörden"),
    ("people", "Mitarbeitende, die an Maßnahmen teilgenommen haben", "Personen"),
    ("measures", "umgesetzte Maßnahmen an den Standorten", "Maßnahmen"),
)
# The common indicators of the fund for integration, asked at the end of the project: regulation
# (EU) 516/2014, annex IV (b).
COMMON_INDICATORS = (
    ("amif_departure", "AMIF: Personen in Maßnahmen vor der Ausreise", "Personen"),
    (
        "amif_helped",
        "AMIF: durch Integrationsmaßnahmen unterstützte Personen",
        "Personen",
    ),
    ("amif_tools", "AMIF: eingeführte Konzepte und Werkzeuge der Integration", "Konzepte"),
    ("amif_cooperation", "AMIF: gemeinsame Projekte mit anderen Mitgliedstaaten", "Projekte"),
    ("amif_policy", "AMIF: Projekte zu Aufbau und Bewertung der Integrationspolitik", "Projekte"),
)


def indicators(kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return key, title and unit of what a kind of proof reports (rule F29)."""
    return INDICATORS + COMMON_INDICATORS if kind == ProofKind.FINAL else INDICATORS


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was: what it is, before and after as "1.234,56 EUR" or "–"."""

    name: str
    before: str
    after: str


def titled(proof: ProofOfUse) -> str:
    """Name a proof in a heading, short enough for a phone."""
    word = "Zwischennachweis" if proof.kind == ProofKind.INTERIM else "Abschlussnachweis"
    return f"{word} {proof.number}, Fassung {proof.version}"


def file_stem(proof: ProofOfUse) -> str:
    """Name the files of a proof as their readers do, without an ending."""
    word = "zwischennachweis" if proof.kind == ProofKind.INTERIM else "verwendungsnachweis"
    return f"{word}-{proof.number}-fassung-{proof.version}"


def checksum(figures: Mapping[str, Any]) -> str:
    """Return the SHA-256 of figures, the same for the same figures whatever their order."""
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def without_names(figures: Mapping[str, Any], numbers: Collection[str]) -> dict[str, Any]:
    """Return the figures without what these vouchers, by their numbers, say of anybody."""
    return dict(figures) | {
        part: [row | blank if row["number"] in numbers else row for row in figures.get(part, ())]
        for part, blank in (
            ("vouchers", dict.fromkeys(NAMING, HIDDEN)),
            ("since_lock", {"why": HIDDEN}),
        )
    }


def still_open(proof: ProofOfUse, *, reason: str = "", new_version: bool = False) -> None:
    """Refuse (RuleBroken, rule F36) to change a proof that was submitted."""
    change = ProofChange(proof.status in SENT, makes_new_version=new_version, reason=reason)
    refuse([unchanged_after_submission(change)], confirmed=False)


def same_revision(proof: ProofOfUse, seen_revision: int) -> None:
    """Refuse (RuleBroken) to act on a state of the proof the person has not seen."""
    if proof.revision != seen_revision:
        raise RuleBroken(
            "Der Nachweis wurde inzwischen geändert. Bitte sehen Sie sich den neuen Stand an und "
            "entscheiden Sie dann erneut."
        )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what changed between two sets of figures: lines, sources, total, income, vouchers.

    What one of them does not know, as a proof frozen before receipts were part of it, did not
    change.
    """
    found: list[Change] = []
    for part, named in _NAMED.items():
        if part not in before or part not in after:
            continue
        old, new = named(before), named(after)
        found += [
            Change(name, _told(old.get(name)), _told(new.get(name)))
            for name in [*old, *(name for name in new if name not in old)]
            if old.get(name) != new.get(name)
        ]
    return tuple(found)


def _lines(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    rows = figures["lines"]
    return {f"Einzelansatz „{row['title']}“": Decimal(row["actual"]) for row in rows}


def _sources(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    rows = figures["sources"]
    return {f"Quelle {row['name']}": Decimal(row["actual"]) for row in rows}


def _total(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    return {"Ausgaben zusammen": Decimal(figures["total"])}


def _receipts(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in figures["receipts"]:
        found[f"Eingang {row['name']} am {row['received_on']}"] += Decimal(row["amount"])
    return found


def _vouchers(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    rows = figures["vouchers"]
    return {f"Beleg {row['number']}": read_back(row["eligible"]) for row in rows}


def _told(amount_eur: Decimal | None) -> str:
    return "–" if amount_eur is None else written(amount_eur)


_NAMED: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Decimal]]] = {
    "lines": _lines,
    "sources": _sources,
    "total": _total,
    "receipts": _receipts,
    "vouchers": _vouchers,
}
