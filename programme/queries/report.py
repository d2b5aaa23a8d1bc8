"""What the report says about the programme, its money and its publisher."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from programme.enums import VoucherStatus
from programme.models import (
    BudgetLine,
    FieldOfAction,
    FinancingPlan,
    FundingSource,
    LegalNotice,
    PlannedFunding,
    Programme,
    Voucher,
    VoucherShare,
)

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class SourceFigures:
    """One source of funding; amounts in EUR, the actual ones from checked vouchers only."""

    key: str
    name: str
    granted_eur: Decimal
    is_approximate: bool
    planned_eur: Decimal
    actual_eur: Decimal


@dataclass(frozen=True)
class LineFigures:
    """One line of the plan; amounts in EUR, the actual ones from checked vouchers only."""

    position: int
    title: str
    category: str
    planned_eur: Decimal
    actual_eur: Decimal


@dataclass(frozen=True)
class FundingFigures:
    """Plan and actual of the whole programme."""

    sources: tuple[SourceFigures, ...]
    lines: tuple[LineFigures, ...]
    plan_version: int
    vouchers: int

    @property
    def granted_eur(self) -> Decimal:
        return sum((source.granted_eur for source in self.sources), ZERO)

    @property
    def planned_eur(self) -> Decimal:
        return sum((line.planned_eur for line in self.lines), ZERO)

    @property
    def actual_eur(self) -> Decimal:
        return sum((line.actual_eur for line in self.lines), ZERO)


@dataclass(frozen=True)
class ImprintFigures:
    """Who publishes, who funds, where to order; empty strings where nothing is known."""

    publisher_name: str
    street: str
    postcode: str
    city: str
    email: str
    website: str
    content_responsible: str
    printer: str
    order_mailbox: str
    funding_notice: str
    election_notice: str


@dataclass(frozen=True)
class ProgrammeFigures:
    """The frame: names, run time, fields of action."""

    title: str
    short_title: str
    summary: str
    owner_name: str
    starts_on: date
    ends_on: date
    fields_of_action: tuple[str, ...]


def programme_figures(programme: Programme) -> ProgrammeFigures:
    """Return names, run time and fields of action; the cross-cutting theme is not a field."""
    fields = FieldOfAction.objects.filter(is_cross_cutting=False).order_by("position")
    return ProgrammeFigures(
        title=programme.title,
        short_title=programme.short_title,
        summary=programme.summary,
        owner_name=programme.owner_name,
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        fields_of_action=tuple(fields.values_list("title", flat=True)),
    )


def funding_figures(programme: Programme) -> FundingFigures:
    """Return plan and actual by source and by line, in EUR; only checked vouchers count.

    A voucher counts for the line of the newest plan that has its number.
    """
    plan = FinancingPlan.objects.filter(programme=programme).order_by("status", "-version").first()
    checked = Voucher.objects.filter(programme=programme, status=VoucherStatus.APPROVED).order_by()
    lines = (
        BudgetLine.objects.filter(plan=plan)
        .annotate(
            actual=_total(checked.filter(line__position=OuterRef("position")), "gross_eur"),
            amount=_amount(checked.filter(line__position=OuterRef("position"))),
        )
        .order_by("position")
    )
    return FundingFigures(
        sources=_sources(programme, plan),
        lines=tuple(_line(line) for line in lines),
        plan_version=plan.version if plan else 0,
        vouchers=sum(vars(line)["amount"] for line in lines),
    )


def _total(rows: QuerySet[Any], column: str) -> Coalesce:
    """Sum a column of the rows of a subquery; nothing counts as 0."""
    alone = rows.annotate(one=Value(1)).values("one").annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(alone, output_field=DecimalField()), ZERO)


def _amount(rows: QuerySet[Any]) -> Coalesce:
    alone = rows.annotate(one=Value(1)).values("one").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(alone, output_field=IntegerField()), 0)


def _sources(programme: Programme, plan: FinancingPlan | None) -> tuple[SourceFigures, ...]:
    checked = VoucherShare.objects.filter(
        voucher__programme=programme, voucher__status=VoucherStatus.APPROVED
    ).order_by()
    planned = PlannedFunding.objects.filter(plan=plan).order_by()
    rows = FundingSource.objects.filter(programme=programme).annotate(
        planned=_total(planned.filter(source=OuterRef("pk")), "planned_eur"),
        actual=_total(checked.filter(source=OuterRef("pk")), "amount_eur"),
    )
    return tuple(
        SourceFigures(
            key=source.key,
            name=source.name,
            granted_eur=source.granted_eur,
            is_approximate=source.is_approximate,
            planned_eur=_cents(vars(source)["planned"]),
            actual_eur=_cents(vars(source)["actual"]),
        )
        for source in rows.order_by("position")
    )


def _line(line: BudgetLine) -> LineFigures:
    return LineFigures(
        position=line.position,
        title=line.title,
        category=line.get_category_display(),
        planned_eur=line.planned_eur,
        actual_eur=_cents(vars(line)["actual"]),
    )


def _cents(amount: Decimal) -> Decimal:
    """Write an amount with two places, however the database hands it over."""
    return Decimal(amount).quantize(ZERO)


def imprint_figures(programme: Programme) -> ImprintFigures:
    """Return publisher, notices and order address; what is missing is an empty string."""
    notice = LegalNotice.objects.filter(programme=programme).first() or LegalNotice()
    return ImprintFigures(
        publisher_name=notice.publisher_name,
        street=notice.street,
        postcode=notice.postcode,
        city=notice.city,
        email=notice.email,
        website=notice.website,
        content_responsible=notice.content_responsible,
        printer=notice.printer,
        order_mailbox=programme.order_mailbox,
        funding_notice=programme.funding_notice,
        election_notice=programme.election_notice,
    )
