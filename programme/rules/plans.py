"""Versions of the financing plan: what is entered, what their state allows, what is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from programme.enums import CostCategory, IndirectBase, ParameterKey, PlanStatus, SourceKey
from programme.errors import RuleBroken
from programme.models import FinancingPlan
from programme.rules.funding import amounts, costs, plan
from programme.rules.funding.amounts import LineChange
from programme.rules.funding.costs import Costs
from programme.rules.funding.finding import Finding
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.plan import EuRate, EuShare, PlanChange, PlanSums, SourcePlan

RATE_STEP = Decimal("0.0001")


@dataclass(frozen=True)
class LineEntry:
    """A line as a person enters it; `position` is None for a new one, the amount in EUR."""

    position: int | None
    category: CostCategory
    title: str
    planned_eur: Decimal


@dataclass(frozen=True)
class PlanEntry:
    """A version as a person enters it; `funding_eur` by the key of the source, in EUR."""

    lines: tuple[LineEntry, ...]
    funding_eur: dict[str, Decimal]
    reason: str
    raised_rate_reason: str
    indirect_base: str
    is_publicly_procured: bool
    decided_on: date | None
    decision_reference: str


@dataclass(frozen=True)
class LineFacts:
    """A line of a version: planned, last agreed to by the authority (None: new), first overrun."""

    position: int
    category: str
    title: str
    planned_eur: Decimal
    agreed_eur: Decimal | None
    overspent_on: date | None = None


@dataclass(frozen=True)
class SourceFacts:
    """A source in a version: what it plans and what was granted, in EUR."""

    key: str
    name: str
    planned_eur: Decimal
    granted_eur: Decimal


@dataclass(frozen=True)
class PlanFacts:
    """All the rules of the plan ask of a version, with the numbers that hold on a day."""

    lines: tuple[LineFacts, ...]
    sources: tuple[SourceFacts, ...]
    raised_rate_reason: str
    indirect_base: str
    is_publicly_procured: bool
    decided_on: date | None
    decision_reference: str
    has_document: bool
    numbers: ParameterSet
    on: date

    @property
    def lines_eur(self) -> Decimal:
        return sum((line.planned_eur for line in self.lines), Decimal(0))

    @property
    def is_decided(self) -> bool:
        """Whether the decision of the authority is there in full: date, reference, document."""
        return bool(self.decided_on and self.decision_reference.strip() and self.has_document)

    @property
    def costs(self) -> Costs:
        """The lines by what the rules tell apart, in EUR."""
        return costs.summed((line.category, line.planned_eur) for line in self.lines)


def findings(facts: PlanFacts) -> list[Finding]:
    """Ask all rules of the plan (F01, F02, F03, F07, F08, F09, F22, F23); none found: empty."""
    funding = tuple(source.planned_eur for source in facts.sources)
    asked: list[Finding | None] = [
        plan.funded(funding),
        plan.balanced(PlanSums(funding, tuple(line.planned_eur for line in facts.lines))),
        *_eu_share(facts),
        *_indirect(facts),
        *_changes(facts),
        *(
            plan.planned_within_grant(SourcePlan(row.name, row.planned_eur, row.granted_eur))
            for row in facts.sources
        ),
    ]
    return [finding for finding in asked if finding is not None]


def _eu_share(facts: PlanFacts) -> Iterator[Finding | None]:
    eu = sum((row.planned_eur for row in facts.sources if row.key == SourceKey.AMIF), Decimal(0))
    total = facts.lines_eur
    usual = facts.numbers.lawful(ParameterKey.MAX_EU_RATE, on=facts.on)
    if not total or usual is None:
        return
    highest = facts.numbers.lawful(ParameterKey.ABSOLUTE_MAX_EU_RATE, on=facts.on) or usual
    share = EuShare(eu, total)
    found = plan.eu_share_within_limit(share, limit=usual)
    if found is None or not facts.raised_rate_reason.strip():
        yield found
        return
    rate = (eu / total).quantize(RATE_STEP, rounding=ROUND_UP)
    raised = EuRate(rate, facts.raised_rate_reason, facts.has_document)
    yield plan.raised_rate_justified(raised, usual=usual, highest=highest)


def _indirect(facts: PlanFacts) -> Iterator[Finding | None]:
    rate = facts.numbers.strictest(ParameterKey.INDIRECT_RATE, on=facts.on)
    yield costs.no_flat_rate_if_all_is_procured(
        facts.costs, is_publicly_procured=facts.is_publicly_procured
    )
    if rate is not None:
        base = IndirectBase(facts.indirect_base or IndirectBase.STAFF)
        yield costs.indirect_within_rate(facts.costs, base=base, rate=rate)


def _changes(facts: PlanFacts) -> Iterator[Finding | None]:
    tolerance = facts.numbers.strictest(ParameterKey.LINE_TOLERANCE, on=facts.on)
    if tolerance is None:
        return
    for line in facts.lines:
        if line.agreed_eur is None:
            continue
        change = LineChange(line.title, line.agreed_eur, line.planned_eur)
        beyond = amounts.raised_within_tolerance(change, tolerance=tolerance, is_decided=False)
        if beyond is not None:
            yield None if facts.is_decided else beyond
            yield plan.change_decided_in_time(
                PlanChange(
                    line.title,
                    is_beyond_tolerance=True,
                    decided_on=facts.decided_on,
                    has_document=facts.has_document,
                    spent_on=line.overspent_on,
                )
            )


def is_draft(row: FinancingPlan) -> None:
    """Refuse (RuleBroken) to touch an approved version."""
    if row.status != PlanStatus.DRAFT:
        raise RuleBroken(
            f"Fassung {row.version} ist genehmigt und bleibt, wie sie ist. Bitte legen Sie für "
            "Änderungen eine neue Fassung an."
        )


def same_revision(row: FinancingPlan, seen: int) -> None:
    """Refuse (RuleBroken) to act on a revision the person has not seen."""
    if row.revision != seen:
        raise RuleBroken(
            f"Fassung {row.version} wurde inzwischen geändert. Bitte sehen Sie sich den neuen "
            "Stand an und entscheiden Sie dann erneut."
        )


def second_person(row: FinancingPlan, by_pk: int) -> None:
    """Refuse (RuleBroken) a decision about what was not handed in, or by who handed it in."""
    if row.proposed_by_id is None:
        raise RuleBroken(f"Fassung {row.version} ist noch nicht vorgelegt.")
    if row.proposed_by_id == by_pk:
        raise RuleBroken(
            f"Fassung {row.version} haben Sie selbst vorgelegt. Die zweite Prüfung muss eine "
            "andere Person vornehmen."
        )
