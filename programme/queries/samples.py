"""Samples of an audit and the vouchers they are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from programme.enums import VoucherStatus
from programme.models import AuditSample, Programme, Voucher
from programme.queries.corrections import families
from programme.queries.vouchers import vouchers_with_details


def samples(*, programme: Programme) -> QuerySet[AuditSample]:
    """Return the samples of a programme with the person and the number of their vouchers."""
    rows = AuditSample.objects.filter(programme=programme).select_related("drawn_by", "programme")
    return rows.annotate(drawn_count=Count("vouchers")).order_by("-drawn_at", "-pk")


def population(*, programme: Programme, criteria: Mapping[str, Any]) -> QuerySet[Any, int]:
    """Return the numbers of the approved vouchers a sample is drawn from, in order.

    `criteria` may hold "position" of a line, "minimum_eur", and "until_number", the last voucher
    there was when the sample was drawn. Counter-entries and what they take back are drawn too,
    or nobody would ever look at a correction.
    """
    rows = Voucher.objects.filter(programme=programme, status=VoucherStatus.APPROVED)
    if "position" in criteria:
        rows = rows.filter(line__position=criteria["position"])
    if "minimum_eur" in criteria:
        rows = rows.filter(gross_eur__gte=Decimal(criteria["minimum_eur"]))
    if "until_number" in criteria:
        rows = rows.filter(number__lte=criteria["until_number"])
    return rows.order_by("number").values_list("number", flat=True)


@dataclass(frozen=True)
class Drawn:
    """A voucher of a sample and how it stands to others: "Gegenbuchung zu Beleg 3"."""

    voucher: Voucher
    mark: str


def drawn(*, sample: AuditSample) -> list[Drawn]:
    """Return the vouchers of a sample with their marks, by number."""
    vouchers = list(drawn_vouchers(sample=sample))
    related = families(vouchers=vouchers)
    return [Drawn(voucher, related[voucher.pk].mark) for voucher in vouchers]


def drawn_vouchers(*, sample: AuditSample) -> QuerySet[Voucher]:
    """Return the vouchers of a sample with everything shown, by number."""
    rows = vouchers_with_details(programme=sample.programme).select_related("programme")
    return rows.filter(pk__in=sample.vouchers.values("pk")).order_by("number")
