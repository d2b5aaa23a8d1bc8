"""The file of the funding: complete, readable without the portal, every checksum right (B16)."""

import csv
import hashlib
import io
import re
from datetime import date
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from programme import clock
from programme.enums import FindingState, Role
from programme.exports import funding_file as exports
from programme.models import Printout
from programme.rules.half_years import half_years_of
from programme.services import half_years, proofs
from programme.services.funding_file import make_file
from tests.factories.drawdowns import load_numbers, recorded_drawdown
from tests.factories.funding import new_file, recorded_voucher
from tests.factories.inspections import ArchiveOfferFactory, AuditFindingFactory
from tests.pdf import failures

PAGE = "/intern/pruefung/akte/"


@pytest.fixture
def packed(plan, clerk, tmp_path):
    """Return the open ZIP of a small funding with something of each kind."""
    load_numbers(programme=plan.programme)
    recorded_voucher(plan=plan, files=(new_file(),), payee="Küche am Markt")
    recorded_drawdown(plan=plan)
    proofs.begin(programme=plan.programme, drawdown=None, by=clerk)
    first = half_years_of(plan.programme)[0]
    half_years.lock(programme=plan.programme, half=first, reason="Meldung an das Land", by=clerk)
    AuditFindingFactory(programme=plan.programme, number=1)
    ArchiveOfferFactory(programme=plan.programme)
    path = tmp_path / "akte.zip"
    exports.write(
        path,
        programme=plan.programme,
        title="Förderakte",
        as_of=date(2017, 6, 30),
        dated=clock.now(),
    )
    with ZipFile(path) as archive:
        yield archive


def test_every_checksum_verifies_and_nothing_is_left_out(packed):
    told = dict(
        reversed(line.split("  ", 1))
        for line in packed.read("SHA256SUMS.txt").decode().splitlines()
    )

    counted = {name: hashlib.sha256(packed.read(name)).hexdigest() for name in told}

    assert told == counted
    assert set(packed.namelist()) == {*told, "SHA256SUMS.txt"}


def test_each_transaction_is_a_tagged_paper_for_the_archive(packed):
    papers = [
        "abrufe/abruf-1.pdf",
        "auftraege/inventar.pdf",
        "belege/Beleg-0001/00-Datenblatt.pdf",
        "bescheide/regelgroessen.pdf",
        "halbjahre/2015-2-abschluss-1.pdf",
        "nachweise/verwendungsnachweis-1-fassung-1.pdf",
        "plan/fassung-1.pdf",
        "pruefung/feststellung-1.pdf",
    ]

    found = sorted(
        name
        for name in packed.namelist()
        if name.endswith(".pdf") and not re.search(r"/\d\d-Rechnung|archiv/", name)
    )

    assert found == papers
    record = packed.read("plan/fassung-1.pdf")
    assert [fault for kind in ("ua1", "3a") for fault in failures(record, kind)] == []


def test_the_index_leads_to_every_file_without_the_portal(packed):
    index = packed.read("index.html").decode()

    links = {unquote(link) for link in re.findall(r'href="([^"#]+)"', index)}
    table = packed.read("daten/verzeichnis.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))

    assert links <= set(packed.namelist())
    assert {row["Datei"] for row in rows} <= links
    voucher = next(row for row in rows if row["Art"] == "Beleg")
    assert (voucher["Vorgang"], voucher["Betrag in EUR"]) == ("Beleg 1: Küche am Markt", "1000,00")
    assert "http" not in index.replace('charset="utf-8"', "")
    public = packed.read("oeffentlich/foerderung.html").decode()
    assert "Küche" not in public


def test_a_lost_file_is_named_and_stops_nothing(plan, tmp_path):
    voucher = recorded_voucher(plan=plan, files=(new_file(name="Rechnung Mai.pdf"),))
    voucher.files.get().file.delete(save=False)
    path = tmp_path / "akte.zip"

    exports.write(
        path, programme=plan.programme, title="A", as_of=date(2017, 6, 30), dated=clock.now()
    )

    with ZipFile(path) as archive:
        assert "fehlt: Datei „Rechnung Mai.pdf“ liegt nicht mehr" in (
            archive.read("index.html").decode()
        )


def test_the_page_tells_what_is_open_and_packs(plan, clerk, signed_in):
    recorded_voucher(plan=plan, files=())
    AuditFindingFactory(programme=plan.programme)
    client = signed_in(user=clerk)

    page = client.get(PAGE)
    answer = client.post(f"{PAGE}packen/")

    texts = [point.text for point in page.context["open_points"]]
    assert texts == [
        "1 Beleg wartet auf die zweite Prüfung",
        "Der Abschlussverwendungsnachweis ist nicht begonnen",
        "1 Feststellung ist nicht erledigt",
    ]
    printout = Printout.objects.get()
    assert answer.url == f"/intern/ausdruck/{printout.pk}/"
    make_file.call(printout=str(printout.pk), programme_id=plan.programme_id)
    printout.refresh_from_db()
    assert (printout.status, printout.download_name[-4:]) == ("ready", ".zip")


def test_the_page_costs_the_same_for_any_number_of_rows(plan, finance, django_assert_num_queries):
    for amount in (1, 2):
        for _ in range(amount):
            ArchiveOfferFactory(programme=plan.programme)
            AuditFindingFactory(programme=plan.programme, state=FindingState.CLOSED)
        with django_assert_num_queries(12):
            finance.get(PAGE)


def test_the_office_stays_outside_and_its_navigation_shows_no_way_in(plan, signed_in):
    client = signed_in(Role.OFFICE)

    start = client.get("/intern/foerderung/").content.decode()

    assert client.get(PAGE).status_code == 403
    assert "/intern/pruefung/" not in start
