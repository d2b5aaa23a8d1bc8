"""Contracts and assets with what the rules say of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from programme import clock
from programme.enums import VoucherStatus
from programme.models import Asset, Contract, Programme, Voucher
from programme.queries.parameters import parameter_set
from programme.rules.contracts import asset_finding, contract_finding
from programme.rules.funding.finding import Finding

_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Judged:
    """A contract or an asset with what is missing, None if nothing is."""

    row: Contract | Asset
    finding: Finding | None


def contracts(*, programme: Programme) -> QuerySet[Contract]:
    """Return the contracts with number and sum of their vouchers that are not rejected, in EUR."""
    counting = ~Q(vouchers__status=VoucherStatus.REJECTED) & Q(vouchers__isnull=False)
    found = Contract.objects.filter(programme=programme).select_related("award_note")
    return found.annotate(
        voucher_count=Count("vouchers", filter=counting),
        paid_eur=Coalesce(
            Sum("vouchers__gross_eur", filter=counting), Decimal(0), output_field=_EUR
        ),
    )


def assets(*, programme: Programme) -> QuerySet[Asset]:
    """Return what was bought to last, with the voucher that paid it."""
    found = Asset.objects.filter(voucher__programme=programme)
    return found.select_related("voucher").order_by("voucher__number", "pk")


def judged_contracts(*, programme: Programme) -> list[Judged]:
    """Return the contracts with what rule F26 says, in two queries."""
    numbers = parameter_set(programme=programme)
    today = clock.today()
    return [
        Judged(row, contract_finding(row, numbers, today=today))
        for row in contracts(programme=programme)
    ]


def judged_assets(*, programme: Programme) -> list[Judged]:
    """Return the assets with what rule F27 says, in two queries."""
    numbers = parameter_set(programme=programme)
    return [Judged(row, asset_finding(row, numbers)) for row in assets(programme=programme)]


def counting_vouchers(*, programme: Programme) -> QuerySet[Voucher]:
    """Return the vouchers an asset may stem from: all that are not rejected."""
    found = Voucher.objects.filter(programme=programme).exclude(status=VoucherStatus.REJECTED)
    return found.order_by("-number")
