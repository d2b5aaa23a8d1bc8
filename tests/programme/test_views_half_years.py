"""Pages of the half-years: sums, lock, differences, opening by somebody else."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from programme.enums import Role
from programme.models import PeriodLock
from programme.services import approvals, corrections, half_years
from tests.factories.drawdowns import paid
from tests.factories.funding import recorded_voucher
from tests.factories.programme import UserFactory
from tests.programme.test_services_half_years import half_of, locked

ALL = "/intern/foerderung/halbjahre/"
ONE = f"{ALL}2016-1/"


@pytest.fixture
def other(db):
    return UserFactory.create(roles=[Role.FINANCE], full_name="Ben Öztürk")


def take_back(plan, other, **changes):
    """Approve a voucher, lock, take the voucher back; return the counter-entry."""
    voucher = recorded_voucher(plan=plan, by=other, **changes)
    checker = UserFactory.create(roles=[Role.FINANCE])
    approvals.approve(voucher=voucher, seen_version=1, by=checker)
    locked(plan, other)
    made = corrections.correct_approved(
        voucher=voucher, entry=None, reason="Doppelt bezahlt von Frau Geheim", by=other
    )
    return approvals.approve(voucher=made.counter, seen_version=1, by=checker)


def test_the_list_shows_sums_by_source_and_the_state(plan, finance, other):
    paid(plan=plan, on=date(2016, 5, 20), gross_eur="1000.01")
    recorded_voucher(plan=plan, by=other, invoice_number="RE-9")
    locked(plan, other, confirmed=True)

    html = finance.get(ALL).content.decode()

    assert [text in html for text in ("528,31 EUR", "471,70 EUR", "1.000,01 EUR")] == [True] * 3
    assert "1 geprüft, 1 wartet" in html
    assert "von Ben Öztürk" in html


def test_without_vouchers_the_list_says_so(plan, finance):
    assert "Noch keine Belege" in finance.get(ALL).content.decode()
    assert "Noch keine geprüften Belege" in finance.get(ONE).content.decode()


def test_a_half_year_is_locked_on_its_page(plan, finance, clerk):
    paid(plan=plan, on=date(2016, 5, 20), gross_eur="1000.01")

    response = finance.post(f"{ONE}abschliessen/", {"reason": "Zwischennachweis"}, follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(ONE, 302)]
    assert "Das 1. Halbjahr 2016 ist abgeschlossen" in html
    assert "Seit dem Abschluss hat sich nichts geändert" in html
    assert "Wieder öffnen kann es nur eine andere Person" in html
    assert PeriodLock.objects.get().locked_by == clerk


def test_a_waiting_voucher_says_that_its_half_year_is_closed(plan, finance, other):
    paid(plan=plan, on=date(2016, 5, 20), gross_eur="1000.01")
    locked(plan, other)
    recorded_voucher(plan=plan, by=other, invoice_number="RE-8")
    recorded_voucher(plan=plan, by=other, invoice_number="RE-9", paid_on=date(2016, 7, 1))

    approved, inside, after = (
        finance.get(f"/intern/foerderung/belege/{number}/").content.decode() for number in (1, 2, 3)
    )

    hint = "Die Zahlung liegt im abgeschlossenen 1. Halbjahr 2016."
    assert (hint in approved, hint in inside, hint in after) == (False, True, False)
    assert "im abgeschlossenen" not in after


def test_waiting_vouchers_are_confirmed_with_a_tick(plan, finance, other):
    recorded_voucher(plan=plan, by=other)

    asked = finance.post(f"{ONE}abschliessen/", {"reason": "Nachweis"})
    done = finance.post(f"{ONE}abschliessen/", {"reason": "Nachweis", "confirmed": "on"})

    html = asked.content.decode()
    assert (asked.status_code, done.status_code) == (422, 302)
    assert "Ein Beleg wartet noch auf die zweite Prüfung." in html
    assert "Trotzdem abschließen" in html
    assert "Nachweis</textarea>" in html


def test_refusals_keep_what_was_typed(plan, finance, clerk):
    locked(plan, clerk)

    empty = finance.post(f"{ALL}2016-2/abschliessen/", {"reason": ""})
    again = finance.post(f"{ONE}abschliessen/", {"reason": "Noch einmal"})
    own = finance.post(f"{ONE}oeffnen/", {"reason": "Fehler"})

    assert [answer.status_code for answer in (empty, again, own)] == [422] * 3
    assert "schon abgeschlossen" in again.content.decode()
    assert "Öffnen muss es eine andere Person" in own.content.decode()


def test_before_its_end_a_half_year_offers_no_lock(plan, finance):
    with time_machine.travel("2016-06-30 12:00"):
        assert "Das Halbjahr läuft noch." in finance.get(ONE).content.decode()


def test_differences_name_voucher_before_after_and_why(plan, finance, other):
    counter = take_back(plan, other)

    page, listed = (finance.get(url).content.decode() for url in (ONE, ALL))

    assert f'href="/intern/foerderung/belege/{counter.number}/"' in page
    assert "−1.000,00 EUR" in page
    assert "Gegenbuchung zu Beleg 1: Doppelt bezahlt" in page
    assert "Abweichung" in listed


def test_the_reason_at_a_sensitive_voucher_is_not_for_everybody(plan, other, signed_in):
    take_back(plan, other, is_sensitive=True)

    office = signed_in(Role.OFFICE).get(ONE).content.decode()

    assert "vertraulicher Beleg" in office
    assert "Geheim" not in office
    assert "Geheim" in signed_in(Role.AUDITOR).get(ONE).content.decode()


def test_another_person_opens_it_and_the_history_tells(plan, finance, clerk, other):
    locked(plan, other)

    response = finance.post(f"{ONE}oeffnen/", {"reason": "Falsche Quelle"}, follow=True)

    html = response.content.decode()
    assert "wieder geöffnet: Falsche Quelle" in html
    assert "Halbjahr abschließen" in html


def test_who_only_reads_sees_no_forms(plan, signed_in):
    html = signed_in(Role.AUDITOR).get(ONE).content.decode()

    assert "Abschließen kann es der Bereich Finanzen" in html
    assert "<textarea" not in html


@pytest.mark.parametrize("address", ["2014-2", "2017-2", "2016-3", "2016-0"])
def test_a_half_year_outside_the_run_time_is_missing(plan, finance, address):
    assert finance.get(f"{ALL}{address}/").status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_pages_cost_the_same_for_any_amount(
    plan, finance, other, amount, django_assert_num_queries
):
    programme = plan.programme
    for _ in range(amount):
        paid(plan=plan, on=date(2016, 5, 20), gross_eur="10.00")
        half = half_of(programme)
        half_years.lock(programme=programme, half=half, reason="Abschluss", by=other)
        half_years.unlock(programme=programme, half=half, reason="Fehler", by=UserFactory.create())
    half_years.lock(programme=programme, half=half_of(programme), reason="Fest", by=other)
    for _ in range(amount):
        paid(plan=plan, on=date(2016, 5, 21), gross_eur=str(Decimal("20.00")))

    with django_assert_num_queries(8):
        finance.get(ALL)
    with django_assert_num_queries(9):
        finance.get(ONE)
