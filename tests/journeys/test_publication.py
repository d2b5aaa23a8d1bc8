"""Somebody orders three copies, the office sends them (h)."""

from collections.abc import Callable

import pytest

from programme.models import OutgoingMail
from publications.forms.orders import SECONDS_TO_TYPE
from publications.models import Order
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


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
