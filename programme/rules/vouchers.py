"""A voucher as it is entered, and what its state allows; the numbered rules lie in funding/."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import VoucherFileKind, VoucherStatus
from programme.errors import RuleBroken
from programme.models import BudgetLine, Contract, Voucher
from programme.rules.funding.vouchers import Payment, Window
from programme.rules.money import written

OTHER_KIND: Mapping[str, str] = {
    VoucherFileKind.INVOICE: VoucherFileKind.PROOF_OF_PAYMENT,
    VoucherFileKind.PROOF_OF_PAYMENT: VoucherFileKind.INVOICE,
}
# Checksum, kind and name of a file that comes to a voucher.
ComingFile = tuple[str, str, str]


@dataclass(frozen=True)
class VoucherEntry:
    """A voucher as a person enters it: seven fields, and details that may stay empty; in EUR."""

    line: BudgetLine
    payee: str
    invoice_number: str
    invoiced_on: date
    paid_on: date
    gross_eur: Decimal
    reason: str
    serviced_from: date | None = None
    serviced_to: date | None = None
    net_eur: Decimal | None = None
    vat_eur: Decimal | None = None
    contract: Contract | None = None
    is_cash: bool = False
    cash_note: str = ""
    remark: str = ""
    is_sensitive: bool = False
    occasion_key: str = ""
    occasion_title: str = ""
    is_credit_note: bool = False
    credits: Voucher | None = None

    @property
    def payment(self) -> Payment:
        """The entry as facts for the rules."""
        names = Payment.__dataclass_fields__
        return Payment(**{name: getattr(self, name) for name in names} | {"line": self.line.title})


def consistent(entry: VoucherEntry) -> None:
    """Refuse (RuleBroken) details of a voucher that contradict each other; amounts in EUR."""
    start, end = entry.serviced_from, entry.serviced_to
    if (start is None) != (end is None):
        raise RuleBroken(
            "Bitte tragen Sie beide Tage des Leistungszeitraums ein, auch wenn es derselbe ist.",
            field="serviced_to" if end is None else "serviced_from",
        )
    if start is not None and end is not None and end < start:
        raise RuleBroken("Die Leistung endet vor ihrem Beginn.", field="serviced_to")
    _signed(entry)
    if entry.net_eur is not None and entry.vat_eur is not None:
        total = entry.net_eur + entry.vat_eur
        if total != entry.gross_eur:
            raise RuleBroken(
                f"Netto und Umsatzsteuer ergeben {written(total)}, brutto stehen "
                f"{written(entry.gross_eur)}. Bitte prüfen Sie die Beträge.",
                field="vat_eur",
            )


def _signed(entry: VoucherEntry) -> None:
    if entry.gross_eur < 0 and not entry.is_credit_note:
        raise RuleBroken(
            "Der Betrag muss größer als 0,00 EUR sein. Ist der Beleg eine Gutschrift, kreuzen Sie "
            "das bitte an.",
            field="gross_eur",
        )
    if entry.is_credit_note and entry.gross_eur >= 0:
        raise RuleBroken("Eine Gutschrift mindert die Ausgaben.", field="gross_eur")
    if entry.credits is not None and not entry.is_credit_note:
        raise RuleBroken(
            "Nur eine Gutschrift mindert einen anderen Beleg. Bitte kreuzen Sie „Gutschrift“ an.",
            field="is_credit_note",
        )


def titled(voucher: Voucher) -> str:
    """Name a voucher in a sentence of the logbook, which more people read than the voucher."""
    payee = "(vertraulich)" if voucher.is_sensitive else f"an {voucher.payee}"
    return f"Beleg {voucher.number} {payee} über {written(voucher.gross_eur)}"


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


def missing_kinds(kinds: Collection[str]) -> list[VoucherFileKind]:
    """Return which of the two papers every voucher needs are not among these (rule F20)."""
    needed = (VoucherFileKind.INVOICE, VoucherFileKind.PROOF_OF_PAYMENT)
    return [kind for kind in needed if kind not in kinds]


def taken_for_both(new: Iterable[ComingFile], *, kept: Collection[tuple[str, str]]) -> str:
    """Name the first new file that is now invoice and proof of payment at once; "" if none is.

    `kept` are checksum and kind of the files that lie with the voucher already.
    """
    papers = list(new)
    known = {*kept, *(paper[:2] for paper in papers)}
    for checksum, kind, name in papers:
        if (checksum, kind) not in kept and (checksum, OTHER_KIND.get(kind)) in known:
            return name
    return ""


def lacks_paper(voucher: Voucher, *, kinds: Collection[str]) -> list[VoucherFileKind]:
    """Return which papers may still come to an approved voucher: only those that are missing.

    Refuses (RuleBroken) a voucher that may be changed itself, and one that has both papers.
    """
    if voucher.status != VoucherStatus.APPROVED:
        raise RuleBroken(
            f"Beleg {voucher.number} ist noch nicht geprüft. Bitte fügen Sie die Datei hinzu, "
            "indem Sie den Beleg ändern."
        )
    missing = missing_kinds(kinds)
    if not missing:
        raise RuleBroken(
            f"Bei Beleg {voucher.number} fehlt keine Datei. Rechnung und Zahlungsnachweis eines "
            "geprüften Belegs werden nicht ersetzt."
        )
    return missing


def same_version(voucher: Voucher, seen_version: int) -> None:
    """Refuse (RuleBroken) to act on a version of the voucher the person has not seen."""
    if voucher.version != seen_version:
        raise RuleBroken(
            f"Beleg {voucher.number} wurde inzwischen geändert. "
            "Bitte sehen Sie sich die neue Fassung an und entscheiden Sie dann erneut."
        )


def payment_of(row: Voucher) -> Payment:
    """Return a voucher as the rules of one payment ask it; its line must be loaded."""
    return Payment(
        line=row.line.title,
        payee=row.payee,
        invoice_number=row.invoice_number,
        invoiced_on=row.invoiced_on,
        paid_on=row.paid_on,
        gross_eur=row.gross_eur,
        reason=row.reason,
    )
