"""What the database refuses even to somebody who writes SQL (threat T16)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from programme import audit, clock, triggers
from programme.models import AuditChain, AuditEntry, Programme, Voucher, VoucherFile, VoucherShare
from programme.services import approvals
from tests.factories.programme import FundingSourceFactory, UserFactory, VoucherFactory

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def migrate_nothing():
    """Do what happens after each call of "migrate"."""
    triggers.install_after_migration(
        sender=apps.get_app_config("programme"), using="default", plan=[]
    )


def new_share(voucher, **source):
    source = FundingSourceFactory.create(programme=voucher.programme, **source)
    return VoucherShare(
        voucher=voucher,
        source=source,
        amount_eur=Decimal("1000.00"),
        ratio_numerator=1,
        ratio_denominator=1,
    )


def new_file(voucher, checksum="a"):
    return VoucherFile(
        voucher=voucher,
        kind="invoice",
        file="belege/1.pdf",
        name="Rechnung.pdf",
        content_type="application/pdf",
        size_bytes=1,
        sha256=checksum * 64,
        uploaded_by=voucher.factual_check_by,
    )


@pytest.fixture
def waiting():
    voucher = VoucherFactory.create()
    new_share(voucher).save()
    new_file(voucher).save()
    return voucher


@pytest.fixture
def approved(waiting):
    return approvals.approve(voucher=waiting, seen_version=1, by=UserFactory.create())


@pytest.fixture
def entry(approved):
    audit.seal()
    return AuditEntry.objects.get()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_auditentry SET sentence = 'anders'",
        "UPDATE programme_auditentry SET at = '2016-01-01 00:00:00+00:00'",
        "UPDATE programme_auditentry SET actor_id = NULL",
        "UPDATE programme_auditentry SET changes = '{}'",
        "UPDATE programme_auditentry SET number = 99",
        "UPDATE programme_auditentry SET number = NULL",
        "UPDATE programme_auditentry SET entry_hash = ''",
        "UPDATE programme_auditentry SET sentence = sentence",
        "DELETE FROM programme_auditentry",
    ],
)
def test_a_log_entry_stays_as_it_is(entry, statement):
    with pytest.raises(IntegrityError, match="Ein Protokolleintrag wird nicht geändert"):
        sql(statement)

    assert list(AuditEntry.objects.values()) == [
        {field.attname: getattr(entry, field.attname) for field in AuditEntry._meta.fields}
    ]


def test_an_entry_that_waits_for_its_seal_takes_nothing_else():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programme_auditentry (at, verb, subject_type, subject_id, sentence, "
            "changes, previous_hash, entry_hash) VALUES ('2016-01-01 00:00:00+00:00', 'a.b', "
            "'programme.voucher', '1', 'Satz', '{}', '', '')"
        )

    for change in ("sentence = 'anders'", "number = 1, sentence = 'anders'", "entry_hash = 'a'"):
        with pytest.raises(IntegrityError, match="Ein Protokolleintrag wird nicht geändert"):
            sql(f"UPDATE programme_auditentry SET {change}")
    assert audit.seal() == 1


@pytest.mark.parametrize(
    "change",
    [
        "gross_eur = 1",
        "status = 'recorded'",
        "payee = 'jemand anders'",
        "version = version + 1",
        "arithmetic_check_by_id = NULL",
        "factual_check_by_id = arithmetic_check_by_id",
        "payee = payee",
    ],
)
def test_an_approved_voucher_stays_as_it_is(approved, change):
    with pytest.raises(IntegrityError, match="Ein geprüfter Beleg wird nicht geändert"):
        sql(f"UPDATE programme_voucher SET {change} WHERE id = %s", approved.pk)

    approved.refresh_from_db()
    assert (approved.status, approved.gross_eur) == ("approved", Decimal("1000.00"))


def test_an_approved_voucher_is_not_deleted(approved):
    for table in ("vouchershare", "voucherfile"):
        with pytest.raises(IntegrityError, match="Anteile und Dateien eines geprüften Belegs"):
            sql(f"DELETE FROM programme_{table}")
    with pytest.raises(IntegrityError, match="ohne Freigabe durch zwei Personen"):
        sql("DELETE FROM programme_voucher")
    with pytest.raises(IntegrityError, match="geprüfte"), transaction.atomic():
        approved.delete()

    assert (VoucherShare.objects.count(), VoucherFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "change", ["vouchershare SET amount_eur = 1", "voucherfile SET sha256 = 'b'"]
)
def test_shares_and_files_of_an_approved_voucher_stay_as_they_are(approved, change):
    with pytest.raises(IntegrityError, match="Anteile und Dateien eines geprüften Belegs"):
        sql(f"UPDATE programme_{change}")


def test_nothing_is_added_to_an_approved_voucher(approved):
    other = VoucherFactory.create(line=approved.line)
    moved = new_file(other, "b")
    moved.save()

    for row in (new_share(approved, amif=True), new_file(approved, "c")):
        with pytest.raises(IntegrityError, match="Anteile und Dateien"), transaction.atomic():
            row.save()
    with pytest.raises(IntegrityError, match="Anteile und Dateien"):
        sql("UPDATE programme_voucherfile SET voucher_id = %s WHERE id = %s", approved.pk, moved.pk)


def test_only_a_missing_paper_is_added_to_an_approved_voucher(approved):
    payment = new_file(approved, "d")
    payment.kind = "proof_of_payment"
    payment.save()

    for kind in ("invoice", "proof_of_payment", "other"):
        row = new_file(approved, kind[:1])
        row.kind = kind
        with pytest.raises(IntegrityError, match="Anteile und Dateien"), transaction.atomic():
            row.save()

    assert sorted(approved.files.values_list("kind", flat=True)) == ["invoice", "proof_of_payment"]


def test_a_voucher_that_waits_may_still_change(waiting):
    assert sql("UPDATE programme_voucher SET payee = 'anders'") == 1
    assert sql("UPDATE programme_vouchershare SET amount_eur = 1") == 1
    assert sql("DELETE FROM programme_voucherfile") == 1


@pytest.mark.parametrize("status", ["recorded", "rejected"])
def test_a_voucher_nobody_has_approved_keeps_its_number_too(waiting, status):
    sql("UPDATE programme_voucher SET status = %s", status)

    with pytest.raises(IntegrityError, match="ohne Freigabe durch zwei Personen"):
        sql("DELETE FROM programme_voucher")
    with pytest.raises(IntegrityError, match="ohne Freigabe"), transaction.atomic():
        waiting.delete()

    assert Voucher.objects.get().shares.count() == 1


def test_the_second_check_by_the_same_person_is_refused(waiting):
    with pytest.raises(IntegrityError, match="voucher_four_eyes"):
        sql(
            "UPDATE programme_voucher SET status = 'approved', "
            "arithmetic_check_by_id = factual_check_by_id"
        )


def test_the_permission_ends_with_its_block(entry, approved):
    Programme.objects.update(demo_loaded_at=clock.now())

    with audit.erasing(reason="Probe"):
        assert AuditEntry.objects.all().delete()[0] == 1

    with pytest.raises(IntegrityError), transaction.atomic():
        approved.delete()
    assert AuditChain.objects.get().erasing == ""


def test_the_permission_ends_when_the_block_fails(entry, approved):
    Programme.objects.update(demo_loaded_at=clock.now())

    def fail():
        with audit.erasing(reason="Probe"):
            approved.delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert Voucher.objects.count() == 1
    with pytest.raises(IntegrityError):
        sql("DELETE FROM programme_auditentry")


def test_no_permission_deletes_a_log_entry_that_is_no_example(entry):
    with (
        pytest.raises(IntegrityError, match="Ein Protokolleintrag wird nicht"),
        audit.erasing(reason="Probe"),
    ):
        AuditEntry.objects.all().delete()

    assert AuditEntry.objects.get() == entry


def test_no_permission_changes_an_approved_voucher(approved):
    Programme.objects.update(demo_loaded_at=clock.now())

    with (
        pytest.raises(IntegrityError, match="Ein geprüfter Beleg wird nicht geändert"),
        audit.erasing(reason="Probe"),
    ):
        Voucher.objects.update(gross_eur=1)


def test_a_trigger_of_an_older_release_is_set_up_anew(monkeypatch):
    newer = tuple(
        replace(trigger, message="Neu gesagt.") if trigger.event == "UPDATE" else trigger
        for trigger in triggers.TRIGGERS
    )
    changed = [trigger.name for trigger in newer if trigger.event == "UPDATE"]
    monkeypatch.setattr(triggers, "TRIGGERS", newer)

    before = triggers.missing(connection)
    migrate_nothing()

    assert (before, triggers.missing(connection)) == (changed, [])


def test_all_triggers_are_there_and_missing_ones_are_named():
    assert triggers.missing(connection) == []

    triggers.remove(connection)
    assert triggers.missing(connection) == [trigger.name for trigger in triggers.TRIGGERS]

    triggers.install(connection)
    assert triggers.missing(connection) == []
