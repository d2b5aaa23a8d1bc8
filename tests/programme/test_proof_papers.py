"""The files of a proof: each tells how far it is, and all show what came after a lock."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from programme.enums import Role
from programme.models import Printout
from programme.queries.printouts import progress_of
from programme.rules.half_years import half_year_on, half_years_of
from programme.services import approvals, corrections, half_years, printouts, proof_papers, proofs
from tests.factories.drawdowns import load_numbers, recorded_drawdown
from tests.factories.funding import entry, recorded_voucher
from tests.factories.programme import UserFactory

LATE = "Abweichungen seit Sperre"


@pytest.fixture
def other(db):
    return UserFactory.create(roles=[Role.FINANCE], full_name="Ben Öztürk")


@pytest.fixture
def proof(plan, clerk):
    load_numbers(programme=plan.programme)
    return proofs.begin(programme=plan.programme, drawdown=None, by=clerk)


def approved(plan, clerk, other):
    voucher = recorded_voucher(plan=plan, by=clerk)
    return approvals.approve(voucher=voucher, seen_version=1, by=other)


def corrected_after_lock(plan, clerk, other):
    """Lock the half-year of a voucher of 1,000.00 EUR, then book 900.00 EUR in its place."""
    voucher = approved(plan, clerk, other)
    halves = half_years_of(plan.programme)
    half = half_year_on(halves, date(2016, 5, 20))
    half_years.lock(programme=plan.programme, half=half, reason="Gemeldet", by=clerk)
    made = corrections.correct_approved(
        voucher=voucher,
        entry=entry(plan=plan, gross_eur=Decimal("900.00"), invoice_number="RE-9"),
        reason="Zahlendreher",
        by=clerk,
        confirmed=True,
    )
    approvals.approve(voucher=made.counter, seen_version=1, by=other)
    approvals.approve(voucher=made.successor, seen_version=1, by=other)


def made(proof, kind, by):
    """Let the worker make a file and return its bytes."""
    printout = proof_papers.ask(proof=proof, kind=kind, by=by)
    for job in DBTaskResult.objects.ready():
        job.task.call(**job.args_kwargs["kwargs"])
    with Printout.objects.get(pk=printout.pk).file.open("rb") as file:
        return file.read()


def late_rows(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return [[cell for cell in row if cell is not None] for row in book[LATE].values]


def words(text):
    return " ".join(text.split())


def test_page_paper_table_and_archive_show_the_same_differences_since_the_lock(
    plan, proof, clerk, other, signed_in
):
    corrected_after_lock(plan, clerk, other)

    page = words(
        strip_tags(
            signed_in(user=clerk).get(f"/intern/foerderung/nachweise/{proof.pk}/").content.decode()
        )
    )
    table = late_rows(made(proof, "xlsx", clerk))
    with ZipFile(BytesIO(made(proof, "zip", clerk))) as archive:
        packed = late_rows(archive.read("verwendungsnachweis.xlsx"))
    paper = words(
        " ".join(
            each.extract_text() for each in PdfReader(BytesIO(made(proof, "pdf", clerk))).pages
        )
    )

    head, *rows = table
    assert head == ["Halbjahr", "Beleg", "vorher", "nachher", "Unterschied", "Grund"]
    assert rows == [
        [
            *("1. Halbjahr 2016", "Beleg 2", "1.000,00 EUR", "0,00 EUR", "−1.000,00 EUR"),
            "Gegenbuchung zu Beleg 1: Zahlendreher",
        ],
        [
            *("1. Halbjahr 2016", "Beleg 3", "0,00 EUR", "900,00 EUR", "+900,00 EUR"),
            "ersetzt Beleg 1: Zahlendreher",
        ],
    ]
    assert packed == table
    for period, number, before, after, _, why in rows:
        assert f"{period}, {number}: {before} → {after} ({why})" in page
        assert f"{period}, {number} {why} {before} {after}" in paper


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.OFFICE, False), (Role.FINANCE, True), (Role.AUDITOR, True)]
)
def test_what_is_sensitive_is_hidden_from_the_office_on_page_and_in_every_file(
    plan, proof, clerk, other, signed_in, role, sees
):
    voucher = recorded_voucher(plan=plan, by=clerk, is_sensitive=True, remark="nur bar")
    approvals.approve(voucher=voucher, seen_version=1, by=other)
    person = UserFactory.create(roles=[role])

    html = signed_in(user=person).get(f"/intern/foerderung/nachweise/{proof.pk}/").content.decode()
    table, paper = made(proof, "csv", person).decode(), made(proof, "pdf", person)
    with ZipFile(BytesIO(made(proof, "zip", person))) as archive:
        names = archive.namelist()
        book = openpyxl.load_workbook(BytesIO(archive.read("verwendungsnachweis.xlsx")))
    cells = " ".join(str(cell) for row in book["Belegliste"].values for cell in row)
    sheets = words(" ".join(each.extract_text() for each in PdfReader(BytesIO(paper)).pages))

    for shown in (html, table, cells, sheets):
        assert "1.000,00 EUR" in shown
        assert ("Begleittage im April 2016" in shown, "Müßig" in shown) == (sees, sees)
        assert ("(vertraulich)" in shown) is not sees
    assert ("nur bar" in table, "RE-2016-7" in table, len(names)) == (sees, sees, 1 + sees)


def test_a_file_is_named_in_german(plan, proof, clerk):
    drawdown = recorded_drawdown(plan=plan)
    interim = proofs.begin(programme=plan.programme, drawdown=drawdown, by=clerk)

    asked = [proof_papers.ask(proof=each, kind="pdf", by=clerk) for each in (proof, interim)]

    assert [printout.download_name for printout in asked] == [
        "verwendungsnachweis-1-fassung-1.pdf",
        "zwischennachweis-1-fassung-1.pdf",
    ]


def test_without_a_difference_the_table_says_so(plan, proof, clerk, other):
    approved(plan, clerk, other)

    assert late_rows(made(proof, "xlsx", clerk))[1:] == [["keine Abweichungen"]]


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        ("csv", [(50, "1 von 1 Belegen gelesen"), (100, "1 von 1 Belegen geschrieben")]),
        ("xlsx", [(50, "1 von 1 Belegen gelesen"), (100, "1 von 1 Belegen geschrieben")]),
        ("pdf", [(5, "1 von 1 Belegen gelesen"), (100, "1 von 1 Belegen gesetzt")]),
        (
            "zip",
            [
                (20, "1 von 1 Belegen gelesen"),
                (30, "1 von 1 Belegen geschrieben"),
                (100, "1 von 1 Dateien gepackt"),
            ],
        ),
    ],
)
def test_each_file_says_how_far_it_is_and_never_goes_back(
    plan, proof, clerk, other, monkeypatch, kind, stages
):
    approved(plan, clerk, other)
    told, real = [], printouts.note_progress

    def note_progress(**step):
        real(**step)
        reached = progress_of(Printout.objects.get(pk=step["pk"]))
        told.append((reached.percent, reached.stage))

    monkeypatch.setattr(printouts, "note_progress", note_progress)

    made(proof, kind, clerk)

    assert told == stages
