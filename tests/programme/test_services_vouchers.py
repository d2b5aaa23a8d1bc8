"""Recording and correcting vouchers: rules, split, files, logbook."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import VoucherFileKind, VoucherStatus
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher, VoucherFile, VoucherShare
from programme.services import approvals, vouchers
from tests.factories.funding import PDF, entry, new_file, recorded_voucher
from tests.factories.programme import BudgetLineFactory


def parts(voucher):
    return [share.amount_eur for share in voucher.shares.all()]


def record(plan, clerk, *, confirmed=False, files=(), **changes):
    return vouchers.record(
        programme=plan.programme,
        entry=entry(plan=plan, **changes),
        files=files,
        by=clerk,
        confirmed=confirmed,
    )


def test_a_voucher_is_recorded_split_and_logged(plan, clerk):
    voucher = record(plan, clerk, files=[new_file(), new_file()])

    assert (voucher.number, voucher.status, voucher.version) == (1, VoucherStatus.RECORDED, 1)
    assert (voucher.factual_check_by, voucher.arithmetic_check_by) == (clerk, None)
    assert parts(voucher) == [Decimal("528.30"), Decimal("471.70")]
    assert voucher.files.get().name == "Rechnung.pdf"
    assert AuditEntry.objects.get(verb="voucher.recorded").sentence == (
        "Beleg 1 an Beratung Müßig & Söhne GmbH über 1.000,00 EUR erfasst und sachlich geprüft; "
        "Land Hessen 528,30 EUR, AMIF 471,70 EUR."
    )


def test_numbers_count_up_and_the_next_voucher_makes_the_rounding_good(plan, clerk):
    for number in range(1, 4):
        record(plan, clerk, invoice_number=f"A{number}", gross_eur=Decimal("0.01"), confirmed=True)

    assert list(Voucher.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert [parts(voucher) for voucher in Voucher.objects.all()] == [
        [Decimal("0.01"), Decimal("0.00")],
        [Decimal("0.00"), Decimal("0.01")],
        [Decimal("0.01"), Decimal("0.00")],
    ]


def test_a_payee_like_a_formula_and_a_leap_day_are_kept_as_they_are(plan, clerk):
    leap_day = date(2016, 2, 29)

    voucher = record(plan, clerk, payee="=SUMME(A1:A9)", invoiced_on=leap_day, paid_on=leap_day)

    voucher.refresh_from_db()
    assert (voucher.payee, voucher.invoiced_on) == ("=SUMME(A1:A9)", leap_day)


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"invoiced_on": date(2015, 9, 30)}, "invoiced_on", "Regel F05"),
        (
            {"invoiced_on": date(2017, 7, 1), "paid_on": date(2017, 7, 1)},
            "invoiced_on",
            "Regel F05",
        ),
        ({"paid_on": date(2999, 1, 1)}, "paid_on", "Regel H01"),
        ({"payee": "  "}, "payee", "Regel F17"),
        ({"reason": ""}, "reason", "Regel F17"),
        ({"gross_eur": Decimal("212000.01")}, "gross_eur", "Regel F08"),
    ],
)
def test_what_a_rule_blocks_stays_out_even_if_confirmed(plan, clerk, changes, field, rule):
    with pytest.raises(RuleBroken, match=rule) as refused:
        record(plan, clerk, confirmed=True, **changes)

    assert refused.value.field == field
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"invoice_number": "re-2016-7", "gross_eur": Decimal("5.00")}, "Regel F18"),
        ({"invoice_number": "RE -2016- 7", "gross_eur": Decimal("5.00")}, "Regel F18"),
        ({"invoice_number": "ganz anders", "payee": "beratung müßig & söhne gmbh"}, "Regel F18"),
        ({"invoice_number": "X", "payee": "Y", "paid_on": date(2016, 5, 1)}, "Regel H02"),
    ],
)
def test_what_a_rule_warns_of_needs_a_confirmation(plan, clerk, changes, text):
    recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match=text) as refused:
        record(plan, clerk, **changes)
    voucher = record(plan, clerk, confirmed=True, **changes)

    assert refused.value.field == "confirmed"
    assert voucher.number == 2


def test_a_file_that_lies_at_another_voucher_is_asked_about(plan, clerk):
    recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match=r"„Rechnung.pdf“ liegt schon bei Beleg 1"):
        record(plan, clerk, payee="Anders", invoice_number="9", files=[new_file()])


def test_a_line_over_its_plan_and_tolerance_is_asked_about(plan, clerk, programme):
    land = programme.sources.get(key="land")
    land.parameters.create(
        key="line_tolerance", value="0.20", unit="Anteil", valid_from=date(2015, 1, 1), basis="x"
    )
    travel = plan.lines.get(position=2)

    record(plan, clerk, line=travel, gross_eur=Decimal("14400.00"))
    with pytest.raises(RuleBroken, match=r"Regel F07: .* um 0,01 EUR"):
        record(plan, clerk, line=travel, gross_eur=Decimal("0.01"), invoice_number="2")


def test_a_line_of_another_plan_is_refused(plan, clerk):
    with pytest.raises(RuleBroken, match="gültigen Plans"):
        record(plan, clerk, line=BudgetLineFactory())


def test_without_an_approved_plan_nothing_is_recorded(programme, clerk):
    line = BudgetLineFactory(plan__programme=programme, position=1)

    with pytest.raises(RuleBroken, match="keinen genehmigten Finanzierungsplan"):
        vouchers.record(
            programme=programme,
            entry=entry(plan=line.plan, line=line),
            files=[],
            by=clerk,
        )


def test_rejected_vouchers_no_longer_count_for_the_split(plan, clerk):
    first = recorded_voucher(plan=plan, gross_eur=Decimal("212000.00"))
    approvals.reject(voucher=first, seen_version=1, reason="Doppelt", by=clerk)

    second = record(plan, clerk, gross_eur=Decimal("212000.00"))

    assert parts(second) == [Decimal("112000.00"), Decimal("100000.00")]


def test_a_correction_splits_anew_and_waits_again(plan, clerk):
    voucher = recorded_voucher(plan=plan)
    changed = entry(plan=plan, gross_eur=Decimal("212.00"), payee="Bücherstube")

    vouchers.correct(
        voucher=voucher,
        seen_version=1,
        entry=changed,
        files=[new_file(), new_file(b"%PDF-1.7 neu %%EOF", kind=VoucherFileKind.PROOF_OF_PAYMENT)],
        by=clerk,
    )

    voucher.refresh_from_db()
    assert (voucher.payee, voucher.version, voucher.factual_check_by) == ("Bücherstube", 2, clerk)
    assert parts(voucher) == [Decimal("112.00"), Decimal("100.00")]
    assert voucher.files.count() == 2
    logged = AuditEntry.objects.get(verb="voucher.corrected")
    assert logged.changes["gross_eur"] == ["1000.00", "212.00"]
    assert set(logged.changes) == {"gross_eur", "payee"}


def test_a_rejected_voucher_can_be_corrected_an_approved_one_cannot(plan, clerk):
    rejected, approved = recorded_voucher(plan=plan), recorded_voucher(plan=plan)
    approvals.reject(voucher=rejected, seen_version=1, reason="Falsche Zahl", by=clerk)
    approvals.approve(voucher=approved, seen_version=1, by=clerk)

    vouchers.correct(
        voucher=rejected, seen_version=2, entry=entry(plan=plan), files=[], by=clerk, confirmed=True
    )
    with pytest.raises(RuleBroken, match="bereits geprüft"):
        vouchers.correct(
            voucher=approved, seen_version=2, entry=entry(plan=plan), files=[], by=clerk
        )

    rejected.refresh_from_db()
    assert (rejected.status, rejected.rejection_reason) == (VoucherStatus.RECORDED, "")
    assert rejected.arithmetic_check_by is None


def test_a_correction_of_a_version_not_seen_is_refused(plan, clerk):
    voucher = recorded_voucher(plan=plan)

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        vouchers.correct(
            voucher=voucher, seen_version=9, entry=entry(plan=plan), files=[], by=clerk
        )


def test_a_file_is_stored_under_its_checksum_and_readable(plan):
    voucher = recorded_voucher(plan=plan, files=(new_file(name="../Größe «1».PDF.exe"),))

    file = VoucherFile.objects.get(voucher=voucher)
    assert file.name == "Größe «1».pdf"
    assert file.sha256[:32] in file.file.name
    with file.file.open("rb") as stored:
        assert stored.read() == PDF


def test_shares_remember_what_their_rounding_was_made_from(plan, clerk):
    recorded_voucher(plan=plan)
    record(plan, clerk, payee="Anders", invoice_number="2")

    second = VoucherShare.objects.filter(voucher__number=2).values_list(
        "before_eur", "total_before_eur", "ratio_numerator", "ratio_denominator"
    )
    assert list(second) == [
        (Decimal("528.30"), Decimal("1000.00"), 11_200_000, 21_200_000),
        (Decimal("471.70"), Decimal("1000.00"), 10_000_000, 21_200_000),
    ]


def test_another_invoice_of_the_same_payee_raises_no_question(plan, clerk):
    recorded_voucher(plan=plan)

    voucher = record(
        plan, clerk, invoice_number="RE-2016-8", invoiced_on=date(2016, 3, 2), gross_eur=Decimal(5)
    )

    assert voucher.number == 2
