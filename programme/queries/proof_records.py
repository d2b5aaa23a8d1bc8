"""What a proof is judged by besides its vouchers: numbers, versions of the plan, assets, checks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import OuterRef

from programme.enums import PlanStatus
from programme.models import (
    Asset,
    BudgetLine,
    DrawdownShare,
    FinancingPlan,
    FundingSource,
    PlannedFunding,
    Programme,
    ProofOfUse,
    RuleParameter,
    SiteCheck,
)
from programme.queries.packed import packed, unpacked
from programme.queries.parameters import fact
from programme.rules.funding.parameters import ParameterSet
from programme.rules.plan_changes import ApprovedVersion

OfSource = TypeVar("OfSource", RuleParameter, PlannedFunding)

_PACKED: dict[str, tuple[type[Any], str, tuple[str, ...]]] = {
    "sources_of": (FundingSource, "programme", ("id", "key", "position", "name")),
    "numbers_of": (
        RuleParameter,
        "source__programme",
        ("source_id", "key", "value", "unit", "valid_from", "valid_to", "basis", "is_confirmed"),
    ),
    "plans_of": (
        FinancingPlan,
        "programme",
        ("id", "version", "status", "decided_on", "document_id"),
    ),
    "lines_of": (
        BudgetLine,
        "plan__programme",
        ("plan_id", "position", "title", "planned_eur"),
    ),
    "funding_of": (
        PlannedFunding,
        "plan__programme",
        ("id", "plan_id", "source_id", "planned_eur"),
    ),
    "assets_of": (
        Asset,
        "voucher__programme",
        ("id", "voucher_id", "title", "net_eur", "inventory_number"),
    ),
    "checks_of": (
        SiteCheck,
        "programme",
        ("id", "checked_on", "checker", "findings", "report_id", "follow_up_on"),
    ),
    "receipts_of": (
        DrawdownShare,
        "drawdown__programme",
        ("source_id", "received_eur", "received_on"),
    ),
}


@dataclass(frozen=True)
class ProofRecords:
    """All of it, read at once."""

    numbers: ParameterSet
    versions: tuple[ApprovedVersion, ...]
    assets: tuple[Asset, ...]
    checks: tuple[SiteCheck, ...]
    sources: tuple[FundingSource, ...]
    receipts: tuple[DrawdownShare, ...]
    lines: tuple[BudgetLine, ...]
    funding: tuple[PlannedFunding, ...]

    def lines_of(self, plan_id: int) -> list[BudgetLine]:
        """Return the lines of a version of the plan in order."""
        return [line for line in self.lines if line.plan_id == plan_id]

    def funding_of(self, plan_id: int) -> list[PlannedFunding]:
        """Return what each source pays by a version of the plan, in the order of the sources."""
        return [row for row in self.funding if row.plan_id == plan_id]


def records_of(found: ProofOfUse) -> ProofRecords:
    """Return what the rules ask about a proof besides its vouchers; one query."""
    columns = {
        name: packed(model.objects.filter(**{by: OuterRef("pk")}), by=by, columns=names)
        for name, (model, by, names) in _PACKED.items()
    }
    programme = Programme.objects.filter(pk=found.programme_id).annotate(**columns)
    row: Mapping[str, Any] = programme.values(*_PACKED).get()
    read = {name: unpacked(model, row[name]) for name, (model, *_) in _PACKED.items()}
    sources = sorted(read["sources_of"], key=lambda source: source.position)
    lines = sorted(read["lines_of"], key=lambda line: line.position)
    return ProofRecords(
        numbers=_numbers(read["numbers_of"], sources),
        versions=_versions(read["plans_of"], lines, newest=found.plan.version),
        assets=tuple(sorted(read["assets_of"], key=lambda asset: asset.pk)),
        checks=tuple(sorted(read["checks_of"], key=lambda check: (check.checked_on, check.pk))),
        sources=tuple(sources),
        receipts=tuple(share for share in read["receipts_of"] if share.received_on is not None),
        lines=tuple(lines),
        funding=tuple(_by_source(read["funding_of"], sources)),
    )


def _numbers(rows: list[RuleParameter], sources: list[FundingSource]) -> ParameterSet:
    named = _by_source(rows, sources)
    ordered = sorted(named, key=lambda row: (row.source.position, row.key, row.valid_from))
    return ParameterSet(tuple(fact(row) for row in ordered))


def _by_source(rows: Iterable[OfSource], sources: Iterable[FundingSource]) -> list[OfSource]:
    """Give each row its source; return them in the order of the sources."""
    by_key = {source.pk: source for source in sources}
    found = list(rows)
    for row in found:
        row.source = by_key[row.source_id]
    return sorted(found, key=lambda row: row.source.position)


def _versions(
    plans: list[FinancingPlan], lines: list[BudgetLine], *, newest: int
) -> tuple[ApprovedVersion, ...]:
    """Return the approved versions up to the one the proof stands on, in order."""
    by_plan: defaultdict[int, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_plan[line.plan_id].append(line)
    approved = [
        plan for plan in plans if plan.status == PlanStatus.APPROVED and plan.version <= newest
    ]
    return tuple(
        ApprovedVersion(
            version=plan.version,
            lines={line.position: (line.title, line.planned_eur) for line in by_plan[plan.pk]},
            decided_on=plan.decided_on,
            has_document=plan.document_id is not None,
        )
        for plan in sorted(approved, key=lambda plan: plan.version)
    )
