"""Journey J4: twenty orders packed, printed and sent in four clicks; a mail becomes an order."""

from collections.abc import Callable

import pytest

from programme.models import OutgoingMail
from publications.enums import OrderStatus
from publications.models import Order, OrderItem, PackingBatch, Publication
from tests.factories.publications import OrderFactory, OrderItemFactory
from tests.journeys.conftest import Visitor, run_jobs
from tests.journeys.effort import count_from_now, effort_of
from tests.publications.mails import FOLDER

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/intern/bestellungen/"


def twenty_orders() -> None:
    """Twenty confirmed orders, and nothing else to pack."""
    title = Publication.objects.get(slug="abschlussbericht")
    Publication.objects.filter(pk=title.pk).update(stock=200, reprint_below=0)
    Order.objects.filter(status=OrderStatus.CONFIRMED).update(status=OrderStatus.CANCELLED)
    for number in range(20):
        order = OrderFactory.create(
            number=f"B-9{number:05d}", status="confirmed", email=f"person{number}@example.org"
        )
        OrderItemFactory.create(order=order, publication=title, copies=number % 3 + 1)


def test_twenty_orders_leave_in_four_clicks_on_one_page(visit: Callable[[], Visitor]) -> None:
    twenty_orders()
    office = visit()
    office.sign_in("team@example.org")
    office.open(DESK)
    count_from_now(office)

    office.press("Alle 20 auf dieser Seite auswählen", role="link")  # 1
    office.press("Ausgewählte packen und drucken")  # 2
    run_jobs()
    office.wait_until_made()
    with office.page.expect_download() as loading:
        office.page.get_by_role("link", name="PDF öffnen").click()  # 3
    office.press("Alle 20 als versandt melden")  # 4

    effort = effort_of(office)
    assert (effort.pages, effort.fields, effort.clicks) == (1, 0, 4)
    assert loading.value.path().read_bytes().startswith(b"%PDF-")
    assert "20 Bestellungen sind als versandt gemeldet." in office.text()
    assert Order.objects.filter(number__startswith="B-9", status=OrderStatus.SENT).count() == 20
    told = OutgoingMail.objects.filter(letter="publications/order_sent")
    assert told.filter(recipient__startswith="person").count() == 20
    assert PackingBatch.objects.get().closed_at is not None


def test_a_mail_stands_on_the_packing_list_after_two_clicks(visit: Callable[[], Visitor]) -> None:
    mail = (FOLDER / "orders" / "12_eingefuegt_nackt.txt").read_text(encoding="utf-8")
    Publication.objects.filter(slug="abschlussbericht").update(stock=200)
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"{DESK}aus-mail/")
    count_from_now(office)

    office.page.locator("[name=text]").fill(mail)
    office.press("E-Mail lesen")  # 1
    assert "wahrscheinlich" in office.text()
    office.press("Bestellung eintragen", exact=True)  # 2

    effort = effort_of(office)
    assert (effort.fields, effort.clicks) == (1, 2)
    item = OrderItem.objects.get(order__email="linnea.oehmann@example.org")
    assert (item.publication.slug, item.copies, item.order.status) == (
        "abschlussbericht", 2, "confirmed",
    )  # fmt: skip
    assert "Linnéa Öhmann" in office.text()
