"""Half-years: figures freeze at the lock, later vouchers are differences, two people open."""

import threading
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, PeriodLock
from programme.queries import half_years as queries
from programme.rules.half_years import half_year_on, half_years_of
from programme.rules.proofs import checksum
from programme.services import approvals, corrections, half_years
from tests.factories.drawdowns import paid
from tests.factories.funding import entry, funded_plan, recorded_voucher
from tests.factories.programme import ProgrammeFactory, UserFactory

D = Decimal
MAY = date(2016, 5, 20)


def half_of(programme, day=MAY):
    return half_year_on(half_years_of(programme), day)


def since_locked(plan, rows, *, until):
    """What a proof up to a day tells about the locks."""
    found = queries.SinceLocked(programme=plan.programme, until=until)
    for row in rows:
        found.take(row)
    return found.told()


def locked(plan, by, *, reason="Zwischennachweis", **more):
    return half_years.lock(
        programme=plan.programme, half=half_of(plan.programme), reason=reason, by=by, **more
    )


@pytest.fixture
def other(db):
    return UserFactory.create(roles=[Role.FINANCE], full_name="Ben Öztürk")


def test_the_run_time_has_four_half_years_and_a_day_lies_in_one(programme):
    found = half_years_of(programme)

    assert [(each.label, each.starts_on, each.ends_on) for each in found] == [
        ("2. Halbjahr 2015", date(2015, 10, 1), date(2015, 12, 31)),
        ("1. Halbjahr 2016", date(2016, 1, 1), date(2016, 6, 30)),
        ("2. Halbjahr 2016", date(2016, 7, 1), date(2016, 12, 31)),
        ("1. Halbjahr 2017", date(2017, 1, 1), date(2017, 6, 30)),
    ]
    assert half_year_on(found, date(2016, 2, 29)).label == "1. Halbjahr 2016"
    assert half_year_on(found, date(2015, 9, 1)).label == "2. Halbjahr 2015"
    assert half_year_on(found, date(2017, 7, 14)).label == "1. Halbjahr 2017"


@pytest.mark.django_db
def test_a_lock_freezes_what_two_people_have_checked(plan, clerk):
    paid(plan=plan, on=MAY, gross_eur="1000.01")
    paid(plan=plan, on=date(2016, 7, 1), gross_eur="500.00")

    lock = locked(plan, clerk, reason=" Zwischennachweis ")

    assert lock.figures == {
        "sources": [
            {"key": "land", "name": "Land Hessen", "actual": "528.31"},
            {"key": "amif", "name": "AMIF", "actual": "471.70"},
        ],
        "lines": [{"position": 1, "title": "Prozessbegleitung", "actual": "1000.01"}],
        "vouchers": [{"number": 1, "eligible": "1000.01"}],
        "total": "1000.01",
    }
    assert (lock.total_eur, lock.figures_sha256) == (D("1000.01"), checksum(lock.figures))
    assert (lock.reason, lock.locked_by) == ("Zwischennachweis", clerk)
    written = AuditEntry.objects.get(verb="half_year.locked")
    assert written.sentence == (
        "1. Halbjahr 2016 mit 1.000,01 EUR aus einem Beleg abgeschlossen: Zwischennachweis"
    )


