"""Vouchers of one list that may be the same payment twice (rule F18)."""

from collections.abc import Hashable, Iterator, Sequence

from programme.models import Voucher
from programme.rules.funding.finding import Finding
from programme.rules.funding.vouchers import (
    KnownVoucher,
    comparable,
    file_not_used,
    not_a_duplicate,
)
from programme.rules.vouchers import payment_of


def alike(rows: Sequence[Voucher]) -> Iterator[tuple[Voucher, Finding]]:
    """Return each voucher that looks like one with a lower number, with what F18 says.

    Only vouchers that share payee and number, or payee, date and amount, are compared, so the
    time grows with the number of vouchers and not with its square.
    """
    seen: dict[Hashable, KnownVoucher] = {}
    for row in sorted(rows, key=lambda row: row.number):
        keys = _keys(row)
        earlier = [seen[key] for key in keys if key in seen]
        finding = not_a_duplicate(payment_of(row), earlier)
        if finding is not None:
            yield row, finding
        known = KnownVoucher(
            row.number, row.payee, row.invoice_number, row.invoiced_on, row.gross_eur
        )
        for key in keys:
            seen.setdefault(key, known)


def same_files(rows: Sequence[Voucher]) -> Iterator[tuple[Voucher, Finding]]:
    """Return each voucher with a file that lies at an earlier one; the files must be loaded."""
    seen: dict[str, tuple[int, str]] = {}
    for row in sorted(rows, key=lambda row: row.number):
        files = list(row.files.all())
        finding = file_not_used([seen[file.sha256] for file in files if file.sha256 in seen])
        if finding is not None:
            yield row, finding
        for file in files:
            seen.setdefault(file.sha256, (row.number, file.name))


def _keys(row: Voucher) -> tuple[Hashable, ...]:
    payee = comparable(row.payee)
    return (payee, comparable(row.invoice_number)), (payee, row.invoiced_on, row.gross_eur)
