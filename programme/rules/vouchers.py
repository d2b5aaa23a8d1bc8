"""A voucher as it is entered, and what its state allows; the numbered rules lie in funding/."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import BudgetLine, Voucher
from programme.rules.funding.vouchers import Payment, Window
from programme.rules.money import written


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

    @property
    def payment(self) -> Payment:
        """The entry as facts for the rules."""
        return Payment(**vars(self) | {"line": self.line.title})


def titled(voucher: Voucher) -> str:
    """Name a voucher in a sentence of the logbook."""
    return f"Beleg {voucher.number} an {voucher.payee} über {written(voucher.gross_eur)}"


def proposed_day(window: Window) -> date:
    """Return the day a form proposes: today, or the last day of the run time if outside."""
    inside = window.starts_on <= window.today <= window.ends_on
    return window.today if inside else window.ends_on


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
