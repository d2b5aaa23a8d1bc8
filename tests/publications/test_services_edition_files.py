"""Further formats of an edition: made once from the snapshot, the same bytes each time."""

import csv
import json
from io import BytesIO, StringIO
from unittest.mock import patch
from zipfile import ZipFile

import openpyxl
import pytest
from django_tasks_db.models import DBTaskResult

from programme.documents import Document
from programme.enums import Role
from programme.errors import RuleBroken
from publications.enums import DownloadFormat, EditionStatus, FileStatus
from publications.exports import files
from publications.exports.block_tables import MAKERS
from publications.exports.data_files import all_xlsx, table_csv
from publications.exports.reading import reading
from publications.models import Block, Edition, EditionFile
from publications.rules.references import WITH_TABLE
from publications.services import edition_files, editions, manuscripts
from sites.models import Measure
from tests.factories.programme import UserFactory
from tests.publications import world

pytestmark = pytest.mark.django_db
FINE = Document(b"%PDF-1.7 <pdfuaid:part>1</pdfuaid:part><pdfaid:part>3</pdfaid:part>", 12)


@pytest.fixture
def edition():
    """A published edition whose further formats wait."""
    report, by = world.compiled()
    made = editions.publish(publication=report, by=by)
    with patch("publications.services.editions.pdf_of", return_value=FINE):
        editions.render.call(edition_id=made.pk)
    return Edition.objects.get()


def states(edition):
    return dict(edition.files.values_list("format", "status"))


def waiting():
    return DBTaskResult.objects.filter(task_path__endswith="edition_files.make").count()


def test_publishing_orders_every_further_format_once(edition):
    assert states(edition) == dict.fromkeys(files.KNOWN, FileStatus.QUEUED)
    assert waiting() == 1


def test_every_format_is_kept_with_its_size_and_checksum(edition):
    edition_files.make.call(edition_id=edition.pk)

    assert states(edition) == dict.fromkeys(files.KNOWN, FileStatus.READY)
    for row in edition.files.all():
        with row.file.open("rb") as stored:
            content = stored.read()
        assert (row.bytes, row.sha256) == (len(content), files.digest(content))
        assert row.sha256[:12] in row.file.name


def test_a_second_edition_makes_nothing_of_the_first_again(edition):
    edition_files.make.call(edition_id=edition.pk)
    before = Edition.objects.values().get(), list(edition.files.values())
    set_anew, made_anew = [], []
    report, by = edition.publication, UserFactory.create(roles=[Role.OFFICE])
    block = Block.objects.get(key="dank")
    manuscripts.edit_block(block=block, body="Neu", version=block.version, values={}, by=by)
    world.sign(report)

    def noting(calls, result):
        return lambda of, *rest: calls.append(of.number) or result(of, *rest)

    with (
        patch("publications.services.editions.pdf_of", noting(set_anew, lambda of: FINE)),
        patch("publications.exports.files.made", noting(made_anew, files.made)),
    ):
        editions.publish(publication=report, by=by)
        for path in ("editions.render", "edition_files.make"):
            for row in DBTaskResult.objects.ready().filter(task_path__endswith=path):
                row.task.call(**row.args_kwargs["kwargs"])

    assert (set_anew, made_anew) == ([2], [2] * len(files.KNOWN))
    first = Edition.objects.get(number=1)
    assert (Edition.objects.values().get(pk=first.pk), list(first.files.values())) == before


@pytest.mark.parametrize("form", files.KNOWN)
def test_the_same_snapshot_gives_the_same_bytes(edition, form):
    first = files.made(edition, form)
    Measure.objects.update(title="Später geändert")

    assert files.made(Edition.objects.get(), form) == first


def test_a_finished_format_is_never_made_again(edition):
    edition_files.make.call(edition_id=edition.pk)
    before = list(EditionFile.objects.values())

    with patch("publications.exports.files.made", side_effect=AssertionError):
        edition_files.make.call(edition_id=edition.pk)
        edition_files.order(edition=edition)

    assert list(EditionFile.objects.values()) == before


def test_an_older_edition_gets_what_it_lacks_and_keeps_its_pdf(edition):
    EditionFile.objects.all().delete()
    before = (edition.pdf.name, edition.pdf_sha256)

    edition_files.complete.call()
    edition_files.make.call(edition_id=edition.pk)

    edition.refresh_from_db()
    assert (edition.pdf.name, edition.pdf_sha256) == before
    assert set(states(edition).values()) == {FileStatus.READY}
    jobs = waiting()
    edition_files.complete.call()
    assert waiting() == jobs


