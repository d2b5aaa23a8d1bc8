"""Every rule of a proof asked where it is signed: what breaks it and what keeps it (F09-F34)."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import CostCategory, ParameterKey, ProofStatus, Role
from programme.errors import RuleBroken
from programme.models import (
    AuditEntry,
    BudgetLine,
    FieldOfAction,
    RuleParameter,
    SiteCheck,
    Voucher,
)
from programme.queries import proof_problems
from programme.queries import proofs as queries
from programme.services import approvals, corrections, funding_documents, proofs
from programme.services.proofs import Narrative
from tests.factories.drawdowns import load_numbers, received_drawdown
from tests.factories.funding import approved_plan, new_file, new_paper, recorded_voucher
from tests.factories.programme import (
    AssetFactory,
    ContractFactory,
    FieldOfActionFactory,
    FinancingPlanFactory,
    UserFactory,
)
from tests.unguarded import unguarded

IN_TIME = date(2017, 8, 1)
TOO_SMALL = "F30"


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    FieldOfActionFactory(key="service", title="Service verbessern")
    return plan


def paid(plan, **changes):
    number = plan.programme.vouchers.count() + 1
    papers = [
        new_file(f"%PDF-1.4 {kind} {number}\n%%EOF\n".encode(), name=f"{kind}.pdf", kind=kind)
        for kind in ("invoice", "proof_of_payment")
    ]
    fields = {"invoice_number": f"RE-{number}", "gross_eur": Decimal(1000 + number)} | changes
    voucher = recorded_voucher(plan=plan, files=tuple(papers), **fields)
    return approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())


def line(plan, category, **changes):
    row = {"position": 9, "title": "Weiteres", "planned_eur": Decimal("5000.00")} | changes
    with unguarded():
        return BudgetLine.objects.create(plan=plan, category=category, **row)


def written_proof(plan, by):
    proof = proofs.begin(programme=plan.programme, drawdown=None, by=by)
    goals = FieldOfAction.objects.values_list("key", flat=True)
    rows = list(proof.indicators.all())
    narrative = Narrative(
        overview="Die Ziele sind erreicht.",
        texts=dict.fromkeys(goals, "Wartezeiten sind kürzer."),
        values={},
        reasons={row.key: "nicht erhoben" for row in rows},
    )
    return proofs.describe(proof=proof, seen_revision=1, narrative=narrative, by=by)


def found_in(proof, *, today=IN_TIME):
    rows = queries.vouchers_of(proof)
    figures = queries.figures(proof, rows)
    listed = proof_problems.problems(proof, rows, figures, today=today)
    return [(each.finding.rule, each.where) for each in listed if each.finding.rule != TOO_SMALL]


def raised(plan, *, decided_on, has_document=True):
    """Approve a version in which the second line grows from 12,000 to 20,000 EUR."""
    paper = funding_documents.keep(
        programme=plan.programme, title="Entscheidung", paper=new_paper(), by=UserFactory()
    )
    version = FinancingPlanFactory.create(
        programme=plan.programme,
        version=2,
        approved_on=date(2017, 6, 1),
        decided_on=decided_on,
        document=paper if has_document else None,
    )
    for row in plan.lines.all():
        planned = Decimal(20_000) if row.position == 2 else row.planned_eur
        BudgetLine.objects.create(
            plan=version,
            position=row.position,
            category=row.category,
            title=row.title,
            planned_eur=planned,
        )
    return approved_plan(version)


@pytest.mark.parametrize(
    ("decided_on", "has_document", "expected"),
    [
        (date(2016, 5, 19), True, []),
        (date(2016, 5, 20), True, [("F09", "Finanzierungsplan")]),
        (date(2016, 5, 19), False, [("F09", "Finanzierungsplan")]),
    ],
)
def test_f09_a_change_was_decided_before_its_money_was_spent(
    funded, clerk, decided_on, has_document, expected
):
    for gross in ("14000.00", "900.00"):
        paid(funded, line=funded.lines.get(position=2), gross_eur=Decimal(gross))
    raised(funded, decided_on=decided_on, has_document=has_document)

    assert found_in(written_proof(funded, clerk)) == expected


@pytest.mark.parametrize(
    ("paid_on", "expected"),
    [
        (date(2016, 8, 20), []),
        (date(2016, 9, 5), [("F15", "Mittelabrufe")]),
    ],
)
def test_f15_drawn_money_was_used_in_time(funded, clerk, paid_on, expected):
    received_drawdown(plan=funded, on=date(2016, 7, 1), requested_eur=Decimal("1000.00"))
    paid(funded, paid_on=paid_on)

    assert found_in(written_proof(funded, clerk)) == expected


@pytest.mark.parametrize(
    ("invoice_number", "payee", "expected"),
    [
        ("re 1", "Hotel Löwen", []),
        ("re - 1", "Beratung müßig & SÖHNE gmbh", [("F18", "Beleg 2")]),
        ("RE-2", "Beratung Müßig & Söhne GmbH", [("F18", "Beleg 2")]),
    ],
)
def test_f18_no_payment_stands_twice_in_the_proof(funded, clerk, invoice_number, payee, expected):
    amount = Decimal("1000.00")
    paid(funded, gross_eur=amount)
    paid(funded, invoice_number=invoice_number, payee=payee, gross_eur=amount)

    assert found_in(written_proof(funded, clerk)) == expected


def refund_tax(plan):
    RuleParameter.objects.filter(key=ParameterKey.VAT_DEDUCTIBLE).update(value=Decimal(1))


def test_f04_a_wrong_claim_blocks_until_it_is_taken_back(funded, clerk):
    refund_tax(funded)
    voucher = paid(funded, net_eur=Decimal("840.34"))
    proof, other = written_proof(funded, clerk), UserFactory()
    with unguarded():  # As it could be entered before this was asked.
        Voucher.objects.filter(pk=voucher.pk).update(gross_eur=Decimal("10.00"))

    before = found_in(proof)
    counter, _ = corrections.correct_approved(
        voucher=voucher, entry=None, reason="Netto war falsch", by=clerk
    )
    approvals.approve(voucher=counter, seen_version=1, by=other)

    assert before == [("F04", "Beleg 1")]
    assert found_in(proof) == []


def test_f04_a_credit_note_without_its_tax_is_in_order(funded, clerk):
    refund_tax(funded)
    first = paid(funded, gross_eur=Decimal("1190.00"), net_eur=Decimal("1000.00"))
    paid(
        funded,
        gross_eur=Decimal("-119.00"),
        net_eur=Decimal("-100.00"),
        is_credit_note=True,
        credits=first,
    )

    assert found_in(written_proof(funded, clerk)) == []


@pytest.mark.parametrize(("is_refunded", "expected"), [(0, []), (1, [("F21", "Beleg 1")])])
def test_f21_refunded_tax_is_not_claimed(funded, clerk, is_refunded, expected):
    paid(funded)
    RuleParameter.objects.filter(key=ParameterKey.VAT_DEDUCTIBLE).update(value=is_refunded)

    assert found_in(written_proof(funded, clerk)) == expected


@pytest.mark.parametrize(
    ("is_procured", "category", "expected"),
    [
        (True, CostCategory.SUBCONTRACTING, ["F22", "F23"]),
        (False, CostCategory.SUBCONTRACTING, ["F23"]),
        (False, CostCategory.PUBLICITY, []),
    ],
)
def test_f22_contracts_alone_carry_no_indirect_costs(
    funded, clerk, is_procured, category, expected
):
    paid(funded, line=funded.lines.get(position=1))
    paid(funded, line=line(funded, CostCategory.INDIRECT))
    with unguarded():
        funded.lines.filter(position=1).update(category=CostCategory.SUBCONTRACTING)
        last = CostCategory.INDIRECT if expected else category
        funded.lines.filter(position=9).update(category=last)
        funded.is_publicly_procured = is_procured
        funded.save()
    proof = written_proof(funded, clerk)

    assert [rule for rule, _ in found_in(proof)] == expected
    if expected:
        with pytest.raises(RuleBroken, match=f"Regel {expected[0]}"):
            proofs.check(proof=proof, seen_revision=2, by=clerk, seen_warnings=expected)


@pytest.mark.parametrize(
    ("indirect_eur", "expected"), [("150.00", []), ("150.01", [("F23", "Plan und Ausgaben")])]
)
def test_f23_indirect_costs_stay_within_their_rate(funded, clerk, indirect_eur, expected):
    with unguarded():
        funded.indirect_base = "direct"
        funded.save()
    paid(funded, gross_eur=Decimal("1000.00"))
    indirect = line(funded, CostCategory.INDIRECT)
    paid(funded, line=indirect, gross_eur=Decimal(indirect_eur))

    assert found_in(written_proof(funded, clerk)) == expected


@pytest.mark.parametrize(
    ("value", "offers", "expected"),
    [
        ("99999.99", 0, []),
        ("100000.00", 3, [("F26", "Auftrag Prozessbegleitung")]),
    ],
)
def test_f26_big_contracts_of_the_proof_are_documented(funded, clerk, value, offers, expected):
    contract = ContractFactory(
        programme=funded.programme,
        title="Prozessbegleitung",
        value_eur=Decimal(value),
        procedure="",
        offers=offers,
    )
    paid(funded, contract=contract)
    paid(funded, contract=contract)

    assert found_in(written_proof(funded, clerk)) == expected


@pytest.mark.parametrize(
    ("net_eur", "number", "expected"),
    [
        ("410.00", "", []),
        ("410.01", "HMSI-17", []),
        ("410.01", "", [("F27", "Inventar")]),
    ],
)
def test_f27_assets_of_the_proof_stand_in_the_inventory(funded, clerk, net_eur, number, expected):
    voucher = paid(funded)
    AssetFactory(voucher=voucher, net_eur=Decimal(net_eur), inventory_number=number)

    assert found_in(written_proof(funded, clerk)) == expected


def test_f27_equipment_nobody_listed_is_missing_in_the_inventory(funded, clerk):
    voucher = paid(funded, line=line(funded, CostCategory.EQUIPMENT))
    proof = written_proof(funded, clerk)

    before = found_in(proof)
    AssetFactory(voucher=voucher, net_eur=Decimal("900.00"), inventory_number="HMSI-17")

    assert (before, found_in(proof)) == ([("F27", "Inventar")], [])


def test_f34_checks_on_the_spot_are_documented(funded, clerk):
    paid(funded)
    check = SiteCheck.objects.create(
        programme=funded.programme,
        checked_on=date(2017, 5, 3),
        checker="Bewilligungsstelle",
        recorded_by=clerk,
    )
    proof = written_proof(funded, clerk)

    before = found_in(proof)
    check.findings, check.follow_up_on = "Keine Beanstandung.", date(2017, 6, 1)
    check.report = funding_documents.keep(
        programme=funded.programme, title="Bericht", paper=new_paper(), by=clerk
    )
    check.save()

    assert (before, found_in(proof)) == ([("F34", "Prüfungen vor Ort")], [])


def test_warnings_are_signed_only_by_who_has_read_them_and_the_logbook_knows(funded, clerk):
    second = UserFactory(roles=[Role.FINANCE])
    paid(funded)
    proof = written_proof(funded, clerk)

    with pytest.raises(RuleBroken, match="Regel F14") as refused:
        proofs.check(proof=proof, seen_revision=2, by=clerk, seen_warnings={"F15"})
    proof = proofs.check(proof=proof, seen_revision=2, by=clerk, seen_warnings={"F14"})
    with pytest.raises(RuleBroken, match="Regel F14"):
        proofs.submit(proof=proof, seen_revision=3, by=second)
    proof = proofs.submit(proof=proof, seen_revision=3, by=second, seen_warnings={"F14"})

    assert refused.value.field == "confirmed"
    assert proof.status == ProofStatus.SUBMITTED
    told = AuditEntry.objects.filter(sentence__contains="zur Kenntnis genommen: Warnung F14.")
    assert [entry.verb for entry in told.order_by("pk")] == ["proof.checked", "proof.submitted"]


def test_what_blocks_stands_before_what_warns_and_what_only_tells(funded, clerk, finance):
    paid(funded, invoice_number="RE-1")
    paid(funded, invoice_number="RE-1")
    proof = proofs.begin(programme=funded.programme, drawdown=None, by=clerk)

    shown = finance.get(f"/intern/foerderung/nachweise/{proof.pk}/")

    severities = [each.finding.severity for each in shown.context["problems"]]
    assert severities == ["block", "warn", "warn", "info"]
    html = shown.content.decode()
    assert "Bitte vergleichen Sie mit Beleg 1." in html
    assert "Dieselbe Zahlung darf nur einmal abgerechnet werden." in html
