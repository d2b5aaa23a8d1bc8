"""F33: the file of the funding stays its years, is offered to the archive, and then goes whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from programme import clock
from programme.enums import FindingState, ProofStatus, Role
from programme.errors import RuleBroken
from programme.models import (
    ArchiveOffer,
    AuditEntry,
    DeletionReceipt,
    FinancingPlan,
    FundingDocument,
    FundingRelease,
    FundingSource,
    ProofOfUse,
    Voucher,
    VoucherFile,
)
from programme.queries.funding_archive import funding_archive
from programme.services import approvals, corrections, proofs
from programme.services import funding_archive as services
from programme.services.funding_archive import ArchiveNote
from tests.factories.drawdowns import load_numbers, recorded_drawdown
from tests.factories.funding import recorded_voucher
from tests.factories.inspections import AuditFindingFactory, AuditSampleFactory
from tests.factories.programme import UserFactory
from tests.unguarded import unguarded

PAGE = "/intern/foerderung/aufbewahrung/"
FIVE_YEARS_AGO = date(2021, 11, 1)


@pytest.fixture
def office(db):
    return UserFactory(roles=[Role.OFFICE], full_name="Petra Ahrens")


@pytest.fixture
def colleague(db):
    return UserFactory(roles=[Role.OFFICE], full_name="Jonas Weidlich")


@pytest.fixture
def filed(plan, clerk):
    """A voucher, a drawdown, a sample; the final proof went out more than five years ago."""
    load_numbers(programme=plan.programme)
    voucher = recorded_voucher(plan=plan, by=clerk)
    approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())
    recorded_drawdown(plan=plan, by=clerk, requested_eur=Decimal("1000.00"))
    AuditSampleFactory(programme=plan.programme).vouchers.add(voucher)
    proof = proofs.begin(programme=plan.programme, drawdown=None, by=clerk)
    send(proof, clerk, on=FIVE_YEARS_AGO)
    return plan.programme


def send(proof, by, *, on):
    with unguarded():
        ProofOfUse.objects.filter(pk=proof.pk).update(
            status=ProofStatus.SUBMITTED,
            submitted_on=on,
            checked_by=by,
            submitted_by=UserFactory(),
        )


def decided(programme, by, **changes):
    yesterday = clock.today() - timedelta(days=1)
    fields = {"offered_on": yesterday, "is_taken": False, "decided_on": yesterday} | changes
    return services.note(programme=programme, entry=ArchiveNote(**fields), by=by)


def refused(programme, by):
    with pytest.raises(RuleBroken) as broken:
        services.erase(programme=programme, by=by)
    assert Voucher.objects.exists()
    return broken.value.message


def test_what_is_due_goes_whole_and_leaves_a_receipt(
    filed, office, colleague, django_capture_on_commit_callbacks
):
    decided(filed, colleague)
    stored = [(row.file.storage, row.file.name) for row in VoucherFile.objects.all()]

    with django_capture_on_commit_callbacks(execute=True):
        deleted = services.erase(programme=filed, by=office)

    assert deleted == {
        "Belege": 1,
        "Dateien zu Belegen": 1,
        "Mittelabrufe": 1,
        "Verwendungsnachweise": 1,
        "Finanzierungspläne": 1,
        "Stichproben": 1,
    }
    left = [model.objects.count() for model in (Voucher, ProofOfUse, FinancingPlan, VoucherFile)]
    assert left == [0, 0, 0, 0]
    assert [storage.exists(name) for storage, name in stored] == [False]
    assert (FundingSource.objects.count(), ArchiveOffer.objects.count()) == (2, 1)
    release = FundingRelease.objects.get()
    assert (release.released_by, release.erased_by) == (colleague, office)
    assert release.closed_at is not None
    receipt = DeletionReceipt.objects.get()
    assert (receipt.subject, receipt.deleted) == (services.REASON, deleted)
    assert AuditEntry.objects.filter(verb="funding.erased", actor=office).count() == 1
    assert funding_archive(programme=filed).is_empty
    with pytest.raises(RuleBroken, match="noch nicht eingereicht"):
        services.erase(programme=filed, by=office)


def test_within_the_retention_nothing_is_deleted(filed, clerk, office, colleague):
    decided(filed, colleague)
    send(ProofOfUse.objects.get(), clerk, on=clock.today())

    message = refused(filed, office)

    assert message.startswith("Regel F33: Die Unterlagen sind bis")


def test_before_the_archive_has_decided_nothing_is_deleted(filed, office, colleague):
    unasked = refused(filed, office)
    decided(filed, colleague, is_taken=None, decided_on=None)
    undecided = refused(filed, office)
    decided(filed, colleague, is_taken=True)

    services.erase(programme=filed, by=office)

    assert "Die Akte ist dem Landesarchiv noch nicht angeboten." in unasked
    assert "noch nicht entschieden" in undecided
    assert ArchiveOffer.objects.get().is_taken


def test_nobody_destroys_a_file_alone_or_while_an_audit_is_open(filed, office, colleague):
    decided(filed, office)
    alone = refused(filed, office)
    finding = AuditFindingFactory(programme=filed)
    audited = refused(filed, colleague)
    finding.state = FindingState.CLOSED
    finding.save()

    services.erase(programme=filed, by=colleague)

    assert "Löschen muss eine andere Person" in alone
    assert "offene Feststellungen" in audited


def test_vouchers_that_take_back_others_go_too(filed, clerk, office, colleague):
    first = Voucher.objects.get()
    counter = corrections.correct_approved(
        voucher=first, entry=None, reason="Doppelt bezahlt", by=clerk
    ).counter
    approvals.approve(voucher=counter, seen_version=1, by=UserFactory())
    decided(filed, colleague)

    assert services.erase(programme=filed, by=office)["Belege"] == 2


def test_no_other_way_leads_past_the_database(filed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.all().delete()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"offered_on": date(2999, 1, 1)}, "offered_on"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"decided_on": date(2020, 1, 1)}, "decided_on"),
        ({"is_taken": None}, "decision"),
    ],
)
def test_days_that_cannot_be_are_refused(filed, office, changes, field):
    with pytest.raises(RuleBroken) as broken:
        decided(filed, office, **changes)

    assert broken.value.field == field


def test_the_pages_lead_from_the_offer_to_the_receipt(filed, office, colleague, signed_in):
    mine, other = signed_in(user=office), signed_in(user=colleague)
    day = f"{clock.today():%Y-%m-%d}"

    kept = mine.get(PAGE).content.decode()
    mine.post(f"{PAGE}angebot/", {"offered_on": day, "decision": "open"})
    wrong = mine.post(f"{PAGE}angebot/", {"offered_on": day, "decision": "released"})
    mine.post(f"{PAGE}angebot/", {"offered_on": day, "decision": "released", "decided_on": day})
    alone = mine.post(f"{PAGE}loeschen/", {"is_sure": "on"})
    unsure = other.post(f"{PAGE}loeschen/", {})
    done = other.post(f"{PAGE}loeschen/", {"is_sure": "on"}, follow=True).content.decode()

    assert "01.11.2026" in kept
    assert "noch nicht angeboten" in kept
    assert (wrong.status_code, alone.status_code, unsure.status_code) == (422, 422, 422)
    assert "Bitte geben Sie den Tag der Entscheidung an." in wrong.content.decode()
    assert "Die Förderakte ist gelöscht." in done
    assert "Keine Förderakte" in done
    assert not FundingDocument.objects.exists()


def test_finance_and_auditors_read_and_the_page_costs_little(
    filed, signed_in, django_assert_num_queries
):
    client = signed_in(Role.AUDITOR)
    client.get(PAGE)

    with django_assert_num_queries(7):
        html = client.get(PAGE).content.decode()

    assert "Angebot an das Archiv festhalten" not in html
    assert client.get(f"{PAGE}loeschen/").status_code == 403
