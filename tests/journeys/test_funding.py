"""Finance draws money (J5d) and proves its use (J5e); another person signs each time."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from programme.models import Drawdown, Printout, ProofOfUse
from programme.rules.proofs import titled
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_drawdown_takes_one_page_and_three_fields_and_two_clicks_to_approve(
    visit: Callable[[], Visitor],
) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/abrufe/neu/")
    count_from_now(finance)
    asked = finance.page.locator("main form :is(input, textarea):not([type=hidden])")
    names = [field.get_attribute("name") for field in asked.all()]
    assert names == ["requested_on", "requested_eur", "reason"]
    amount = finance.page.locator("[name=requested_eur]")
    assert amount.input_value() == "10.600,00"
    amount.fill("10.700,00")
    panel = finance.page.locator("[data-drawdown]")
    panel.get_by_text("mehr als zulässig").wait_for()
    finance.check()
    amount.fill("5.300,00")
    panel.get_by_text("AMIF 2.500,00 EUR").wait_for()
    finance.page.locator("[name=reason]").fill("Druck der Publikation, letzte Rechnungen")
    finance.press("Als sachlich richtig erfassen")
    assert effort_of(finance) == Effort(pages=1, fields=2, clicks=1)  # the day is proposed
    drawdown = Drawdown.objects.get(number=5)
    assert drawdown.requested_eur == Decimal("5300.00")
    assert finance.page.get_by_role("button", name="Rechnerisch richtig").count() == 0

    second = visit()
    second.sign_in("finanzen2@example.org")
    second.open("/intern/foerderung/abrufe/")
    count_from_now(second)
    second.press("Mittelabruf 5", role="link")
    second.press("Rechnerisch richtig")
    assert effort_of(second).clicks == 2
    drawdown.refresh_from_db()
    assert (drawdown.status, drawdown.approved_by is None) == ("approved", False)
    second.page.locator("[name=received_on_land]").fill("2017-07-12")
    second.page.locator("[name=received_on_amif]").fill("2017-07-20")
    second.press("Eingang speichern")
    drawdown.refresh_from_db()
    assert drawdown.status == "received"
    second.open("/intern/foerderung/fristen/")
    assert "Vorwarnung erreicht" in second.text()


def test_a_proof_names_what_is_open_and_comes_as_paper_table_and_archive(
    visit: Callable[[], Visitor],
) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/nachweise/")
    finance.press("Abschlussnachweis")
    headings = finance.page.locator("main h2").all_inner_texts()
    assert headings[0] == "Offene Punkte"
    assert finance.page.get_by_role("button", name="Sachlich richtig").count() == 0
    finance.press("Sachbericht schreiben", role="link")
    for field in finance.page.locator("main [name^=text_]").all():
        field.fill("Das Ziel ist erreicht.")
    for field in finance.page.locator("main [name^=value_]").all():
        field.fill("6")
    finance.press("Sachbericht speichern")
    finance.page.get_by_label("Ich habe die Warnungen gelesen").check()
    finance.press("Sachlich richtig")
    proof = ProofOfUse.objects.get(kind="final")

    second = visit()
    second.sign_in("finanzen2@example.org")
    second.open(f"/intern/foerderung/nachweise/{proof.pk}/")
    second.page.get_by_label("Ich habe die Warnungen gelesen").check()
    second.press("Rechnerisch richtig")
    proof.refresh_from_db()
    assert (proof.status, len(proof.figures["vouchers"])) == ("submitted", 28)
    count_from_now(second)
    for name in ("Als PDF", "Als Tabelle", "Alle Belege als Archiv"):
        second.open(f"/intern/foerderung/nachweise/{proof.pk}/")
        second.press(name)
    assert effort_of(second) == Effort(pages=1, fields=0, clicks=3)
    run_jobs()
    made = Printout.objects.filter(title=titled(proof), status="ready")
    assert {row.download_name.rpartition(".")[2] for row in made} == {"pdf", "xlsx", "zip"}
