"""Somebody orders on paper: two pages, seven fields, three clicks, a link in a mail (J3c)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from programme.models import OutgoingMail
from publications.forms.orders import SECONDS_TO_TYPE
from publications.models import Order
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "https://portal.example.org"
TYPED = {
    "full_name": "Käthe Strauß",
    "organisation": "Volkshochschule",
    "street": "Schloßallee 1",
    "postcode": "65183",
    "city": "Wiesbaden",
    "email": "kaethe@example.org",
    "copies_abschlussbericht": "3",
}


def link_for(email: str) -> str:
    """Return the path of the link in the newest mail to this address."""
    mail = OutgoingMail.objects.filter(recipient=email).latest("pk")
    return next(word for word in mail.text_body.split() if "/bestellung/" in word)[len(BASE) :]


def fill(page: Any, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(1000 * SECONDS_TO_TYPE)  # nobody types that fast, says the form


def test_an_order_costs_two_pages_seven_fields_and_three_clicks(
    visit: Callable[[], Visitor],
) -> None:
    reader = visit()
    reader.open("/publikationen/abschlussbericht/")
    assert "nicht zur Wahlwerbung" in reader.text()
    count_from_now(reader)
    reader.press("Gedruckt bestellen", role="link")
    fill(reader.page, TYPED)
    reader.press("Bestellung absenden")
    assert "Bitte bestätigen Sie noch" in reader.text()
    reader.open(link_for("kaethe@example.org"))
    reader.press("Bestellung bestätigen")
    assert "Ihre Bestellung ist bestätigt" in reader.text()

    # The form and the page of the link; the page one came from is where the first click was made.
    assert effort_of(reader) == Effort(pages=3, fields=7, clicks=3)
    names = {cookie["name"] for cookie in reader.page.context.cookies()}
    assert names <= {"csrftoken", "sessionid", "messages"}


def test_two_titles_and_ten_thousand_copies_meet_the_office(
    visit: Callable[[], Visitor],
) -> None:
    reader = visit()
    reader.open("/bestellen/?praxiskarten-beispiel=2")
    fill(reader.page, TYPED | {"copies_abschlussbericht": "10000"})
    reader.press("Bestellung absenden")
    assert "nennen Sie bitte den Grund" in reader.text()
    assert reader.page.locator("[name=street]").input_value() == "Schloßallee 1"
    reader.page.locator("[name=purpose]").fill("Für alle Schulen im Land")
    reader.press("Bestellung absenden")
    assert "Wir sehen uns die Bestellung an" in reader.text()
    reader.page.go_back()
    reader.press("Bestellung absenden")
    assert "schon angekommen" in reader.text()
    order = Order.objects.get(email="kaethe@example.org")
    reader.open(link_for("kaethe@example.org"))
    reader.press("Bestellung bestätigen")
    run_jobs()

    office = visit()
    office.sign_in("team@example.org")
    office.press("Bestellungen zu prüfen", role="link")
    panel = office.page.locator("section").filter(has_text=order.number)
    panel.get_by_label("Abschlussbericht").fill("50")
    office.follow(panel.get_by_role("button", name="Freigeben"))
    assert f"Bestellung {order.number} ist freigegeben" in office.text()
    assert dict(order.items.values_list("publication__slug", "copies")) == {
        "abschlussbericht": 50,
        "praxiskarten-beispiel": 2,
    }


def test_an_order_needs_no_scripts(
    browser: Browser, live_server: Any, width: int, demo: None
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="de-DE", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/publikationen/abschlussbericht/")
    page.get_by_role("main").get_by_role("link", name="Gedruckt bestellen").click()
    fill(page, TYPED)
    page.get_by_role("button", name="Bestellung absenden").click()
    assert "Bitte bestätigen Sie noch" in page.locator("h1").inner_text()
    page.goto(f"{live_server.url}{link_for('kaethe@example.org')}")
    page.get_by_role("button", name="Bestellung bestätigen").click()
    said = page.get_by_text("Ihre Bestellung ist bestätigt").count()
    context.close()
    assert said == 1
    assert Order.objects.get(email="kaethe@example.org").status == "confirmed"
