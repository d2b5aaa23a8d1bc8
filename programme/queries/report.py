"""What the report says about the programme, its money and its publisher."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

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
    """Return plan and actual by source and by line, in EUR; only checked vouchers count."""
    plan = FinancingPlan.objects.filter(programme=programme).order_by("status", "-version").first()
    checked = Voucher.objects.filter(programme=programme, status=VoucherStatus.APPROVED)
    return FundingFigures(
        sources=_sources(programme, plan, checked),
        lines=_lines(plan, checked),
        plan_version=plan.version if plan else 0,
        vouchers=checked.count(),
    )


def _sources(
    programme: Programme, plan: FinancingPlan | None, checked: QuerySet[Voucher]
) -> tuple[SourceFigures, ...]:
    planned = dict(
        PlannedFunding.objects.filter(plan=plan).values_list("source_id", "planned_eur")
        if plan
        else ()
    )
    shares = VoucherShare.objects.filter(voucher__in=checked).order_by()
    actual = dict(shares.values_list("source_id").annotate(total=Sum("amount_eur")))
    return tuple(
        SourceFigures(
            key=source.key,
            name=source.name,
            granted_eur=source.granted_eur,
            is_approximate=source.is_approximate,
            planned_eur=planned.get(source.pk, ZERO),
            actual_eur=actual.get(source.pk, ZERO),
        )
        for source in FundingSource.objects.filter(programme=programme).order_by("position")
    )


def _lines(plan: FinancingPlan | None, checked: QuerySet[Voucher]) -> tuple[LineFigures, ...]:
    spent = checked.order_by()
    actual = dict(spent.values_list("line__position").annotate(total=Sum("gross_eur")))
    return tuple(
        LineFigures(
            position=line.position,
            title=line.title,
            category=line.get_category_display(),
            planned_eur=line.planned_eur,
            actual_eur=actual.get(line.position, ZERO),
        )
        for line in BudgetLine.objects.filter(plan=plan).order_by("position")
    )


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
