"""The logbook as a chain: no gap, no second end, nothing lost when many write at once."""

from datetime import UTC, datetime
from importlib import import_module
from threading import Thread
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction

from programme import audit
from programme.models import AuditChain, AuditEntry
from tests.factories.programme import UserFactory

TOGETHER = 8


def write(subject, sentence="Beleg 1 geprüft.", **more):
    return audit.record(
        by=subject, verb="voucher.approved", subject=subject, sentence=sentence, **more
    )


def chain():
    audit.seal()
    rows = AuditEntry.objects.order_by("number")
    return list(rows.values_list("number", "previous_hash", "entry_hash"))


@pytest.mark.django_db
def test_entries_are_numbered_and_each_names_the_checksum_before():
    person = UserFactory.create()
    for sentence in ("Eins", "Zwei", "Drei"):
        write(person, sentence)

    (one, before_one, first), (two, before_two, second), (three, before_three, third) = chain()

    assert (one, two, three) == (1, 2, 3)
    assert (before_one, before_two, before_three) == ("", first, second)
    head = AuditChain.objects.get()
    assert (head.number, head.entry_hash) == (3, third)


@pytest.mark.django_db
def test_the_checksum_stays_the_same_for_good():
    entry = AuditEntry(
        pk=7,
        number=2,
        at=datetime(2016, 2, 29, 9, 30, 0, 120000, tzinfo=UTC),
        actor_id=5,
        verb="voucher.approved",
        subject_type="programme.voucher",
        subject_id="41",
        sentence="Beleg 41 über 1.234,56 EUR rechnerisch geprüft.",
        changes={"status": ["recorded", "approved"], "payee": ["Müller", "Möller"]},
        previous_hash="a" * 64,
    )

    assert (
        audit.entry_hash(entry)
        == "1a9d1849265201fe4a82754a3c6c0e4fedf29017226d4d24f8dee983736bc564"
    )


@pytest.mark.django_db
def test_the_checksum_is_the_same_when_read_again():
    person = UserFactory.create()
    write(person, changes={"b": [1, None], "a": [["ä"], {"z": 1.5, "y": True}], 3: ["x", "y"]})
    audit.seal()

    entry = AuditEntry.objects.get()

    assert audit.entry_hash(entry) == entry.entry_hash


@pytest.mark.django_db
def test_a_person_who_is_renamed_does_not_break_the_chain():
    person = UserFactory.create()
    write(person)
    audit.seal()

    person.full_name, person.email = "gelöschte Person", "geloescht@example.org"
    person.save()

    entry = AuditEntry.objects.get()
    assert audit.entry_hash(entry) == entry.entry_hash


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_neither_gap_nor_fork():
    person = UserFactory.create()

    def work():
        for count in range(5):
            with transaction.atomic():
                write(person, f"Vorgang {count}")
        connection.close()

    threads = [Thread(target=work) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = chain()
    assert [number for number, _, _ in rows] == list(range(1, TOGETHER * 5 + 1))
    assert [previous for _, previous, _ in rows] == ["", *(own for _, _, own in rows[:-1])]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_number():
    person = UserFactory.create()
    write(person, "Eins")
    with transaction.atomic():
        write(person, "nie geschehen")
        transaction.set_rollback(True)
    write(person, "Zwei")

    rows = AuditEntry.objects.order_by("number").values_list("number", "sentence")
    assert list(rows) == [(1, "Eins"), (2, "Zwei")]


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_sealed_when_its_transaction_has_ended():
    person = UserFactory.create()
    with transaction.atomic():
        write(person, "Eins")
        with transaction.atomic():
            write(person, "Zwei")

    assert not AuditEntry.objects.filter(number__isnull=True).exists()


@pytest.mark.django_db
def test_entries_from_before_the_chain_are_numbered_in_their_order(monkeypatch):
    migration = import_module("programme.migrations.0007_number_the_log")
    monkeypatch.setattr(migration, "AT_ONCE", 3)
    person = UserFactory.create()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=person,
            verb="voucher.recorded",
            subject_type="programme.voucher",
            subject_id=str(count),
            sentence=f"Vorgang {count}",
        )
        for count in range(1, 9)
    )

    migration.number_entries(apps, SimpleNamespace(connection=connection))
    write(person, "Vorgang 9")

    rows = chain()
    assert [number for number, _, _ in rows] == list(range(1, 10))
    assert [previous for _, previous, _ in rows] == ["", *(own for _, _, own in rows[:-1])]
    told = AuditEntry.objects.order_by("number").values_list("sentence", flat=True)
    assert list(told) == [f"Vorgang {count}" for count in range(1, 10)]
    assert all(audit.entry_hash(entry) == entry.entry_hash for entry in AuditEntry.objects.all())
