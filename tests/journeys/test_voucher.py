"""Finance records a voucher, another person approves it, the public sees the sum (f)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from programme.models import Voucher
from tests.journeys.conftest import Visitor
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)

E_INVOICES = Path(__file__).parents[1] / "programme" / "invoices"

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


BY_HAND = {
    "payee": "Werkstatt für Beteiligung GmbH",
    "invoice_number": "RE-2017-ÄÖ-9",
    "invoiced_on": "2017-05-02",
    "paid_on": "2017-05-12",
    "gross_eur": "100,01",
    "reason": "Moderation des Abschlussgesprächs",
}


def fill_voucher(finance: Visitor, invoice: Path) -> None:
    """Fill the seven fields (J5a) and add the invoice."""
    finance.page.locator("[name=line]").select_option(index=1)
    for name, value in BY_HAND.items():
        finance.page.locator(f"[name={name}]").fill(value)
    finance.page.locator("[name=invoice_files]").set_input_files(invoice)


def fields_in_sight(finance: Visitor) -> int:
    """Count the fields of the form that are open, without files and ticks."""
    form = finance.page.locator("main form[enctype]")
    fields = form.locator("input:not([type=file], [type=hidden], [type=checkbox]), select")
    return sum(field.is_visible() for field in fields.all())


def test_a_voucher_needs_two_people_and_reaches_the_public_page(
    visit: Callable[[], Visitor], tmp_path: Path
) -> None:
    invoice = tmp_path / "Rechnung Mai.pdf"
    invoice.write_bytes(PDF)
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/")
    finance.press("Beleg erfassen", role="link")
    assert fields_in_sight(finance) == len(BY_HAND) + 1 == 7
    count_from_now(finance)
    fill_voucher(finance, invoice)
    finance.page.locator("[data-split-text]").get_by_text("AMIF").wait_for()
    finance.check()
    finance.press("Als sachlich richtig erfassen")
    assert effort_of(finance) == Effort(pages=1, fields=7, clicks=1)
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


def test_an_e_invoice_leaves_two_fields_on_one_page(visit: Callable[[], Visitor]) -> None:
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/belege/neu/")
    count_from_now(finance)
    address = finance.page.url
    finance.page.locator("[name=invoice_files]").set_input_files(E_INVOICES / "xrechnung_ubl.xml")
    finance.press("Rechnung einlesen")
    assert finance.page.url == address
    assert "E-Rechnung gelesen: XRechnung (UBL)" in finance.text()

    finance.page.locator("[name=line]").select_option(index=1)
    finance.page.locator("[name=paid_on]").fill("2016-06-20")
    # Enter saves; it does not press the button that reads, which comes first on the page.
    with finance.page.expect_navigation():
        finance.page.locator("[name=reason]").press("Enter")
    finance.check()

    # Read the invoice and save: two presses, and only the two fields no invoice knows.
    assert effort_of(finance) == Effort(pages=1, fields=2, clicks=2)
    voucher = Voucher.objects.get(invoice_number="UBL-2016-99")
    assert finance.page.url.endswith(f"/belege/{voucher.number}/")
    assert (voucher.payee, voucher.gross_eur) == ("Übersetzungen Zoë Łącka", Decimal("595.00"))
    assert [file.name for file in voucher.files.all()] == ["xrechnung_ubl.xml"]
    assert "1. Mai 2016 bis 31. Mai 2016" in finance.text()


def test_a_broken_e_invoice_leaves_what_was_typed_and_can_be_taken_out(
    visit: Callable[[], Visitor], tmp_path: Path
) -> None:
    broken = tmp_path / "kaputt.xml"
    broken.write_text("<rechnung/>")
    finance = visit()
    finance.sign_in("finanzen@example.org")
    finance.open("/intern/foerderung/belege/neu/")
    fill_voucher(finance, broken)
    finance.press("Rechnung einlesen")
    file = finance.page.locator("[name=invoice_files]")
    assert file.get_attribute("aria-invalid") == "true"
    assert "keine E-Rechnung" in finance.text()
    assert finance.page.locator("[name=gross_eur]").input_value() == "100,01"

    finance.page.get_by_label("wieder entfernen").check()
    finance.press("Als sachlich richtig erfassen")
    voucher = Voucher.objects.get(invoice_number="RE-2017-ÄÖ-9")
    assert voucher.files.count() == 0
