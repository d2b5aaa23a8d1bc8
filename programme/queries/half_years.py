"""Half-years: what was spent in each, what was frozen, and what has changed since."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from programme.enums import VoucherStatus
from programme.models import (
    FundingSource,
    PeriodLock,
    Programme,
    Voucher,
    VoucherShare,
)
from programme.rules.half_years import HalfYear, half_year_on, half_years_of
from programme.rules.money import rounded, with_sign

ZERO = Decimal("0.00")
_SHARES = Prefetch("shares", VoucherShare.objects.select_related("source"))
_RELATED = ("line", "corrects", "replaces", "credits")


@dataclass(frozen=True)
class HalfYearRow:
    """A half-year in the list; `paid_eur` names each source with its amount in EUR."""

    half: HalfYear
    paid_eur: tuple[tuple[str, Decimal], ...]
    vouchers: int
    waiting: int
    lock: PeriodLock | None

    @property
    def total_eur(self) -> Decimal:
        return sum((amount for _, amount in self.paid_eur), ZERO)

    @property
    def changed_eur(self) -> Decimal:
        """By how much the sum differs from the one that was frozen."""
        return ZERO if self.lock is None else self.total_eur - self.lock.total_eur

    @property
    def changed_text(self) -> str:
        """That difference with its sign."""
        return with_sign(self.changed_eur)


@dataclass(frozen=True)
class Compared:
    """A sum of a half-year when it was locked and now; before is None where it is open."""

    name: str
    before_eur: Decimal | None
    after_eur: Decimal

    @property
    def difference_eur(self) -> Decimal:
        return self.after_eur - (self.before_eur or ZERO)

    @property
    def difference_text(self) -> str:
        """The difference with its sign: "+2.000,00 EUR", "unverändert"."""
        return with_sign(self.difference_eur)


@dataclass(frozen=True)
class Difference:
    """A voucher that counts since the lock, and the sum of the half-year before and after it."""

    voucher: Voucher
    before_eur: Decimal
    after_eur: Decimal
    why: str

    @property
    def amount_eur(self) -> Decimal:
        return self.after_eur - self.before_eur

    @property
    def amount_text(self) -> str:
        """The amount with its sign."""
        return with_sign(self.amount_eur)


def list_of_half_years(
    *, programme: Programme, sources: Sequence[FundingSource]
) -> list[HalfYearRow]:
    """Return all half-years of the run time with their sums by source, in three queries."""
    halves = half_years_of(programme)
    paid: defaultdict[tuple[HalfYear, int], Decimal] = defaultdict(Decimal)
    for month, source, amount in _paid_by_month(programme):
        paid[half_year_on(halves, month), source] += amount
    counted: Counter[tuple[HalfYear, str]] = Counter()
    for month, status, number in _vouchers_by_month(programme):
        counted[half_year_on(halves, month), status] += number
    locks = {lock.starts_on: lock for lock in standing_locks(programme=programme)}
    return [
        HalfYearRow(
            half=half,
            paid_eur=tuple(
                (source.short_name, rounded(paid[half, source.pk])) for source in sources
            ),
            vouchers=counted[half, VoucherStatus.APPROVED],
            waiting=counted[half, VoucherStatus.RECORDED],
            lock=locks.get(half.starts_on),
        )
        for half in halves
    ]


def standing_locks(*, programme: Programme) -> QuerySet[PeriodLock]:
    """Return the locks in force without their figures, oldest first."""
    found = PeriodLock.objects.filter(programme=programme, unlocked_at__isnull=True)
    return found.select_related("locked_by").defer("figures").order_by("starts_on")


def closed_half(*, programme: Programme, day: date) -> HalfYear | None:
    """Return the half-year in which a payment of that day counts, None while it is open."""
    half = half_year_on(half_years_of(programme), day)
    locks = standing_locks(programme=programme).filter(starts_on=half.starts_on)
    return half if locks.exists() else None


def locks_of(*, programme: Programme, half: HalfYear) -> list[PeriodLock]:
    """Return every lock a half-year has had, the newest first, with the people."""
    found = PeriodLock.objects.filter(programme=programme, starts_on=half.starts_on)
    return list(found.select_related("locked_by", "unlocked_by").order_by("-locked_at", "-pk"))


def vouchers_in(*, programme: Programme, half: HalfYear) -> list[Voucher]:
    """Return the approved vouchers of a half-year in the order of their approval."""
    found = Voucher.objects.filter(_paid_in(half), programme=programme)
    approved = found.filter(status=VoucherStatus.APPROVED).select_related(*_RELATED)
    return list(approved.prefetch_related(_SHARES).order_by("arithmetic_check_at", "number"))


def waiting_in(*, programme: Programme, half: HalfYear) -> int:
    """Return how many vouchers of a half-year wait for the second check."""
    found = Voucher.objects.filter(_paid_in(half), programme=programme)
    return found.filter(status=VoucherStatus.RECORDED).count()


def figures(rows: Iterable[Voucher]) -> dict[str, Any]:
    """Return the figures of a half-year as they are frozen; amounts "1234.56" in EUR."""
    sources: defaultdict[str, Decimal] = defaultdict(Decimal)
    lines: defaultdict[int, Decimal] = defaultdict(Decimal)
    titles: dict[int, str] = {}
    names: dict[str, str] = {}
    listed = []
    for row in rows:
        lines[row.line.position] += row.claimed_eur
        titles[row.line.position] = row.line.title
        for share in row.shares.all():
            sources[share.source.key] += share.amount_eur
            names[share.source.key] = share.source.short_name
        listed.append({"number": row.number, "eligible": str(rounded(row.claimed_eur))})
    return {
        "sources": [
            {"key": key, "name": names[key], "actual": str(rounded(sources[key]))}
            for key in sorted(names, key=lambda each: each != "land")
        ],
        "lines": [
            {"position": key, "title": titles[key], "actual": str(rounded(lines[key]))}
            for key in sorted(titles)
        ],
        "vouchers": listed,
        "total": str(rounded(sum(lines.values(), ZERO))),
    }


def compared(frozen: Mapping[str, Any] | None, live: Mapping[str, Any]) -> list[Compared]:
    """Return the sums by source and by line, then the whole, when it was locked and now."""
    found = []
    for part, key, name in (("sources", "key", "name"), ("lines", "position", "title")):
        before = {row[key]: row for row in frozen[part]} if frozen else {}
        after = {row[key]: row for row in live[part]}
        for each in [*after, *(key for key in before if key not in after)]:
            told = after.get(each) or before[each]
            label = told[name] if part == "sources" else f"{told['position']} {told[name]}"
            found.append(
                Compared(
                    label,
                    _amount(before.get(each)) if frozen else None,
                    _amount(after.get(each)),
                )
            )
    whole = Decimal(frozen["total"]) if frozen else None
    return [*found, Compared("Zusammen", whole, Decimal(live["total"]))]


def differences(frozen: Mapping[str, Any], rows: Iterable[Voucher]) -> list[Difference]:
    """Return the vouchers that count since the lock, each with the sum before and after it."""
    known = _numbers(frozen)
    reached = Decimal(frozen["total"])
    found = []
    for row in rows:
        if row.number not in known:
            before, reached = reached, reached + row.claimed_eur
            found.append(Difference(row, before, reached, _why(row)))
    return found


class SinceLocked:
    """What came to the locked half-years after their lock, ready to be frozen in a proof.

    Takes the approved vouchers one by one and keeps only those; one query.
    """

    def __init__(self, *, programme: Programme, until: date) -> None:
        rows = PeriodLock.objects.filter(programme=programme, unlocked_at__isnull=True)
        locks = {lock.starts_on: lock for lock in rows.filter(ends_on__lte=until)}
        halves = [half for half in half_years_of(programme) if half.starts_on in locks]
        self.late: dict[HalfYear, list[Voucher]] = {half: [] for half in halves}
        self.frozen = {half: locks[half.starts_on].figures for half in halves}
        self.known = {half: _numbers(self.frozen[half]) for half in halves}

    def take(self, row: Voucher) -> None:
        """Keep an approved voucher if its half-year was locked without it."""
        half = next((each for each in self.late if each.holds(row.paid_on)), None)
        if half is not None and row.number not in self.known[half]:
            self.late[half].append(row)

    def told(self) -> list[dict[str, str]]:
        """Return the differences by half-year in the order of their approval; amounts in EUR."""
        return [
            {
                "period": half.label,
                "number": str(each.voucher.number),
                "before": str(rounded(each.before_eur)),
                "after": str(rounded(each.after_eur)),
                "why": each.why,
            }
            for half, rows in self.late.items()
            for each in differences(self.frozen[half], sorted(rows, key=_approved))
        ]


def _numbers(frozen: Mapping[str, Any]) -> set[int]:
    return {row["number"] for row in frozen["vouchers"]}


def _approved(row: Voucher) -> tuple[datetime, int]:
    return row.arithmetic_check_at or row.recorded_at, row.number


def _paid_in(half: HalfYear) -> Q:
    condition = Q()
    if not half.is_first:
        condition &= Q(paid_on__gte=half.starts_on)
    if not half.is_last:
        condition &= Q(paid_on__lte=half.ends_on)
    return condition


def _paid_by_month(programme: Programme) -> Iterator[tuple[date, int, Decimal]]:
    shares = VoucherShare.objects.filter(
        voucher__programme=programme, voucher__status=VoucherStatus.APPROVED
    )
    by_month = shares.order_by().annotate(month=TruncMonth("voucher__paid_on"))
    rows = by_month.values("month", "source").annotate(total_eur=Sum("amount_eur"))
    for row in rows:
        yield row["month"], row["source"], row["total_eur"]


def _vouchers_by_month(programme: Programme) -> Iterator[tuple[date, str, int]]:
    found = Voucher.objects.filter(programme=programme).order_by()
    by_month = found.annotate(month=TruncMonth("paid_on")).values("month", "status")
    for row in by_month.annotate(number=Count("pk")):
        yield row["month"], row["status"], row["number"]


def _amount(row: Mapping[str, Any] | None) -> Decimal:
    return Decimal(row["actual"]) if row else ZERO


def _why(row: Voucher) -> str:
    if row.corrects is not None:
        return f"Gegenbuchung zu Beleg {row.corrects.number}: {row.correction_reason}"
    if row.replaces is not None:
        return f"ersetzt Beleg {row.replaces.number}: {row.correction_reason}"
    if row.credits is not None:
        return f"Gutschrift zu Beleg {row.credits.number}"
    if row.is_credit_note:
        return "Gutschrift"
    return "nach dem Abschluss geprüft"
