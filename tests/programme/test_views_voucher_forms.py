"""Recording and correcting a voucher: seven fields and files, nothing typed is lost."""

from decimal import Decimal

import pytest
from django.urls import reverse

from programme.enums import VoucherFileKind, VoucherStatus
from programme.forms.voucher_details import DETAILS
from programme.models import Submission, Voucher
from programme.services import approvals, corrections
from tests.factories.funding import PDF, entry, new_file, recorded_voucher
from tests.factories.programme import UserFactory
from tests.programme.voucher_forms import ADD, typed, upload


def test_the_form_has_seven_fields_files_and_proposes_the_last_day(plan, finance):
    html = finance.get(ADD).content.decode()

    form = finance.get(ADD).context["form"]
    needed = [field.name for field in form.visible_fields() if field.field.required]
    others = [field.name for field in form.visible_fields() if not field.field.required]
    assert needed == [
        "line",
        "payee",
        "invoice_number",
        "invoiced_on",
        "paid_on",
        "gross_eur",
        "reason",
    ]
    assert others == ["invoice_files", "payment_files", *DETAILS]
    assert '<details class="folded">' in html
    assert html.count('value="2017-06-30"') == 2
    assert 'enctype="multipart/form-data"' in html
    assert reverse("programme:split_preview") in html


def test_a_voucher_with_files_is_recorded_and_its_page_explains_the_split(plan, finance, clerk):
    files = {
        "invoice_files": [upload(), upload(b"%PDF-1.7 Anlage %%EOF", "Anlage.pdf")],
        "payment_files": [upload(b"%PDF-1.7 Auszug %%EOF", "Auszug.pdf")],
    }

    response = finance.post(ADD, typed(plan) | files, follow=True)

    voucher = Voucher.objects.get()
    html = response.content.decode()
    assert response.redirect_chain == [("/intern/foerderung/belege/1/", 302)]
    assert voucher.factual_check_by == clerk
    assert [file.kind for file in voucher.files.all()] == [
        VoucherFileKind.INVOICE,
        VoucherFileKind.INVOICE,
        VoucherFileKind.PROOF_OF_PAYMENT,
    ]
    for text in ("528,30 EUR", "471,70 EUR", "52,8302 %", "471,698113 EUR", "0,1887 Cent"):
        assert text in html
    assert "Die zweite Prüfung macht eine andere Person" in html


def test_a_receipt_is_invoice_and_proof_of_payment_once_that_is_confirmed(plan, finance):
    fields = typed(plan)
    receipt = {"invoice_files": upload(), "payment_files": upload()}

    asked = finance.post(ADD, fields | receipt)
    saved = finance.post(ADD, fields | {"confirmed": "on"}, follow=True)

    assert asked.status_code == 422
    assert "als Rechnung und als Zahlungsnachweis gewählt" in asked.content.decode()
    files = Voucher.objects.get().files.all()
    assert [file.kind for file in files] == ["invoice", "proof_of_payment"]
    assert len({file.file.name for file in files}) == 2
    assert saved.context["missing_files"] is None


def test_a_receipt_kept_for_both_is_not_asked_about_again(plan, finance):
    recorded_voucher(plan=plan, files=(new_file(), new_file(kind="proof_of_payment")))

    address = "/intern/foerderung/belege/1/aendern/"
    answer = finance.post(address, typed(plan, seen_version=1) | {"payment_files": upload()})

    assert answer.status_code == 302
    assert Voucher.objects.get().files.count() == 2


def test_the_same_form_sent_twice_makes_one_voucher(plan, finance):
    fields = typed(plan)

    first, second = finance.post(ADD, fields), finance.post(ADD, fields)

    assert Voucher.objects.count() == 1
    assert first["Location"] == second["Location"] == "/intern/foerderung/belege/1/"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("gross_eur", "1.234", "nicht eindeutig"),
        ("gross_eur", "-5", "größer als 0,00 EUR"),
        ("net_eur", "1.000,01", "höchstens so viel wie brutto"),
        ("gross_eur", "zwölf", "höchstens zwei Nachkommastellen"),
        ("gross_eur", "300.000,00", "Regel F08"),
        ("invoiced_on", "2017-07-01", "Regel F05"),
        ("invoiced_on", "2015-02-29", "gültiges Datum"),
        ("invoiced_on", "", "füllen Sie"),
        ("line", "999999", "gültige Auswahl"),
        ("payee", "", "füllen Sie"),
        ("payee", "a\x00b", "Steuerzeichen"),
        ("payee", "x" * 161, "160 Zeichen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    plan, finance, field, value, message
):
    response = finance.post(ADD, typed(plan, **{field: value}))

    form = response.context["form"]
    assert response.status_code == 422
    assert message in " ".join(form.errors[field])
    assert form["reason"].value() == "Begleittage im April 2016"
    assert "Begleittage im April 2016" in response.content.decode()
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "leer.pdf", "ist leer"),
        (b"<html></html>", "seite.pdf", "mehr als Daten"),
        (b"MZ\x90", "rechnung.pdf", "keine Datei der Art"),
        (b"%PDF-1.7 abgebrochen", "rechnung.pdf", "unvollständig"),
        (PDF + b" " * 20 * 1024 * 1024, "gross.pdf", "größer als 20 MB"),
    ],
)
def test_a_refused_file_keeps_the_other_values(plan, finance, content, name, message):
    files = {"invoice_files": [upload(), upload(content, name)]}

    response = finance.post(ADD, typed(plan) | files)

    html = response.content.decode()
    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors["invoice_files"])
    assert "Rechnung Größe.pdf (Rechnung" in html
    assert "1.000,00 €" in html
    assert not Voucher.objects.exists()


