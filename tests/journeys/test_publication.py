"""The office compiles and publishes, the public reads, downloads and orders (g, h)."""

from collections.abc import Callable

import pytest

from programme.models import OutgoingMail
from publications.forms.orders import SECONDS_TO_TYPE
from publications.models import Edition, Order
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_report_is_compiled_edited_published_and_read(visit: Callable[[], Visitor]) -> None:
    office = visit()
    office.sign_in("team@example.org")
    office.open("/intern/publikationen/")
    office.press("Manuskript öffnen", role="link")
    office.press("Bericht zusammenstellen|Vorschläge auffrischen")
    office.follow(office.page.get_by_role("link", name="Bearbeiten").first)
    body = office.page.locator("[name=body]")
    body.fill(f"{body.input_value()}\n\nDieser Satz kam zum Schluss dazu.")
    office.press("Speichern", exact=True)
    office.press("Prüfen und freigeben", role="link")
    office.press("Gelesen, ich gebe frei")
    second = visit()
    second.sign_in("team2@example.org")
    second.open(office.page.url.removeprefix(office.base))
    second.press("Gelesen, ich gebe frei")
    office.open(office.page.url.removeprefix(office.base))
    office.press("Veröffentlichen", role="link")
    office.follow(office.page.locator("main form button[type=submit]").last)
    run_jobs()
    edition = Edition.objects.latest("number")
    office.open(f"/intern/publikationen/{edition.publication.slug}/ausgaben/{edition.number}/")
    assert "ist veröffentlicht" in office.text()

    public = visit()
    public.open("/")
    public.open(f"/publikationen/{edition.publication.slug}/")
    assert f"{edition.pdf_pages} Seiten" in public.text()
    public.open(f"/publikationen/{edition.publication.slug}/{edition.number}/")
    assert "Dieser Satz kam zum Schluss dazu." in public.text()
    pdf = public.page.request.get(
        f"{public.base}/publikationen/{edition.publication.slug}/{edition.number}.pdf"
    )
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")


def test_three_copies_are_ordered_confirmed_and_sent(visit: Callable[[], Visitor]) -> None:
    reader = visit()
    reader.open("/publikationen/abschlussbericht/bestellen/")
    reader.follow(reader.page.locator("main form button[type=submit]").last)
    assert reader.page.get_by_role("alert").get_by_role("link").count() >= 4
    for name, value in {
        "full_name": "Käthe Strauß",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "copies_abschlussbericht": "3",
    }.items():
        reader.page.locator(f"[name={name}]").fill(value)
    reader.page.wait_for_timeout(1000 * SECONDS_TO_TYPE)  # nobody types that fast, says the form
    reader.follow(reader.page.locator("main form button[type=submit]").last)
    order = Order.objects.get(email="kaethe@example.org")
    mail = OutgoingMail.objects.get(recipient="kaethe@example.org")
    link = next(word for word in mail.text_body.split() if "/bestellung/" in word)
    reader.open(link[len("https://portal.example.org") :])
    reader.follow(reader.page.locator("main form button[type=submit]").first)
    run_jobs()
    mailbox = OutgoingMail.objects.get(
        recipient="integration@hsm.hessen.de", subject__contains=order.number
    )
    assert "3" in mailbox.text_body
    assert "Schloßallee 1" in mailbox.text_body

    office = visit()
    office.sign_in("team@example.org")
    office.open("/intern/bestellungen/")
    office.page.get_by_label(order.number).first.check()
    office.press("versandt")
    order.refresh_from_db()
    assert order.status == "sent"
