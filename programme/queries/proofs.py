"""Proofs of use: their figures from plan and vouchers; proof_problems.py asks the rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from programme import clock
from programme.enums import PlanStatus, ProofKind, VoucherStatus
from programme.models import (
    FieldOfAction,
    FinancingPlan,
    Programme,
    ProofOfUse,
    User,
    Voucher,
    VoucherShare,
)
from programme.queries import half_years
from programme.queries.proof_records import ProofRecords, records_of
from programme.rules.money import rounded, written
from programme.rules.progress import Tell, counted, silent

AT_ONCE = 500
_SHARES = Prefetch("shares", VoucherShare.objects.select_related("source"))


def proofs() -> QuerySet[ProofOfUse]:
    """Return the proofs of the current programme with their people, oldest first."""
    found = ProofOfUse.objects.filter(programme__is_current=True)
    people = found.select_related("checked_by", "submitted_by", "drawdown", "programme", "plan")
    return people.order_by("period_to", "kind", "number", "version")


def proofs_with_texts() -> QuerySet[ProofOfUse]:
    """Return the proofs with narrative, indicators and the version each replaces."""
    return proofs().select_related("replaces").prefetch_related("texts", "indicators")


def plan_on(*, programme: Programme, day: date) -> FinancingPlan | None:
    """Return the version of the plan that was approved by a day, else the first approved one."""
    plans = FinancingPlan.objects.filter(programme=programme, status=PlanStatus.APPROVED)
    then = plans.filter(approved_on__lte=day).order_by("-version").first()
    return then or plans.order_by("version").first()


def goals() -> list[tuple[str, str]]:
    """Return key and title of every goal the narrative speaks of: the fields of action."""
    return list(FieldOfAction.objects.order_by("position").values_list("key", "title"))


def vouchers_of(found: ProofOfUse) -> list[Voucher]:
    """Return the approved vouchers of a proof by line and in order of time.

    An interim proof holds what was paid in its period; the final one everything.
    """
    return list(_approved_of(found))


def live_figures(found: ProofOfUse, *, tell: Tell = silent) -> dict[str, Any]:
    """Return the figures as they stand, with a part of the vouchers in memory at a time.

    `tell` hears how many vouchers of how many are read.
    """
    rows = _approved_of(found)
    read = counted(rows.iterator(chunk_size=AT_ONCE), whole=rows.count(), tell=tell)
    return figures(found, read)


def sensitive_vouchers(found: ProofOfUse) -> QuerySet[Voucher]:
    """Return the vouchers whose payee and reason are not for everybody who reads a proof."""
    return Voucher.objects.filter(programme=found.programme_id, is_sensitive=True)


def present(found: ProofOfUse, *, records: ProofRecords) -> dict[str, Any]:
    """Return of the figures as they stand what `differences` compares; two queries.

    Not one voucher is loaded with its papers and people, and what each source paid is added up by
    the database; all is as in `figures`.
    """
    rows = _counting(found)
    spent: defaultdict[int, Decimal] = defaultdict(Decimal)
    told = []
    columns = ("number", "line__position", "eligible_eur", "gross_eur")
    for number, position, eligible_eur, gross_eur in rows.values_list(*columns):
        claimed_eur = gross_eur if eligible_eur is None else eligible_eur
        spent[position] += claimed_eur
        told.append({"number": str(number), "eligible": written(claimed_eur)})
    shares = VoucherShare.objects.filter(voucher__in=rows.order_by().values("pk")).order_by()
    paid = dict(shares.values_list("source__key").annotate(total=Sum("amount_eur")))
    return {
        "lines": _lines(found, records, spent),
        "sources": _sources(found, records, paid),
        "receipts": _receipts(found, records),
        "vouchers": told,
        "total": _total(spent),
    }


def _counting(found: ProofOfUse) -> QuerySet[Voucher]:
    rows = Voucher.objects.filter(programme=found.programme_id, status=VoucherStatus.APPROVED)
    if found.kind == ProofKind.INTERIM:
        rows = rows.filter(paid_on__range=(found.period_from, found.period_to))
    return rows.order_by("line__position", "paid_on", "number")


def _approved_of(found: ProofOfUse) -> QuerySet[Voucher]:
    rows = _counting(found)
    people = rows.select_related("line", "contract", "factual_check_by", "arithmetic_check_by")
    # Few vouchers name another one; joining the large table to itself three times may cost a
    # database without fresh statistics minutes.
    return people.prefetch_related(_SHARES, "files", "corrects", "replaces", "credits")


def figures(
    found: ProofOfUse, rows: Iterable[Voucher], *, records: ProofRecords | None = None
) -> dict[str, Any]:
    """Return every figure of a proof as text, ready to be frozen; amounts "1234.56" in EUR.

    `records` holds the plan, if it is read already.
    """
    read = records or records_of(found)
    spent: defaultdict[int, Decimal] = defaultdict(Decimal)
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    since_lock = half_years.SinceLocked(programme=found.programme, until=found.period_to)
    told = []
    for running, row in enumerate(rows, 1):
        since_lock.take(row)
        spent[row.line.position] += row.claimed_eur
        for share in row.shares.all():
            paid[share.source.key] += share.amount_eur
        told.append(listed(running, row))
    return {
        "plan": found.plan.version,
        "period": [found.period_from.isoformat(), found.period_to.isoformat()],
        "lines": _lines(found, read, spent),
        "sources": _sources(found, read, paid),
        "receipts": _receipts(found, read),
        "vouchers": told,
        "total": _total(spent),
        "since_lock": since_lock.told(),
    }


def _total(spent: Mapping[int, Decimal]) -> str:
    return str(rounded(sum(spent.values(), Decimal(0))))


def _lines(
    found: ProofOfUse, read: ProofRecords, spent: Mapping[int, Decimal]
) -> list[dict[str, Any]]:
    return [
        {
            "position": line.position,
            "title": line.title,
            "planned": str(rounded(line.planned_eur)),
            "actual": str(rounded(spent.get(line.position, Decimal(0)))),
        }
        for line in read.lines_of(found.plan_id)
    ]


def _sources(
    found: ProofOfUse, read: ProofRecords, paid: Mapping[str, Decimal]
) -> list[dict[str, str]]:
    return [
        {
            "name": row.source.short_name,
            "planned": str(rounded(row.planned_eur)),
            "actual": str(rounded(paid.get(row.source.key, Decimal(0)))),
        }
        for row in read.funding_of(found.plan_id)
    ]


def _receipts(found: ProofOfUse, read: ProofRecords) -> list[dict[str, str]]:
    """Return what came in from the sources, by day, within what the vouchers are counted by.

    An interim proof holds its period, the final one everything, so that income and expenditure
    speak of the same time.
    """
    sources = {source.pk: source for source in read.sources}
    rows = [
        (share.received_on, sources[share.source_id], share.received_eur or Decimal(0))
        for share in read.receipts
        if share.received_on is not None
        and (
            found.kind == ProofKind.FINAL
            or found.period_from <= share.received_on <= found.period_to
        )
    ]
    return [
        {
            "name": source.short_name,
            "received_on": f"{day:%d.%m.%Y}",
            "amount": str(rounded(amount_eur)),
        }
        for day, source, amount_eur in sorted(rows, key=lambda row: (row[0], row[1].position))
    ]


def listed(running: int, row: Voucher) -> dict[str, str]:
    """Return one row of the list of vouchers with the columns the grant rules ask for."""

    def amount(value: Decimal | None) -> str:
        return "" if value is None else written(value)

    def day(value: date | None) -> str:
        return "" if value is None else f"{value:%d.%m.%Y}"

    def signed(person: User | None, moment: datetime | None) -> str:
        return ", ".join(filter(None, (str(person or ""), day(moment and clock.day_of(moment)))))

    return {
        "running": str(running),
        "line": f"{row.line.position} {row.line.title}",
        "number": str(row.number),
        "invoice": row.invoice_number,
        "invoiced_on": day(row.invoiced_on),
        "serviced": "–".join(filter(None, (day(row.serviced_from), day(row.serviced_to)))),
        "paid_on": day(row.paid_on),
        "payee": row.payee,
        "reason": row.reason,
        "gross": amount(row.gross_eur),
        "vat": amount(row.vat_eur),
        "net": amount(row.net_eur),
        "eligible": amount(row.claimed_eur),
        "sources": "; ".join(
            f"{share.source.short_name} {written(share.amount_eur)}" for share in row.shares.all()
        ),
        "contract": row.contract.reference if row.contract else "",
        "files": ", ".join(file.name for file in row.files.all()),
        "factual": signed(row.factual_check_by, row.factual_check_at),
        "arithmetic": signed(row.arithmetic_check_by, row.arithmetic_check_at),
        "remark": row.remark,
    }
