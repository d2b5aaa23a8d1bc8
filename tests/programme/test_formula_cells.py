"""No formula reaches a spreadsheet from any table of the funding (target H5)."""

import csv
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django_tasks_db.models import DBTaskResult

from programme.enums import Role
from programme.models import Printout, Programme
from programme.queries.logbook import LogFilter
from programme.services import approvals, binders, corrections, logbook, proof_papers, proofs
from tests.factories.drawdowns import load_numbers
from tests.factories.funding import new_file, recorded_voucher
from tests.factories.programme import UserFactory
from tests.unguarded import unguarded

RUN = "=+-@\t\r\n＝＋－＠"
PAYEES = [
    '=HYPERLINK("http://x.example";"Rechnung")',
    "=cmd|'/C calc'!A0",
    "+49 611 1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "＠x",
]


@pytest.fixture
def second(db):
    return UserFactory.create(roles=[Role.FINANCE], full_name="@Änne Groß")


@pytest.fixture
def world(plan, clerk, second):
    """A programme in which each text a person types is a formula, one voucher a payee."""
    Programme.objects.update(owner_name="=HYPERLINK(1)", title="@SUM(A1)")
    load_numbers(programme=plan.programme)
    with unguarded():
        plan.lines.filter(position=1).update(title="=1+1")
    for payee in PAYEES:
        voucher = recorded_voucher(
            plan=plan,
            by=clerk,
            files=(new_file(name="=1+1.pdf"),) if payee == PAYEES[0] else (),
            payee=payee,
            invoice_number=f"={payee}",
            reason=f"+{payee}",
            remark=payee,
            gross_eur=Decimal("10.00"),
        )
        approvals.approve(voucher=voucher, seen_version=1, by=second)
    # A counter-entry makes amounts that begin with a minus.
    corrections.correct_approved(
        voucher=voucher, entry=None, reason="=falsch", by=clerk, confirmed=True
    )
    counter = plan.programme.vouchers.get(corrects=voucher)
    approvals.approve(voucher=counter, seen_version=counter.version, by=second)
    return plan


def made(printout):
    """Let the worker make a file and return its bytes."""
    for job in DBTaskResult.objects.ready():
        job.task.call(**job.args_kwargs["kwargs"])
    with Printout.objects.get(pk=printout.pk).file.open("rb") as file:
        return file.read()


def of_csv(content):
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [cell for row in rows for cell in row]


def of_xlsx(content):
    """Return all cells; one that is not a text, or that Excel would count, fails."""
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    filled = [cell for cell in cells if cell.value is not None]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert {cell.data_type for cell in filled} <= {"s", "inlineStr", "f"}
    return [str(cell.value) for cell in filled]


def test_no_cell_of_the_proof_is_run_and_all_are_readable(world, clerk):
    proof = proofs.begin(programme=world.programme, drawdown=None, by=clerk)

    table = of_csv(made(proof_papers.ask(proof=proof, kind="csv", by=clerk)))
    book = of_xlsx(made(proof_papers.ask(proof=proof, kind="xlsx", by=clerk)))
    packed = made(proof_papers.ask(proof=proof, kind="zip", by=clerk))
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        inside = of_xlsx(archive.read("verwendungsnachweis.xlsx"))

    assert [cell for cell in table if cell[:1] in RUN and cell] == []
    kept = {payee.strip() if payee[0] in "\t\r " else payee for payee in PAYEES}
    assert {f"'{payee}" for payee in kept} <= {cell.replace("' ", "'") for cell in table}
    assert kept <= {cell.strip() for cell in book}
    assert "−10,00 EUR" in table
    assert "−10,00 EUR" in book
    assert sorted(inside) == sorted(book)


def test_no_cell_of_a_binder_is_run(world, clerk):
    voucher = world.programme.vouchers.order_by("number").first()

    packed = made(binders.of_voucher(voucher=voucher, by=clerk))

    with zipfile.ZipFile(BytesIO(packed)) as archive:
        cells = of_csv(archive.read("Verzeichnis.csv"))
    assert "Vermerk" in cells
    assert f"'{PAYEES[0]}" in cells
    assert [cell for cell in cells if cell[:1] in RUN and cell] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_of_the_logbook_is_run(world, clerk, kind):
    content = made(logbook.export(wanted=LogFilter(), kind=kind, by=clerk))

    cells = of_csv(content) if kind == "csv" else of_xlsx(content)

    assert any("@Änne Groß" in cell for cell in cells)
    if kind == "csv":
        assert [cell for cell in cells if cell[:1] in RUN and cell] == []


def test_no_cell_of_the_list_of_actions_is_run(world, client):
    cells = of_csv(client.get("/programm/foerderung/vorhaben.csv").content)

    assert {"'=HYPERLINK(1)", "'@SUM(A1)"} <= set(cells)
    assert [cell for cell in cells if cell[:1] in RUN and cell] == []
