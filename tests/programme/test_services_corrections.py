"""Corrections of approved vouchers: counter-entry and new voucher, to the cent, four eyes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher, VoucherShare
from programme.queries import funding
from programme.services import approvals, corrections, vouchers
from tests.factories.funding import entry, funded_plan, new_file, recorded_voucher
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
WHY = "Zahlendreher im Betrag"


@pytest.fixture
def plan(programme):
    return funded_plan(programme=programme)


@pytest.fixture
def ada():
    return UserFactory.create(roles=[Role.FINANCE])


@pytest.fixture
def ben():
    return UserFactory.create(roles=[Role.FINANCE])


@pytest.fixture
def approved(plan, ada, ben):
    """Beleg 2 over 333.33 EUR, approved; Beleg 1 leaves an odd cent before it."""
    recorded_voucher(plan=plan, by=ada, invoice_number="RE-1", gross_eur=Decimal("0.01"))
    voucher = recorded_voucher(
        plan=plan, by=ada, files=(new_file(b"%PDF-1.7 a %%EOF"),), gross_eur=Decimal("333.33")
    )
    return approvals.approve(voucher=voucher, seen_version=1, by=ben)


def shares(voucher):
    return list(voucher.shares.order_by("source__position").values_list("amount_eur", flat=True))


def sums():
    """Return what counts by source and in all, in EUR."""
    counting = VoucherShare.objects.exclude(voucher__status="rejected")
    by_source = {}
    for key, amount in counting.values_list("source__key", "amount_eur"):
        by_source[key] = by_source.get(key, 0) + amount
    return by_source, sum(by_source.values())


def take_back(voucher, by, **changes):
    plan = voucher.line.plan
    made = entry(plan=plan, gross_eur=Decimal("333.30")) if changes.get("anew", True) else None
    return corrections.correct_approved(voucher=voucher, entry=made, reason=WHY, by=by)


def test_a_correction_books_the_opposite_and_the_right_amount(approved, ada):
    before = shares(approved)

    counter, successor = take_back(approved, ada)

    approved.refresh_from_db()
    assert (approved.status, approved.gross_eur) == ("approved", Decimal("333.33"))
    assert shares(counter) == [-part for part in before]
    assert (counter.number, counter.gross_eur, counter.status) == (
        3,
        Decimal("-333.33"),
        "recorded",
    )
    assert (counter.corrects, counter.replaces, counter.correction_reason) == (
        approved,
        None,
        WHY,
    )
    assert (counter.paid_on, counter.line) == (approved.paid_on, approved.line)
    assert (successor.number, successor.gross_eur, successor.status) == (
        4,
        Decimal("333.30"),
        "recorded",
    )
    assert (successor.corrects, successor.replaces) == (None, approved)
    assert sum(shares(successor)) == Decimal("333.30")
    assert sums()[1] == Decimal("333.31")


def test_taking_back_alone_leaves_what_was_before(approved, ada):
    first = Voucher.objects.get(number=1)

    counter, successor = take_back(approved, ada, anew=False)

    assert successor is None
    assert sum(shares(counter)) == Decimal("-333.33")
    assert sums() == ({"land": shares(first)[0], "amif": shares(first)[1]}, Decimal("0.01"))


def test_files_lie_with_all_three_and_are_stored_once(approved, ada):
    counter, successor = take_back(approved, ada)

    stored = {row.file.name for each in (approved, counter, successor) for row in each.files.all()}
    assert [each.files.count() for each in (approved, counter, successor)] == [1, 1, 1]
    assert len(stored) == 1


def test_a_receipt_lies_with_all_three_as_both_papers(plan, ada, ben):
    receipt = (new_file(), new_file(kind="proof_of_payment"))
    voucher = recorded_voucher(plan=plan, by=ada, files=receipt)
    approvals.approve(voucher=voucher, seen_version=1, by=ben)

    counter, successor = corrections.correct_approved(
        voucher=voucher,
        entry=entry(plan=plan, gross_eur=Decimal("333.30")),
        files=[new_file()],
        reason=WHY,
        by=ada,
        confirmed=True,
    )

    for row in (counter, successor):
        assert sorted(row.files.values_list("kind", flat=True)) == ["invoice", "proof_of_payment"]


def test_the_logbook_tells_it_at_all_three(approved, ada):
    counter, successor = take_back(approved, ada)

    def told(voucher):
        rows = AuditEntry.objects.filter(subject_id=str(voucher.pk)).order_by("pk")
        return rows.values_list("sentence", flat=True)

    name = "an Beratung Müßig & Söhne GmbH über"
    assert told(approved).last() == (
        f"Beleg 2 {name} 333,33 EUR mit Beleg 3 zurückgenommen und durch Beleg 4 ersetzt: {WHY}"
    )
    assert (
        told(counter)
        .get()
        .startswith(
            f"Beleg 3 {name} −333,33 EUR als Gegenbuchung zu Beleg 2 erfasst und sachlich geprüft; "
        )
    )
    assert told(successor).get().startswith(f"Beleg 4 {name} 333,30 EUR erfasst")


def test_both_need_another_person_and_the_counter_entry_comes_first(approved, ada, ben):
    counter, successor = take_back(approved, ada)

    for voucher in (counter, successor):
        with pytest.raises(RuleBroken, match="Regel F28"):
            approvals.approve(voucher=voucher, seen_version=1, by=ada)
    with pytest.raises(RuleBroken, match="zuerst die Gegenbuchung, Beleg 3"):
        approvals.approve(voucher=successor, seen_version=1, by=ben)
    both = {counter.number: 1, successor.number: 1}
    approvals.approve_several(programme=approved.programme, seen_versions=both, by=ben)

    overview = funding.overview(programme=approved.programme, as_of=approved.programme.ends_on)
    assert overview.actual_eur == Decimal("333.30")
    assert overview.lines_actual_eur == Decimal("333.30")


def test_the_database_refuses_the_second_check_by_the_same_person(approved, ada):
    counter, successor = take_back(approved, ada)

    for voucher in (counter, successor):
        with pytest.raises(IntegrityError, match="voucher_four_eyes"), transaction.atomic():
            Voucher.objects.filter(pk=voucher.pk).update(status="approved", arithmetic_check_by=ada)


def test_a_correction_is_rejected_from_its_end(approved, ada, ben):
    counter, successor = take_back(approved, ada)

    with pytest.raises(RuleBroken, match="zuerst Beleg 4 zurück"):
        approvals.reject(voucher=counter, seen_version=1, reason="falsch", by=ben)
    approvals.reject(voucher=successor, seen_version=1, reason="falsch", by=ben)
    approvals.reject(voucher=counter, seen_version=1, reason="falsch", by=ben)

    assert sums()[1] == Decimal("333.34")
    again = take_back(approved, ada)
    assert (again.counter.number, again.successor.number) == (5, 6)


def test_what_replaces_nothing_any_more_is_not_approved(approved, ada, ben):
    counter, successor = take_back(approved, ada)
    approvals.reject(voucher=successor, seen_version=1, reason="falsch", by=ben)
    approvals.reject(voucher=counter, seen_version=1, reason="falsch", by=ben)
    # No form leads here any more; should it happen all the same, the second person stops it.
    Voucher.objects.filter(pk=successor.pk).update(status="recorded", arithmetic_check_by=None)

    with pytest.raises(RuleBroken, match="Gegenbuchung zu Beleg 4 ist zurückgewiesen"):
        approvals.approve(voucher=successor, seen_version=2, by=ben)


def corrected(voucher, by):
    made = entry(plan=voucher.line.plan, gross_eur=Decimal("5.00"))
    return vouchers.correct(
        voucher=voucher, seen_version=2, entry=made, files=[], by=by, confirmed=True
    )


def test_a_rejected_replacement_is_corrected_while_the_counter_entry_stands(approved, ada, ben):
    _, successor = take_back(approved, ada)
    approvals.reject(voucher=successor, seen_version=1, reason="falsch", by=ben)

    corrected(successor, ada)

    assert sums()[1] == Decimal("5.01")


def test_a_rejected_replacement_stays_closed_once_its_place_is_gone_or_taken(approved, ada, ben):
    counter, successor = take_back(approved, ada)
    approvals.reject(voucher=successor, seen_version=1, reason="falsch", by=ben)
    approvals.reject(voucher=counter, seen_version=1, reason="falsch", by=ben)

    with pytest.raises(RuleBroken, match="Gegenbuchung zu Beleg 4 ist zurückgewiesen"):
        corrected(successor, ada)
    take_back(approved, ada)
    with pytest.raises(RuleBroken, match="steht jetzt Beleg 6"):
        corrected(successor, ada)


def test_a_voucher_is_taken_back_once(approved, ada, ben):
    take_back(approved, ada)

    with pytest.raises(RuleBroken, match="schon berichtigt; die Gegenbuchung ist Beleg 3"):
        take_back(approved, ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(number=1).update(corrects=approved)


def test_counter_entries_are_neither_corrected_nor_edited(approved, ada, ben):
    counter, _ = take_back(approved, ada, anew=False)

    with pytest.raises(RuleBroken, match="wird nicht geändert"):
        vouchers.correct(
            voucher=counter, seen_version=1, entry=entry(plan=counter.line.plan), files=[], by=ada
        )
    approvals.approve(voucher=counter, seen_version=1, by=ben)
    with pytest.raises(RuleBroken, match="ist eine Gegenbuchung"):
        take_back(counter, ada)


def test_only_approved_vouchers_are_corrected_and_only_with_a_reason(approved, ada):
    with pytest.raises(RuleBroken, match="Beleg 1 ist nicht geprüft"):
        take_back(Voucher.objects.get(number=1), ada)
    with pytest.raises(RuleBroken, match="Bitte begründen") as broken:
        corrections.correct_approved(voucher=approved, entry=None, reason=" ", by=ada)
    assert broken.value.field == "correction_reason"


def test_nothing_stays_of_a_correction_whose_new_voucher_is_refused(approved, ada):
    late = replace(entry(plan=approved.line.plan), gross_eur=Decimal("999999.00"))

    with pytest.raises(RuleBroken):
        corrections.correct_approved(
            voucher=approved, entry=late, reason=WHY, by=ada, confirmed=True
        )

    assert Voucher.objects.count() == 2
    assert sums()[1] == Decimal("333.34")


def test_the_new_voucher_is_no_duplicate_of_the_one_taken_back(approved, ada):
    successor = take_back(approved, ada).successor
    assert successor.invoice_number == approved.invoice_number

    with pytest.raises(RuleBroken, match="Beleg 4"):
        vouchers.record(
            programme=approved.programme, entry=entry(plan=approved.line.plan), files=[], by=ada
        )


def test_tax_and_eligible_amount_are_taken_back_too(plan, ada, ben):
    voucher = recorded_voucher(
        plan=plan, by=ada, net_eur=Decimal("840.34"), vat_eur=Decimal("159.66")
    )
    approvals.approve(voucher=voucher, seen_version=1, by=ben)
    voucher.refresh_from_db()

    counter, _ = take_back(voucher, ada, anew=False)

    assert (counter.net_eur, counter.vat_eur) == (Decimal("-840.34"), Decimal("-159.66"))
    assert counter.eligible_eur == -voucher.eligible_eur
