"""Ten thousand vouchers: the same sums everywhere, the same number of queries as for three."""

import csv
from collections import defaultdict
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from programme import documents
from programme.enums import Role
from programme.models import AuditEntry, AuditSample, Printout, Voucher, VoucherShare
from programme.rules.money import read_back, written
from programme.services import printouts, proof_papers, proofs
from tests.factories.drawdowns import load_numbers
from tests.factories.ledger import fill
from tests.factories.programme import UserFactory

MANY = 10_000
LIST = "/intern/foerderung/"
LOG = "/intern/pruefung/protokoll/"
SAMPLES = "/intern/pruefung/stichproben/"


@pytest.fixture
def people(db):
    return tuple(UserFactory.create_batch(2, roles=[Role.FINANCE]))


@pytest.fixture
def proof(plan, people):
    load_numbers(programme=plan.programme)
    fill(plan=plan, amount=MANY, people=people)
    return proofs.begin(programme=plan.programme, drawdown=None, by=people[0])


def made(proof, kind, by):
    """Make the proof as the worker does and return its bytes."""
    printout = printouts.ask(title="x", download_name=f"x.{kind}", back_url="/", by=by)
    proof_papers.make_proof.call(printout=str(printout.pk), proof_id=proof.pk, kind=kind)
    with Printout.objects.get(pk=printout.pk).file.open("rb") as file:
        return file.read()


def sums_of(rows):
    """Add up what a list of vouchers says: eligible, and the part of each source."""
    head, *vouchers = rows
    sums = defaultdict(Decimal)
    for row in vouchers:
        for title, cell in zip(head, row, strict=True):
            if title == "förderfähig" or title.startswith("Anteil "):
                sums[title.removeprefix("Anteil ")] += read_back(cell)
    return len(vouchers), dict(sums)


@pytest.fixture
def set_pages(monkeypatch):
    """Set the first part of the list, the last one and what lies around; keep all their HTML.

    Setting all 10,000 rows takes minutes; `make bench` does it and adds up the whole text.
    """
    real, whole = documents.render_part, []

    def render_part(**asked):
        whole.append(render_to_string(asked["template"], asked["context"]))
        shown = asked["context"].get("vouchers")
        if not shown or {"1", str(MANY)} & {shown[0]["running"], shown[-1]["running"]}:
            real(**asked)

    monkeypatch.setattr(documents, "render_part", render_part)
    return whole


def test_sums_on_page_table_csv_and_paper_are_equal_to_the_cent(
    proof, people, signed_in, set_pages
):
    sums = defaultdict(Decimal)  # added up here, because SQLite adds in floating point
    for name, amount_eur in VoucherShare.objects.values_list("source__name", "amount_eur"):
        sums[name] += amount_eur
    whole = sum(Voucher.objects.values_list("gross_eur", flat=True))
    expected = (MANY, {"förderfähig": whole, **sums})
    client = signed_in(user=people[0])

    public = client.get("/programm/foerderung/", {"stichtag": "2017-12-31"}).context["overview"]
    listed = client.get(LIST, {"stichtag": "2017-12-31"}).context
    book = openpyxl.load_workbook(BytesIO(made(proof, "xlsx", people[0])), read_only=True)
    table = made(proof, "csv", people[0]).decode("utf-8-sig")
    paper = PdfReader(BytesIO(made(proof, "pdf", people[0])))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    assert sum(sums.values()) == whole
    assert {row.short_name: row.actual_eur for row in public.sources} == sums
    assert (public.actual_eur, public.lines_actual_eur) == (whole, whole)
    assert (listed["count"], listed["total_eur"]) == (MANY, whole)
    assert listed["overview"].lines_actual_eur == whole
    cells = [list(row) for row in book["Belegliste"].iter_rows(values_only=True)]
    assert sums_of(cells) == expected
    assert sums_of(list(csv.reader(StringIO(table, newline=""), delimiter=";"))) == expected
    statement = [row[::2] for row in book["Zahlenmäßiger Nachweis"].iter_rows(values_only=True)]
    for name, amount in {"Summe": whole, **sums}.items():
        assert (name, written(amount)) in statement
        assert f"{name} " in text
        assert written(amount) in text
    assert f"Summe der Nummern 1 bis {MANY} {written(whole)}" in text
    html = "".join(set_pages)
    assert html.count("brutto ") == MANY
    assert all(f", Beleg {number}<" in html for number in range(1, MANY + 1))


@pytest.mark.parametrize("amount", [3, MANY])
def test_lists_cost_the_same_for_three_and_for_ten_thousand(plan, people, signed_in, amount):
    fill(plan=plan, amount=amount, people=people)
    numbers = list(Voucher.objects.values_list("pk", flat=True))
    AuditEntry.objects.bulk_create(
        AuditEntry(
            verb="voucher.recorded",
            subject_type="programme.voucher",
            subject_id=str(pk),
            sentence="Beleg erfasst.",
            actor=people[0],
        )
        for pk in numbers
    )
    programme = plan.programme
    drawn = AuditSample.objects.bulk_create(
        AuditSample(programme=programme, drawn_by=people[0], seed=pk, size=1, population=amount)
        for pk in numbers
    )
    through = AuditSample.vouchers.through
    through.objects.bulk_create(
        through(auditsample_id=sample.pk, voucher_id=pk)
        for sample, pk in zip(drawn, numbers, strict=True)
    )
    client = signed_in(Role.AUDITOR)
    last = -(-amount // 25)

    counted = {}
    for address in (LIST, LOG, SAMPLES):
        for asked in ("", f"?seite={last}"):
            with CaptureQueriesContext(connection) as caught:
                response = client.get(f"{address}{asked}")
            assert response.status_code == 200
            counted[f"{address}{asked.partition('=')[0]}"] = len(caught)
    for asked in ("?status=approved", "?ansatz=1"):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"{LIST}{asked}").context["page"].object_list
        counted[f"{LIST}{asked}"] = len(caught)

    assert counted == {
        **{f"{LIST}{asked}": 8 for asked in ("", "?seite", "?status=approved", "?ansatz=1")},
        **{f"{LOG}{asked}": 8 for asked in ("", "?seite")},
        **{f"{SAMPLES}{asked}": 7 for asked in ("", "?seite")},
    }
