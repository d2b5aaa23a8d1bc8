"""Drawdowns and the numbers they are judged by, made by the real services."""

from datetime import date
from decimal import Decimal
from typing import Any

from programme.enums import Role
from programme.models import Drawdown, FinancingPlan, Programme, RuleParameter, User
from programme.rules.drawdowns import DrawdownEntry, Receipt
from programme.services import approvals, drawdown_decisions, drawdown_receipts, drawdowns
from programme.services.master_parameters import NUMBERS
from tests.factories.funding import recorded_voucher
from tests.factories.programme import UserFactory

REASON = "Begleitung der Standorte im zweiten Halbjahr"
ALL_WARNINGS = frozenset({"F13", "F15"})


def load_numbers(*, programme: Programme) -> None:
    """Give the sources of a programme the numbers of the rules, as the master data do."""
    sources = {source.key: source for source in programme.sources.all()}
    RuleParameter.objects.bulk_create(
        RuleParameter(
            source=sources[number.source],
            key=number.key,
            value=number.value,
            unit=number.unit,
            valid_from=number.valid_from,
            valid_to=number.valid_to,
            basis=number.basis,
            is_confirmed=number.is_confirmed,
        )
        for number in NUMBERS
    )


def paid(*, plan: FinancingPlan, on: date, gross_eur: str) -> None:
    """Record and approve a payment."""
    number = plan.programme.vouchers.count() + 1
    voucher = recorded_voucher(
        plan=plan,
        files=(),
        invoice_number=f"RE-{number}",
        invoiced_on=on,
        paid_on=on,
        gross_eur=Decimal(gross_eur),
    )
    approvals.approve(voucher=voucher, seen_version=1, by=UserFactory.create(roles=[Role.FINANCE]))


def entry(**changes: Any) -> DrawdownEntry:
    """Return the three fields of a valid drawdown, with changes."""
    fields: dict[str, Any] = {
        "requested_on": date(2016, 6, 28),
        "requested_eur": Decimal("21200.00"),
        "reason": REASON,
    }
    return DrawdownEntry(**fields | changes)


def recorded_drawdown(*, plan: FinancingPlan, by: User | None = None, **changes: Any) -> Drawdown:
    """Record a drawdown as another finance person would."""
    return drawdowns.record(
        programme=plan.programme,
        entry=entry(**changes),
        by=by or UserFactory.create(roles=[Role.FINANCE]),
        seen_warnings=ALL_WARNINGS,
    )


def approved_drawdown(*, plan: FinancingPlan, **changes: Any) -> Drawdown:
    """Record a drawdown and approve it by a second person."""
    drawdown = recorded_drawdown(plan=plan, **changes)
    checker = UserFactory.create(roles=[Role.FINANCE])
    return drawdown_decisions.approve(drawdown=drawdown, seen_revision=1, by=checker)


def received_drawdown(*, plan: FinancingPlan, on: date, **changes: Any) -> Drawdown:
    """Make a drawdown for which all sources paid on one day."""
    drawdown = approved_drawdown(plan=plan, **changes)
    receipts = {
        share.source.key: Receipt(share.requested_eur, on)
        for share in drawdown.shares.select_related("source")
    }
    return drawdown_receipts.receive(
        drawdown=drawdown,
        seen_revision=drawdown.revision,
        receipts=receipts,
        by=drawdown.recorded_by,
    )
