"""What the rules of the stage "proof" say about a proof before it is signed (F04-F35)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from programme.enums import CostCategory, ParameterKey, ProofKind, SourceKey, VoucherFileKind
from programme.models import ProofOfUse, Voucher
from programme.queries.proof_records import ProofRecords, records_of
from programme.queries.proof_spending import (
    of_assets,
    of_changes,
    of_contracts,
    of_indirect_costs,
    of_use,
)
from programme.queries.site_checks import check_finding
from programme.rules.duplicates import alike, same_files
from programme.rules.funding import amounts, checks, costs, plan, proof, vouchers
from programme.rules.funding.amounts import VoucherParts, VoucherTax
from programme.rules.funding.checks import Signatures
from programme.rules.funding.costs import StaffRow
from programme.rules.funding.finding import Finding, Severity, Stage
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.plan import LineSpending
from programme.rules.funding.proof import GoalReport, IndicatorReport, ProofLine, SourceGrant
from programme.rules.funding.vouchers import Window
from programme.rules.vouchers import payment_of

_ORDER = (Severity.BLOCK, Severity.WARN, Severity.INFO)


@dataclass(frozen=True)
class Problem:
    """A finding of the proof and the page where it is mended."""

    finding: Finding
    url: str
    where: str


def problems(
    found: ProofOfUse,
    rows: Sequence[Voucher],
    numbers_of: dict[str, Any],
    *,
    today: date,
    records: ProofRecords | None = None,
) -> list[Problem]:
    """Ask every rule of the stage proof: first what blocks, then what warns, then what tells."""
    records = records or records_of(found)
    listed = [
        *_of_time(found, records.numbers, today),
        *_of_lines(found, rows, numbers_of, records.numbers),
        *_of_narrative(found),
        *_of_vouchers(found, rows, records.numbers, today),
        *_of_pairs(rows),
        *_of_records(found, rows, records, today),
    ]
    return sorted(listed, key=lambda each: _ORDER.index(each.finding.severity))


def warned_rules(found: Sequence[Problem]) -> list[str]:
    """Return the numbers of the rules that warn, each once and in order."""
    warned = {each.finding.rule for each in found if each.finding.severity is Severity.WARN}
    return sorted(warned)


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


def _of_vouchers(
    found: ProofOfUse, rows: Sequence[Voucher], numbers: ParameterSet, today: date
) -> Iterator[Problem]:
    programme = found.programme
    window = Window(programme.starts_on, programme.ends_on, today)
    # A wrong share is mended by a counter-entry; the two of them sum to nothing.
    standing = {row.pk for row in _standing(rows)}
    for row in rows:
        page = reverse("programme:voucher", args=[row.number])
        kinds = {file.kind for file in row.files.all()}
        signed = Signatures(row.number, row.factual_check_by_id, row.arithmetic_check_by_id)
        # A counter-entry stands on the papers of the voucher it takes back.
        has_own_papers = row.corrects_id is None
        asked = (
            vouchers.complete(payment_of(row)) if has_own_papers else None,
            vouchers.inside_run_time(row.invoiced_on, window),
            vouchers.paid_before_submission(row.number, row.paid_on, submitted_on=today),
            vouchers.has_both_files(
                row.number,
                has_invoice=VoucherFileKind.INVOICE in kinds or not has_own_papers,
                has_payment_proof=VoucherFileKind.PROOF_OF_PAYMENT in kinds or not has_own_papers,
                stage=Stage.PROOF,
            ),
            _shares(row, programme.short_title) if row.pk in standing else None,
            checks.four_eyes(signed, stage=Stage.PROOF),
            vouchers.cash_has_note(row.number, is_cash=row.is_cash, note=row.cash_note),
            _tax(row, numbers) if has_own_papers else None,
            _staff(row, has_time_sheet=VoucherFileKind.TIME_SHEET in kinds),
        )
        for finding in asked:
            yield from _problem(finding, page, f"Beleg {row.number}")


def _standing(rows: Sequence[Voucher]) -> list[Voucher]:
    """Return the vouchers that are neither counter-entries nor taken back."""
    taken_back = {row.corrects_id for row in rows if row.corrects_id}
    return [row for row in rows if row.corrects_id is None and row.pk not in taken_back]


def _of_pairs(rows: Sequence[Voucher]) -> Iterator[Problem]:
    """Ask F18 about vouchers of the proof that look alike or share a file."""
    paid = _standing(rows)
    for row, finding in (*alike(paid), *same_files(paid)):
        page = reverse("programme:voucher", args=[row.number])
        yield Problem(finding, page, f"Beleg {row.number}")


def _of_records(
    found: ProofOfUse, rows: Sequence[Voucher], records: ProofRecords, today: date
) -> Iterator[Problem]:
    """Ask what the plan, the drawdowns, contracts, assets and checks on the spot have to say."""
    plan_page = reverse("programme:plan")
    for late in of_changes(found, rows, records):
        yield Problem(late, plan_page, "Finanzierungsplan")
    for finding in of_indirect_costs(found, rows, records):
        yield from _problem(finding, reverse("programme:vouchers"), "Plan und Ausgaben")
    for unused in of_use(found, rows, records, today=today):
        yield Problem(unused, reverse("programme:drawdowns"), "Mittelabrufe")
    for contract, finding in of_contracts(rows, records, today=today):
        page = reverse("programme:edit_contract", args=[contract.pk])
        yield from _problem(finding, page, f"Auftrag {contract.title}")
    for finding in of_assets(rows, records):
        yield from _problem(finding, reverse("programme:assets"), "Inventar")
    for check in records.checks:
        yield from _problem(
            check_finding(check), reverse("programme:site_checks"), "Prüfungen vor Ort"
        )


def _shares(row: Voucher, project: str) -> Finding | None:
    """F04: the shares of all sources are at most the voucher."""
    shares = tuple(share.amount_eur for share in row.shares.all())
    parts = VoucherParts(row.number, row.gross_eur, (project,), shares)
    return amounts.parts_within_voucher(parts)


def _tax(row: Voucher, numbers: ParameterSet) -> Finding | None:
    """F21: what is claimed is net where the tax was refunded on the day of the invoice."""
    deductible = bool(numbers.longest(ParameterKey.VAT_DEDUCTIBLE, on=row.invoiced_on))
    unknown = amounts.net_known(row.net_eur, vat_deductible=deductible)
    if unknown is not None:
        return unknown
    tax = VoucherTax(row.number, row.net_eur or row.gross_eur, row.gross_eur, row.claimed_eur)
    return amounts.eligible_by_tax(tax, vat_deductible=deductible)


def _staff(row: Voucher, *, has_time_sheet: bool) -> Finding | None:
    if row.line.category != CostCategory.STAFF:
        return None
    staff = StaffRow(row.number, row.staff_month, row.person_code, row.hours, has_time_sheet)
    return costs.staff_row_complete(staff, stage=Stage.PROOF)


def _problem(finding: Finding | None, url: str, where: str) -> Iterator[Problem]:
    if finding is not None:
        yield Problem(finding, url, where)
