"""The chain behind a voucher: the proofs that hold it, as they were submitted."""

from datetime import date, time

import pytest

from programme import clock
from programme.enums import ProofKind, ProofStatus
from programme.queries import audit_chain
from programme.services import approvals
from tests.factories.funding import recorded_voucher
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
