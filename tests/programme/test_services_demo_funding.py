"""The sample vouchers: plausible, cent-exact, gone again without a trace."""

from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from network.services import master_data as network_master_data
from programme.models import (
    AuditFinding,
    AuditSample,
    Contract,
    FinancingPlan,
    FundingDocument,
    GrantNotice,
    PeriodLock,
    ProofCheck,
    ProofOfUse,
    SiteCheck,
    User,
    Voucher,
    VoucherFile,
)
from programme.queries import funding
from programme.queries.contracts import judged_contracts
from programme.queries.plans import comparison
from programme.services import (
    demo_data,
    demo_drawdowns,
    demo_funding,
    demo_inspections,
    demo_proofs,
    master_data,
)


@pytest.fixture
def loaded(db):
    programme = master_data.load()
    people = demo_data.load_people(programme=programme)
    demo_funding.load(programme=programme, people=people)
    return programme, people


def test_the_sample_is_plausible_and_leaves_both_something_to_check(loaded):
    programme, people = loaded
    overview = funding.overview(programme=programme, as_of=programme.ends_on)

    waiting = Voucher.objects.filter(status="recorded")
    assert overview.lines_planned_eur == overview.planned_eur == Decimal("212000.00")
    assert overview.actual_eur + overview.waiting_eur == Decimal("205232.62")
    assert overview.actual_eur == overview.lines_actual_eur
    assert all(line.remaining_eur >= 0 for line in overview.lines)
    assert Voucher.objects.filter(status="rejected").count() == 1
    assert {voucher.factual_check_by for voucher in waiting} == {
        people["finanzen@example.org"],
        people["finanzen2@example.org"],
    }
    assert all(
        voucher.arithmetic_check_at.date() > voucher.paid_on
        for voucher in Voucher.objects.filter(status="approved")
    )


def test_notices_plan_and_contract_are_there_as_their_days_would_have_seen_them(loaded):
    programme, _ = loaded
    first, second = FinancingPlan.objects.order_by("version")
    contract = Contract.objects.get()

    changes = [row.change_eur for row in comparison(first, second).lines]
    assert (first.approved_on, second.approved_on) == (date(2015, 10, 1), date(2016, 5, 30))
    assert changes == [Decimal("-1200.00"), Decimal("1200.00"), 0, 0, 0]
    assert {plan.proposed_by_id == plan.approved_by_id for plan in (first, second)} == {False}
    assert sorted(notice.reference for notice in GrantNotice.objects.all()) == [
        "BEISPIEL-AMIF-2015-01",
        "BEISPIEL-LAND-2015-01",
    ]
    assert all(
        source.is_approximate and "Projektseite" in source.basis
        for source in programme.sources.all()
    )
    assert judged_contracts(programme=programme)[0].finding is None
    assert contract.vouchers.filter(line__plan=first).exists()
    assert contract.vouchers.filter(line__plan=second).exists()


def test_loading_again_changes_nothing(loaded):
    programme, people = loaded
    before = Voucher.objects.count()

    demo_funding.load(programme=programme, people=people)

    assert Voucher.objects.count() == before


def test_every_sample_file_is_a_readable_pdf(loaded):
    file = VoucherFile.objects.first()

    with file.file.open("rb") as stored, pikepdf.open(stored) as pdf:
        assert len(pdf.pages) == 1
        text = pdf.pages[0].Contents.read_bytes()
    assert "erfunden".encode("cp1252") in text


def test_removing_leaves_nothing(loaded, django_capture_on_commit_callbacks):
    programme, _ = loaded
    file = VoucherFile.objects.first()
    storage, name = file.file.storage, file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        demo_funding.remove(programme=programme)

    assert not Voucher.objects.exists()
    assert not FinancingPlan.objects.exists()
    assert not FundingDocument.objects.exists()
    assert not GrantNotice.objects.exists()
    assert not storage.exists(name)


def test_all_proofs_but_the_last_were_submitted_within_their_month(loaded):
    programme, people = loaded
    demo_drawdowns.load(programme=programme, people=people)

    for _ in range(2):
        demo_proofs.load(programme=programme, people=people)

    sent = ProofOfUse.objects.order_by("number")
    assert [(proof.number, proof.status) for proof in sent] == [
        (1, "submitted"),
        (2, "submitted"),
        (3, "submitted"),
        (2015, "submitted"),
        (2016, "submitted"),
    ]
    assert [(lock.starts_on, lock.total_eur > 0) for lock in PeriodLock.objects.all()] == [
        (date(2015, 10, 1), True),
        (date(2016, 1, 1), True),
    ]
    late = Voucher.objects.get(is_credit_note=True)
    assert (late.gross_eur, late.status, late.credits.paid_on) == (
        Decimal("-126.00"),
        "approved",
        date(2016, 5, 6),
    )
    assert [(proof.number, len(proof.figures["since_lock"])) for proof in sent] == [
        (1, 0),
        (2, 0),
        (3, 1),
        (2015, 0),
        (2016, 1),
    ]
    assert all(proof.submitted_on <= proof.due_on for proof in sent)
    assert all(proof.checked_by_id != proof.submitted_by_id for proof in sent)
    checks = ProofCheck.objects.order_by("issued_on")
    assert [(str(check), bool(check.confirmed_by)) for check in checks] == [
        ("Prüfbescheid BEISPIEL-LAND-2017-04 vom 12.06.2017", True),
        ("Prüfbescheid BEISPIEL-AMIF-2017-02 vom 22.06.2017", False),
    ]
    assert all(check.recognised_eur > 0 for check in checks)
    told = [text.text for proof in sent for text in proof.texts.all()]
    assert len(told) == len(set(told)) == 30
    demo_proofs.remove(programme=programme)
    assert (ProofOfUse.objects.count(), ProofCheck.objects.count()) == (0, 0)


def test_what_was_paid_for_a_meeting_leads_to_it(loaded):
    programme, _ = loaded
    network_master_data.load(programme=programme)
    demo_funding.remove(programme=programme)

    demo_funding.load(programme=programme, people={user.email: user for user in User.objects.all()})

    named = Voucher.objects.exclude(occasion_key="")
    assert {row.occasion_title for row in named} == {
        "2. Landesnetzwerktreffen (16.09.2016)",
        "Abschlussveranstaltung (Juni 2017)",
    }
    assert named.count() == 6


def test_the_audit_finds_a_check_with_its_report_a_sample_and_two_findings(loaded):
    programme, people = loaded

    for _ in range(2):
        demo_inspections.load(programme=programme, people=people)

    check = SiteCheck.objects.get()
    findings = AuditFinding.objects.order_by("number")
    assert check.report.name == "Prüfbericht Juli 2017.pdf"
    assert [bool(row.answer) for row in findings] == [True, False]
    assert str(AuditSample.objects.get()) == "Stichprobe vom 11.07.2017"
    demo_inspections.remove(programme=programme)
    assert not SiteCheck.objects.exists()
    assert not FundingDocument.objects.filter(title__startswith="Prüfbericht").exists()