def test_a_text_in_place_of_a_file_is_no_file(plan, finance):
    finance.post(ADD, typed(plan, invoice_files="kein Anhang"))

    assert Voucher.objects.get().files.count() == 0


def test_a_likely_duplicate_asks_for_a_tick(plan, finance):
    recorded_voucher(plan=plan)

    asked = finance.post(ADD, typed(plan))
    recorded = finance.post(ADD, typed(plan, confirmed="on"))

    assert asked.status_code == 422
    assert "Regel F18: Beleg 1 sieht gleich aus" in asked.content.decode()
    assert 'type="checkbox" name="confirmed"' in asked.content.decode()
    assert recorded.status_code == 302


def test_bodies_above_all_limits_are_refused_in_german(plan, finance):
    kind = "multipart/form-data; boundary=x"

    response = finance.generic("POST", ADD, b"", kind, CONTENT_LENGTH=str(10**9))
    public = finance.generic("POST", "/barriere-melden/", b"", kind, CONTENT_LENGTH=str(10**7))

    assert (response.status_code, public.status_code) == (413, 413)
    assert "höchstens 100 MB" in response.content.decode()


def test_without_a_plan_the_page_says_what_is_missing(programme, finance):
    assert "Es gibt noch keinen genehmigten Finanzierungsplan" in finance.get(ADD).content.decode()


@pytest.mark.parametrize(
    ("typed_amount", "answer"),
    [
        ("1.000,00", ["528,30 EUR", "471,70 EUR"]),
        ("0,01", ["0,01 EUR", "0,00 EUR"]),
        ("1.234", []),
        ("", []),
        ("\x00", []),
    ],
)
def test_the_split_while_typing_is_the_split_of_the_next_voucher(
    plan, finance, typed_amount, answer
):
    response = finance.get("/intern/foerderung/aufteilung/", {"betrag": typed_amount}).json()

    assert [part["amount"] for part in response["parts"]] == answer
    assert bool(response["message"]) is not bool(answer)


def test_a_voucher_is_corrected_with_what_it_says_now(plan, finance):
    recorded_voucher(plan=plan)
    page = finance.get("/intern/foerderung/belege/1/aendern/")
    shown = page.context["form"]

    response = finance.post(
        "/intern/foerderung/belege/1/aendern/",
        typed(plan, gross_eur="2.000,50", seen_version=1),
        follow=True,
    )

    assert shown["gross_eur"].value() == "1.000,00"
    assert shown["seen_version"].value() == 1
    assert "Bruttobetrag: 1000.00 → 2000.50" in response.content.decode()
    assert Voucher.objects.get().gross_eur == Decimal("2000.50")


def test_a_rejected_voucher_is_corrected_and_open_again(plan, finance, clerk):
    voucher = recorded_voucher(plan=plan)
    approvals.reject(voucher=voucher, seen_version=1, reason="Falsche Zahl", by=clerk)
    address = "/intern/foerderung/belege/1/aendern/"

    page = finance.get("/intern/foerderung/belege/1/").content.decode()
    form = finance.get(address)
    answer = finance.post(address, typed(plan, gross_eur="2.000,50", seen_version=2))

    voucher.refresh_from_db()
    assert address in page
    assert form.status_code == 200
    assert answer.status_code == 302
    assert (voucher.status, voucher.gross_eur) == (VoucherStatus.RECORDED, Decimal("2000.50"))
    assert (voucher.factual_check_by, voucher.arithmetic_check_by) == (clerk, None)


def test_a_rejected_replacement_without_its_counter_entry_says_what_to_do(plan, finance, clerk):
    other = UserFactory()
    first = recorded_voucher(plan=plan)
    approvals.approve(voucher=first, seen_version=1, by=clerk)
    counter, successor = corrections.correct_approved(
        voucher=first, entry=entry(plan=plan), reason="Zahlendreher", by=other, confirmed=True
    )
    for voucher in (successor, counter):
        approvals.reject(voucher=voucher, seen_version=1, reason="falsch", by=clerk)

    shown = finance.get("/intern/foerderung/belege/3/aendern/", follow=True)

    assert shown.redirect_chain == [("/intern/foerderung/belege/3/", 302)]
    assert "den er ersetzen sollte, erneut" in shown.content.decode()


def test_a_correction_of_a_changed_voucher_is_refused(plan, finance):
    recorded_voucher(plan=plan)

    response = finance.post("/intern/foerderung/belege/1/aendern/", typed(plan, seen_version=7))

    assert response.status_code == 422
    assert "inzwischen geändert" in response.content.decode()
