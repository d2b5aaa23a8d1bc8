"""The file of the funding goes only with a release by two people: what the database says (F33)."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from programme import audit, clock
from programme.models import (
    ArchiveOffer,
    Drawdown,
    FundingRelease,
    GrantNotice,
    Programme,
    Voucher,
)
from programme.queries.funding_archive import PARTS
from programme.services import approvals, corrections
from programme.triggers import TRIGGERS
from tests.factories.drawdowns import load_numbers, received_drawdown
from tests.factories.funding import recorded_voucher
from tests.factories.programme import GrantNoticeFactory, ProgrammeFactory, UserFactory

KEPT = "wird nicht ohne Freigabe durch zwei Personen gelöscht"
# Of these a draft may go, and its files before it is checked.
DRAFTS = {"programme_financingplan", "programme_voucherfile"}
EVENTS = ("UPDATE", "DELETE")
DAY = date(2023, 3, 1)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def notice(programme):
    """The smallest part of a file: a notice of the authority."""
    return GrantNoticeFactory.create(source__programme=programme)


def decided(programme, **changes):
    """Write down that the archive lets the file go."""
    fields = {"offered_on": DAY, "decided_on": DAY, "is_taken": False} | changes
    return ArchiveOffer.objects.create(
        programme=programme, **{"recorded_by": UserFactory.create()} | fields
    )


def released(offer, **changes):
    people = {"released_by": offer.recorded_by, "erased_by": UserFactory.create()}
    fields = {"programme": offer.programme, "offer": offer} | people | changes
    with transaction.atomic():
        return FundingRelease.objects.create(**fields)


def try_to_erase():
    with audit.erasing(reason="Probe"):
        return GrantNotice.objects.all().delete()[0]


def test_every_part_of_the_file_has_a_trigger_that_keeps_it():
    kept = {
        trigger.table: trigger.condition
        for trigger in TRIGGERS
        if trigger.event == "DELETE" and trigger.programme
    }
    parts = {model._meta.db_table for _, model, _ in PARTS}

    assert parts <= set(kept)
    assert {table for table in parts if kept[table] != "TRUE"} == DRAFTS


def test_neither_the_permission_nor_the_release_is_enough_alone(notice, programme):
    with pytest.raises(IntegrityError, match=KEPT), transaction.atomic():
        notice.delete()
    with pytest.raises(IntegrityError, match=KEPT):
        try_to_erase()
    released(decided(programme))
    with pytest.raises(IntegrityError, match=KEPT):
        sql("DELETE FROM programme_grantnotice")

    assert try_to_erase() == 1


def test_a_release_is_for_its_own_programme(notice):
    other = ProgrammeFactory.create()
    released(decided(other))

    with pytest.raises(IntegrityError, match=KEPT):
        try_to_erase()


def test_a_release_that_is_closed_opens_nothing(notice, programme):
    release = released(decided(programme))
    release.closed_at = clock.now()
    release.save()

    with pytest.raises(IntegrityError, match=KEPT):
        try_to_erase()


def test_one_person_alone_releases_nothing(programme):
    offer = decided(programme)

    with pytest.raises(IntegrityError, match="release_four_eyes"):
        released(offer, erased_by=offer.recorded_by)
    with pytest.raises(IntegrityError, match="Eine Freigabe nennt"):
        released(offer, released_by=UserFactory.create())
    for name in ("released_by", "erased_by"):
        with pytest.raises(IntegrityError):
            released(offer, **{name: None})

    assert not FundingRelease.objects.exists()


def test_nothing_is_released_before_the_archive_has_decided(programme):
    undecided = decided(programme, decided_on=None, is_taken=None)

    with pytest.raises(IntegrityError, match="Eine Freigabe nennt"):
        released(undecided)
    with pytest.raises(IntegrityError, match="Eine Freigabe nennt"):
        released(decided(ProgrammeFactory.create()), programme=programme)


def test_a_release_and_what_it_rests_on_stay_as_they_are(programme):
    release, other = released(decided(programme)), UserFactory.create()

    for change in ("erased_by_id = %s", "released_by_id = %s", "closed_at = NULL, erased_by_id=%s"):
        with pytest.raises(IntegrityError, match="Eine Freigabe nennt"):
            sql(f"UPDATE programme_fundingrelease SET {change}", other.pk)
    with pytest.raises(IntegrityError, match="Eine Freigabe nennt"), transaction.atomic():
        release.delete()
    for statement in (
        "UPDATE programme_archiveoffer SET recorded_by_id = %s",
        "DELETE FROM programme_archiveoffer WHERE recorded_by_id <> %s",
    ):
        with pytest.raises(IntegrityError, match="Die Entscheidung des Archivs wird nicht"):
            sql(statement, other.pk)


def test_examples_go_without_a_release(notice):
    Programme.objects.update(demo_loaded_at=clock.now())

    assert try_to_erase() == 1


@pytest.fixture
def drawn(plan):
    """A drawdown two people have checked and the sources have paid."""
    load_numbers(programme=plan.programme)
    return received_drawdown(plan=plan, on=date(2016, 7, 20))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_drawdown SET requested_eur = 1",
        "UPDATE programme_drawdown SET approved_by_id = NULL",
        "UPDATE programme_drawdown SET status = 'recorded'",
        "UPDATE programme_drawdown SET reason = 'anders'",
        "UPDATE programme_drawdownshare SET requested_eur = 1",
        "DELETE FROM programme_drawdownshare",
    ],
)
def test_a_checked_drawdown_stays_as_it_is(drawn, statement):
    with pytest.raises(IntegrityError, match="Ein geprüfter Mittelabruf wird nicht geändert"):
        sql(statement)


def test_a_drawdown_keeps_its_number_and_takes_a_corrected_receipt(drawn):
    with pytest.raises(IntegrityError, match=KEPT):
        sql("DELETE FROM programme_drawdown")

    assert sql("UPDATE programme_drawdownshare SET received_eur = 1") == 2
    assert Drawdown.objects.filter(pk=drawn.pk).update(revision=F("revision") + 1) == 1


@pytest.fixture
def counter(plan, clerk):
    """A counter-entry that waits for its second check."""
    voucher = recorded_voucher(plan=plan, by=clerk)
    approvals.approve(voucher=voucher, seen_version=1, by=UserFactory.create())
    made = corrections.correct_approved(voucher=voucher, entry=None, reason="Falsch", by=clerk)
    return made.counter


def test_a_correction_needs_a_second_person_from_the_database_too(counter, clerk):
    rows = Voucher.objects.filter(pk=counter.pk)

    with pytest.raises(IntegrityError, match="voucher_four_eyes"), transaction.atomic():
        rows.update(status="approved", arithmetic_check_by=clerk)
    with pytest.raises(IntegrityError, match="has_second_check"), transaction.atomic():
        rows.update(status="approved")
    with pytest.raises(IntegrityError, match=KEPT), transaction.atomic():
        counter.delete()

    assert rows.update(status="approved", arithmetic_check_by=UserFactory.create()) == 1
    with pytest.raises(IntegrityError, match="Ein geprüfter Beleg"), transaction.atomic():
        rows.update(gross_eur=-1)


def test_everything_two_people_sign_is_named_by_a_trigger():
    signed = {
        model._meta.db_table
        for model in apps.get_app_config("programme").get_models()
        if any("four_eyes" in rule.name for rule in model._meta.constraints)
    }
    guarded = {event: {row.table for row in TRIGGERS if row.event == event} for event in EVENTS}

    assert len(signed) == 7
    assert signed <= guarded["UPDATE"] & guarded["DELETE"]
