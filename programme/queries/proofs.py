"""Proofs of use: their figures from plan and vouchers, and what still forbids to submit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from programme.enums import (
    CostCategory,
    ParameterKey,
    PlanStatus,
    ProofKind,
    SourceKey,
    VoucherFileKind,
    VoucherStatus,
)
from programme.models import (
    AuditEntry,
    FieldOfAction,
    FinancingPlan,
    Programme,
    ProofOfUse,
    Voucher,
    VoucherShare,
)
from programme.queries.parameters import parameter_set
from programme.rules.funding import amounts, checks, costs, plan, proof, vouchers
from programme.rules.funding.amounts import VoucherParts
from programme.rules.funding.checks import Signatures
from programme.rules.funding.costs import StaffRow
from programme.rules.funding.finding import Finding, Severity, Stage
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.plan import LineSpending
from programme.rules.funding.proof import GoalReport, IndicatorReport, ProofLine, SourceGrant
from programme.rules.funding.vouchers import Payment, Window
from programme.rules.money import rounded, written

_SHARES = Prefetch("shares", VoucherShare.objects.select_related("source"))


@dataclass(frozen=True)
class Problem:
    """A finding of the proof and the page where it is mended."""

    finding: Finding
    url: str
    where: str


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


def history(*, found: ProofOfUse) -> QuerySet[AuditEntry]:
    """Return what the logbook says about the proof, oldest first."""
    label = ProofOfUse._meta.label_lower
    entries = AuditEntry.objects.filter(subject_type=label, subject_id=str(found.pk))
    return entries.select_related("actor").order_by("at", "pk")


def goals() -> list[tuple[str, str]]:
    """Return key and title of every goal the narrative speaks of: the fields of action."""
    return list(FieldOfAction.objects.order_by("position").values_list("key", "title"))


def vouchers_of(found: ProofOfUse) -> list[Voucher]:
    """Return the approved vouchers of a proof by line and in order of time.

    An interim proof holds what was paid in its period; the final one everything.
    """
    rows = Voucher.objects.filter(programme=found.programme_id, status=VoucherStatus.APPROVED)
    if found.kind == ProofKind.INTERIM:
        rows = rows.filter(paid_on__range=(found.period_from, found.period_to))
    people = rows.select_related("line", "contract", "factual_check_by", "arithmetic_check_by")
    loaded = people.prefetch_related(_SHARES, "files")
    return list(loaded.order_by("line__position", "paid_on", "number"))


def figures(found: ProofOfUse, rows: Sequence[Voucher]) -> dict[str, Any]:
    """Return every figure of a proof as text, ready to be frozen; amounts "1234.56" in EUR."""
    spent: defaultdict[int, Decimal] = defaultdict(Decimal)
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        spent[row.line.position] += row.claimed_eur
        for share in row.shares.all():
            paid[share.source.key] += share.amount_eur
    lines = list(found.plan.lines.order_by("position"))
    funding = list(found.plan.funding.select_related("source").order_by("source__position"))
    return {
        "plan": found.plan.version,
        "period": [found.period_from.isoformat(), found.period_to.isoformat()],
        "lines": [
            {
                "position": line.position,
                "title": line.title,
                "planned": str(line.planned_eur),
                "actual": str(rounded(spent[line.position])),
            }
            for line in lines
        ],
        "sources": [
            {
                "name": row.source.short_name,
                "planned": str(row.planned_eur),
                "actual": str(rounded(paid[row.source.key])),
            }
            for row in funding
        ],
        "vouchers": [_listed(running, row) for running, row in enumerate(rows, 1)],
        "total": str(rounded(sum(spent.values(), Decimal(0)))),
    }


def problems(
    found: ProofOfUse, rows: Sequence[Voucher], numbers_of: dict[str, Any], *, today: date
) -> list[Problem]:
    """Ask every rule of the stage proof; what blocks comes first."""
    numbers = parameter_set(programme=found.programme)
    listed = [
        *_of_time(found, numbers, today),
        *_of_lines(found, rows, numbers_of, numbers),
        *_of_narrative(found),
        *_of_vouchers(found, rows, today),
    ]
    return sorted(listed, key=lambda each: each.finding.severity is not Severity.BLOCK)


def _of_time(found: ProofOfUse, numbers: ParameterSet, today: date) -> Iterator[Problem]:
    ends_on = found.programme.ends_on
    months = numbers.find(ParameterKey.FINAL_PROOF_MONTHS, source=SourceKey.AMIF, on=ends_on)
    if found.kind == ProofKind.FINAL and months is not None:
        late = proof.final_proof_in_time(
            ends_on, submitted_on=None, months=int(months), today=today
        )
        yield from _problem(late, reverse("programme:deadlines"), "Fristen")


def _of_lines(
    found: ProofOfUse,
    rows: Sequence[Voucher],
    numbers_of: dict[str, Any],
    numbers: ParameterSet,
) -> Iterator[Problem]:
    tolerance = numbers.strictest(ParameterKey.LINE_TOLERANCE, on=found.period_to)
    lines = [
        LineSpending(row["title"], Decimal(row["planned"]), Decimal(row["actual"]))
        for row in numbers_of["lines"]
    ]
    claimed: defaultdict[int, list[Decimal]] = defaultdict(list)
    for row in rows:
        claimed[row.line.position].append(row.claimed_eur)
    listed = [
        ProofLine(row["title"], Decimal(row["actual"]), tuple(claimed[row["position"]]))
        for row in numbers_of["lines"]
    ]
    total = amounts.Total(
        "Summe der Ausgaben",
        Decimal(numbers_of["total"]),
        tuple(row.claimed_eur for row in rows),
    )
    asked = [
        *(
            amounts.line_within_tolerance(line, tolerance=tolerance, stage=Stage.PROOF)
            for line in lines
        ),
        plan.within_plan(lines),
        proof.figures_agree(listed),
        amounts.exact_total(total),
    ]
    if found.kind == ProofKind.FINAL:
        sources = [
            SourceGrant(row["name"], Decimal(row["planned"])) for row in numbers_of["sources"]
        ]
        asked.append(proof.grant_as_planned(sources, actual_eur=Decimal(numbers_of["total"])))
    for finding in asked:
        yield from _problem(finding, reverse("programme:vouchers"), "Plan und Ausgaben")


def _of_narrative(found: ProofOfUse) -> Iterator[Problem]:
    texts = [GoalReport(text.title, text.text) for text in found.texts.all()]
    values = [IndicatorReport(row.title, row.value, row.reason) for row in found.indicators.all()]
    missing = proof.narrative_complete(texts, values)
    yield from _problem(missing, reverse("programme:edit_proof", args=[found.pk]), "Sachbericht")


def _of_vouchers(found: ProofOfUse, rows: Sequence[Voucher], today: date) -> Iterator[Problem]:
    programme = found.programme
    window = Window(programme.starts_on, programme.ends_on, today)
    for row in rows:
        page = reverse("programme:voucher", args=[row.number])
        kinds = {file.kind for file in row.files.all()}
        parts = tuple(share.amount_eur for share in row.shares.all())
        project = (programme.short_title,)
        signed = Signatures(row.number, row.factual_check_by_id, row.arithmetic_check_by_id)
        # A counter-entry stands on the papers of the voucher it takes back.
        has_own_papers = row.corrects_id is None
        asked = (
            vouchers.complete(_payment(row)) if has_own_papers else None,
            vouchers.inside_run_time(row.invoiced_on, window),
            vouchers.paid_before_submission(row.number, row.paid_on, submitted_on=today),
            vouchers.has_both_files(
                row.number,
                has_invoice=VoucherFileKind.INVOICE in kinds or not has_own_papers,
                has_payment_proof=VoucherFileKind.PROOF_OF_PAYMENT in kinds or not has_own_papers,
                stage=Stage.PROOF,
            ),
            amounts.parts_within_voucher(VoucherParts(row.number, row.gross_eur, project, parts)),
            checks.four_eyes(signed, stage=Stage.PROOF),
            vouchers.cash_has_note(row.number, is_cash=row.is_cash, note=row.cash_note),
            _staff(row, has_time_sheet=VoucherFileKind.TIME_SHEET in kinds),
        )
        for finding in asked:
            yield from _problem(finding, page, f"Beleg {row.number}")


def _payment(row: Voucher) -> Payment:
    return Payment(
        line=row.line.title,
        payee=row.payee,
        invoice_number=row.invoice_number,
        invoiced_on=row.invoiced_on,
        paid_on=row.paid_on,
        gross_eur=row.gross_eur,
        reason=row.reason,
    )


def _staff(row: Voucher, *, has_time_sheet: bool) -> Finding | None:
    if row.line.category != CostCategory.STAFF:
        return None
    staff = StaffRow(row.number, row.staff_month, row.person_code, row.hours, has_time_sheet)
    return costs.staff_row_complete(staff, stage=Stage.PROOF)


def _problem(finding: Finding | None, url: str, where: str) -> Iterator[Problem]:
    if finding is not None:
        yield Problem(finding, url, where)


def _listed(running: int, row: Voucher) -> dict[str, str]:
    """Return one row of the list of vouchers with the columns the grant rules ask for."""

    def amount(value: Decimal | None) -> str:
        return "" if value is None else written(value)

    def day(value: date | None) -> str:
        return "" if value is None else f"{value:%d.%m.%Y}"

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
        "factual": f"{row.factual_check_by}, {day(row.factual_check_at.date())}",
        "arithmetic": ", ".join(
            filter(
                None,
                (
                    str(row.arithmetic_check_by or ""),
                    day(row.arithmetic_check_at.date() if row.arithmetic_check_at else None),
                ),
            )
        ),
        "remark": row.remark,
    }
