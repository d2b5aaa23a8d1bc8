"""Vouchers as the pages show them: lists, one voucher, what a split has to know."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Replace

from programme.enums import VoucherStatus
from programme.models import (
    AuditEntry,
    BudgetLine,
    Contract,
    FinancingPlan,
    PlannedFunding,
    Programme,
    User,
    Voucher,
    VoucherFile,
    VoucherShare,
)
from programme.queries.funding import CLAIMED_EUR, approved_plan, approved_plans, paid_by
from programme.queries.history import history_of
from programme.queries.logbook import Change, changes_of
from programme.rules.funding.vouchers import KnownVoucher
from programme.rules.money import rounded
from programme.rules.split import Pot, Share, split
from programme.rules.vouchers import VoucherEntry

_SHARES = Prefetch("shares", VoucherShare.objects.select_related("source"))
_FILES = Prefetch("files", VoucherFile.objects.select_related("uploaded_by"))
AT_ONCE = 1000
_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


def voucher_list(
    *,
    programme: Programme,
    as_of: date,
    status: str = "",
    position: int | None = None,
    named: Q | None = None,
) -> QuerySet[Voucher]:
    """Return the vouchers that count on a day with line and shares, newest first.

    `status`, `position` (number of a plan line) and `named` (voucher_search.py) narrow the list.
    """
    condition = paid_by(programme=programme, as_of=as_of)
    if named is not None:
        condition &= named
    if status:
        condition &= Q(status=status)
    if position is not None:
        condition &= Q(line__position=position)
    return _with_shares(Voucher.objects.filter(condition))


def on_page(*, chosen: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """Return the same rows, a slice of `voucher_list`, in the same order and one query.

    Only these rows are read, however far down the list they stand: an index counts those before.
    """
    keys = chosen.select_related(None).prefetch_related(None).values("pk")
    return _with_shares(Voucher.objects.filter(pk__in=keys))


def in_batches(*, chosen: QuerySet[Voucher]) -> Iterator[Voucher]:
    """Yield all rows of a `voucher_list` with what a table shows, a thousand in memory at once."""
    loaded = chosen.select_related("line", "contract", "factual_check_by", "arithmetic_check_by")
    return loaded.prefetch_related("files").iterator(chunk_size=AT_ONCE)


def _with_shares(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    return vouchers.select_related("line").prefetch_related(_SHARES).order_by("-number")


@dataclass(frozen=True)
class ListTotals:
    """How many vouchers a list holds, how many of them are rejected, and what the rest sums to."""

    count: int
    rejected: int
    total_eur: Decimal


def list_totals(*, vouchers: QuerySet[Voucher]) -> ListTotals:
    """Count the vouchers and add up in EUR those that are not rejected, in one query."""
    is_rejected = Q(status=VoucherStatus.REJECTED)
    sums = vouchers.order_by().aggregate(
        count=Count("pk"),
        rejected=Count("pk", filter=is_rejected),
        total=Sum("gross_eur", filter=~is_rejected),
    )
    return ListTotals(sums["count"], sums["rejected"], rounded(sums["total"] or Decimal(0)))


def waiting_for(*, programme: Programme, user: User) -> QuerySet[Voucher]:
    """Return the vouchers that wait for a second check this person may do, oldest first."""
    waiting = Voucher.objects.filter(programme=programme, status=VoucherStatus.RECORDED)
    others = waiting.exclude(factual_check_by=user)
    return (
        others.select_related("line", "factual_check_by")
        .prefetch_related(_SHARES, "files")
        .order_by("number")
    )


def vouchers_with_details(*, programme: Programme) -> QuerySet[Voucher]:
    """Return vouchers with everything one page shows."""
    return (
        Voucher.objects.filter(programme=programme)
        .select_related("line", "contract", "factual_check_by", "arithmetic_check_by")
        .prefetch_related(_SHARES, _FILES)
    )


def voucher_files(*, programme: Programme) -> QuerySet[VoucherFile]:
    """Return the files of all vouchers of the programme."""
    return VoucherFile.objects.filter(voucher__programme=programme).select_related("voucher")


def history(*, voucher: Voucher) -> list[tuple[AuditEntry, tuple[Change, ...]]]:
    """Return what the logbook says about the voucher, oldest first, with what changed."""
    return [(row, changes_of(row)) for row in history_of(voucher)]


def plan_lines(*, programme: Programme) -> QuerySet[BudgetLine]:
    """Return the lines of the approved plan; none while no plan is approved."""
    newest = approved_plans(programme=programme).values("pk")[:1]
    return BudgetLine.objects.filter(plan=Subquery(newest))


def contracts(*, programme: Programme) -> QuerySet[Contract]:
    """Return the contracts a voucher may be paid under."""
    return Contract.objects.filter(programme=programme)


def pots(
    *, programme: Programme, plan: FinancingPlan, without: Voucher | None = None
) -> tuple[Pot, ...]:
    """Return what the split has to know of each source, in one query; amounts in EUR.

    `without` leaves out a voucher that is about to be split anew.
    """
    shares = VoucherShare.objects.filter(source=OuterRef("source"), voucher__programme=programme)
    shares = shares.exclude(voucher__status=VoucherStatus.REJECTED)
    if without is not None:
        shares = shares.exclude(voucher=without)
    spent = shares.order_by().values("source").annotate(total=Sum("amount_eur"))
    rows = PlannedFunding.objects.filter(plan=plan).select_related("source")
    return tuple(
        Pot(
            key=row.source.key,
            name=row.source.short_name,
            planned_eur=row.planned_eur,
            ceiling_eur=row.source.granted_eur,
            spent_eur=rounded(row.spent_eur),
        )
        for row in rows.annotate(
            spent_eur=Coalesce(Subquery(spent.values("total")), Decimal(0), output_field=_EUR)
        ).order_by("source__position")
    )


def spent_by_source(*, programme: Programme) -> dict[int, Decimal]:
    """Return the sum of the shares that count for each source, by its key, in EUR."""
    shares = VoucherShare.objects.filter(voucher__programme=programme)
    counting = shares.exclude(voucher__status=VoucherStatus.REJECTED).order_by()
    sums = counting.values_list("source").annotate(total=Sum("amount_eur"))
    return {source: rounded(total) for source, total in sums}


def proposed_split(*, programme: Programme, gross_eur: Decimal) -> tuple[Share, ...]:
    """Return how the next voucher would be split; raises RuleBroken (F01, F08) as `split` does."""
    plan = approved_plan(programme=programme)
    return split(
        gross_eur=gross_eur, pots=pots(programme=programme, plan=plan) if plan is not None else ()
    )


def explained_shares(*, voucher: Voucher) -> tuple[Share, ...]:
    """Return the stored shares of a voucher with everything their rounding was made from."""
    return tuple(
        Share(
            key=row.source.key,
            name=row.source.short_name,
            amount_eur=row.amount_eur,
            ratio_numerator=row.ratio_numerator,
            ratio_denominator=row.ratio_denominator,
            gross_eur=voucher.claimed_eur,
            before_eur=row.before_eur,
            total_before_eur=row.total_before_eur,
        )
        for row in voucher.shares.all()
    )


def similar_vouchers(
    *, programme: Programme, entry: VoucherEntry, without: Voucher | None = None
) -> list[KnownVoucher]:
    """Return the candidates of the duplicate guard (rule F18): same number, or date and amount."""
    unspaced = Replace("invoice_number", Value(" "))
    alike = Q(unspaced__iexact=entry.invoice_number.replace(" ", "")) | Q(
        invoiced_on=entry.invoiced_on, gross_eur=entry.gross_eur
    )
    found = Voucher.objects.alias(unspaced=unspaced).filter(alike, programme=programme)
    found = found.exclude(taken_back(""))
    names = tuple(KnownVoucher.__dataclass_fields__)
    rows = _counting(found, without).order_by("number").values_list(*names)
    return [KnownVoucher(*row) for row in rows]


def files_elsewhere(
    *, programme: Programme, checksums: Sequence[str], without: Voucher | None = None
) -> list[tuple[int, str]]:
    """Return voucher number and file name wherever one of these files lies already."""
    found = VoucherFile.objects.filter(voucher__programme=programme, sha256__in=checksums)
    found = found.exclude(voucher__status=VoucherStatus.REJECTED).exclude(taken_back("voucher__"))
    if without is not None:
        found = found.exclude(voucher=without)
    return list(found.order_by("voucher__number").values_list("voucher__number", "name"))


def line_spent_eur(*, line: BudgetLine, without: Voucher | None = None) -> Decimal:
    """Return what is claimed of all vouchers of a line that are not rejected, in EUR."""
    vouchers = Voucher.objects.filter(
        programme=line.plan.programme_id, line__position=line.position
    )
    total = _counting(vouchers, without).order_by().aggregate(total=Sum(CLAIMED_EUR))["total"]
    return rounded(total or Decimal(0))


def taken_back(prefix: str) -> Q:
    """Match counter-entries and what they take back: together they are no payment."""
    counter = Voucher.objects.filter(corrects=OuterRef(f"{prefix}pk"))
    lives = counter.exclude(status=VoucherStatus.REJECTED)
    return Q(**{f"{prefix}corrects__isnull": False}) | Q(Exists(lives))


def _counting(vouchers: QuerySet[Voucher], without: Voucher | None) -> QuerySet[Voucher]:
    counting = vouchers.exclude(status=VoucherStatus.REJECTED)
    return counting if without is None else counting.exclude(pk=without.pk)


def next_number(*, programme: Programme) -> int:
    """Return the number of the next voucher; call it while the programme is locked."""
    last = Voucher.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
