"""The list of vouchers as a table: what the page shows, for the eyes of who asked."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programme.enums import Role
from programme.models import AuditEntry, Printout
from programme.queries import proofs
from programme.queries import vouchers as queries
from programme.rules.money import read_back, written
from tests.factories.funding import recorded_voucher

LIST = reverse("programme:vouchers")
EXPORT = reverse("programme:export_vouchers")
FORMULA = '=HYPERLINK("http://x.example")'


@pytest.fixture(autouse=True)
def jobs_at_once(settings):
    backend = "django_tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": settings.TASKS["default"] | {"BACKEND": backend}}


def fetch(client, kind, **asked):
    """Ask as the button of the page does and return the rows of the file."""
    shown = client.get(LIST, asked).context
    chosen = {
        "status": shown["chosen_status"],
        "ansatz": shown["chosen_line"],
        "suche": shown["chosen_words"],
    }
    answer = client.post(EXPORT, chosen | {"stand": shown["as_of"].isoformat(), "art": kind})
    printout = Printout.objects.get()
    assert answer["Location"] == reverse("programme:printout", args=[printout.pk])
    assert printout.download_name.endswith(f".{kind}")
    with printout.file.open("rb") as file:
        content = file.read()
    if kind == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(("kind", "mark"), [("csv", "'"), ("xlsx", "")])
def test_the_table_holds_all_columns_and_no_formula(plan, finance, clerk, kind, mark):
    recorded_voucher(plan=plan, by=clerk, payee=FORMULA, gross_eur=Decimal("1234.56"))

    headers, row = fetch(finance, kind)

    told = dict(zip(headers, row, strict=True))
    assert told["Beleg"] == "1"
    assert told["Zahlungsempfänger"] == f"{mark}{FORMULA}"
    assert told["brutto"] == told["förderfähig"] == "1.234,56 EUR"
    assert told["Stand"] == "erfasst, wartet auf zweite Prüfung"
    assert told["sachlich richtig"].startswith(clerk.full_name)
    parts = [read_back(told[name]) for name in headers if name.startswith("Anteil ")]
    assert (len(parts), sum(parts)) == (2, Decimal("1234.56"))


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["3", "2", "1"]),
        ({"ansatz": "2"}, ["2"]),
        ({"status": "recorded", "ansatz": "1"}, ["3", "1"]),
        ({"suche": "rechnung-2"}, ["2"]),
        ({"status": "approved"}, []),
        ({"status": "approved", "ansatz": "7", "stand": "gestern"}, []),
    ],
)
def test_the_table_holds_what_the_list_shows(plan, finance, clerk, asked, numbers):
    for position in (1, 2, 1):
        line = plan.lines.get(position=position)
        recorded_voucher(plan=plan, by=clerk, line=line, invoice_number=f"Rechnung-{position}")
    shown = finance.get(LIST, asked).context

    headers, *rows = fetch(finance, "csv", **asked)

    told = [dict(zip(headers, row, strict=True)) for row in rows]
    total = sum((read_back(row["brutto"]) for row in told), Decimal(0))
    assert [row["Beleg"] for row in told][: len(numbers)] == numbers
    assert (len(rows), written(total)) == (shown["count"], written(shown["total_eur"]))


@pytest.mark.parametrize(
    ("role", "hidden"), [(Role.FINANCE, False), (Role.AUDITOR, False), (Role.OFFICE, True)]
)
def test_sensitive_vouchers_are_told_to_those_who_may_read_them(plan, signed_in, role, hidden):
    recorded_voucher(plan=plan, is_sensitive=True, remark="nur bar")

    headers, row = fetch(signed_in(role), "xlsx")

    told = dict(zip(headers, row, strict=True))
    naming = ("Rechnung", "Zahlungsempfänger", "Grund der Zahlung", "Dateien", "Bemerkung")
    assert [told[name] == "(vertraulich)" for name in naming] == [hidden] * 5
    assert told["brutto"] == "1.000,00 EUR"


def test_the_log_says_who_asked_for_the_table(plan, finance):
    recorded_voucher(plan=plan)

    fetch(finance, "csv")

    asked = AuditEntry.objects.get(verb="printout.asked")
    assert asked.sentence == "Ausdruck angefordert: Belegliste als Tabelle."
    assert asked.actor == Printout.objects.get().requested_by


@pytest.mark.parametrize("changes", [{"art": "exe"}, {"stand": "gestern"}, {"status": "weg"}])
def test_a_table_that_makes_no_sense_is_asked_again(plan, finance, changes):
    answer = finance.post(EXPORT, {"art": "csv", "stand": "2017-06-30"} | changes)

    assert answer.status_code == 422
    assert "Belege als Tabelle" in answer.content.decode()
    assert not Printout.objects.exists()


@pytest.mark.parametrize("amount", [1, 3])
def test_reading_costs_the_same_for_any_amount(plan, amount, django_assert_num_queries):
    for number in range(amount):
        recorded_voucher(plan=plan, invoice_number=str(number))
    listed = queries.voucher_list(programme=plan.programme, as_of=plan.programme.ends_on)

    with django_assert_num_queries(3):
        rows = [proofs.listed(0, row) for row in queries.in_batches(chosen=listed)]

    assert len(rows) == amount
