"""Lists of vouchers, a voucher and its files: who sees what, at which cost."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import Role
from programme.models import Voucher
from programme.services import approvals
from tests.factories.funding import PDF, funded_plan, new_file, recorded_voucher
from tests.factories.programme import ProgrammeFactory, UserFactory
from tests.programme.voucher_forms import ADD, typed


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


def test_the_sum_of_the_list_leaves_out_what_was_rejected(plan, finance):
    recorded_voucher(plan=plan, gross_eur=Decimal("10.00"))
    refused = recorded_voucher(plan=plan, invoice_number="2", gross_eur=Decimal("7.00"))
    approvals.reject(voucher=refused, seen_version=1, reason="doppelt", by=UserFactory())

    shown = finance.get("/intern/foerderung/")

    assert (shown.context["count"], shown.context["total_eur"]) == (2, Decimal("10.00"))
    assert "2 Belege, zusammen 10,00 EUR brutto (1 zurückgewiesen, zählt nicht mit)" in (
        shown.content.decode()
    )


@pytest.mark.parametrize("query", ["stand=gestern", "ansatz=x", "status=%00", "stand=0001-01-01"])
def test_an_unreadable_filter_breaks_nothing(plan, finance, query):
    assert finance.get(f"/intern/foerderung/?{query}").status_code == 200


@pytest.mark.parametrize("amount", [1, 3])
def test_pages_cost_the_same_for_any_amount(plan, finance, amount, django_assert_num_queries):
    for number in range(amount):
        recorded_voucher(plan=plan, invoice_number=str(number))

    with django_assert_num_queries(8):
        finance.get("/intern/foerderung/")
    with django_assert_num_queries(8):
        finance.get("/intern/foerderung/pruefen/")
    with django_assert_num_queries(10):
        finance.get("/intern/foerderung/belege/1/")
    with django_assert_num_queries(8):
        finance.get(ADD)


@pytest.mark.parametrize("number", ["2", "0", "99999999999999999999999"])
@pytest.mark.parametrize("ending", ["", "aendern/", "berichtigen/", "datei/1/"])
def test_a_missing_or_foreign_voucher_is_not_found(plan, finance, number, ending):
    foreign = funded_plan(programme=ProgrammeFactory())
    voucher = recorded_voucher(plan=foreign)
    Voucher.objects.filter(pk=voucher.pk).update(number=2)

    assert finance.get(f"/intern/foerderung/belege/{number}/{ending}").status_code == 404


def test_a_file_of_another_voucher_is_not_found(plan, finance):
    recorded_voucher(plan=plan)
    other = recorded_voucher(plan=plan, files=(new_file(b"%PDF-1.7 anders %%EOF"),))

    path = f"/intern/foerderung/belege/1/datei/{other.files.get().pk}/"
    assert finance.get(path).status_code == 404


def test_a_file_is_only_ever_a_download(plan, finance, signed_in):
    voucher = recorded_voucher(plan=plan, files=(new_file(name="Größe.pdf"),))
    file = voucher.files.get()
    path = f"/intern/foerderung/belege/1/datei/{file.pk}/"

    response = finance.get(path)
    content = b"".join(response.streaming_content)
    file.file.storage.delete(file.file.name)

    assert content == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert signed_in(Role.COACH).get(path).status_code == 404
    assert finance.get(path).status_code == 404


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


def test_scripts_in_a_voucher_are_shown_as_text(plan, finance, clerk):
    recorded_voucher(plan=plan, payee="<script>alert(1)</script>", by=clerk)

    html = finance.get("/intern/foerderung/belege/1/").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_empty_list_says_what_to_do(plan, finance):
    html = finance.get("/intern/foerderung/").content.decode()

    assert "Ersten Beleg erfassen" in html
    assert "Nichts zu prüfen" in finance.get("/intern/foerderung/pruefen/").content.decode()
