"""A voucher from an e-invoice: two fields remain, files survive, nothing typed is lost."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine

from programme import clock
from programme.models import ParkedFile, Voucher
from programme.services import parked_files
from tests.programme.invoice_samples import (
    FOREIGN_ENTITY,
    LAUGHS,
    PLAIN_PDF,
    changed,
    hybrid,
    locked_pdf,
    pdf_with,
    sample,
)
from tests.programme.voucher_forms import ADD, typed, upload

EMPTY = {
    "line": "",
    "payee": "",
    "invoice_number": "",
    "invoiced_on": "2017-06-30",
    "paid_on": "2017-06-30",
    "gross_eur": "",
    "reason": "",
}


def untouched(**changes):
    """Return the form as a person sends it who has typed nothing."""
    return EMPTY | {"form_key": str(uuid4())} | changes


def read(finance, *uploads, **fields):
    """Press "Rechnung einlesen" with these files."""
    return finance.post(ADD, untouched(**fields) | {"invoice_files": list(uploads), "read": "1"})


def shown(response):
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def xml(name="xrechnung_ubl.xml", *changes):
    return upload(changed(name, *changes), "Rechnung.xml")


FROM_UBL = {
    "payee": "Übersetzungen Zoë Łącka",
    "invoice_number": "UBL-2016-99",
    "invoiced_on": "2016-06-02",
    "gross_eur": "595,00",
    "reason": "Dolmetschen Fachtag; Fahrtkosten",
    "serviced_from": "2016-05-01",
    "serviced_to": "2016-05-31",
    "net_eur": "500,00",
    "vat_eur": "95,00",
}


def test_an_e_invoice_fills_all_but_two_fields_and_becomes_the_file_of_the_voucher(plan, finance):
    key = str(uuid4())

    page = read(finance, xml(), form_key=key)
    fields = shown(page) | {"line": plan.lines.get(position=1).pk, "paid_on": "2016-06-20"}
    saved = finance.post(ADD, fields | {"form_key": key})

    voucher = Voucher.objects.get()
    file = voucher.files.get()
    html = page.content.decode()
    assert page.status_code == 200
    assert shown(page) == FROM_UBL | {"paid_on": "2017-06-30"}
    for text in ("E-Rechnung gelesen: XRechnung (UBL)", "9 Angaben", "2. Juli 2016"):
        assert text in html
    assert "DE02120300000000202051" not in html
    assert '<details class="folded" open>' in html
    assert saved["Location"] == "/intern/foerderung/belege/1/"
    assert (voucher.payee, voucher.gross_eur) == ("Übersetzungen Zoë Łącka", Decimal("595.00"))
    assert (voucher.net_eur, voucher.vat_eur) == (Decimal("500.00"), Decimal("95.00"))
    assert (voucher.serviced_from, voucher.serviced_to) == (date(2016, 5, 1), date(2016, 5, 31))
    assert voucher.eligible_eur == Decimal("595.00")
    assert (file.name, file.content_type) == ("Rechnung.xml", "application/xml")
    with file.file.open() as kept:
        assert kept.read() == sample("xrechnung_ubl.xml")
    assert not ParkedFile.objects.exists()


def test_the_invoice_is_delivered_as_an_attachment_nobody_runs(plan, finance):
    finance.post(ADD, typed(plan) | {"invoice_files": [xml()]})

    response = finance.get(
        f"/intern/foerderung/belege/1/datei/{Voucher.objects.get().files.get().pk}/"
    )

    assert b"".join(response) == sample("xrechnung_ubl.xml")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_pdf_with_an_invoice_inside_is_read_even_without_the_button(plan, finance):
    file = upload(hybrid("en16931.xml"), "Rechnung.pdf")

    response = finance.post(ADD, untouched() | {"invoice_files": [file]})

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == ["line"]
    assert form["payee"].value() == "Werkstatt für Beteiligung GmbH"
    assert form["gross_eur"].value() == "2.082,50"


def test_what_was_typed_stays_and_the_difference_asks_for_a_tick(plan, finance):
    key = str(uuid4())
    page = read(finance, xml(), form_key=key, gross_eur="500,00", reason="Dolmetschen")
    fields = shown(page) | {"line": plan.lines.get(position=1).pk, "net_eur": "", "vat_eur": ""}

    asked = finance.post(ADD, fields | {"form_key": key})
    saved = finance.post(ADD, fields | {"form_key": key, "confirmed": "on"})

    assert (shown(page)["gross_eur"], shown(page)["reason"]) == ("500,00", "Dolmetschen")
    assert asked.status_code == 422
    assert "Regel H03: In der E-Rechnung stehen 595,00 EUR brutto." in " ".join(
        asked.context["form"].errors["confirmed"]
    )
    assert saved.status_code == 302
    assert Voucher.objects.get().files.count() == 1


def test_a_plain_pdf_says_so_and_waits_for_its_voucher(plan, finance):
    key = str(uuid4())

    page = read(finance, upload(PLAIN_PDF, "Scan.pdf"), form_key=key, payee="Büro Groß")
    saved = finance.post(ADD, typed(plan, form_key=key))

    assert page.status_code == 200
    assert "In der Datei steckt keine E-Rechnung" in page.content.decode()
    assert shown(page)["payee"] == "Büro Groß"
    assert saved.status_code == 302
    assert [file.name for file in Voucher.objects.get().files.all()] == ["Scan.pdf"]


@pytest.mark.parametrize(
    ("content", "name", "why", "is_kept"),
    [
        (sample("en16931.xml")[:2000], "a.xml", "nicht lesbar", False),
        (LAUGHS, "a.xml", "mehr als Daten", False),
        (FOREIGN_ENTITY, "a.xml", "mehr als Daten", False),
        (b"<rechnung/>", "a.xml", "keine E-Rechnung", True),
        (b"<a>" * 400 + b"</a>" * 400, "a.xml", "nicht lesbar aufgebaut", True),
        (pdf_with(("factur-x.xml", b"kein XML")), "a.pdf", "keine Datei der Art", True),
        (pdf_with(("factur-x.xml", LAUGHS)), "a.pdf", "mehr als Daten", True),
        (pdf_with(("factur-x.xml", FOREIGN_ENTITY)), "a.pdf", "mehr als Daten", True),
        (locked_pdf(), "a.pdf", "verschlüsselt", True),
        (b"%PDF-1.7 nichts %%EOF", "a.pdf", "beschädigt", True),
    ],
)  # fmt: skip
def test_a_broken_e_invoice_says_why_at_the_file_and_leaves_typing(
    plan, finance, content, name, why, is_kept
):
    key = str(uuid4())

    page = read(finance, upload(content, name), form_key=key, reason="Größe ändern")
    saved = finance.post(ADD, typed(plan, form_key=key))

    form = page.context["form"]
    assert page.status_code == 422
    assert list(form.errors) == ["invoice_files"]
    (told,) = form.errors["invoice_files"]
    assert why in told
    assert form["reason"].value() == "Größe ändern"
    assert saved.status_code == 302
    assert Voucher.objects.get().files.count() == is_kept


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ([(">595.00<", ">594.00<")], "gross_eur", "nicht den Bruttobetrag 594,00 EUR"),
        ([("EUR", "USD")], "gross_eur", "lautet auf USD"),
        ([("<cbc:RegistrationName>Übersetzungen Zoë Łącka</cbc:RegistrationName>", "")],
         "payee", "fehlt: Name der Firma"),
        ([("2016-06-02", "02.06.2016")], "invoiced_on", "02.06.2016"),
        ([("2016-05-31", "2016-04-30")], "serviced_from", "endet laut E-Rechnung"),
    ],
)  # fmt: skip
def test_what_the_invoice_leaves_open_is_asked_at_its_field(plan, finance, changes, field, text):
    page = read(finance, xml("xrechnung_ubl.xml", *changes))

    form = page.context["form"]
    assert page.status_code == 422
    assert list(form.errors) == [field]
    assert text in form.errors[field][0]
    assert not form[field].value()


def test_a_credit_note_fills_the_form_with_amounts_below_zero(plan, finance):
    form = read(finance, upload(sample("credit_note_ubl.xml"), "a.xml")).context["form"]

    shown = [form[name].value() for name in ("gross_eur", "net_eur", "vat_eur")]
    assert shown == ["-142,80", "-120,00", "-22,80"]
    assert form["is_credit_note"].value()
    assert "gross_eur" not in form.errors


def test_several_rates_are_asked_back(plan, finance):
    rates = read(finance, upload(sample("extended.xml"), "a.xml")).context["form"]

    assert "mehrere Steuersätze" in rates.errors["confirmed"][0]
    assert rates["gross_eur"].value() == "3.526,20"


def test_two_different_invoices_are_not_mixed_but_one_of_them_can_be_taken_out(plan, finance):
    key = str(uuid4())
    other = upload(sample("basic.xml"), "falsch.xml")

    page = read(finance, xml(), other, form_key=key)
    wrong = ParkedFile.objects.get(name="falsch.xml")
    again = read(finance, form_key=key, removed=[str(wrong.pk), "x", "9" * 40])

    assert "mehrere verschiedene E-Rechnungen" in page.context["form"].errors["invoice_files"][0]
    assert not page.context["form"]["payee"].value()
    assert shown(again) == FROM_UBL | {"paid_on": "2017-06-30"}
    assert [file.name for file in ParkedFile.objects.all()] == ["Rechnung.xml"]


def test_another_invoice_takes_the_place_of_the_one_taken_out(plan, finance):
    key = str(uuid4())
    first = read(finance, upload(sample("basic.xml"), "falsch.xml"), form_key=key)
    wrong = ParkedFile.objects.get()

    fields = shown(first) | {"removed": [str(wrong.pk)], "form_key": key, "reason": "Getippt"}
    second = read(finance, xml(), **fields)

    assert shown(second) == FROM_UBL | {"paid_on": "2017-06-30", "reason": "Getippt"}


def test_the_same_invoice_as_xml_and_pdf_counts_once(plan, finance):
    both = (xml("en16931.xml"), upload(hybrid("en16931.xml"), "a.pdf"))

    page = read(finance, *both)

    assert page.status_code == 200
    assert shown(page)["gross_eur"] == "2.082,50"
    assert ParkedFile.objects.count() == 2


def test_without_a_file_there_is_nothing_to_read(plan, finance):
    page = read(finance, reason="Größe")

    assert page.status_code == 422
    assert dict(page.context["form"].errors) == {
        "invoice_files": ["Bitte wählen Sie zuerst die Datei der Rechnung aus."]
    }
    assert shown(page)["reason"] == "Größe"


def test_files_survive_every_mistake_in_the_form(plan, finance):
    key = str(uuid4())
    files = {
        "invoice_files": [upload(), upload(b"MZ", "virus.exe")],
        "payment_files": [upload(b"%PDF-1.7 Auszug %%EOF", "Auszug.pdf")],
    }

    refused = finance.post(ADD, typed(plan, gross_eur="1.234", form_key=key) | files)
    saved = finance.post(ADD, typed(plan, form_key=key))

    assert set(refused.context["form"].errors) == {"gross_eur", "invoice_files"}
    assert saved.status_code == 302
    assert [file.name for file in Voucher.objects.get().files.all()] == [
        "Rechnung Größe.pdf",
        "Auszug.pdf",
    ]


def test_nobody_reaches_the_waiting_files_of_another_person(plan, finance, signed_in):
    key = str(uuid4())
    read(finance, xml(), form_key=key)
    waiting = ParkedFile.objects.get()

    stranger = signed_in("finance")
    page = read(stranger, form_key=key, removed=[str(waiting.pk)])
    stranger.post(ADD, typed(plan, form_key=key))

    assert shown(page) == {"paid_on": "2017-06-30", "invoiced_on": "2017-06-30"}
    assert ParkedFile.objects.get() == waiting
    assert Voucher.objects.get().files.count() == 0


def test_too_many_files_are_refused_before_they_fill_the_store(plan, finance, monkeypatch):
    monkeypatch.setattr(parked_files, "MOST_FILES", 1)

    page = read(finance, xml(), upload())

    assert "höchstens 1 Dateien" in page.context["form"].errors["invoice_files"][0]
    assert not ParkedFile.objects.exists()


def test_waiting_files_are_forgotten_after_a_day_and_when_there_are_too_many(
    plan, finance, monkeypatch, django_capture_on_commit_callbacks
):
    read(finance, xml())
    first = ParkedFile.objects.get()
    store = first.file.storage

    monkeypatch.setattr(parked_files, "MOST_BYTES", 10)
    with django_capture_on_commit_callbacks(execute=True):
        read(finance, upload())
    second = ParkedFile.objects.get()
    early = parked_files.forget_parked_files.call()
    tomorrow = time_machine.travel(clock.now() + timedelta(hours=25), tick=False)
    with tomorrow, django_capture_on_commit_callbacks(execute=True):
        late = parked_files.forget_parked_files.call()

    assert second.pk != first.pk
    assert (early, late) == ({"files": 0}, {"files": 1})
    assert [store.exists(file.file.name) for file in (first, second)] == [False, False]
    assert not ParkedFile.objects.exists()
