"""The chain behind a voucher: the proofs that hold it, as they were submitted."""

from datetime import date, time
from decimal import Decimal

import pytest

from programme import clock
from programme.enums import ProofKind, ProofStatus, Role
from programme.queries import audit_chain
from programme.services import approvals, corrections
from tests.factories.funding import entry, recorded_voucher
from tests.factories.programme import ProofFactory, UserFactory

APPROVED_ON = date(2016, 2, 29)


@pytest.fixture
def voucher(plan):
    """Paid on 29 February 2016, approved the same day at 23:30 in Hessen: 22:30 in UTC."""
    row = recorded_voucher(plan=plan, paid_on=APPROVED_ON)
    at = clock.at(APPROVED_ON, time(23, 30))
    return approvals.approve(voucher=row, seen_version=1, by=UserFactory(), at=at)


def submitted(voucher, *, on, until, kind=ProofKind.INTERIM, **changes):
    return ProofFactory(
        programme=voucher.programme,
        plan=voucher.line.plan,
        kind=kind,
        period_from=date(2016, 1, 1),
        period_to=until,
        checked_by=UserFactory(),
        submitted_by=UserFactory(),
        submitted_on=on,
        **{"status": ProofStatus.SUBMITTED} | changes,
    )


def test_the_proofs_of_its_period_and_the_final_one_hold_a_voucher(
    voucher, django_assert_num_queries
):
    interim = submitted(voucher, on=date(2016, 3, 1), until=APPROVED_ON)
    final = submitted(
        voucher,
        on=date(2017, 8, 31),
        until=date(2017, 6, 30),
        kind=ProofKind.FINAL,
        status=ProofStatus.REPLACED,
    )
    submitted(voucher, number=2, on=date(2016, 3, 1), until=date(2016, 2, 28))
    submitted(voucher, number=3, on=date(2016, 2, 28), until=APPROVED_ON)
    submitted(voucher, number=4, on=date(2016, 3, 1), until=APPROVED_ON, status=ProofStatus.DRAFT)

    with django_assert_num_queries(1):
        found = audit_chain._proofs_with(voucher)

    assert found == [interim, final]


@pytest.mark.parametrize(("number", "holds"), [("1", True), ("2", False)])
def test_on_the_day_itself_the_figures_of_the_proof_tell(voucher, number, holds):
    submitted(
        voucher, on=APPROVED_ON, until=APPROVED_ON, figures={"vouchers": [{"number": number}]}
    )

    assert bool(audit_chain.chain_of(voucher).proofs) is holds


def test_a_voucher_that_waits_for_the_second_person_is_in_no_proof(plan):
    row = recorded_voucher(plan=plan, paid_on=APPROVED_ON)
    submitted(row, on=date(2017, 8, 31), until=date(2017, 6, 30), kind=ProofKind.FINAL)

    assert audit_chain.chain_of(row).proofs == ()


def taken_back(voucher):
    """Return counter-entry and new voucher of one that is corrected, both approved."""
    made = entry(plan=voucher.line.plan, gross_eur=Decimal("999.90"))
    found = corrections.correct_approved(
        voucher=voucher, entry=made, reason="Zahlendreher", by=UserFactory(), confirmed=True
    )
    for row in found:
        approvals.approve(voucher=row, seen_version=1, by=UserFactory())
    return found


def test_a_chain_names_what_takes_back_what(voucher):
    counter, successor = taken_back(voucher)

    marks = [audit_chain.chain_of(row).family.mark for row in (voucher, counter, successor)]

    assert marks == [
        "zurückgenommen durch Beleg 2, ersetzt durch Beleg 3",
        "Gegenbuchung zu Beleg 1",
        "anstelle von Beleg 1",
    ]


def test_the_page_of_a_chain_leads_to_counter_entry_and_replacement(
    voucher, signed_in, django_assert_max_num_queries
):
    taken_back(voucher)
    auditor = signed_in(Role.AUDITOR)

    with django_assert_max_num_queries(12):
        first = auditor.get("/intern/pruefung/belege/1/").content.decode()
    counter = auditor.get("/intern/pruefung/belege/2/").content.decode()

    for number in (2, 3):
        assert f'<a class="kern-link" href="/intern/pruefung/belege/{number}/">' in first
    assert "zurückgenommen durch" in first
    assert "Dieser Beleg nimmt" in counter
    assert "Zahlendreher" in counter


def test_the_page_of_a_chain_names_credit_note_and_its_voucher(voucher, signed_in):
    note = recorded_voucher(
        plan=voucher.line.plan,
        gross_eur=Decimal("-100.00"),
        is_credit_note=True,
        credits=voucher,
    )
    auditor = signed_in(Role.AUDITOR)

    first = auditor.get("/intern/pruefung/belege/1/").content.decode()
    second = auditor.get(f"/intern/pruefung/belege/{note.number}/").content.decode()

    assert "Gutschriften dazu" in first
    assert 'href="/intern/pruefung/belege/2/">Beleg 2</a> über −100,00' in first
    assert "Gutschrift zu</dt>" in second
    assert 'href="/intern/pruefung/belege/1/">Beleg 1</a> über 1.000,00' in second
