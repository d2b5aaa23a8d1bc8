"""Reallocation: money moves from one line to another, and the plan gets its next version."""

from datetime import datetime

from django.db import transaction

from programme import clock
from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import BudgetLine, FinancingPlan, Programme, User
from programme.queries.funding import approved_plan
from programme.queries.parameters import parameter_set
from programme.queries.vouchers import line_spent_eur
from programme.rules.funding.amounts import line_within_tolerance
from programme.rules.funding.finding import Finding, Stage, refuse
from programme.rules.funding.plan import LineSpending
from programme.rules.money import written
from programme.rules.reallocations import Reallocation, possible
from programme.services import funding_documents, plans
from programme.services.funding_documents import NewPaper


@transaction.atomic
def propose(
    *,
    programme: Programme,
    entry: Reallocation,
    paper: NewPaper | None,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> FinancingPlan:
    """Make the next version of the plan from a reallocation and hand it in; amounts in EUR.

    Refuses (RuleBroken) a second open version, the same line twice, more than the line has, and
    by F07 a line beyond the tolerance without the decision of the authority; warns if the giving
    line has spent more than it keeps (F07), or if money was spent before the decision (F09).
    """
    if approved_plan(programme=programme) is None:
        raise RuleBroken("Es gibt noch keinen genehmigten Finanzierungsplan.")
    possible(entry)
    refuse([_spent_already(programme, entry)], confirmed=confirmed)
    plan = plans.begin(programme=programme, by=by, at=at)
    plan.reason = _told(entry)
    plan.decided_on = entry.decided_on
    plan.decision_reference = entry.decision_reference.strip()
    if paper is not None:
        plan.document = funding_documents.keep(
            programme=programme, title=f"Entscheidung zu {plan}", paper=paper, by=by, at=at
        )
    plan.save()
    _move(plan, entry)
    return plans.hand_in(plan=plan, seen_revision=plan.revision, by=by, confirmed=confirmed, at=at)


def _move(plan: FinancingPlan, entry: Reallocation) -> None:
    lines = {line.position: line for line in BudgetLine.objects.filter(plan=plan)}
    giving, taking = lines[entry.giving.position], lines[entry.taking.position]
    giving.planned_eur -= entry.amount_eur
    taking.planned_eur += entry.amount_eur
    BudgetLine.objects.bulk_update([giving, taking], ["planned_eur"])


def _spent_already(programme: Programme, entry: Reallocation) -> Finding | None:
    """F07: what the giving line keeps still covers what was spent on it."""
    on = clock.default_as_of(programme.starts_on, programme.ends_on)
    tolerance = parameter_set(programme=programme).strictest(ParameterKey.LINE_TOLERANCE, on=on)
    kept = entry.giving.planned_eur - entry.amount_eur
    spent = line_spent_eur(line=entry.giving)
    line = LineSpending(entry.giving.title, kept, spent)
    return line_within_tolerance(line, tolerance=tolerance, stage=Stage.ENTRY)


def _told(entry: Reallocation) -> str:
    return (
        f"Umschichtung von {written(entry.amount_eur)} von „{entry.giving.title}“ nach "
        f"„{entry.taking.title}“: {entry.reason.strip()}"
    )
