"""Versions of the plan: copied, edited, handed in, approved by a second person, then frozen."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError

from programme.enums import CostCategory, ParameterKey, Role, SourceKey
from programme.errors import RuleBroken
from programme.models import AuditEntry, BudgetLine, FinancingPlan, RuleParameter
from programme.queries import plans as queries
from programme.queries.funding import line_figures
from programme.rules.plans import LineEntry
from programme.services import plans
from tests.factories.funding import new_paper, plan_entry, recorded_voucher
from tests.factories.programme import FinancingPlanFactory, RuleParameterFactory, UserFactory
from tests.unguarded import unguarded

D = Decimal
TODAY = date(2016, 7, 1)
DECIDED = {"decided_on": date(2016, 6, 20), "decision_reference": "IV-2016-3"}


@pytest.fixture(autouse=True)
def summer_of_2016():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def checker(db):
    return UserFactory(roles=[Role.FINANCE], full_name="Ute Grün")


@pytest.fixture
def numbers(plan):
    """The numbers of the plan's rules; the EU pays 47.17 percent."""
    amif = plan.funding.get(source__key=SourceKey.AMIF).source
    for key, value in (
        (ParameterKey.MAX_EU_RATE, "0.75"),
        (ParameterKey.ABSOLUTE_MAX_EU_RATE, "0.90"),
        (ParameterKey.LINE_TOLERANCE, "0.20"),
        (ParameterKey.INDIRECT_RATE, "0.15"),
    ):
        RuleParameterFactory(source=amif, key=key, value=D(value))


def saved(plan, clerk, *, paper=None, **changes):
    """Begin a version and save it with changes."""
    draft = plans.begin(programme=plan.programme, by=clerk)
    return plans.edit(
        plan=draft,
        seen_revision=draft.revision,
        entry=plan_entry(draft, **changes),
        paper=paper,
        by=clerk,
    )


def handed_in(plan, clerk, **changes):
    draft = saved(plan, clerk, **changes)
    return plans.hand_in(plan=draft, seen_revision=draft.revision, by=clerk, confirmed=True)


def test_a_version_goes_its_whole_way_and_the_old_one_stays(plan, clerk, checker, numbers):
    moved = {1: "199000.00", 2: "13000.00"}

    draft = handed_in(plan, clerk, lines=moved)
    approved = plans.approve(plan=draft, seen_revision=draft.revision, by=checker)

    sentences = list(AuditEntry.objects.order_by("pk").values_list("sentence", flat=True))
    assert (approved.version, approved.based_on, approved.approved_on) == (2, plan, TODAY)
    assert (approved.proposed_by, approved.approved_by) == (clerk, checker)
    assert [line.planned_eur for line in plan.lines.all()] == [D("200000.00"), D("12000.00")]
    assert [line.planned_eur for line in approved.lines.all()] == [D("199000.00"), D("13000.00")]
    assert sentences == [
        "Finanzierungsplan, Fassung 2 angelegt als Kopie von Fassung 1.",
        "Finanzierungsplan, Fassung 2 geändert; geplant sind 212.000,00 EUR.",
        "Finanzierungsplan, Fassung 2 vorgelegt.",
        "Finanzierungsplan, Fassung 2 über 212.000,00 EUR genehmigt.",
    ]


def test_an_approved_version_is_frozen(plan, clerk):
    for act in (
        lambda: plans.edit(
            plan=plan, seen_revision=1, entry=plan_entry(plan), paper=None, by=clerk
        ),
        lambda: plans.hand_in(plan=plan, seen_revision=1, by=clerk),
        lambda: plans.approve(plan=plan, seen_revision=1, by=clerk),
        lambda: plans.discard(plan=plan, seen_revision=1, by=clerk),
    ):
        with pytest.raises(RuleBroken, match="ist genehmigt und bleibt"):
            act()


def test_nobody_approves_or_sends_back_alone(plan, clerk, numbers):
    draft = handed_in(plan, clerk)

    with pytest.raises(RuleBroken, match="selbst vorgelegt"):
        plans.approve(plan=draft, seen_revision=draft.revision, by=clerk)
    with pytest.raises(RuleBroken, match="selbst vorgelegt"):
        plans.send_back(plan=draft, seen_revision=draft.revision, reason="Nein", by=clerk)


def test_the_database_refuses_two_signatures_of_one_person(programme, clerk):
    draft = FinancingPlanFactory.create(programme=programme)

    with pytest.raises(IntegrityError, match=r"plan_four_eyes|CHECK constraint"):
        FinancingPlan.objects.filter(pk=draft.pk).update(proposed_by=clerk, approved_by=clerk)


