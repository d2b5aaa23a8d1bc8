"""What the rules say about a drawdown before it is recorded: proposal, parts, findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from programme import clock
from programme.enums import DrawdownStatus, ParameterKey, ProofKind, ProofStatus, SourceKey
from programme.errors import RuleBroken
from programme.models import Drawdown, FinancingPlan, Programme, ProofOfUse
from programme.queries import drawdowns as queries
from programme.queries.funding import approved_plan
from programme.queries.parameters import parameter_set
from programme.queries.use_by import SourceUse, source_uses
from programme.rules import drawdowns as rules
from programme.rules.drawdowns import Proposal, Purse, SourcePart
from programme.rules.funding import drawdowns as drawdown_rules
from programme.rules.funding import plan as plan_rules
from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.drawdowns import Advances, ProofAfterDrawdown, SourceDraw
from programme.rules.funding.finding import Finding, Severity
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.use_by import used_in_time
from programme.rules.funding.vouchers import Window

USUAL_MONTHS = Decimal(6)


@dataclass(frozen=True)
class Judgement:
    """What the portal proposes for a day, how an amount divides, and what the rules find."""

    requested_on: date
    proposal: Proposal
    parts: tuple[SourcePart, ...]
    findings: tuple[Finding, ...]
    proof_due_on: date | None

    @property
    def requested_eur(self) -> Decimal:
        return sum((part.requested_eur for part in self.parts), Decimal("0.00"))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the numbers of the rules that warn."""
        found = {each.rule for each in self.findings if each.severity is Severity.WARN}
        return tuple(sorted(found))


@dataclass(frozen=True)
class _Facts:
    """Everything the rules are asked with, read once."""

    programme: Programme
    numbers: ParameterSet
    window: Window
    purses: tuple[Purse, ...]
    earlier: tuple[Drawdown, ...]
    on: date

    @property
    def interval_months(self) -> Decimal | None:
        return self.numbers.strictest(ParameterKey.DRAWDOWN_INTERVAL_MONTHS, on=self.on)

    @property
    def proof_months(self) -> Decimal | None:
        """Return how long an interim proof may take; only AMIF counts from the drawdown."""
        key = ParameterKey.INTERIM_PROOF_MONTHS
        return self.numbers.find(key, source=SourceKey.AMIF, on=self.on)


def window_of(programme: Programme) -> Window:
    """Return the run time and today."""
    return Window(programme.starts_on, programme.ends_on, clock.today())


def judged(
    *,
    programme: Programme,
    requested_on: date,
    requested_eur: Decimal | None = None,
    reason: str | None = None,
    without: Drawdown | None = None,
) -> Judgement:
    """Return proposal, parts and findings for a drawdown on a day.

    Without an amount the proposed one is judged; without a reason F12 is not asked. Raises
    RuleBroken if no plan is approved. `without` is the drawdown that is being corrected.
    """
    facts = _facts(programme, requested_on, without)
    proposal = _proposal(facts)
    amount = proposal.amount_eur if requested_eur is None else requested_eur
    parts = rules.parts(requested_eur=amount, purses=facts.purses)
    found = [*_findings(facts, parts)]
    if reason is not None:
        found.append(drawdown_rules.need_reasoned(reason))
    return Judgement(
        requested_on=requested_on,
        proposal=proposal,
        parts=parts,
        findings=tuple(each for each in found if each is not None),
        proof_due_on=_proof_due(facts, proposal),
    )


def receipt_findings(
    *, drawdown: Drawdown, received_eur: Mapping[str, Decimal], on: date
) -> tuple[Finding, ...]:
    """Ask F10 what comes in for a drawdown (EUR by the key of the source), as known on a day.

    All other drawdowns count with what came in or, where nothing has, what was asked for. Raises
    RuleBroken if no plan is approved.
    """
    found = queries.purses(
        plan=_plan(drawdown.programme),
        numbers=parameter_set(programme=drawdown.programme),
        on=on,
        without=drawdown,
    )
    asked = [
        drawdown_rules.receipt_within_cap(
            _advances(purse, received_eur[purse.key]),
            cap=purse.cap,
            field=f"received_eur_{purse.key}",
        )
        for purse in found
        if purse.key in received_eur
    ]
    return tuple(each for each in asked if each is not None)


