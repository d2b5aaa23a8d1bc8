"""Finance moves money between lines; another person approves the next version (U02, F07)."""

from collections.abc import Callable

import pytest

from programme.models import FinancingPlan
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reallocation_is_one_form_and_counts_when_a_second_person_approves(
    visit: Callable[[], Visitor],
) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/plan/")
    finance.press("Umschichten", role="link")
    finance.page.locator("[name=giving]").select_option(index=4)
    finance.page.locator("[name=taking]").select_option(index=3)
    finance.page.locator("[name=amount_eur]").fill("2.400,00")
    finance.page.locator("[name=reason]").fill("Mehr Fahrten nach Gießen")
    finance.press("Umschichtung vorlegen")

    second = visit()
    second.sign_in("finanzen2@example.org")
    second.open("/intern/foerderung/plan/3/")
    second.press("Genehmigen")

    newest = FinancingPlan.objects.order_by("-version")[0]
    assert "wartet auf die Genehmigung durch eine zweite Person" in finance.text()
    assert (newest.version, newest.status) == (3, "approved")
    assert "genehmigt und gilt ab sofort" in second.text()


def test_notices_and_their_numbers_can_be_read_and_changed(visit: Callable[[], Visitor]) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/bescheide/")
    finance.open("/intern/foerderung/bescheide/amif/groessen/line_tolerance/")
    finance.page.locator("[name=value]").fill("15")
    finance.page.locator("[name=valid_from]").fill("2016-07-01")
    finance.page.locator("[name=basis]").fill("Änderungsbescheid, Nr. 3")
    finance.press("Neuen Wert eintragen")
    assert "haben ein Rechnungsdatum ab dem 01.07.2016." in finance.text()
    finance.page.locator("[name=confirmed]").check()
    finance.press("Neuen Wert eintragen")

    assert "Änderungsbescheid, Nr. 3" in finance.text()