def test_an_approval_is_bound_to_the_revision_that_was_seen(plan, clerk, checker, numbers):
    draft = handed_in(plan, clerk)
    seen = draft.revision
    edited = plans.edit(
        plan=draft,
        seen_revision=seen,
        entry=plan_entry(draft, reason="Anders"),
        paper=None,
        by=clerk,
    )

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        plans.approve(plan=draft, seen_revision=seen, by=checker)
    with pytest.raises(RuleBroken, match="noch nicht vorgelegt"):
        plans.approve(plan=edited, seen_revision=edited.revision, by=checker)


def test_two_approvals_at_once_count_once(plan, clerk, checker, numbers):
    draft = handed_in(plan, clerk)
    plans.approve(plan=draft, seen_revision=draft.revision, by=checker)

    with pytest.raises(RuleBroken, match="ist genehmigt"):
        plans.approve(plan=draft, seen_revision=draft.revision, by=checker)


def test_there_is_one_open_version_and_it_can_be_thrown_away(plan, clerk):
    draft = plans.begin(programme=plan.programme, by=clerk)
    with pytest.raises(RuleBroken, match="schon einen Entwurf: Fassung 2"):
        plans.begin(programme=plan.programme, by=clerk)

    plans.discard(plan=draft, seen_revision=1, by=clerk)

    assert list(FinancingPlan.objects.all()) == [plan]
    with pytest.raises(RuleBroken, match="wurde verworfen"):
        plans.hand_in(plan=draft, seen_revision=1, by=clerk)


def test_a_version_sent_back_is_handed_in_again(plan, clerk, checker, numbers):
    draft = handed_in(plan, clerk)
    with pytest.raises(RuleBroken, match="schon vorgelegt"):
        plans.hand_in(plan=draft, seen_revision=draft.revision, by=clerk)
    with pytest.raises(RuleBroken, match="begründen"):
        plans.send_back(plan=draft, seen_revision=draft.revision, reason=" ", by=checker)

    back = plans.send_back(plan=draft, seen_revision=draft.revision, reason=" Zu viel ", by=checker)
    again = plans.hand_in(plan=back, seen_revision=back.revision, by=clerk)

    assert back.proposed_by is None
    assert again.proposed_by == clerk
    assert AuditEntry.objects.filter(sentence__endswith="zurückgegeben: Zu viel").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lines": {1: "200000.01"}}, "Regel F01: .* Unterschied beträgt 0,01 EUR"),
        ({"funding_eur": {}}, "Regel F01: Im Finanzierungsplan steht noch nicht"),
        (
            {"lines": {1: "0.00"}, "funding_eur": {"land": D("2000.00"), "amif": D("10000.00")}},
            "Regel F02: Der Betrag der EU von 10.000,00 EUR ist um 1.000,00 EUR zu hoch",
        ),
        (
            {
                "lines": {1: "0.00"},
                "funding_eur": {"land": D("2000.00"), "amif": D("10000.00")},
                "raised_rate_reason": "Notlage",
            },
            "Regel F03: Für den EU-Anteil von 83,34 % statt 75 % fehlt: Dokument",
        ),
        ({"lines": {1: "197599.99", 2: "14400.01"}}, "Regel F07: „Reisekosten“ soll 14.400,01"),
        (
            {"lines": {1: "197599.99", 2: "14400.01"}, **DECIDED},
            "Regel F07: .* Datum, Aktenzeichen und Dokument",
        ),
        (
            {
                "lines": {1: "199000.00"},
                "new": (LineEntry(None, CostCategory.INDIRECT, "Pauschale", D("1000.00")),),
                "is_publicly_procured": True,
            },
            "Regel F23: Angesetzt sind indirekte Kosten von 1.000,00 EUR, zulässig sind 0,00",
        ),
    ],
)
def test_what_breaks_a_rule_is_not_handed_in(plan, clerk, numbers, changes, message):
    if "Pauschale" in str(changes):
        with unguarded():
            plan.lines.update(category=CostCategory.TRAVEL)
    with pytest.raises(RuleBroken, match=message):
        handed_in(plan, clerk, **changes)


def test_indirect_costs_beside_contracts_alone_are_refused(plan, clerk, numbers):
    new = (LineEntry(None, CostCategory.INDIRECT, "Pauschale", D("1000.00")),)

    with pytest.raises(RuleBroken, match="Regel F22"):
        handed_in(plan, clerk, lines={1: "199000.00"}, new=new, is_publicly_procured=True)


