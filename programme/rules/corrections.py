"""What is settled is taken back by a counter-entry and booked anew; nothing is edited."""

from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import Voucher
from programme.rules.vouchers import undecided


def correctable(voucher: Voucher, *, counter: Voucher | None) -> None:
    """Refuse (RuleBroken) to take back what is not settled, or what is taken back already."""
    if voucher.corrects_id is not None:
        raise RuleBroken(
            f"Beleg {voucher.number} ist eine Gegenbuchung. Bitte berichtigen Sie den Beleg, der "
            "an die Stelle des zurückgenommenen getreten ist."
        )
    if voucher.status != VoucherStatus.APPROVED:
        raise RuleBroken(
            f"Beleg {voucher.number} ist nicht geprüft. Bitte ändern Sie ihn, statt ihn zu "
            "berichtigen."
        )
    if counter is not None:
        raise RuleBroken(
            f"Beleg {voucher.number} ist schon berichtigt; die Gegenbuchung ist Beleg "
            f"{counter.number}."
        )


def reasoned(reason: str) -> str:
    """Return the reason of a correction without spaces around it; refuses none (RuleBroken)."""
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Berichtigung.", field="correction_reason")
    return reason.strip()


def changeable(voucher: Voucher) -> None:
    """Refuse (RuleBroken) to edit what is approved, or a counter-entry, which is exact."""
    if voucher.status == VoucherStatus.APPROVED:
        undecided(voucher)
    if voucher.corrects_id is not None:
        raise RuleBroken(
            f"Beleg {voucher.number} ist eine Gegenbuchung und wird nicht geändert. Stimmt sie "
            "nicht, weist die zweite Person sie zurück."
        )


def still_replaces(
    voucher: Voucher, *, counter: Voucher | None, replacement: Voucher | None
) -> None:
    """Refuse (RuleBroken) to open a rejected replacement again whose place is gone or taken.

    `counter` takes back what this voucher replaces, `replacement` stands for what it replaces;
    rejected ones are None. Otherwise one payment would count twice.
    """
    if voucher.status != VoucherStatus.REJECTED or voucher.replaces_id is None:
        return
    if counter is None:
        raise RuleBroken(
            f"Die Gegenbuchung zu Beleg {voucher.number} ist zurückgewiesen. Bitte berichtigen "
            "Sie den Beleg, den er ersetzen sollte, erneut."
        )
    if replacement is not None:
        raise RuleBroken(
            f"An der Stelle von Beleg {voucher.number} steht jetzt Beleg {replacement.number}."
        )


def in_order(
    voucher: Voucher,
    status: VoucherStatus,
    *,
    counter: Voucher | None,
    replacement: Voucher | None,
) -> None:
    """Refuse (RuleBroken) to let a payment count twice or not at all between two decisions.

    `counter` takes back what this voucher replaces, `replacement` stands for what it takes back;
    rejected ones are None.
    """
    approves = status == VoucherStatus.APPROVED
    if approves and voucher.replaces_id is not None:
        if counter is None:
            raise RuleBroken(
                f"Die Gegenbuchung zu Beleg {voucher.number} ist zurückgewiesen. Bitte weisen Sie "
                "auch diesen Beleg zurück."
            )
        if counter.status != VoucherStatus.APPROVED:
            raise RuleBroken(f"Bitte prüfen Sie zuerst die Gegenbuchung, Beleg {counter.number}.")
    if not approves and voucher.corrects_id is not None and replacement is not None:
        raise RuleBroken(
            f"Bitte weisen Sie zuerst Beleg {replacement.number} zurück. Er steht für das, was "
            "diese Gegenbuchung zurücknimmt."
        )
