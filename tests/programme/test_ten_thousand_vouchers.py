"""Ten thousand vouchers: the same sums everywhere, the same number of queries as for three."""

import csv
import re
from collections import defaultdict
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import pairwise

import openpyxl
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from programme import documents
from programme.enums import Role
from programme.exports.proof_pdf import VOUCHERS_A_PART
from programme.models import AuditEntry, AuditSample, Printout, Programme, Voucher, VoucherShare
from programme.pages import CountedPaginator
from programme.queries import vouchers as queries
from programme.rules.money import read_back, written
from programme.services import printouts, proof_papers, proofs
from tests.factories.drawdowns import load_numbers
from tests.factories.ledger import fill
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.no_cover  # counting lines would double its time
MANY = 10_000
MIDDLE = MANY // 2
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


def in_table(rows):
    """Read a table: what each voucher claims, and the part of each source."""
    head, *vouchers = rows
    number, claimed = head.index("Beleg"), head.index("förderfähig")
    parts = [place for place, title in enumerate(head) if title.startswith("Anteil ")]
    return {
        int(row[number]): (
            read_back(row[claimed]),
            {head[place].removeprefix("Anteil "): read_back(row[place]) for place in parts},
        )
        for row in vouchers
    }


def on_paper(html):
    """Read the parts of the paper: the same of each voucher."""
    row = re.compile(
        r', Beleg (\d+)</th>.*?\(([^()]*)\)</td><td>[^<]*</td><td class="amount">([^<]*)</td></tr>'
    )
    return {
        int(number): (
            read_back(claimed),
            {
                part.rsplit(" ", 2)[0]: read_back(" ".join(part.rsplit(" ", 2)[1:]))
                for part in parts.split("; ")
            },
        )
        for number, parts, claimed in row.findall(html)
    }


def on_pages():
    """Read every page of the list of vouchers, as the view pages it: the same of each voucher."""
    programme = Programme.objects.current()
    found = queries.voucher_list(programme=programme, as_of=programme.ends_on)
    pages = CountedPaginator(found, known_count=MANY)
    return {
        row.number: (
            row.claimed_eur,
            {share.source.short_name: share.amount_eur for share in row.shares.all()},
        )
        for number in pages.page_range
        for row in queries.on_page(chosen=pages.page(number).object_list)
    }


def carried(html):
    """Return the sum each part of the paper begins with and the one it ends with."""
    amount = r'</th><td class="amount">([^<]*)</td>'
    brought = [Decimal(0), *map(read_back, re.findall(f"Übertrag{amount}", html))]
    reached = re.findall(rf"Summe der Nummern 1 bis (\d+){amount}", html)
    return brought, [(int(last), read_back(told)) for last, told in reached]


@pytest.fixture
def set_pages(monkeypatch):
    """Set the first, a middle and the last part of the list and what lies around; keep all HTML.

    Setting all 10,000 rows takes minutes; `make bench` does it and adds up the whole text.
    """
    real, whole = documents.render_part, []

    def render_part(**asked):
        whole.append(render_to_string(asked["template"], asked["context"]))
        shown = asked["context"].get("vouchers")
        if not shown or {1, MIDDLE, MANY} & {int(row["running"]) for row in shown}:
            real(**asked)

    monkeypatch.setattr(documents, "render_part", render_part)
    return whole


def test_each_voucher_and_each_sum_is_the_same_on_page_table_csv_and_paper(
    proof, people, signed_in, set_pages
):
    # Added up here, because SQLite adds in floating point.
    expected = {
        number: (eur, {}) for number, eur in Voucher.objects.values_list("number", "gross_eur")
    }
    sums = defaultdict(Decimal)
    shares = VoucherShare.objects.values_list("voucher__number", "source__name", "amount_eur")
    for number, name, amount_eur in shares:
        expected[number][1][name] = amount_eur
        sums[name] += amount_eur
    whole = sum(claimed for claimed, _ in expected.values())
    client = signed_in(user=people[0])

    public = client.get("/programm/foerderung/", {"stichtag": "2017-12-31"}).context["overview"]
    listed = client.get(LIST, {"stichtag": "2017-12-31"}).context
    book = openpyxl.load_workbook(BytesIO(made(proof, "xlsx", people[0])), read_only=True)
    table = made(proof, "csv", people[0]).decode("utf-8-sig")
    paper = PdfReader(BytesIO(made(proof, "pdf", people[0])))
    html = "".join(set_pages)

    assert (len(expected), sum(sums.values())) == (MANY, whole)
    assert {row.short_name: row.actual_eur for row in public.sources} == sums
    assert (public.actual_eur, public.lines_actual_eur) == (whole, whole)
    assert (listed["count"], listed["total_eur"]) == (MANY, whole)
    assert listed["overview"].lines_actual_eur == whole
    assert on_pages() == expected
    assert in_table(book["Belegliste"].iter_rows(values_only=True)) == expected
    assert in_table(csv.reader(StringIO(table, newline=""), delimiter=";")) == expected
    assert on_paper(html) == expected
    statement = [row[::2] for row in book["Zahlenmäßiger Nachweis"].iter_rows(values_only=True)]
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for name, amount in {"Summe": whole, **sums}.items():
        assert (name, written(amount)) in statement
        assert f"{name} " in text
        assert written(amount) in text
    brought, reached = carried(html)
    assert brought[1:] == [sum_eur for _, sum_eur in reached[:-1]]
    assert reached[-1] == (MANY, whole)
    assert [last for last, _ in reached] == list(range(VOUCHERS_A_PART, MANY + 1, VOUCHERS_A_PART))
    parts = [Decimal(0), *(sum_eur for _, sum_eur in reached)]
    in_order = [claimed for claimed, _ in on_paper(html).values()]
    for part, (before, after) in enumerate(pairwise(parts)):
        start = part * VOUCHERS_A_PART
        assert after - before == sum(in_order[start : start + VOUCHERS_A_PART])
    for before, (last, after) in zip(brought, reached, strict=True):
        if {VOUCHERS_A_PART, MANY, MIDDLE} & set(range(last - VOUCHERS_A_PART + 1, last + 1)):
            assert f"Summe der Nummern 1 bis {last} {written(after)}" in text
            assert last == VOUCHERS_A_PART or f"Übertrag {written(before)}" in text


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
