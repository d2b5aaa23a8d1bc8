"""Drawdowns as the pages show them, and what a proposal and the rules have to know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Max, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from programme.enums import DrawdownStatus, ParameterKey, VoucherStatus
from programme.models import (
    Drawdown,
    DrawdownShare,
    FinancingPlan,
    PlannedFunding,
    Programme,
    VoucherShare,
)
from programme.queries.proof_checks import recognised_of
from programme.rules.drawdowns import Purse
from programme.rules.funding.parameters import ParameterSet
from programme.rules.money import rounded

_SHARES = Prefetch("shares", DrawdownShare.objects.select_related("source"))
_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class SourceDraws:
    """What one source was asked for and what came in; `left_eur` until its cap, all in EUR."""

    name: str
    granted_eur: Decimal
    requested_eur: Decimal
    received_eur: Decimal
    left_eur: Decimal
    cap: Decimal | None
    recognised_eur: Decimal | None = None


def drawdowns(*, programme: Programme) -> QuerySet[Drawdown]:
    """Return the drawdowns of the programme with their parts and people, by number."""
    found = Drawdown.objects.filter(programme=programme)
    people = found.select_related("recorded_by", "approved_by", "signed_copy", "programme")
    return people.prefetch_related(_SHARES).order_by("number")


def current() -> QuerySet[Drawdown]:
    """Return the drawdowns of the current programme without anything beside them."""
    return Drawdown.objects.filter(programme__is_current=True).select_related("programme")


def purses(
    *,
    plan: FinancingPlan,
    numbers: ParameterSet,
    on: date,
    without: Drawdown | None = None,
) -> tuple[Purse, ...]:
    """Return what each source paid and was asked for until a day, in one query; in EUR.

    `without` leaves out a drawdown that is about to be judged anew. A receipt counts instead of
    what was asked for; drawdowns that were rejected do not count.
    """
    rows = PlannedFunding.objects.filter(plan=plan).select_related("source")
    found = rows.annotate(
        drawn_eur=_drawn(plan, without),
        spent_eur=_spent(plan, on),
        recognised_eur=recognised_of(OuterRef("source"), on=on),
    )
    return tuple(
        Purse(
            key=row.source.key,
            name=row.source.short_name,
            planned_eur=row.planned_eur,
            granted_eur=row.source.granted_eur,
            spent_eur=rounded(row.spent_eur),
            drawn_eur=rounded(row.drawn_eur),
            cap=numbers.find(ParameterKey.ADVANCE_CAP, source=row.source.key, on=on),
            recognised_eur=row.recognised_eur,
        )
        for row in found.order_by("source__position")
    )


def source_draws(*, rows: Iterable[Drawdown], purses: Iterable[Purse]) -> tuple[SourceDraws, ...]:
    """Return the sums of the drawdowns by source; those that were rejected do not count."""
    counting = [row for row in rows if row.status != DrawdownStatus.REJECTED]
    shares = [share for row in counting for share in row.shares.all()]
    requested, received = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    for share in shares:
        requested[share.source.key] += share.requested_eur
        received[share.source.key] += share.received_eur or Decimal(0)
    return tuple(
        SourceDraws(
            name=purse.name,
            granted_eur=purse.granted_eur,
            requested_eur=rounded(requested[purse.key]),
            received_eur=rounded(received[purse.key]),
            left_eur=purse.left_eur,
            cap=purse.cap,
            recognised_eur=purse.recognised_eur,
        )
        for purse in purses
    )


def next_number(*, programme: Programme) -> int:
    """Return the number of the next drawdown; call it while the programme is locked."""
    last = Drawdown.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _drawn(plan: FinancingPlan, without: Drawdown | None) -> Coalesce:
    """Sum what each source paid or, as long as it has not, was asked for."""
    asked = DrawdownShare.objects.filter(
        source=OuterRef("source"), drawdown__programme=plan.programme_id
    ).exclude(drawdown__status=DrawdownStatus.REJECTED)
    if without is not None:
        asked = asked.exclude(drawdown=without)
    by_source = asked.order_by().values("source")
    return _sum_of(by_source.annotate(total=Sum(Coalesce("received_eur", "requested_eur"))))


def _spent(plan: FinancingPlan, on: date) -> Coalesce:
    """Sum the parts of approved vouchers each source has paid until a day."""
    paid = VoucherShare.objects.filter(
        source=OuterRef("source"),
        voucher__programme=plan.programme_id,
        voucher__status=VoucherStatus.APPROVED,
        voucher__paid_on__lte=on,
    )
    return _sum_of(paid.order_by().values("source").annotate(total=Sum("amount_eur")))


def _sum_of(totals: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(totals.values("total")), Decimal(0), output_field=_EUR)
