"""The chain behind a figure: line, voucher, files, occasion, drawdowns, findings."""

from dataclasses import dataclass

from django.db.models import Q

from programme import clock
from programme.enums import ProofKind, ProofStatus, VoucherFileKind
from programme.models import AuditFinding, ProofOfUse, Voucher
from programme.queries import findings
from programme.queries.corrections import Family, family
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
    proofs: tuple[ProofOfUse, ...]
    missing: tuple[str, ...]
    family: Family


def chain_of(voucher: Voucher) -> Chain:
    """Return the chain of a voucher that was read with line, people, shares and files."""
    occasion = of_voucher(voucher)
    return Chain(
        voucher=voucher,
        shares=explained_shares(voucher=voucher),
        occasion=occasion,
        proofs=tuple(_proofs_with(voucher)),
        missing=(*_missing_files(voucher), *_missing_papers(voucher, occasion)),
        family=family(voucher=voucher),
    )


def findings_about(voucher: Voucher) -> list[AuditFinding]:
    """Return what was found at a voucher, in order."""
    key = f"voucher:{voucher.number}"
    return list(findings.about(programme=voucher.programme, key=key))


def _proofs_with(voucher: Voucher) -> list[ProofOfUse]:
    """Return the submitted proofs that hold a voucher, oldest first; one query.

    A proof holds what both people had approved before it was submitted. For a voucher of the very
    day its frozen figures tell, which are large and read for no other proof.
    """
    if voucher.arithmetic_check_at is None:
        return []
    approved_on = clock.day_of(voucher.arithmetic_check_at)
    of_period = Q(period_from__lte=voucher.paid_on, period_to__gte=voucher.paid_on)
    found = ProofOfUse.objects.filter(
        Q(kind=ProofKind.FINAL) | of_period,
        programme=voucher.programme_id,
        status__in=[ProofStatus.SUBMITTED, ProofStatus.REPLACED],
        submitted_on__gte=approved_on,
    ).defer("figures")
    return [row for row in found if row.submitted_on != approved_on or _holds(row, voucher)]


def _holds(proof: ProofOfUse, voucher: Voucher) -> bool:
    return any(row["number"] == str(voucher.number) for row in proof.figures.get("vouchers", ()))


def _missing_files(voucher: Voucher) -> list[str]:
    kinds = {file.kind for file in voucher.files.all()}
    return [word for kind, word in WANTED if kind not in kinds]


def _missing_papers(voucher: Voucher, occasion: Occasion | None) -> tuple[str, ...]:
    if occasion is not None:
        return occasion.missing
    if voucher.occasion_title:
        return (f"Unterlagen zum Anlass „{voucher.occasion_title}“",)
    return ("Angabe, zu welchem Anlass der Beleg gehört",)
