"""Credit notes: vouchers below zero that never take more back than was paid."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher
from programme.queries import funding
from programme.queries.half_years import figures, vouchers_in
from programme.queries.vouchers import spent_by_source
from programme.rules.half_years import half_years_of
from programme.rules.split import Pot, explained, split
from programme.services import approvals, corrections, vouchers
from tests.factories.funding import entry, recorded_voucher
from tests.factories.programme import UserFactory

D = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def checker(db):
    return UserFactory.create(roles=[Role.FINANCE])


@pytest.fixture
def paid(plan, clerk, checker):
    voucher = recorded_voucher(plan=plan, by=clerk)
    return approvals.approve(voucher=voucher, seen_version=1, by=checker)


def credited(plan, by, gross_eur, voucher=None, **changes):
    fields = {"invoice_number": f"GS{gross_eur}", "gross_eur": D(gross_eur), "is_credit_note": True}
    made = entry(plan=plan, credits=voucher, **fields | changes)
    return vouchers.record(programme=plan.programme, entry=made, files=[], by=by, confirmed=True)


def test_a_credit_note_goes_back_to_the_sources_by_the_same_rule(plan, clerk, checker, paid):
    note = credited(plan, clerk, "-100.01", paid)
    approvals.approve(voucher=note, seen_version=1, by=checker)

    shares = {row.source.key: row.amount_eur for row in note.shares.select_related("source")}
    assert shares == {"land": D("-52.83"), "amif": D("-47.18")}
    assert sorted(spent_by_source(programme=plan.programme).values()) == [
        D("424.52"),
        D("475.47"),
    ]
    overview = funding.overview(programme=plan.programme, as_of=date(2017, 6, 30))
    assert (overview.actual_eur, overview.lines_actual_eur) == (D("899.99"),) * 2
    spring = half_years_of(plan.programme)[1]
    found = figures(vouchers_in(programme=plan.programme, half=spring))
    assert found["total"] == "899.99"
    written = AuditEntry.objects.filter(subject_id=str(note.pk)).order_by("pk").first()
    assert "über −100,01 EUR erfasst" in written.sentence


@pytest.mark.parametrize("amount", ["-1000.01", "-2000.00"])
def test_a_voucher_never_falls_below_zero(plan, clerk, paid, amount):
    with pytest.raises(RuleBroken, match=r"noch 1\.000,00 EUR übrig") as refused:
        credited(plan, clerk, amount, paid)

    assert refused.value.field == "gross_eur"


def test_several_credit_notes_together_never_take_more_than_there_is(plan, clerk, checker, paid):
    first = credited(plan, clerk, "-600.00", paid)
    credited(plan, clerk, "-400.00", paid)

    with pytest.raises(RuleBroken, match=r"noch 0,00 EUR übrig"):
        credited(plan, clerk, "-0.01", paid)
    approvals.reject(voucher=first, seen_version=1, reason="Doppelt", by=checker)
    assert credited(plan, clerk, "-0.02", paid).credits == paid


def test_a_credit_note_without_a_voucher_takes_no_more_than_was_paid(plan, clerk, paid):
    with pytest.raises(RuleBroken, match=r"bisher ausgegeben ist: 1\.000,00 EUR"):
        credited(plan, clerk, "-1000.01")

    assert credited(plan, clerk, "-1000.00").gross_eur == D("-1000.00")


def test_a_credit_note_lowers_only_a_checked_payment_of_its_line(plan, clerk, checker, paid):
    waiting = recorded_voucher(plan=plan, by=clerk, invoice_number="RE-8")
    note = credited(plan, clerk, "-10.00", paid)

    with pytest.raises(RuleBroken, match="noch nicht geprüft"):
        credited(plan, clerk, "-1.00", waiting)
    with pytest.raises(RuleBroken, match="selbst keine Zahlung"):
        credited(plan, clerk, "-1.00", note)
    with pytest.raises(RuleBroken, match="anderen Einzelansatz"):
        credited(plan, clerk, "-1.00", paid, line=plan.lines.get(position=2))


def test_below_zero_without_the_mark_and_above_zero_with_it_are_refused(plan, clerk, paid):
    with pytest.raises(RuleBroken, match="Ist der Beleg eine Gutschrift"):
        recorded_voucher(plan=plan, by=clerk, gross_eur=D("-1.00"))
    with pytest.raises(RuleBroken, match="mindert die Ausgaben"):
        credited(plan, clerk, "1.00", paid)
    with pytest.raises(RuleBroken, match="Nur eine Gutschrift"):
        recorded_voucher(plan=plan, by=clerk, credits=paid)


def test_a_voucher_with_credit_notes_is_taken_back_after_them(plan, clerk, checker, paid):
    note = credited(plan, clerk, "-100.00", paid)
    approvals.approve(voucher=note, seen_version=1, by=checker)

    with pytest.raises(RuleBroken, match=r"Gutschriften über 100,00 EUR"):
        corrections.correct_approved(voucher=paid, entry=None, reason="Falsch", by=clerk)
    back = corrections.correct_approved(voucher=note, entry=None, reason="Falsch", by=clerk)
    with pytest.raises(RuleBroken, match="Gutschriften"):
        corrections.correct_approved(voucher=paid, entry=None, reason="Falsch", by=clerk)
    approvals.approve(voucher=back.counter, seen_version=1, by=checker)
    corrections.correct_approved(voucher=paid, entry=None, reason="Falsch", by=clerk)

    assert list(Voucher.objects.order_by("number").values_list("gross_eur", flat=True)) == [
        D("1000.00"),
        D("-100.00"),
        D("100.00"),
        D("-1000.00"),
    ]


def test_what_was_paid_and_all_of_it_given_back_leaves_nothing():
    spent = {"land": D(0), "amif": D(0)}
    for amount in ("0.01", "333.33", "1000.01", "-0.01", "-1333.33", "-0.01"):
        pots = [
            Pot("land", "Land", D("112000"), D("112000"), spent["land"]),
            Pot("amif", "AMIF", D("100000"), D("100000"), spent["amif"]),
        ]
        shares = split(gross_eur=D(amount), pots=pots)
        assert sum(share.amount_eur for share in shares) == D(amount)
        assert explained(shares)
        for share in shares:
            spent[share.key] += share.amount_eur

    assert spent == {"land": D(0), "amif": D(0)}