@pytest.mark.django_db
def test_a_correction_after_the_lock_is_a_difference(plan, clerk, other):
    voucher = recorded_voucher(plan=plan, by=clerk)
    approvals.approve(voucher=voucher, seen_version=1, by=other)
    lock = locked(plan, clerk)

    made = corrections.correct_approved(
        voucher=voucher,
        entry=entry(plan=plan, gross_eur=D("900.00"), invoice_number="RE-9"),
        reason="Zahlendreher",
        by=clerk,
        confirmed=True,
    )
    approvals.approve(voucher=made.counter, seen_version=1, by=other)
    approvals.approve(voucher=made.successor, seen_version=1, by=other)

    rows = queries.vouchers_in(programme=plan.programme, half=half_of(plan.programme))
    found = queries.differences(lock.figures, rows)
    assert [(each.voucher.number, each.before_eur, each.after_eur, each.why) for each in found] == [
        (2, D("1000.00"), D("0.00"), "Gegenbuchung zu Beleg 1: Zahlendreher"),
        (3, D("0.00"), D("900.00"), "ersetzt Beleg 1: Zahlendreher"),
    ]
    total = queries.compared(lock.figures, queries.figures(rows))[-1]
    assert (total.before_eur, total.after_eur) == (D("1000.00"), D("900.00"))
    assert total.difference_text == "−100,00 EUR"
    lock.refresh_from_db()
    assert lock.figures["total"] == "1000.00"
    told = since_locked(plan, rows, until=date(2017, 6, 30))
    assert [(row["period"], row["number"], row["before"], row["after"]) for row in told] == [
        ("1. Halbjahr 2016", "2", "1000.00", "0.00"),
        ("1. Halbjahr 2016", "3", "0.00", "900.00"),
    ]
    assert since_locked(plan, rows, until=date(2016, 6, 1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_lock_and_its_opening_need_a_reason(plan, clerk, reason):
    with pytest.raises(RuleBroken, match="Grund") as refused:
        locked(plan, clerk, reason=reason)
    with pytest.raises(RuleBroken, match="Grund"):
        half_years.unlock(
            programme=plan.programme, half=half_of(plan.programme), reason=reason, by=clerk
        )

    assert refused.value.field == "reason"
    assert not PeriodLock.objects.exists()


@pytest.mark.django_db
def test_a_half_year_is_locked_once_and_not_before_it_is_over(plan, clerk, other):
    with time_machine.travel("2016-06-30 12:00"), pytest.raises(RuleBroken, match="läuft noch"):
        locked(plan, clerk)
    with time_machine.travel("2016-07-01 12:00"):
        locked(plan, clerk)

    with pytest.raises(RuleBroken, match="schon abgeschlossen"):
        locked(plan, other)


@pytest.mark.django_db
def test_what_still_waits_has_to_be_confirmed(plan, clerk, other):
    voucher = recorded_voucher(plan=plan, by=clerk)

    with pytest.raises(RuleBroken, match="Ein Beleg wartet") as refused:
        locked(plan, clerk)
    lock = locked(plan, clerk, confirmed=True)
    approvals.approve(voucher=voucher, seen_version=1, by=other)

    rows = queries.vouchers_in(programme=plan.programme, half=half_of(plan.programme))
    assert refused.value.field == "confirmed"
    assert [each.why for each in queries.differences(lock.figures, rows)] == [
        "nach dem Abschluss geprüft"
    ]


@pytest.mark.django_db
def test_another_person_opens_a_half_year_and_its_figures_stay_in_the_history(plan, clerk, other):
    lock, half = locked(plan, clerk), half_of(plan.programme)

    with pytest.raises(RuleBroken, match="andere Person"):
        half_years.unlock(programme=plan.programme, half=half, reason="Fehler", by=clerk)
    half_years.unlock(programme=plan.programme, half=half, reason="Falsche Quelle", by=other)
    with pytest.raises(RuleBroken, match="nicht abgeschlossen"):
        half_years.unlock(programme=plan.programme, half=half, reason="Noch einmal", by=other)
    again = locked(plan, other)

    assert queries.locks_of(programme=plan.programme, half=half) == [again, lock]
    sentences = AuditEntry.objects.filter(verb="half_year.unlocked").values_list("sentence")
    assert list(sentences) == [("1. Halbjahr 2016 wieder geöffnet: Falsche Quelle",)]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_lock_a_half_year_once():
    plan = funded_plan(programme=ProgrammeFactory.create(is_current=True))
    barrier, raised = threading.Barrier(2), []

    def run(person):
        barrier.wait()
        try:
            locked(plan, person)
        except RuleBroken as broken:
            raised.append(broken.message)
        finally:
            connection.close()

    people = UserFactory.create_batch(2, roles=[Role.FINANCE])
    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert raised == ["Das 1. Halbjahr 2016 ist schon abgeschlossen."]
    assert AuditEntry.objects.filter(verb="half_year.locked").count() == 1