def test_a_raised_share_with_reason_and_document_is_accepted(plan, clerk, numbers):
    changes = {
        "lines": {1: "0.00"},
        "funding_eur": {"land": D("2000.00"), "amif": D("10000.00")},
        "raised_rate_reason": "Besondere Belastung",
    }

    assert handed_in(plan, clerk, paper=new_paper(), **changes).proposed_by == clerk


@pytest.mark.parametrize(
    ("land", "amif", "paper", "message"),
    [
        ("1560.00", "10440.00", False, "Regel F03: .* 87 % statt 75 % fehlt: Dokument"),
        ("1080.00", "10920.00", True, "Regel F03: .* 91 % liegt über der absoluten Grenze von 90"),
    ],
)
def test_a_number_above_the_law_lifts_no_limit_of_the_plan(
    plan, clerk, numbers, land, amif, paper, message
):
    RuleParameter.objects.filter(key=ParameterKey.MAX_EU_RATE).update(value=D("0.90"))
    RuleParameter.objects.filter(key=ParameterKey.ABSOLUTE_MAX_EU_RATE).update(value=D(1))

    with pytest.raises(RuleBroken, match=message):
        handed_in(
            plan,
            clerk,
            paper=new_paper() if paper else None,
            lines={1: "0.00"},
            funding_eur={"land": D(land), "amif": D(amif)},
            raised_rate_reason="Notlage",
        )


def test_beyond_the_tolerance_a_decision_with_document_opens_the_way(plan, clerk, checker, numbers):
    changes = {"lines": {1: "190000.00", 2: "22000.00"}}

    draft = handed_in(plan, clerk, paper=new_paper(), **changes, **DECIDED)
    plans.approve(plan=draft, seen_revision=draft.revision, by=checker)

    later = plans.begin(programme=plan.programme, by=clerk)
    assert queries.agreed_eur(plan=later) == {1: D("190000.00"), 2: D("22000.00")}


def test_small_steps_do_not_add_up_unseen(plan, clerk, checker, numbers):
    first = handed_in(plan, clerk, lines={1: "198000.00", 2: "14000.00"})
    plans.approve(plan=first, seen_revision=first.revision, by=checker)

    with pytest.raises(RuleBroken, match=r"zuletzt bewilligten 12.000,00 EUR"):
        handed_in(plan, clerk, lines={1: "196000.00", 2: "16000.00"})


def test_money_spent_before_the_decision_warns(plan, clerk, numbers):
    travel = plan.lines.get(position=2)
    recorded_voucher(plan=plan, line=travel, gross_eur=D("15000.00"))
    draft = saved(plan, clerk, paper=new_paper(), lines={1: "190000.00", 2: "22000.00"}, **DECIDED)

    with pytest.raises(RuleBroken, match=r"Regel F09: .* ausgegeben wurde ab dem 20.05.2016"):
        plans.hand_in(plan=draft, seen_revision=draft.revision, by=clerk)

    assert plans.hand_in(
        plan=draft, seen_revision=draft.revision, by=clerk, confirmed=True
    ).proposed_by


def test_a_new_line_gets_a_number_nothing_else_ever_had(plan, clerk):
    new = (LineEntry(None, CostCategory.STAFF, " Leitung ", D("5.00")),)
    first = saved(plan, clerk, new=new)
    assert [(line.position, line.title) for line in first.lines.all()][-1] == (3, "Leitung")

    again = plans.edit(
        plan=first, seen_revision=first.revision, entry=plan_entry(first), paper=None, by=clerk
    )

    assert BudgetLine.objects.filter(plan=again).count() == 3


def test_sums_of_a_line_span_all_versions(plan, clerk, checker, numbers):
    recorded_voucher(plan=plan, gross_eur=D("1000.00"))
    draft = handed_in(plan, clerk, lines={1: "199000.00", 2: "13000.00"})
    approved = plans.approve(plan=draft, seen_revision=draft.revision, by=checker)
    recorded_voucher(plan=approved, gross_eur=D("500.00"), invoice_number="2")

    first = line_figures(programme=plan.programme, as_of=date(2017, 6, 30))[0]

    assert (first.planned_eur, first.waiting_eur) == (D("199000.00"), D("1500.00"))


def test_the_first_version_of_all_begins_empty(programme, clerk):
    draft = plans.begin(programme=programme, by=clerk)

    assert (draft.version, draft.based_on, draft.lines.count()) == (1, None, 0)
    with pytest.raises(RuleBroken, match="Regel F01"):
        plans.hand_in(plan=draft, seen_revision=1, by=clerk)
