"""The chain behind a figure: line, voucher, files, occasion, drawdowns, findings."""

from dataclasses import dataclass

from programme.enums import VoucherFileKind
from programme.models import AuditFinding, Voucher
from programme.queries import findings
from programme.queries.occasions import Occasion, of_voucher
from programme.queries.vouchers import explained_shares
from programme.rules.split import Share

WANTED = (
    (VoucherFileKind.INVOICE, "Rechnung"),
    (VoucherFileKind.PROOF_OF_PAYMENT, "Zahlungsnachweis"),
)


@dataclass(frozen=True)
class Chain:
    """Everything an auditor reads about one voucher, and what is missing from it."""

    voucher: Voucher
    shares: tuple[Share, ...]
    occasion: Occasion | None
    missing: tuple[str, ...]


def chain_of(voucher: Voucher) -> Chain:
    """Return the chain of a voucher that was read with line, people, shares and files."""
    occasion = of_voucher(voucher)
    return Chain(
        voucher=voucher,
        shares=explained_shares(voucher=voucher),
        occasion=occasion,
        missing=(*_missing_files(voucher), *_missing_papers(voucher, occasion)),
    )


def findings_about(voucher: Voucher) -> list[AuditFinding]:
    """Return what was found at a voucher, in order."""
    key = f"voucher:{voucher.number}"
    return list(findings.about(programme=voucher.programme, key=key))


def _missing_files(voucher: Voucher) -> list[str]:
    kinds = {file.kind for file in voucher.files.all()}
    return [word for kind, word in WANTED if kind not in kinds]


def _missing_papers(voucher: Voucher, occasion: Occasion | None) -> tuple[str, ...]:
    if occasion is not None:
        return occasion.missing
    if voucher.occasion_title:
        return (f"Unterlagen zum Anlass „{voucher.occasion_title}“",)
    return ("Angabe, zu welchem Anlass der Beleg gehört",)
