"""A programme with money: sources, an approved plan, vouchers made by the real services."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from programme.enums import CostCategory, PlanStatus, Role, VoucherFileKind
from programme.exports.sample_files import sample_pdf
from programme.models import FinancingPlan, Programme, User, Voucher
from programme.rules.plans import LineEntry, PlanEntry
from programme.rules.uploads import checked
from programme.rules.vouchers import VoucherEntry
from programme.services import vouchers
from programme.services.funding_documents import NewPaper
from programme.services.vouchers import NewFile
from tests.factories.programme import (
    BudgetLineFactory,
    FinancingPlanFactory,
    FundingSourceFactory,
    PlannedFundingFactory,
    UserFactory,
)

PDF = sample_pdf(title="Rechnung", lines=["Prozessbegleitung", "Betrag: 1.000,00 EUR"])


def funded_plan(*, programme: Programme) -> FinancingPlan:
    """Return an approved plan: 112,000 + 100,000 EUR on two lines."""
    plan = FinancingPlanFactory.create(programme=programme)
    land = FundingSourceFactory.create(programme=programme)
    amif = FundingSourceFactory.create(programme=programme, amif=True)
    PlannedFundingFactory.create(plan=plan, source=land)
    PlannedFundingFactory.create(plan=plan, source=amif, planned_eur=Decimal("100000.00"))
    BudgetLineFactory.create(plan=plan, position=1, planned_eur=Decimal("200000.00"))
    BudgetLineFactory.create(
        plan=plan, position=2, title="Reisekosten", planned_eur=Decimal("12000.00")
    )
    return approved_plan(plan)


def approved_plan(plan: FinancingPlan) -> FinancingPlan:
    """Approve a plan that is complete, as two people would."""
    plan.status = PlanStatus.APPROVED
    plan.proposed_by, plan.approved_by = UserFactory.create_batch(2)
    plan.save()
    return plan


def new_file(
    content: bytes = PDF, *, name: str = "Rechnung.pdf", kind: str = VoucherFileKind.INVOICE
) -> NewFile:
    """Return a checked file for the services."""
    return NewFile(
        kind=VoucherFileKind(kind),
        checked=checked(name=name, content=content),
        content=ContentFile(content, name=name),
    )


def new_paper(content: bytes = PDF, *, name: str = "Bescheid.pdf") -> NewPaper:
    """Return a checked paper for the services."""
    return NewPaper(checked(name=name, content=content), ContentFile(content, name=name))


def entry(*, plan: FinancingPlan, **changes: Any) -> VoucherEntry:
    """Return the seven fields of a valid voucher, with changes."""
    fields: dict[str, Any] = {
        "line": plan.lines.get(position=1),
        "payee": "Beratung Müßig & Söhne GmbH",
        "invoice_number": "RE-2016-7",
        "invoiced_on": date(2016, 5, 2),
        "paid_on": date(2016, 5, 20),
        "gross_eur": Decimal("1000.00"),
        "reason": "Begleittage im April 2016",
    }
    return VoucherEntry(**fields | changes)


def recorded_voucher(
    *,
    plan: FinancingPlan,
    by: User | None = None,
    files: tuple[NewFile, ...] | None = None,
    **changes: Any,
) -> Voucher:
    """Record a voucher as another finance person would."""
    return vouchers.record(
        programme=plan.programme,
        entry=entry(plan=plan, **changes),
        files=[new_file()] if files is None else files,
        by=by or UserFactory.create(roles=[Role.FINANCE]),
        confirmed=True,
    )


def plan_entry(plan: FinancingPlan, **changes: Any) -> PlanEntry:
    """Return a version as it stands, as somebody would send it, with changes.

    `lines` maps the number of a line to its amount; `new` lists lines to add.
    """
    amounts: dict[int, str] = changes.pop("lines", {})
    added: tuple[LineEntry, ...] = changes.pop("new", ())
    lines = tuple(
        LineEntry(
            line.position,
            CostCategory(line.category),
            line.title,
            Decimal(amounts.get(line.position, line.planned_eur)),
        )
        for line in plan.lines.all()
    )
    fields: dict[str, Any] = {
        "lines": (*lines, *added),
        "funding_eur": {row.source.key: row.planned_eur for row in plan.funding.all()},
        "reason": "Mehr Reisen",
        "raised_rate_reason": "",
        "indirect_base": "",
        "is_publicly_procured": False,
        "decided_on": None,
        "decision_reference": "",
    }
    return PlanEntry(**fields | changes)
