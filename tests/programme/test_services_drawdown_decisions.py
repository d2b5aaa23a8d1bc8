"""The second check of a drawdown and what comes in: another person, the state seen, once."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from programme import clock
from programme.enums import DrawdownStatus, Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Drawdown
from programme.rules.drawdowns import Receipt
from programme.rules.uploads import checked
from programme.services import drawdown_decisions, drawdown_receipts, drawdowns
from programme.services.funding_documents import NewPaper
from tests.factories.drawdowns import (
    approved_drawdown,
    entry,
    load_numbers,
    received_drawdown,
    recorded_drawdown,
)
from tests.factories.funding import PDF, funded_plan
from tests.factories.programme import ProgrammeFactory, ProofFactory, UserFactory
from tests.factories.proof_checks import ProofCheckFactory

LAND, AMIF = Decimal("11200.00"), Decimal("10000.00")


@pytest.fixture
def checker(db):
    return UserFactory(roles=[Role.FINANCE])


def test_another_person_approves_what_it_has_seen(plan, checker):
    drawdown = recorded_drawdown(plan=plan)

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        drawdown_decisions.approve(drawdown=drawdown, seen_revision=7, by=checker)
    drawdown_decisions.approve(drawdown=drawdown, seen_revision=1, by=checker)

    drawdown.refresh_from_db()
    assert (drawdown.status, drawdown.approved_by) == (DrawdownStatus.APPROVED, checker)
    assert AuditEntry.objects.get(verb="drawdown.approved").sentence == (
        "Mittelabruf 1 vom 28.06.2016 über 21.200,00 EUR rechnerisch geprüft."
    )


def test_the_person_who_recorded_decides_nothing(plan):
    drawdown = recorded_drawdown(plan=plan)
    by = drawdown.recorded_by

    with pytest.raises(RuleBroken, match="Mittelabruf 1 haben Sie selbst erfasst"):
        drawdown_decisions.approve(drawdown=drawdown, seen_revision=1, by=by)
    with pytest.raises(RuleBroken, match="Regel F28"):
        drawdown_decisions.reject(drawdown=drawdown, seen_revision=1, reason="Doch nicht", by=by)

    drawdown.refresh_from_db()
    assert (drawdown.status, drawdown.approved_by) == (DrawdownStatus.RECORDED, None)


def test_the_database_refuses_one_person_for_both_checks(plan):
    drawdown = recorded_drawdown(plan=plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        Drawdown.objects.update(approved_by=drawdown.recorded_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawdown.objects.update(status=DrawdownStatus.APPROVED)


def test_a_correction_in_another_tab_makes_the_check_stale(plan, checker):
    drawdown = recorded_drawdown(plan=plan)
    drawdowns.correct(drawdown=drawdown, seen_revision=1, entry=entry(), by=checker)

    with pytest.raises(RuleBroken, match="Regel F28"):
        drawdown_decisions.approve(drawdown=drawdown, seen_revision=2, by=checker)
    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        drawdown_decisions.approve(drawdown=drawdown, seen_revision=1, by=UserFactory())


def test_a_rejection_needs_a_reason_and_keeps_it(plan, checker):
    drawdown = recorded_drawdown(plan=plan)

    with pytest.raises(RuleBroken, match="begründen") as refused:
        drawdown_decisions.reject(drawdown=drawdown, seen_revision=1, reason=" ", by=checker)
    drawdown_decisions.reject(drawdown=drawdown, seen_revision=1, reason=" Zu hoch ", by=checker)

    drawdown.refresh_from_db()
    assert refused.value.field == "reason"
    assert (drawdown.status, drawdown.rejection_reason) == ("rejected", "Zu hoch")
    with pytest.raises(RuleBroken, match="bereits zurückgewiesen"):
        drawdown_decisions.approve(drawdown=drawdown, seen_revision=2, by=checker)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after the other")
def test_two_checks_at_the_same_moment_count_once():
    drawdown = recorded_drawdown(plan=funded_plan(programme=ProgrammeFactory(is_current=True)))
    people = UserFactory.create_batch(2, roles=[Role.FINANCE])
    start, results = threading.Barrier(2), []

    def press(by):
        start.wait()
        try:
            drawdown_decisions.approve(drawdown=drawdown, seen_revision=1, by=by)
            results.append("approved")
        except RuleBroken as broken:
            results.append(broken.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results, key=len) == [
        "approved",
        "Mittelabruf 1 ist bereits geprüft. Er ist unverändert gültig.",
    ]


def receive(drawdown, by, **receipts):
    return drawdown_receipts.receive(
        drawdown=drawdown, seen_revision=drawdown.revision, receipts=receipts, by=by
    )


def test_a_drawdown_is_received_once_every_source_has_paid(plan, checker):
    drawdown = approved_drawdown(plan=plan)

    first = receive(drawdown, checker, land=Receipt(LAND, date(2016, 7, 20)))
    state = first.status
    second = receive(first, checker, amif=Receipt(AMIF, date(2016, 7, 25)))

    assert (state, second.status) == (DrawdownStatus.APPROVED, DrawdownStatus.RECEIVED)
    told = AuditEntry.objects.filter(verb="drawdown.received").order_by("pk")
    assert [entry.sentence for entry in told] == [
        "Zahlung zum Mittelabruf 1 eingegangen: Land Hessen 11.200,00 EUR am 20.07.2016.",
        "Zahlung zum Mittelabruf 1 eingegangen: AMIF 10.000,00 EUR am 25.07.2016.",
    ]


@pytest.mark.parametrize(
    ("receipt", "message", "field"),
    [
        (Receipt(LAND + 1, date(2016, 7, 20)), "Angefordert waren 11.200,00", "received_eur_land"),
        (Receipt(LAND, date(2016, 6, 27)), "zwischen dem Abruf", "received_on_land"),
        (Receipt(LAND, date(2999, 1, 1)), "zwischen dem Abruf", "received_on_land"),
    ],
)
def test_more_than_asked_and_impossible_days_are_refused(plan, checker, receipt, message, field):
    drawdown = approved_drawdown(plan=plan)

    with pytest.raises(RuleBroken, match=message) as refused:
        receive(drawdown, checker, land=receipt)

    assert refused.value.field == field


def test_a_receipt_noted_too_low_is_not_raised_into_the_room_another_drawdown_took(plan, checker):
    load_numbers(programme=plan.programme)
    full = Decimal("80000.00")
    first = approved_drawdown(plan=plan, requested_eur=Decimal("169600.00"))
    low = receive(first, checker, amif=Receipt(Decimal("0.01"), date(2016, 7, 20)))
    received_drawdown(
        plan=plan,
        on=date(2017, 1, 20),
        requested_on=date(2016, 12, 28),
        requested_eur=Decimal("42400.00"),
    )

    with pytest.raises(RuleBroken, match="Regel F10") as refused:
        receive(low, checker, amif=Receipt(full, date(2016, 7, 20)))
    most = receive(low, checker, amif=Receipt(Decimal("60000.00"), date(2016, 7, 20)))
    lower = receive(most, checker, amif=Receipt(Decimal("59999.99"), date(2016, 7, 20)))

    assert refused.value.field == "received_eur_amif"
    assert "100.000,00 EUR eingegangen oder noch angefordert" in refused.value.message
    assert lower.shares.get(source__key="amif").received_eur == Decimal("59999.99")


def test_the_rest_comes_in_once_the_final_check_is_there(plan, checker):
    rest = approved_drawdown(plan=plan, requested_eur=Decimal("190800.00"))
    load_numbers(programme=plan.programme)

    with pytest.raises(RuleBroken, match="Regel F10"):
        receive(rest, checker, amif=Receipt(Decimal("90000.00"), date(2016, 7, 20)))
    ProofCheckFactory(
        proof=ProofFactory(programme=plan.programme, plan=plan),
        source=plan.programme.sources.get(key="amif"),
        issued_on=date(2017, 11, 30),
        recognised_eur=Decimal("90000.00"),
        confirmed_by=checker,
        confirmed_at=clock.now(),
    )
    receive(rest, checker, amif=Receipt(Decimal("90000.00"), date(2016, 7, 20)))

    assert rest.shares.get(source__key="amif").received_eur == Decimal("90000.00")


def test_nothing_comes_in_for_what_is_not_checked_or_says_nothing_new(plan, checker):
    with pytest.raises(RuleBroken, match="zweite Prüfung noch nicht"):
        receive(recorded_drawdown(plan=plan), checker, land=Receipt(LAND, date(2016, 7, 20)))
    drawdown = approved_drawdown(plan=plan, requested_on=date(2016, 12, 28))

    with pytest.raises(RuleBroken, match="welcher Betrag an welchem Tag"):
        receive(drawdown, checker)


def test_the_signed_request_is_kept_as_a_file_of_the_funding(plan, checker):
    drawdown = approved_drawdown(plan=plan)
    paper = NewPaper(checked(name="Abruf 1.pdf", content=PDF), ContentFile(PDF))

    kept = drawdown_receipts.keep_signed_copy(drawdown=drawdown, paper=paper, by=checker)

    assert kept.signed_copy.title == "Unterschriebene Anforderung zum Mittelabruf 1"
    assert (kept.signed_copy.name, kept.signed_copy.size_bytes) == ("Abruf 1.pdf", len(PDF))
    waiting = recorded_drawdown(plan=plan, requested_on=date(2016, 12, 28))
    with pytest.raises(RuleBroken, match="zweite Prüfung noch nicht"):
        drawdown_receipts.keep_signed_copy(drawdown=waiting, paper=paper, by=checker)
