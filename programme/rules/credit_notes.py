"""Credit notes: vouchers below zero, and how much of another voucher they may give back."""

from dataclasses import dataclass
from decimal import Decimal

from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import Voucher
from programme.rules.money import written
from programme.rules.vouchers import VoucherEntry


@dataclass(frozen=True)
class Credited:
    """A voucher with the line it counts in and the sum of its other credit notes, in EUR."""

    voucher: Voucher
    position: int
    credited_eur: Decimal
    is_taken_back: bool

    @property
    def left_eur(self) -> Decimal:
        """What of the voucher has not come back yet."""
        return self.voucher.gross_eur + self.credited_eur


def possible(entry: VoucherEntry, credited: Credited) -> None:
    """Refuse (RuleBroken) a credit note that its voucher cannot bear; amounts in EUR."""
    voucher = credited.voucher
    if voucher.is_credit_note or voucher.corrects_id is not None:
        raise RuleBroken(
            f"Beleg {voucher.number} ist selbst keine Zahlung. Bitte wählen Sie den Beleg, den "
            "die Gutschrift mindert.",
            field="credits",
        )
    if voucher.status != VoucherStatus.APPROVED:
        raise RuleBroken(
            f"Beleg {voucher.number} ist noch nicht geprüft. Bitte prüfen Sie ihn zuerst oder "
            "ändern Sie seinen Betrag.",
            field="credits",
        )
    if credited.is_taken_back:
        raise RuleBroken(f"Beleg {voucher.number} ist schon ganz zurückgenommen.", field="credits")
    if entry.line.position != credited.position:
        raise RuleBroken(
            f"Beleg {voucher.number} gehört zu einem anderen Einzelansatz. Die Gutschrift mindert "
            "denselben.",
            field="line",
        )
    if credited.left_eur + entry.gross_eur < 0:
        raise RuleBroken(
            f"Die Gutschrift ist höher als der Rest von Beleg {voucher.number}: Von "
            f"{written(voucher.gross_eur)} sind noch {written(credited.left_eur)} übrig.",
            field="gross_eur",
        )


def untouched(voucher: Voucher, *, credited_eur: Decimal) -> None:
    """Refuse (RuleBroken) to take back a voucher of which credit notes gave a part back."""
    if credited_eur:
        raise RuleBroken(
            f"Zu Beleg {voucher.number} gibt es Gutschriften über {written(-credited_eur)}. Bitte "
            "nehmen Sie zuerst die Gutschriften zurück."
        )
