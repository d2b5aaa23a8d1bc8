"""Finance records a voucher, another person approves it, the public sees the sum (f)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from programme.models import Voucher
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def fill_voucher(finance: Visitor, invoice: Path) -> None:
    """Fill the seven fields and add the invoice."""
    finance.page.locator("[name=line]").select_option(index=1)
    for name, value in {
        "payee": "Werkstatt für Beteiligung GmbH",
        "invoice_number": "RE-2017-ÄÖ-9",
        "invoiced_on": "2017-05-02",
        "paid_on": "2017-05-12",
        "gross_eur": "100,01",
        "reason": "Moderation des Abschlussgesprächs",
    }.items():
        finance.page.locator(f"[name={name}]").fill(value)
    finance.page.locator("[name=invoice_files]").set_input_files(invoice)


def test_a_voucher_needs_two_people_and_reaches_the_public_page(
    visit: Callable[[], Visitor], tmp_path: Path
) -> None:
    invoice = tmp_path / "Rechnung Mai.pdf"
    invoice.write_bytes(PDF)
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/")
    finance.press("Beleg erfassen", role="link")
    fill_voucher(finance, invoice)
    finance.page.locator("[data-split-text]").get_by_text("AMIF").wait_for()
    finance.check()
    finance.press("Als sachlich richtig erfassen")
    voucher = Voucher.objects.get(invoice_number="RE-2017-ÄÖ-9")
    assert sum(share.amount_eur for share in voucher.shares.all()) == Decimal("100.01")
    assert "Die zweite Prüfung macht eine andere Person" in finance.text()
    assert finance.page.get_by_role("button", name="Rechnerisch richtig").count() == 0

    public = visit()
    public.open("/programm/foerderung/")
    before = public.text()
    second = visit()
    second.sign_in("finanzen2@example.org")
    second.open("/intern/foerderung/pruefen/")
    second.page.get_by_label(f"Beleg {voucher.number}").first.check()
    second.press("Ausgewählte")
    voucher.refresh_from_db()
    assert (voucher.status, voucher.arithmetic_check_by is None) == ("approved", False)
    public.open("/programm/foerderung/")
    assert public.text() != before
    assert "Werkstatt" not in public.text()


def test_wrong_input_is_named_at_its_field_and_kept(
    visit: Callable[[], Visitor], tmp_path: Path
) -> None:
    fake = tmp_path / "rechnung.pdf"
    fake.write_bytes(b"<html><script>alert(1)</script></html>")
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/belege/neu/")
    fill_voucher(finance, fake)
    finance.page.locator("[name=gross_eur]").fill("1.234")
    finance.press("Als sachlich richtig erfassen")
    fields = {
        name: finance.page.locator(f"[name={name}]").get_attribute("aria-invalid")
        for name in ("gross_eur", "invoice_files", "payee")
    }
    assert fields == {"gross_eur": "true", "invoice_files": "true", "payee": None}
    assert finance.page.locator("[name=gross_eur]").input_value() == "1.234"
    assert not Voucher.objects.filter(invoice_number="RE-2017-ÄÖ-9").exists()
