"""Findings: written by auditors, answered by another person, closed by auditors."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from programme.enums import FindingState, Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, AuditFinding
from programme.rules.inspections import FindingEntry, drawn
from programme.services import findings
from tests.factories.funding import recorded_voucher
from tests.factories.programme import UserFactory

TEXT = "Auf der Rechnung fehlt der Leistungszeitraum."


@pytest.fixture
def auditor(db):
    return UserFactory.create(roles=[Role.AUDITOR])


def entry(**changes):
    fields = {"kind": "line", "number": 2, "text": TEXT, "amount_eur": Decimal("120.50")}
    return FindingEntry(**fields | {"follow_up_on": date(2017, 8, 1)} | changes)


def recorded(plan, by, **changes):
    return findings.record(programme=plan.programme, entry=entry(**changes), by=by)


def sentences():
    rows = AuditEntry.objects.filter(verb__startswith="finding.").order_by("pk")
    return list(rows.values_list("verb", "sentence"))


def test_a_finding_goes_from_the_auditor_to_finance_and_back(plan, auditor, clerk):
    finding = recorded(plan, auditor)
    findings.answer(finding=finding, seen_revision=1, text=" Ergänzt. ", by=clerk)

    closed = findings.close(finding=finding, seen_revision=2, by=auditor)

    closed.refresh_from_db()
    assert (closed.number, closed.state, closed.revision) == (1, FindingState.CLOSED, 3)
    assert (closed.answer, closed.answered_by, closed.found_by) == ("Ergänzt.", clerk, auditor)
    assert sentences() == [
        (
            "finding.recorded",
            "Feststellung 1 zu Einzelansatz 2: Reisekosten erfasst; beanstandet sind 120,50 EUR.",
        ),
        ("finding.answered", "Feststellung 1 zu Einzelansatz 2: Reisekosten beantwortet."),
        (
            "finding.closed",
            "Feststellung 1 zu Einzelansatz 2: Reisekosten als erledigt geschlossen.",
        ),
    ]


def test_a_voucher_is_named_by_its_number(plan, auditor):
    voucher = recorded_voucher(plan=plan)

    finding = recorded(plan, auditor, kind="voucher", number=voucher.number, amount_eur=None)

    assert (finding.subject_key, finding.subject_title) == ("voucher:1", "Beleg 1")


def test_no_more_is_objected_to_than_the_voucher_is_about(plan, auditor):
    gross = recorded_voucher(plan=plan).gross_eur
    about = {"kind": "voucher", "number": 1}

    with pytest.raises(RuleBroken, match=r"lautet über 1\.000,00 EUR brutto") as refused:
        recorded(plan, auditor, amount_eur=gross + Decimal("0.01"), **about)
    finding = recorded(plan, auditor, amount_eur=gross, **about)
    with pytest.raises(RuleBroken, match="höchstens diesen Betrag"):
        findings.correct(
            finding=finding,
            seen_revision=1,
            entry=entry(amount_eur=gross * 2, **about),
            by=auditor,
        )

    assert refused.value.field == "amount_eur"
    assert AuditFinding.objects.get().amount_eur == gross


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": 99}, "number"), ({"kind": "proof"}, "number"), ({"text": "  "}, "text")],
)
def test_what_does_not_exist_or_says_nothing_is_refused(plan, auditor, changes, field):
    with pytest.raises(RuleBroken) as refused:
        recorded(plan, auditor, **changes)

    assert refused.value.field == field
    assert not AuditFinding.objects.exists()


def test_nobody_answers_the_own_finding(plan):
    both = UserFactory.create(roles=[Role.AUDITOR, Role.FINANCE])
    finding = recorded(plan, both)

    with pytest.raises(RuleBroken, match="beantwortet eine andere Person"):
        findings.answer(finding=finding, seen_revision=1, text="Ist gut.", by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditFinding.objects.update(answered_by=both)


def test_only_an_answer_of_another_person_closes_a_finding(plan, auditor):
    both = UserFactory.create(roles=[Role.AUDITOR, Role.FINANCE])
    finding = recorded(plan, auditor)

    with pytest.raises(RuleBroken, match="ist offen, nicht beantwortet"):
        findings.close(finding=finding, seen_revision=1, by=auditor)
    findings.answer(finding=finding, seen_revision=1, text="Ergänzt.", by=both)
    with pytest.raises(RuleBroken, match="Die eigene Antwort"):
        findings.close(finding=finding, seen_revision=2, by=both)


def test_a_changed_finding_waits_for_a_new_answer(plan, auditor, clerk):
    finding = recorded(plan, auditor)
    findings.answer(finding=finding, seen_revision=1, text="Ergänzt.", by=clerk)

    changed = findings.correct(
        finding=finding, seen_revision=2, entry=entry(text="Es fehlt noch."), by=auditor
    )

    assert (changed.state, changed.text, changed.answer) == ("open", "Es fehlt noch.", "Ergänzt.")
    last = AuditEntry.objects.get(verb="finding.corrected")
    assert last.changes == {"text": [TEXT, "Es fehlt noch."]}


def test_a_closed_finding_stays_as_it_is(plan, auditor, clerk):
    finding = recorded(plan, auditor)
    findings.answer(finding=finding, seen_revision=1, text="Ergänzt.", by=clerk)
    findings.close(finding=finding, seen_revision=2, by=auditor)

    with pytest.raises(RuleBroken, match="ist erledigt"):
        findings.correct(finding=finding, seen_revision=3, entry=entry(), by=auditor)
    with pytest.raises(RuleBroken, match="ist erledigt"):
        findings.answer(finding=finding, seen_revision=3, text="Noch etwas.", by=clerk)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(plan, auditor, clerk):
    finding = recorded(plan, auditor)
    findings.correct(finding=finding, seen_revision=1, entry=entry(text="Neu."), by=auditor)

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        findings.answer(finding=finding, seen_revision=1, text="Ergänzt.", by=clerk)


def test_an_empty_answer_is_refused(plan, auditor, clerk):
    finding = recorded(plan, auditor)

    with pytest.raises(RuleBroken) as refused:
        findings.answer(finding=finding, seen_revision=1, text=" ", by=clerk)

    assert refused.value.field == "text"


def test_the_same_seed_draws_the_same_vouchers():
    numbers = range(1, 1001)

    first, second = (drawn(numbers, seed=2017, size=5) for _ in range(2))

    assert first == second == tuple(sorted(first))
    assert first != drawn(numbers, seed=2018, size=5)
    assert drawn([3, 1, 2], seed=1, size=9) == (1, 2, 3)
