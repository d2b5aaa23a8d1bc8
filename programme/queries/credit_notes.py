"""Credit notes: which voucher they lower, and how much has come back already."""

from decimal import Decimal

from django.db.models import Q, Sum

from programme.enums import VoucherStatus
from programme.models import Programme, Voucher
from programme.queries.corrections import counter_of
from programme.rules.credit_notes import Credited
from programme.rules.money import rounded


def numbered(*, programme: Programme, number: int) -> Voucher | None:
    """Return the voucher with that number, None if there is none."""
    return Voucher.objects.filter(programme=programme, number=number).first()


def credited(*, voucher: Voucher, without: Voucher | None = None) -> Credited:
    """Return a voucher with what credit notes have given back of it, in EUR; three queries."""
    row = Voucher.objects.select_related("line").get(pk=voucher.pk)
    return Credited(
        voucher=row,
        position=row.line.position,
        credited_eur=credited_eur(voucher=row, without=without),
        is_taken_back=counter_of(row.pk) is not None,
    )


def credited_eur(*, voucher: Voucher, without: Voucher | None = None) -> Decimal:
    """Return the sum of the credit notes of a voucher in EUR, below zero if there are any.

    A credit note that is to be taken back counts until that is approved.
    """
    notes = Voucher.objects.filter(credits=voucher).exclude(status=VoucherStatus.REJECTED)
    counting = notes.filter(Q(corrects__isnull=True) | Q(status=VoucherStatus.APPROVED))
    if without is not None:
        counting = counting.exclude(pk=without.pk)
    return rounded(counting.aggregate(total=Sum("gross_eur"))["total"] or Decimal(0))
