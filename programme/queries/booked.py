"""What is booked by line and state, in one look at an index, however many vouchers there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from programme.enums import PlanStatus, VoucherStatus
from programme.models import BudgetLine, Programme, Voucher
from programme.queries.funding import LineFigures, paid_by
from programme.queries.vouchers import ListTotals
from programme.rules.money import rounded

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class BookedSum:
    """All vouchers of a line in one state: how many, gross, and what the sources share; in EUR."""

    position: int
    status: str
    vouchers: int
    gross_eur: Decimal
    claimed_eur: Decimal


@dataclass(frozen=True)
class Booked:
    """The lines of the approved plan with their figures, and the sums they are made from."""

    lines: tuple[LineFigures, ...]
    sums: tuple[BookedSum, ...]

    def totals(self, *, status: str = "", position: int | None = None) -> ListTotals:
        """Count and add up (EUR, without rejected ones) the vouchers of a state or line."""
        chosen = [
            row
            for row in self.sums
            if status in ("", row.status) and position in (None, row.position)
        ]
        counting = [row for row in chosen if row.status != VoucherStatus.REJECTED]
        rejected = [row for row in chosen if row.status == VoucherStatus.REJECTED]
        return ListTotals(
            count=sum(row.vouchers for row in chosen),
            rejected=sum(row.vouchers for row in rejected),
            total_eur=sum((row.gross_eur for row in counting), ZERO),
        )


def booked(*, programme: Programme, as_of: date) -> Booked:
    """Return what is booked on a day, in two queries; an index holds all that is added up."""
    lines = list(
        BudgetLine.objects.filter(plan__programme=programme)
        .select_related("plan")
        .order_by("position")
    )
    sums = tuple(_sums(programme, as_of, {line.pk: line.position for line in lines}))
    return Booked(lines=tuple(_line(line, sums) for line in _approved(lines)), sums=sums)


def _sums(programme: Programme, as_of: date, positions: dict[int, int]) -> Iterable[BookedSum]:
    """A line keeps its number through all versions of the plan, so sums follow the number."""
    counting = Voucher.objects.filter(paid_by(programme=programme, as_of=as_of)).order_by()
    # Added up as they are stored; SQLite takes half as long again for an expression of each row.
    rows = counting.values("line", "status").annotate(
        number=Count("*"),
        gross=Sum("gross_eur"),
        set_apart=Sum("eligible_eur"),
        gross_of_these=Sum("gross_eur", filter=Q(eligible_eur__isnull=False)),
    )
    for row in rows:
        gross_eur = rounded(row["gross"])
        apart_eur = rounded(row["set_apart"] or ZERO) - rounded(row["gross_of_these"] or ZERO)
        yield BookedSum(
            position=positions[row["line"]],
            status=row["status"],
            vouchers=row["number"],
            gross_eur=gross_eur,
            claimed_eur=gross_eur + apart_eur,
        )


def _approved(lines: list[BudgetLine]) -> list[BudgetLine]:
    """Keep the lines of the newest approved version of the plan."""
    approved = [line for line in lines if line.plan.status == PlanStatus.APPROVED]
    newest = max((line.plan.version for line in approved), default=0)
    return [line for line in approved if line.plan.version == newest]


def _line(line: BudgetLine, sums: Iterable[BookedSum]) -> LineFigures:
    own = [row for row in sums if row.position == line.position]
    approved = [row for row in own if row.status == VoucherStatus.APPROVED]
    waiting = [row for row in own if row.status == VoucherStatus.RECORDED]
    return LineFigures(
        position=line.position,
        title=line.title,
        category=line.get_category_display(),
        planned_eur=line.planned_eur,
        actual_eur=sum((row.claimed_eur for row in approved), ZERO),
        waiting_eur=sum((row.claimed_eur for row in waiting), ZERO),
        vouchers=sum(row.vouchers for row in approved),
    )
