"""What was spent in which month, by the checked shares of the sources."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from programme.enums import VoucherStatus
from programme.models import Programme, Voucher, VoucherShare
from programme.queries.funding import FundingOverview, paid_by
from programme.rules.money import rounded
from programme.rules.spending import Spending, spending


def spending_over_time(*, programme: Programme, overview: FundingOverview) -> Spending:
    """Return the plan and what was spent over time as on the day of the overview, in one query."""
    return spending(
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        planned_eur=overview.planned_eur,
        paid_eur=_by_month(programme, overview.as_of),
        as_of=overview.as_of,
    )


def _by_month(programme: Programme, as_of: date) -> dict[date, Decimal]:
    approved = Voucher.objects.filter(
        paid_by(programme=programme, as_of=as_of), status=VoucherStatus.APPROVED
    )
    shares = VoucherShare.objects.filter(voucher__in=approved).order_by()
    by_month = shares.annotate(month=TruncMonth("voucher__paid_on")).values("month")
    rows = by_month.annotate(total_eur=Sum("amount_eur"))
    return {row["month"]: rounded(row["total_eur"]) for row in rows}