def test_one_format_that_fails_does_not_hold_up_the_others(edition):
    made = files.made

    def without_json(edition, form):
        if form == DownloadFormat.JSON:
            raise RuleBroken("Das Setzen hat zu lange gedauert.")
        return made(edition, form)

    with patch("publications.exports.files.made", side_effect=without_json):
        edition_files.make.call(edition_id=edition.pk)

    failed = EditionFile.objects.exclude(status=FileStatus.READY).get()
    assert (failed.format, failed.status, failed.failure) == (
        DownloadFormat.JSON,
        FileStatus.FAILED,
        "Das Setzen hat zu lange gedauert.",
    )
    edition_files.retry(edition=edition, by=edition.frozen_by)
    edition_files.make.call(edition_id=edition.pk)
    assert set(states(edition).values()) == {FileStatus.READY}


def test_an_accident_is_told_and_left_to_the_queue(edition):
    with (
        patch("publications.exports.files.made", side_effect=MemoryError),
        pytest.raises(MemoryError),
    ):
        edition_files.make.call(edition_id=edition.pk)

    row = EditionFile.objects.filter(status=FileStatus.FAILED).get()
    assert row.failure == edition_files.UNEXPECTED


def test_nothing_is_made_from_data_that_are_not_what_was_frozen(edition):
    Edition.objects.update(snapshot_sha256="0" * 64)

    edition_files.make.call(edition_id=edition.pk)

    assert set(states(edition).values()) == {FileStatus.FAILED}


def test_an_unpublished_edition_has_no_further_formats(edition):
    Edition.objects.update(status=EditionStatus.FAILED)
    edition.refresh_from_db()

    with pytest.raises(RuleBroken, match="sobald die Ausgabe veröffentlicht ist"):
        edition_files.retry(edition=edition, by=edition.frozen_by)
    edition_files.make.call(edition_id=edition.pk)
    assert set(states(edition).values()) == {FileStatus.QUEUED}


def test_every_block_that_shows_a_table_gives_its_data(edition):
    assert set(WITH_TABLE) <= set(MAKERS)
    tables = reading(edition.snapshot).tables
    assert len({table.key for table in tables}) == len(tables) >= 8
    assert all(len(row) == len(table.columns) for table in tables for row in table.all_rows)


def test_the_three_forms_of_the_data_say_the_same(edition):
    table = reading(edition.snapshot).table("foerderung-nach-quelle")

    package = json.loads(files.made(edition, DownloadFormat.JSON).content)
    book = openpyxl.load_workbook(BytesIO(files.made(edition, DownloadFormat.XLSX).content))
    with ZipFile(BytesIO(files.made(edition, DownloadFormat.CSV).content)) as archive:
        text = archive.read("foerderung-nach-quelle.csv").decode("utf-8-sig")
        explained = archive.read("lies-mich.txt").decode()

    resource = next(r for r in package["resources"] if r["name"] == table.key)
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    sheet = list(book["foerderung-nach-quelle"].iter_rows(min_row=3, values_only=True))
    assert [row["actual_eur"] for row in resource["data"]] == [528.31, 471.7]
    assert [row["ausgegeben (EUR)"] for row in rows] == ["528,31", "471,70", "1000,01"]
    assert [row[4] for row in sheet] == [528.31, 471.7, 1000.01]
    assert resource["schema"]["fields"][4] == {
        "name": "actual_eur",
        "title": "ausgegeben (EUR)",
        "type": "number",
    }
    assert "Tabelle" in explained


def test_no_cell_of_a_file_is_ever_a_formula(edition):
    snapshot = edition.snapshot
    for chapter in snapshot["chapters"]:
        for block in chapter["blocks"]:
            for site in block.get("data", {}).get("sites", []):
                site["measures"][0]["title"] = "=HYPERLINK(1)"
    report = reading(snapshot)

    text = table_csv(report.table("massnahmenliste")).decode("utf-8-sig")

    assert "\r\n'=HYPERLINK(1);" in text
    book = openpyxl.load_workbook(BytesIO(all_xlsx(report)))
    cell = book["massnahmenliste"]["A3"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")
