"""Judgement on one voucher: each rule a small function with its id, reason and remedy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import BudgetLine, User, Voucher
from programme.rules.money import written


class Severity(StrEnum):
    """Whether a finding forbids the voucher or asks the person to look again."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """A rule that is not met: what is wrong, why it matters, how to mend it."""

    rule: str
    severity: Severity
    message: str
    why: str
    mend: str
    field: str = ""

    @property
    def text(self) -> str:
        return f"Regel {self.rule}: {self.message} {self.why} {self.mend}"


@dataclass(frozen=True)
class VoucherEntry:
    """The seven fields of a voucher as a person enters them; the amount is in EUR."""

    line: BudgetLine
    payee: str
    invoice_number: str
    invoiced_on: date
    paid_on: date
    gross_eur: Decimal
    reason: str


@dataclass(frozen=True)
class Window:
    """The run time in which costs may arise, and the day of entry."""

    starts_on: date
    ends_on: date
    today: date


def titled(voucher: Voucher) -> str:
    """Name a voucher in a sentence of the logbook."""
    return f"Beleg {voucher.number} an {voucher.payee} über {written(voucher.gross_eur)}"


def proposed_day(window: Window) -> date:
    """Return the day a form proposes: today, or the last day of the run time if outside."""
    inside = window.starts_on <= window.today <= window.ends_on
    return window.today if inside else window.ends_on


def complete(entry: VoucherEntry) -> Finding | None:
    """F17: date, payee, reason, amount and plan line are all there."""
    for field, label in (
        ("payee", "Der Zahlungsempfänger"),
        ("invoice_number", "Die Rechnungsnummer"),
        ("reason", "Der Grund der Zahlung"),
    ):
        if not getattr(entry, field).strip():
            return Finding(
                "F17",
                Severity.BLOCK,
                f"{label} fehlt.",
                "Die Belegliste muss vollständig sein.",
                "Bitte tragen Sie die Angabe nach.",
                field,
            )
    return None


def inside_run_time(invoiced_on: date, window: Window) -> Finding | None:
    """F05: the invoice date lies inside the run time of the programme."""
    if window.starts_on <= invoiced_on <= window.ends_on:
        return None
    run_time = f"{window.starts_on:%d.%m.%Y} bis {window.ends_on:%d.%m.%Y}"
    return Finding(
        "F05",
        Severity.BLOCK,
        f"Das Rechnungsdatum {invoiced_on:%d.%m.%Y} liegt außerhalb der Laufzeit ({run_time}).",
        "Gefördert wird nur, was in der Laufzeit entstanden ist.",
        "Bitte prüfen Sie das Datum auf der Rechnung.",
        "invoiced_on",
    )


def paid_already(paid_on: date, window: Window) -> Finding | None:
    """H01, a rule of the house: a payment that is still to come is no voucher yet."""
    if paid_on <= window.today:
        return None
    return Finding(
        "H01",
        Severity.BLOCK,
        f"Der Zahlungstag {paid_on:%d.%m.%Y} liegt in der Zukunft.",
        "Ein Beleg weist eine geleistete Zahlung nach.",
        "Bitte erfassen Sie den Beleg, sobald die Zahlung ausgeführt ist.",
        "paid_on",
    )


def paid_after_invoice(invoiced_on: date, paid_on: date) -> Finding | None:
    """H02, a rule of the house: a payment before its invoice is possible but unusual."""
    if paid_on >= invoiced_on:
        return None
    return Finding(
        "H02",
        Severity.WARN,
        f"Die Zahlung ({paid_on:%d.%m.%Y}) liegt vor dem Rechnungsdatum ({invoiced_on:%d.%m.%Y}).",
        "Das kommt nur bei Vorauszahlungen vor.",
        "Bitte prüfen Sie beide Daten.",
        "paid_on",
    )


def not_a_duplicate(entry: VoucherEntry, others: Iterable[Voucher]) -> Finding | None:
    """F18: no other voucher has the same payee and invoice number, or payee, date and amount."""
    payee, number = _same(entry.payee), _same(entry.invoice_number)
    for other in others:
        if _same(other.payee) != payee:
            continue
        dated = (other.invoiced_on, other.gross_eur) == (entry.invoiced_on, entry.gross_eur)
        if dated or _same(other.invoice_number) == number:
            return Finding(
                "F18",
                Severity.WARN,
                f"Beleg {other.number} sieht gleich aus: {other.payee}, Rechnung "
                f"{other.invoice_number} vom {other.invoiced_on:%d.%m.%Y} über "
                f"{written(other.gross_eur)}.",
                "Dieselbe Zahlung darf nur einmal abgerechnet werden.",
                f"Bitte vergleichen Sie mit Beleg {other.number}.",
            )
    return None


def file_not_used(earlier: Sequence[tuple[int, str]]) -> Finding | None:
    """F18: none of the files lies at another voucher; `earlier` lists its number and file name."""
    if not earlier:
        return None
    number, name = earlier[0]
    return Finding(
        "F18",
        Severity.WARN,
        f"Die Datei „{name}“ liegt schon bei Beleg {number}.",
        "Dieselbe Zahlung darf nur einmal abgerechnet werden.",
        "Bitte prüfen Sie, ob Sie die richtige Datei gewählt haben.",
    )


def line_within_tolerance(
    entry: VoucherEntry, *, spent_eur: Decimal, tolerance: Decimal | None
) -> Finding | None:
    """F07: the line stays within its plan and the tolerance (0.20 = 20 %); amounts in EUR."""
    if tolerance is None:
        return None
    limit = entry.line.planned_eur * (1 + tolerance)
    over = spent_eur + entry.gross_eur - limit
    if over <= 0:
        return None
    return Finding(
        "F07",
        Severity.WARN,
        f"Der Einzelansatz „{entry.line.title}“ wird um {written(over)} stärker überschritten, "
        f"als der Plan zulässt.",
        f"Zulässig sind {written(limit)}.",
        "Bitte prüfen Sie den Einzelansatz oder lassen Sie den Finanzierungsplan ändern.",
        "line",
    )


def four_eyes(voucher: Voucher, second: User) -> Finding | None:
    """F28: "sachlich richtig" and "rechnerisch richtig" come from two different people."""
    if voucher.factual_check_by_id != second.pk:
        return None
    return Finding(
        "F28",
        Severity.BLOCK,
        f"Beleg {voucher.number} haben Sie selbst erfasst.",
        "Die zweite Prüfung muss eine andere Person vornehmen.",
        "Bitte wenden Sie sich an eine Kollegin oder einen Kollegen im Bereich Finanzen.",
    )


def undecided(voucher: Voucher) -> None:
    """Refuse (RuleBroken) to decide a second time about a voucher."""
    if voucher.status == VoucherStatus.APPROVED:
        raise RuleBroken(f"Beleg {voucher.number} ist bereits geprüft. Er ist unverändert gültig.")
    if voucher.status == VoucherStatus.REJECTED:
        raise RuleBroken(f"Beleg {voucher.number} ist bereits zurückgewiesen.")


def same_version(voucher: Voucher, seen_version: int) -> None:
    """Refuse (RuleBroken) to act on a version of the voucher the person has not seen."""
    if voucher.version != seen_version:
        raise RuleBroken(
            f"Beleg {voucher.number} wurde inzwischen geändert. "
            "Bitte sehen Sie sich die neue Fassung an und entscheiden Sie dann erneut."
        )


def refuse(findings: Iterable[Finding | None], *, confirmed: bool) -> None:
    """Raise RuleBroken for the first blocking finding, or for warnings nobody has confirmed."""
    found = [finding for finding in findings if finding is not None]
    for finding in found:
        if finding.severity is Severity.BLOCK:
            raise RuleBroken(finding.text, field=finding.field)
    if found and not confirmed:
        raise RuleBroken(" ".join(finding.text for finding in found), field="confirmed")


def _same(text: str) -> str:
    return "".join(text.split()).casefold()