def _plan(programme: Programme) -> FinancingPlan:
    plan = approved_plan(programme=programme)
    if plan is None:
        raise RuleBroken("Es gibt noch keinen genehmigten Finanzierungsplan.")
    return plan


def _advances(purse: Purse, requested_eur: Decimal) -> Advances:
    """Return what F10 asks about a source and an amount (EUR) that is to come."""
    return Advances(
        granted_eur=purse.granted_eur,
        drawn_eur=purse.drawn_eur,
        requested_eur=requested_eur,
        name=purse.name,
        recognised_eur=purse.recognised_eur,
    )


def _facts(programme: Programme, on: date, without: Drawdown | None) -> _Facts:
    plan = _plan(programme)
    numbers = parameter_set(programme=programme)
    rows = Drawdown.objects.filter(programme=programme).exclude(status=DrawdownStatus.REJECTED)
    if without is not None:
        rows = rows.filter(number__lt=without.number)
    return _Facts(
        programme=programme,
        numbers=numbers,
        window=window_of(programme),
        purses=queries.purses(plan=plan, numbers=numbers, on=on, without=without),
        earlier=tuple(rows.order_by("number")),
        on=on,
    )


def _proposal(facts: _Facts) -> Proposal:
    planned = sum((purse.planned_eur for purse in facts.purses), Decimal("0.00"))
    spent = sum((purse.spent_eur for purse in facts.purses), Decimal("0.00"))
    months = int(facts.interval_months or USUAL_MONTHS)
    next_on = plus_months(facts.on, months)
    return Proposal(
        spent_eur=spent,
        drawn_eur=sum((purse.drawn_eur for purse in facts.purses), Decimal("0.00")),
        forecast_eur=rules.planned_need(
            planned_eur=planned,
            spent_eur=spent,
            window=facts.window,
            since=facts.on,
            until=next_on,
        ),
        room_eur=rules.room_eur(facts.purses),
        next_on=next_on,
    )


def _findings(facts: _Facts, parts: tuple[SourcePart, ...]) -> Iterator[Finding | None]:
    yield plan_rules.funded([purse.planned_eur for purse in facts.purses])
    both = list(zip(facts.purses, parts, strict=True))
    for purse, part in both:
        advances = _advances(purse, part.requested_eur)
        yield drawdown_rules.advances_within_cap(advances, cap=purse.cap)
    yield drawdown_rules.ratio_kept(
        [SourceDraw(purse.name, purse.planned_eur, part.requested_eur) for purse, part in both]
    )
    yield _interval(facts)
    yield _open_proofs(facts)
    for use in _uses(facts):
        late = used_in_time(use.drawn, use.paid, days=use.days, today=facts.on)
        yield late and replace(late, message=f"{use.name}: {late.message}")


def _interval(facts: _Facts) -> Finding | None:
    months = facts.interval_months
    if not facts.earlier or months is None:
        return None
    last = facts.earlier[-1].requested_on
    return drawdown_rules.usual_interval(last, facts.on, months=int(months))


def _open_proofs(facts: _Facts) -> Finding | None:
    """Ask F13 about earlier drawdowns whose interim proof has not been submitted, as one."""
    months = facts.proof_months
    if months is None:
        return None
    proofs = ProofOfUse.objects.filter(
        programme=facts.programme,
        kind=ProofKind.INTERIM,
        status__in=[ProofStatus.SUBMITTED, ProofStatus.REPLACED],
    )
    submitted = set(proofs.values_list("drawdown", flat=True))
    waiting = [row for row in facts.earlier if row.pk not in submitted]
    asked = [
        drawdown_rules.interim_proof_in_time(
            ProofAfterDrawdown(row.requested_on, row.spent_eur, None),
            months=int(months),
            today=facts.on,
        )
        for row in waiting
    ]
    found = [each for each in asked if each is not None]
    return replace(found[0], message=" ".join(each.message for each in found)) if found else None


def _uses(facts: _Facts) -> tuple[SourceUse, ...]:
    return source_uses(
        programme=facts.programme,
        sources=[(purse.key, purse.name) for purse in facts.purses],
        numbers=facts.numbers,
        as_of=facts.on,
    )


def _proof_due(facts: _Facts, proposal: Proposal) -> date | None:
    months = facts.proof_months
    if months is None or proposal.spent_eur <= 0:
        return None
    return drawdown_rules.interim_proof_due(facts.on, months=int(months))
