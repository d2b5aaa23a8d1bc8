"""What a credit note does to use-by, to the next drawdown and to the proof: whole results."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import Role
from programme.models import Voucher
from programme.queries import proofs as proof_queries
from programme.queries.drawdown_judgement import judged
from programme.queries.parameters import parameter_set
from programme.queries.use_by import source_uses
from programme.rules.drawdowns import Proposal, SourcePart
from programme.rules.funding.use_by import LateUse, Use
from programme.services import approvals, proofs, vouchers
from tests.factories.drawdowns import load_numbers, paid, received_drawdown
from tests.factories.funding import entry
from tests.factories.programme import UserFactory

D = Decimal
CAME_IN, PAID, CREDITED = date(2016, 5, 25), date(2016, 6, 1), date(2016, 6, 20)
NEXT, TWO_LATE = date(2016, 6, 28), date(2016, 11, 26)


@pytest.fixture
def credited(plan, clerk):
    """21,200 EUR came in, 10,600 were paid, 2,120 of them came back three weeks later."""
    load_numbers(programme=plan.programme)
    asked = {"requested_on": date(2016, 5, 20), "requested_eur": D("21200.00")}
    received_drawdown(plan=plan, on=CAME_IN, **asked)
    paid(plan=plan, on=PAID, gross_eur="10600.00")
    note = vouchers.record(
        programme=plan.programme,
        entry=entry(
            plan=plan,
            invoice_number="GS-1",
            invoiced_on=CREDITED,
            paid_on=CREDITED,
            gross_eur=D("-2120.00"),
            is_credit_note=True,
            credits=Voucher.objects.get(),
        ),
        files=[],
        by=clerk,
        confirmed=True,
    )
    approvals.approve(voucher=note, seen_version=1, by=UserFactory(roles=[Role.FINANCE]))
    return plan


def amif(plan, as_of):
    [found] = source_uses(
        programme=plan.programme,
        sources=[("amif", "AMIF")],
        numbers=parameter_set(programme=plan.programme),
        as_of=as_of,
    )
    return found


def test_money_that_came_back_waits_to_be_used_again(credited):
    before, after = amif(credited, date(2016, 6, 19)), amif(credited, NEXT)

    assert before.unused == (Use(CAME_IN, D("5000.00"), None),)
    assert after.drawn[0].amount_eur == D("10000.00")
    assert [row.amount_eur for row in after.paid] == [D("5000.00"), D("-1000.00")]
    assert after.unused == (Use(CAME_IN, D("6000.00"), None),)
    assert after.late == ()


def test_the_next_payment_uses_the_oldest_money_first_even_if_it_came_back(credited):
    days = amif(credited, NEXT).days
    paid(plan=credited, on=TWO_LATE, gross_eur="2120.00")

    found = amif(credited, TWO_LATE)

    over = (TWO_LATE - CAME_IN).days - days
    assert found.unused == (Use(CAME_IN, D("5000.00"), None),)
    assert found.late == (
        LateUse(CAME_IN, D("1000.00"), TWO_LATE, over),
        LateUse(CAME_IN, D("5000.00"), None, over),
    )
    assert (over, found.late_eur) == (2, D("6000.00"))


def test_the_next_drawdown_asks_for_no_more_than_was_spent_in_the_end(credited):
    found = judged(programme=credited.programme, requested_on=NEXT)

    assert found.proposal == Proposal(
        spent_eur=D("8480.00"),
        drawn_eur=D("21200.00"),
        forecast_eur=D("60713.62"),
        room_eur=D("148400.00"),
        next_on=date(2016, 12, 28),
    )
    assert found.proposal.amount_eur == D("8480.00") + D("60713.62") - D("21200.00")
    assert found.parts == (
        SourcePart("land", "Land Hessen", D("25355.12")),
        SourcePart("amif", "AMIF", D("22638.50")),
    )
    assert found.requested_eur == D("47993.62")


def test_the_proof_lists_payment_and_credit_note_and_sums_what_is_left(credited, clerk):
    proof = proofs.begin(programme=credited.programme, drawdown=None, by=clerk)

    figures = proof_queries.figures(proof, proof_queries.vouchers_of(proof))

    shown = [(row["number"], row["paid_on"], row["eligible"]) for row in figures.pop("vouchers")]
    assert shown == [("1", "01.06.2016", "10.600,00 EUR"), ("2", "20.06.2016", "−2.120,00 EUR")]
    assert figures == {
        "plan": 1,
        "period": ["2015-10-01", "2017-06-30"],
        "lines": [
            {
                "position": 1,
                "title": "Prozessbegleitung",
                "planned": "200000.00",
                "actual": "8480.00",
            },
            {"position": 2, "title": "Reisekosten", "planned": "12000.00", "actual": "0.00"},
        ],
        "sources": [
            {"name": "Land Hessen", "planned": "112000.00", "actual": "4480.00"},
            {"name": "AMIF", "planned": "100000.00", "actual": "4000.00"},
        ],
        "receipts": [
            {"name": "Land Hessen", "received_on": "25.05.2016", "amount": "11200.00"},
            {"name": "AMIF", "received_on": "25.05.2016", "amount": "10000.00"},
        ],
        "total": "8480.00",
        "since_lock": [],
    }
    assert proof_queries.live_figures(proof)["total"] == "8480.00"
