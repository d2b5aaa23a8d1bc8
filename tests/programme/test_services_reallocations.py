"""Reallocation: the next version, handed in, within the tolerance or with a decision."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import ParameterKey, Role, SourceKey
from programme.errors import RuleBroken
from programme.models import FinancingPlan
from programme.rules.reallocations import Reallocation
from programme.services import plans, reallocations
from tests.factories.funding import new_paper, recorded_voucher
from tests.factories.programme import (
    BudgetLineFactory,
    FinancingPlanFactory,
    RuleParameterFactory,
    UserFactory,
)

D = Decimal


@pytest.fixture(autouse=True)
def tolerance(plan):
    amif = plan.funding.get(source__key=SourceKey.AMIF).source
    RuleParameterFactory(source=amif, key=ParameterKey.LINE_TOLERANCE, value=D("0.20"))


def propose(plan, clerk, *, paper=None, confirmed=False, **changes):
    coaching, travel = plan.lines.order_by("position")
    fields = {
        "giving": coaching,
        "taking": travel,
        "amount_eur": D("2400.00"),
        "reason": " Mehr Fahrten nach Gießen ",
    }
    return reallocations.propose(
        programme=plan.programme,
        entry=Reallocation(**fields | changes),
        paper=paper,
        by=clerk,
        confirmed=confirmed,
    )


def test_within_the_tolerance_the_next_version_waits_for_one_second_person(plan, clerk):
    proposed = propose(plan, clerk)
    approved = plans.approve(
        plan=proposed, seen_revision=proposed.revision, by=UserFactory(roles=[Role.FINANCE])
    )

    assert [line.planned_eur for line in approved.lines.all()] == [D("197600.00"), D("14400.00")]
    assert proposed.proposed_by == clerk
    assert approved.reason == (
        "Umschichtung von 2.400,00 EUR von „Prozessbegleitung“ nach „Reisekosten“: Mehr Fahrten "
        "nach Gießen"
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"amount_eur": D("2400.01")}, "decided_on", "Regel F07"),
        ({"amount_eur": D("200000.01")}, "amount_eur", "nur mit 200.000,00 EUR geplant"),
    ],
)
def test_too_much_is_refused_and_leaves_no_version(plan, clerk, changes, field, message):
    with pytest.raises(RuleBroken, match=message) as refused:
        propose(plan, clerk, **changes)

    assert refused.value.field == field
    assert FinancingPlan.objects.get() == plan


def test_the_same_line_twice_is_refused(plan, clerk):
    with pytest.raises(RuleBroken, match="zwei verschiedene") as refused:
        propose(plan, clerk, taking=plan.lines.get(position=1))

    assert refused.value.field == "taking"


def test_beyond_the_tolerance_it_takes_date_reference_and_document(plan, clerk):
    decision = {"decided_on": date(2016, 6, 20), "decision_reference": "IV-2016-3"}
    with pytest.raises(RuleBroken, match="Regel F07"):
        propose(plan, clerk, amount_eur=D("5000.00"), **decision)

    proposed = propose(plan, clerk, amount_eur=D("5000.00"), paper=new_paper(), **decision)

    assert (proposed.decision_reference, proposed.document.name) == ("IV-2016-3", "Bescheid.pdf")


def test_taking_from_a_line_what_it_has_spent_warns(plan, clerk):
    coaching, travel = plan.lines.order_by("position")
    recorded_voucher(plan=plan, line=travel, gross_eur=D("12000.00"))
    back = {"giving": travel, "taking": coaching, "amount_eur": D("6000.00")}
    with pytest.raises(RuleBroken, match="Regel F07") as refused:
        propose(plan, clerk, **back)

    assert refused.value.field == "confirmed"
    assert propose(plan, clerk, confirmed=True, **back).version == 2


def test_without_a_plan_nothing_moves(clerk):
    draft = FinancingPlanFactory.create()
    lines = [BudgetLineFactory.create(plan=draft, position=number) for number in (1, 2)]
    entry = Reallocation(*lines, D("1.00"), "Darum")

    with pytest.raises(RuleBroken, match="noch keinen genehmigten"):
        reallocations.propose(programme=draft.programme, entry=entry, paper=None, by=clerk)
