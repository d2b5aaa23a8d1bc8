"""What was granted, planned and spent: the figures of the funding pages and of the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from programme.enums import PlanStatus, VoucherStatus
from programme.models import (
    BudgetLine,
    FinancingPlan,
    FundingSource,
    PlannedFunding,
    Programme,
    Voucher,
    VoucherShare,
)
from programme.rules.money import rounded

_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)
# What the sources share of a voucher; `Voucher.claimed_eur` in a query.
CLAIMED_EUR = Coalesce("eligible_eur", "gross_eur")


@dataclass(frozen=True)
class SourceFigures:
    """One source: what it granted, should pay by the plan, and has paid; amounts in EUR."""

    key: str
    name: str
    short_name: str
    granted_eur: Decimal
    is_approximate: bool
    basis: str
    planned_eur: Decimal
    actual_eur: Decimal

    @property
    def remaining_eur(self) -> Decimal:
        return self.planned_eur - self.actual_eur


@dataclass(frozen=True)
class LineFigures:
    """One line of the approved plan; `waiting_eur` still waits for the second check.

    `vouchers` is how many vouchers of the line have passed both checks, counter-entries too.
    """

    position: int
    title: str
    category: str
    planned_eur: Decimal
    actual_eur: Decimal
    waiting_eur: Decimal
    vouchers: int

    @property
    def remaining_eur(self) -> Decimal:
        return self.planned_eur - self.actual_eur


@dataclass(frozen=True)
class FundingOverview:
    """All figures of a programme as they stand on a day; only approved vouchers are actual.

    `standing_vouchers` leaves out counter-entries and what they take back, together no payment;
    0 where only the sums of the lines were asked for.
    """

    as_of: date
    sources: tuple[SourceFigures, ...]
    lines: tuple[LineFigures, ...]
    standing_vouchers: int = 0

    @property
    def granted_eur(self) -> Decimal:
        return sum((source.granted_eur for source in self.sources), Decimal(0))

    @property
    def planned_eur(self) -> Decimal:
        return sum((source.planned_eur for source in self.sources), Decimal(0))

    @property
    def actual_eur(self) -> Decimal:
        return sum((source.actual_eur for source in self.sources), Decimal(0))

    @property
    def waiting_eur(self) -> Decimal:
        return sum((line.waiting_eur for line in self.lines), Decimal(0))

    @property
    def remaining_eur(self) -> Decimal:
        return self.planned_eur - self.actual_eur

    @property
    def lines_planned_eur(self) -> Decimal:
        return sum((line.planned_eur for line in self.lines), Decimal(0))

    @property
    def lines_actual_eur(self) -> Decimal:
        return sum((line.actual_eur for line in self.lines), Decimal(0))

    @property
    def lines_remaining_eur(self) -> Decimal:
        return self.lines_planned_eur - self.lines_actual_eur

    @property
    def vouchers(self) -> int:
        return sum(line.vouchers for line in self.lines)

    @property
    def is_approximate(self) -> bool:
        return any(source.is_approximate for source in self.sources)


def approved_plan(*, programme: Programme) -> FinancingPlan | None:
    """Return the newest approved version of the financing plan, None if there is none yet."""
    return approved_plans(programme=programme).first()


def approved_plans(*, programme: Programme) -> QuerySet[FinancingPlan]:
    """Return the approved versions of the financing plan, newest first."""
    plans = FinancingPlan.objects.filter(programme=programme, status=PlanStatus.APPROVED)
    return plans.order_by("-version")


def paid_by(*, programme: Programme, as_of: date) -> Q:
    """Return the condition "counts on this day" for vouchers.

    A payment counts from the day it was made; from the end of the run time on, payments made
    after it count too, because their invoices lie inside (rule F05).
    """
    condition = Q(programme=programme)
    return condition if as_of >= programme.ends_on else condition & Q(paid_on__lte=as_of)


def overview(*, programme: Programme, as_of: date) -> FundingOverview:
    """Return granted, planned and actual amounts by source and by line, in two queries."""
    rows = list(_lines(programme, as_of))
    return FundingOverview(
        as_of=as_of,
        sources=_sources(programme, as_of),
        lines=_figures(rows),
        # Each counter-entry takes one approved voucher of its line and day back.
        standing_vouchers=sum(row.checked - 2 * row.counters for row in rows),
    )


def _sources(programme: Programme, as_of: date) -> tuple[SourceFigures, ...]:
    vouchers = Voucher.objects.filter(
        paid_by(programme=programme, as_of=as_of), status=VoucherStatus.APPROVED
    )
    paid = (
        VoucherShare.objects.filter(source=OuterRef("pk"), voucher__in=vouchers)
        .order_by()
        .values("source")
        .annotate(total=Sum("amount_eur"))
    )
    plan = approved_plans(programme=programme).values("pk")[:1]
    planned = PlannedFunding.objects.filter(source=OuterRef("pk"), plan=Subquery(plan))
    rows = FundingSource.objects.filter(programme=programme).annotate(
        paid_eur=Coalesce(Subquery(paid.values("total")), Decimal(0), output_field=_EUR),
        plan_eur=Coalesce(
            Subquery(planned.values("planned_eur")[:1]), Decimal(0), output_field=_EUR
        ),
    )
    return tuple(
        SourceFigures(
            key=row.key,
            name=row.name,
            short_name=row.short_name,
            granted_eur=row.granted_eur,
            is_approximate=row.is_approximate,
            basis=row.basis,
            planned_eur=rounded(row.plan_eur),
            actual_eur=rounded(row.paid_eur),
        )
        for row in rows.order_by("position")
    )


def line_figures(*, programme: Programme, as_of: date) -> tuple[LineFigures, ...]:
    """Return planned and actual amounts of each line of the approved plan, in one query."""
    return _figures(_lines(programme, as_of))


def _lines(programme: Programme, as_of: date) -> QuerySet[BudgetLine, Any]:
    """Annotate the lines of the approved plan with their sums and numbers of vouchers."""
    # A new version of the plan keeps the numbers of its lines, so vouchers follow the number.
    vouchers = (
        Voucher.objects.filter(
            paid_by(programme=programme, as_of=as_of), line__position=OuterRef("position")
        )
        .order_by()
        .values("line__position")
    )
    approved = vouchers.filter(status=VoucherStatus.APPROVED).annotate(
        total=Sum(CLAIMED_EUR), number=Count("pk"), counters=Count("corrects")
    )
    waiting = vouchers.filter(status=VoucherStatus.RECORDED).annotate(total=Sum(CLAIMED_EUR))
    plan = approved_plans(programme=programme).values("pk")[:1]
    rows = BudgetLine.objects.filter(plan=Subquery(plan)).annotate(
        paid_eur=Coalesce(Subquery(approved.values("total")), Decimal(0), output_field=_EUR),
        open_eur=Coalesce(Subquery(waiting.values("total")), Decimal(0), output_field=_EUR),
        checked=Coalesce(Subquery(approved.values("number")), 0),
        counters=Coalesce(Subquery(approved.values("counters")), 0),
    )
    return rows.order_by("position")


def _figures(rows: Iterable[Any]) -> tuple[LineFigures, ...]:
    return tuple(
        LineFigures(
            position=row.position,
            title=row.title,
            category=row.get_category_display(),
            planned_eur=row.planned_eur,
            actual_eur=rounded(row.paid_eur),
            waiting_eur=rounded(row.open_eur),
            vouchers=row.checked,
        )
        for row in rows
    )
