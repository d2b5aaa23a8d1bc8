"""Versions of the financing plan: as pages show them, as rules ask them, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from programme import clock
from programme.enums import ParameterKey, PlanStatus, VoucherStatus
from programme.models import (
    BudgetLine,
    FinancingPlan,
    PlannedFunding,
    Programme,
    Voucher,
)
from programme.queries.parameters import parameter_set
from programme.rules.money import at_most, with_sign
from programme.rules.plans import LineFacts, PlanFacts, SourceFacts

_FUNDING = Prefetch("funding", PlannedFunding.objects.select_related("source"))


def versions(*, programme: Programme) -> QuerySet[FinancingPlan]:
    """Return all versions with who handed them in and approved them, newest first."""
    found = FinancingPlan.objects.filter(programme=programme)
    people = found.select_related("proposed_by", "approved_by", "document", "based_on")
    return people.annotate(total_eur=Sum("lines__planned_eur")).order_by("-version")


def plans_with_details(*, programme: Programme) -> QuerySet[FinancingPlan]:
    """Return versions with lines and funding."""
    return versions(programme=programme).prefetch_related("lines", _FUNDING)


def open_draft(*, programme: Programme) -> FinancingPlan | None:
    """Return the version that is not approved yet; there is one at most."""
    found = FinancingPlan.objects.filter(programme=programme, status=PlanStatus.DRAFT)
    return found.order_by("-version").first()


def handed_in(*, programme: Programme) -> QuerySet[FinancingPlan]:
    """Return the version that waits for the approval of a second person."""
    drafts = FinancingPlan.objects.filter(programme=programme, status=PlanStatus.DRAFT)
    return drafts.filter(proposed_by__isnull=False)


def next_position(*, programme: Programme) -> int:
    """Return the number for a new line; a number is never used for anything else again."""
    lines = BudgetLine.objects.filter(plan__programme=programme).order_by("-position")
    last = lines.values_list("position", flat=True).first()
    return (last or 0) + 1


def facts(plan: FinancingPlan) -> PlanFacts:
    """Return all the rules ask of a version that has its lines and funding loaded."""
    programme = plan.programme
    on = clock.default_as_of(programme.starts_on, programme.ends_on)
    numbers = parameter_set(programme=programme)
    agreed = agreed_eur(plan=plan)
    tolerance = numbers.strictest(ParameterKey.LINE_TOLERANCE, on=on)
    limits = {
        line.position: at_most(agreed.get(line.position, Decimal(0)) * (1 + tolerance))
        for line in plan.lines.all()
        if tolerance is not None and agreed
    }
    overspent = _overspent(plan, limits)
    return PlanFacts(
        lines=tuple(
            LineFacts(
                position=line.position,
                category=line.category,
                title=line.title,
                planned_eur=line.planned_eur,
                agreed_eur=agreed.get(line.position, Decimal(0)) if agreed else None,
                overspent_on=overspent.get(line.position),
            )
            for line in plan.lines.all()
        ),
        sources=tuple(
            SourceFacts(
                row.source.key, row.source.short_name, row.planned_eur, row.source.granted_eur
            )
            for row in plan.funding.all()
        ),
        raised_rate_reason=plan.raised_rate_reason,
        indirect_base=plan.indirect_base,
        is_publicly_procured=plan.is_publicly_procured,
        decided_on=plan.decided_on,
        decision_reference=plan.decision_reference,
        has_document=plan.document_id is not None,
        numbers=numbers,
        on=on,
    )


def agreed_eur(*, plan: FinancingPlan) -> dict[int, Decimal]:
    """Return what the authority last agreed to before this version, by number of the line, in EUR.

    That is the newest approved version with a decision, or else the first approved one; nothing
    for a first version.
    """
    earlier = FinancingPlan.objects.filter(
        programme=plan.programme_id, status=PlanStatus.APPROVED, version__lt=plan.version
    )
    decided = earlier.filter(decided_on__isnull=False).order_by("-version").first()
    base = decided or earlier.order_by("version").first()
    lines = BudgetLine.objects.filter(plan=base) if base else BudgetLine.objects.none()
    return dict(lines.values_list("position", "planned_eur"))


def _overspent(plan: FinancingPlan, limits: Mapping[int, Decimal]) -> dict[int, date]:
    """Return the first day the payments of a line went beyond its limit.

    Only of the lines the version raises beyond it; without such a line nothing is read.
    """
    raised = [
        line.position
        for line in plan.lines.all()
        if line.position in limits and line.planned_eur > limits[line.position]
    ]
    if not raised:
        return {}
    payments = Voucher.objects.filter(programme=plan.programme_id, line__position__in=raised)
    rows = payments.exclude(status=VoucherStatus.REJECTED).order_by("paid_on", "number")
    spent: dict[int, Decimal] = {}
    days: dict[int, date] = {}
    for position, paid_on, amount in rows.values_list("line__position", "paid_on", "gross_eur"):
        spent[position] = spent.get(position, Decimal(0)) + amount
        if spent[position] > limits[position]:
            days.setdefault(position, paid_on)
    return days


@dataclass(frozen=True)
class ComparedRow:
    """A line or a source in two versions; None where one of them does not know it; in EUR."""

    name: str
    before_eur: Decimal | None
    after_eur: Decimal | None
    remark: str = ""

    @property
    def change_eur(self) -> Decimal:
        return (self.after_eur or Decimal(0)) - (self.before_eur or Decimal(0))

    @property
    def change_text(self) -> str:
        """The difference with its sign: "+2.000,00 EUR", "unverändert"."""
        return with_sign(self.change_eur)


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side."""

    lines: tuple[ComparedRow, ...]
    sources: tuple[ComparedRow, ...]
    total: ComparedRow


def comparison(before: FinancingPlan, after: FinancingPlan) -> Comparison:
    """Compare two versions that have their lines and funding loaded; amounts in EUR."""
    old = {line.position: line for line in before.lines.all()}
    new = {line.position: line for line in after.lines.all()}
    lines = tuple(
        _compared_line(position, old.get(position), new.get(position))
        for position in sorted(old.keys() | new.keys())
    )
    was = {row.source.position: row for row in before.funding.all()}
    now = {row.source.position: row for row in after.funding.all()}
    sources = tuple(
        ComparedRow(
            (now.get(position) or was[position]).source.short_name,
            was[position].planned_eur if position in was else None,
            now[position].planned_eur if position in now else None,
        )
        for position in sorted(was.keys() | now.keys())
    )
    total = ComparedRow(
        "Summe", total_of(line.before_eur for line in lines), total_of(x.after_eur for x in lines)
    )
    return Comparison(lines, sources, total)


def total_of(amounts: Iterable[Decimal | None]) -> Decimal:
    """Return the sum in EUR; what is missing counts as nothing."""
    return sum((amount or Decimal(0) for amount in amounts), Decimal(0))


def _compared_line(position: int, old: BudgetLine | None, new: BudgetLine | None) -> ComparedRow:
    shown = new or old
    remarks = []
    if old and new and old.title != new.title:
        remarks.append(f"bisher „{old.title}“")
    if old and new and old.category != new.category:
        remarks.append(f"bisher {old.get_category_display()}")
    if old is None:
        remarks.append("neu")
    return ComparedRow(
        name=f"{position} – {shown.title}" if shown else str(position),
        before_eur=old.planned_eur if old else None,
        after_eur=new.planned_eur if new else None,
        remark=", ".join(remarks),
    )
