"""The pages of the vouchers: seven fields and files, four eyes, downloads, budgets of queries."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import Role, VoucherFileKind, VoucherStatus
from programme.models import Submission, Voucher
from programme.services import approvals
from tests.factories.funding import PDF, entry, funded_plan, new_file, recorded_voucher
from tests.factories.programme import BudgetLineFactory, ProgrammeFactory, UserFactory


@pytest.fixture
def plan(programme):
    return funded_plan(programme=programme)


@pytest.fixture
def clerk():
    return UserFactory(roles=[Role.FINANCE], full_name="Sören Weiß")


@pytest.fixture
def client(signed_in, clerk):
    return signed_in(user=clerk)


def typed(plan, **changes):
    """Return the fields as a browser sends them."""
    fields = {
        "line": plan.lines.get(position=1).pk,
        "payee": "Beratung Müßig & Söhne GmbH",
        "invoice_number": "RE-2016-7",
        "invoiced_on": "2016-05-02",
        "paid_on": "2016-05-20",
        "gross_eur": "1.000,00 €",
        "reason": "Begleittage im April 2016",
        "form_key": str(uuid4()),
    }
    return fields | changes


def upload(content=PDF, name="Rechnung Größe.pdf"):
    return SimpleUploadedFile(name, content)


ADD = "/intern/foerderung/belege/neu/"


def test_the_form_has_seven_fields_files_and_proposes_the_last_day(plan, client):
    html = client.get(ADD).content.decode()

    form = client.get(ADD).context["form"]
    shown = [field.name for field in form.visible_fields()]
    assert shown == [
        "line",
        "payee",
        "invoice_number",
        "invoiced_on",
        "paid_on",
        "gross_eur",
        "reason",
        "invoice_files",
        "payment_files",
    ]
    assert html.count('value="2017-06-30"') == 2
    assert 'enctype="multipart/form-data"' in html
    assert reverse("programme:split_preview") in html


def test_a_voucher_with_files_is_recorded_and_its_page_explains_the_split(plan, client, clerk):
    files = {
        "invoice_files": [upload(), upload(b"%PDF-1.7 Anlage %%EOF", "Anlage.pdf")],
        "payment_files": [upload(b"%PDF-1.7 Auszug %%EOF", "Auszug.pdf")],
    }

    response = client.post(ADD, typed(plan) | files, follow=True)

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


def test_the_same_form_sent_twice_makes_one_voucher(plan, client):
    fields = typed(plan)

    first, second = client.post(ADD, fields), client.post(ADD, fields)

    assert Voucher.objects.count() == 1
    assert first["Location"] == second["Location"] == "/intern/foerderung/belege/1/"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("gross_eur", "1.234", "nicht eindeutig"),
        ("gross_eur", "-5", "größer als 0,00 EUR"),
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
    plan, client, field, value, message
):
    response = client.post(ADD, typed(plan, **{field: value}))

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
def test_a_refused_file_keeps_the_other_values(plan, client, content, name, message):
    files = {"invoice_files": [upload(), upload(content, name)]}

    response = client.post(ADD, typed(plan) | files)

    html = response.content.decode()
    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors["invoice_files"])
    assert "Bitte wählen Sie die Dateien noch einmal aus" in html
    assert "1.000,00 €" in html
    assert not Voucher.objects.exists()


def test_a_text_in_place_of_a_file_is_no_file(plan, client):
    client.post(ADD, typed(plan, invoice_files="kein Anhang"))

    assert Voucher.objects.get().files.count() == 0


def test_a_likely_duplicate_asks_for_a_tick(plan, client):
    recorded_voucher(plan=plan)

    asked = client.post(ADD, typed(plan))
    recorded = client.post(ADD, typed(plan, confirmed="on"))

    assert asked.status_code == 422
    assert "Regel F18: Beleg 1 sieht gleich aus" in asked.content.decode()
    assert 'type="checkbox" name="confirmed"' in asked.content.decode()
    assert recorded.status_code == 302


def test_bodies_above_all_limits_are_refused_in_german(plan, client):
    kind = "multipart/form-data; boundary=x"

    response = client.generic("POST", ADD, b"", kind, CONTENT_LENGTH=str(10**9))
    public = client.generic("POST", "/barriere-melden/", b"", kind, CONTENT_LENGTH=str(10**7))

    assert (response.status_code, public.status_code) == (413, 413)
    assert "höchstens 100 MB" in response.content.decode()


def test_without_a_plan_the_page_says_what_is_missing(programme, client):
    assert "Es gibt noch keinen genehmigten Finanzierungsplan" in client.get(ADD).content.decode()


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
    plan, client, typed_amount, answer
):
    response = client.get("/intern/foerderung/aufteilung/", {"betrag": typed_amount}).json()

    assert [part["amount"] for part in response["parts"]] == answer
    assert bool(response["message"]) is not bool(answer)


def test_the_list_pages_narrows_and_sums(plan, signed_in):
    travel = plan.lines.get(position=2)
    for number in range(26):
        recorded_voucher(
            plan=plan, invoice_number=str(number), gross_eur=Decimal("10.00"), files=()
        )
    recorded_voucher(plan=plan, line=travel, gross_eur=Decimal("7.07"), paid_on=date(2017, 7, 14))
    client = signed_in(Role.AUDITOR)

    every = client.get("/intern/foerderung/").context
    travels = client.get("/intern/foerderung/?ansatz=2&status=recorded").context
    early = client.get("/intern/foerderung/?stand=2016-05-19").context
    last = client.get("/intern/foerderung/?seite=999999999999999999999").context

    assert (every["count"], every["total_eur"]) == (27, Decimal("267.07"))
    assert len(every["page"].object_list) == 25
    assert (travels["count"], travels["total_eur"]) == (1, Decimal("7.07"))
    assert early["count"] == 0
    assert len(last["page"].object_list) == 2
    assert not every["may_record"]


@pytest.mark.parametrize("query", ["stand=gestern", "ansatz=x", "status=%00", "stand=0001-01-01"])
def test_an_unreadable_filter_breaks_nothing(plan, client, query):
    assert client.get(f"/intern/foerderung/?{query}").status_code == 200


@pytest.mark.parametrize("amount", [1, 3])
def test_pages_cost_the_same_for_any_amount(plan, client, amount, django_assert_num_queries):
    for number in range(amount):
        recorded_voucher(plan=plan, invoice_number=str(number))

    with django_assert_num_queries(8):
        client.get("/intern/foerderung/")
    with django_assert_num_queries(7):
        client.get("/intern/foerderung/pruefen/")
    with django_assert_num_queries(8):
        client.get("/intern/foerderung/belege/1/")
    with django_assert_num_queries(7):
        client.get(ADD)


def test_approving_takes_two_clicks_and_several_go_at_once(plan, client, clerk):
    first, second = recorded_voucher(plan=plan), recorded_voucher(plan=plan)
    own = recorded_voucher(plan=plan, by=clerk)

    page = client.get("/intern/foerderung/pruefen/")
    response = client.post(
        "/intern/foerderung/pruefen/", {"chosen": ["1:1", "2:1"], "form_key": str(uuid4())}
    )

    assert [voucher for voucher, _, _ in page.context["rows"]] == [first, second]
    assert response.status_code == 302
    assert list(Voucher.objects.values_list("status", flat=True)) == [
        VoucherStatus.APPROVED,
        VoucherStatus.APPROVED,
        VoucherStatus.RECORDED,
    ]
    assert own.version == 1


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ([], "mindestens einen Beleg"),
        (["x"], "mindestens einen Beleg"),
        (["77:1"], "mindestens einen Beleg"),
        (["1:9"], "inzwischen geändert"),
        (["2:1"], "Regel F28"),
    ],
)
def test_a_choice_that_cannot_be_approved_is_explained(plan, client, clerk, chosen, message):
    recorded_voucher(plan=plan)
    recorded_voucher(plan=plan, by=clerk)

    response = client.post("/intern/foerderung/pruefen/", {"chosen": chosen})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Voucher.objects.filter(status=VoucherStatus.APPROVED).exists()


def test_a_list_that_others_emptied_meanwhile_says_so_where_the_summary_points(plan, client, clerk):
    recorded_voucher(plan=plan, by=clerk)

    page = client.post("/intern/foerderung/pruefen/", {"chosen": []}).content.decode()

    assert 'href="#id_chosen_0"' in page
    assert 'id="id_chosen_0"' in page


def test_one_voucher_is_approved_or_rejected_on_its_page(plan, client):
    recorded_voucher(plan=plan)
    recorded_voucher(plan=plan)

    approved = client.post("/intern/foerderung/belege/1/pruefen/", {"seen_version": 1})
    nothing = client.post("/intern/foerderung/belege/2/zurueckweisen/", {"seen_version": 1})
    rejected = client.post(
        "/intern/foerderung/belege/2/zurueckweisen/",
        {"seen_version": 1, "reason": "Übertrag falsch"},
        follow=True,
    )

    assert (approved.status_code, nothing.status_code) == (302, 422)
    assert "Übertrag falsch" in rejected.content.decode()
    assert list(Voucher.objects.values_list("status", flat=True)) == ["approved", "rejected"]


def test_who_comes_to_a_form_by_a_link_is_told_what_to_do(plan, client):
    recorded_voucher(plan=plan)

    page = client.get("/intern/foerderung/belege/1/pruefen/")

    assert (page.status_code, page["Allow"]) == (405, "POST, OPTIONS")
    assert "Diese Adresse lässt sich nicht öffnen" in page.content.decode()


def test_the_second_tab_is_told_that_the_voucher_is_decided(plan, client):
    recorded_voucher(plan=plan)
    fields = {"seen_version": 1}

    client.post("/intern/foerderung/belege/1/pruefen/", fields)
    second = client.post("/intern/foerderung/belege/1/pruefen/", fields)

    assert second.status_code == 422
    assert "bereits geprüft" in second.content.decode()


def test_a_voucher_is_corrected_with_what_it_says_now(plan, client):
    recorded_voucher(plan=plan)
    page = client.get("/intern/foerderung/belege/1/aendern/")
    shown = page.context["form"]

    response = client.post(
        "/intern/foerderung/belege/1/aendern/",
        typed(plan, gross_eur="2.000,50", seen_version=1),
        follow=True,
    )

    assert shown["gross_eur"].value() == "1.000,00"
    assert shown["seen_version"].value() == 1
    assert "Bruttobetrag: 1000.00 → 2000.50" in response.content.decode()
    assert Voucher.objects.get().gross_eur == Decimal("2000.50")


def test_a_correction_of_a_changed_voucher_is_refused(plan, client):
    recorded_voucher(plan=plan)

    response = client.post("/intern/foerderung/belege/1/aendern/", typed(plan, seen_version=7))

    assert response.status_code == 422
    assert "inzwischen geändert" in response.content.decode()


@pytest.mark.parametrize("number", ["2", "0", "99999999999999999999999"])
@pytest.mark.parametrize("page", ["", "aendern/", "datei/1/"])
def test_a_missing_or_foreign_voucher_is_not_found(plan, client, number, page):
    foreign = funded_plan(programme=ProgrammeFactory())
    voucher = recorded_voucher(plan=foreign)
    Voucher.objects.filter(pk=voucher.pk).update(number=2)

    assert client.get(f"/intern/foerderung/belege/{number}/{page}").status_code == 404


def test_a_file_of_another_voucher_is_not_found(plan, client):
    recorded_voucher(plan=plan)
    other = recorded_voucher(plan=plan, files=(new_file(b"%PDF-1.7 anders %%EOF"),))

    path = f"/intern/foerderung/belege/1/datei/{other.files.get().pk}/"
    assert client.get(path).status_code == 404


def test_a_file_is_only_ever_a_download(plan, client, signed_in):
    voucher = recorded_voucher(plan=plan, files=(new_file(name="Größe.pdf"),))
    file = voucher.files.get()
    path = f"/intern/foerderung/belege/1/datei/{file.pk}/"

    response = client.get(path)
    content = b"".join(response.streaming_content)
    file.file.storage.delete(file.file.name)

    assert content == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert signed_in(Role.COACH).get(path).status_code == 404
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OFFICE])
def test_who_only_reads_sees_no_buttons_and_sends_nothing(plan, signed_in, role):
    recorded_voucher(plan=plan)
    client = signed_in(role)

    html = client.get("/intern/foerderung/belege/1/").content.decode()

    assert "Rechnerisch richtig</span>" not in html
    assert "aendern" not in html
    assert client.post(ADD, typed(plan)).status_code == 403
    assert (
        client.post("/intern/foerderung/belege/1/pruefen/", {"seen_version": 1}).status_code == 404
    )


def test_scripts_in_a_voucher_are_shown_as_text(plan, client, clerk):
    recorded_voucher(plan=plan, payee="<script>alert(1)</script>", by=clerk)

    html = client.get("/intern/foerderung/belege/1/").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_empty_list_says_what_to_do(plan, client):
    html = client.get("/intern/foerderung/").content.decode()

    assert "Ersten Beleg erfassen" in html
    assert "Nichts zu prüfen" in client.get("/intern/foerderung/pruefen/").content.decode()


def test_a_rejected_voucher_shows_the_reason(plan, client, clerk):
    voucher = recorded_voucher(plan=plan)
    approvals.reject(voucher=voucher, seen_version=1, reason="Skonto vergessen", by=clerk)

    assert "Skonto vergessen" in client.get("/intern/foerderung/belege/1/").content.decode()
    assert entry(plan=plan).line != BudgetLineFactory()
