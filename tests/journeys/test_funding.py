"""Finance draws money on one page with three fields, another person approves it (J5d)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from programme.models import Drawdown
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_drawdown_takes_one_page_and_three_fields_and_two_clicks_to_approve(
    visit: Callable[[], Visitor],
) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/abrufe/neu/")
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
    drawdown = Drawdown.objects.get(number=5)
    assert drawdown.requested_eur == Decimal("5300.00")
    assert finance.page.get_by_role("button", name="Rechnerisch richtig").count() == 0

    second = visit()
    second.sign_in("finanzen2@example.org")
    second.open("/intern/foerderung/abrufe/")
    second.press("Mittelabruf 5", role="link")
    second.press("Rechnerisch richtig")
    drawdown.refresh_from_db()
    assert (drawdown.status, drawdown.approved_by is None) == ("approved", False)
    second.page.locator("[name=received_on_land]").fill("2017-07-12")
    second.page.locator("[name=received_on_amif]").fill("2017-07-20")
    second.press("Eingang speichern")
    drawdown.refresh_from_db()
    assert drawdown.status == "received"
    second.open("/intern/foerderung/fristen/")
    assert "Vorwarnung erreicht" in second.text()
