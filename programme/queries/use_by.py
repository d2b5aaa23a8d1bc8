"""Whether what came in was used in time, by source, first in first out (rule F15)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from programme.enums import ParameterKey, VoucherStatus
from programme.models import DrawdownShare, Programme, VoucherShare
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.use_by import DayAmount, LateUse, Use, late_uses, uses


@dataclass(frozen=True)
class SourceUse:
    """Receipts and payments of one source, and the days it leaves for using money."""

    name: str
    days: int
    as_of: date
    drawn: tuple[DayAmount, ...]
    paid: tuple[DayAmount, ...]

    @property
    def late(self) -> tuple[LateUse, ...]:
        """Return what was used late, or is still unused after its last day."""
        return late_uses(self.drawn, self.paid, days=self.days, today=self.as_of)

    @property
    def late_eur(self) -> Decimal:
        return sum((use.amount_eur for use in self.late), Decimal("0.00"))

    @property
    def unused(self) -> tuple[Use, ...]:
        """Return what came in and is not used yet."""
        return tuple(use for use in uses(self.drawn, self.paid) if use.used_on is None)

    @property
    def unused_eur(self) -> Decimal:
        return sum((use.amount_eur for use in self.unused), Decimal("0.00"))

    @property
    def use_until(self) -> date | None:
        """Return the last day for the oldest money that is not used yet."""
        first = min((use.drawn_on for use in self.unused), default=None)
        return first + timedelta(days=self.days) if first else None


def source_uses(
    *,
    programme: Programme,
    sources: Sequence[tuple[str, str]],
    numbers: ParameterSet,
    as_of: date,
) -> tuple[SourceUse, ...]:
    """Return receipts and payments until a day for each source with a time limit; two queries.

    `sources` are pairs of key and name. Payments are the shares of approved vouchers on the day
    they were paid.
    """
    receipts = DrawdownShare.objects.filter(drawdown__programme=programme, received_on__lte=as_of)
    drawn = _by_source(receipts.values_list("source__key", "received_on", "received_eur"))
    payments = VoucherShare.objects.filter(
        voucher__programme=programme,
        voucher__status=VoucherStatus.APPROVED,
        voucher__paid_on__lte=as_of,
    ).order_by("voucher__paid_on", "voucher__number")
    paid = _by_source(payments.values_list("source__key", "voucher__paid_on", "amount_eur"))
    limits = [
        (key, name, numbers.find(ParameterKey.USE_BY_DAYS, source=key, on=as_of))
        for key, name in sources
    ]
    return tuple(
        SourceUse(name, int(days), as_of, drawn[key], paid[key])
        for key, name, days in limits
        if days is not None
    )


def _by_source(rows: Iterable[tuple[str, Any, Any]]) -> defaultdict[str, tuple[DayAmount, ...]]:
    found: defaultdict[str, list[DayAmount]] = defaultdict(list)
    for source, on, amount_eur in rows:
        found[source].append(DayAmount(on, amount_eur))
    return defaultdict(tuple, {key: tuple(amounts) for key, amounts in found.items()})
