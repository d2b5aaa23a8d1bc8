"""The archive of the publications: whole, provable, without anybody's name (B16)."""

import csv
import hashlib
import io
import json
from zipfile import ZipFile

import pytest
from django.urls import reverse

from programme import clock
from programme.models import Programme
from publications.enums import DownloadFormat, EditionStatus, OrderStatus, Variant
from publications.exports import archive
from publications.models import DownloadCount, Edition, Publication, Summary
from publications.services import editions
from tests.factories.library import SummaryFactory
from tests.factories.publications import ErratumFactory, OrderFactory, OrderItemFactory
from tests.publications import photos, world

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "=cmd|' /C calc'!A0"]
RUN = tuple("=+-@＝＋－＠")


def quiet(*args):
    """Hear about the progress and say nothing."""


def packed(path):
    """Write the archive of the current programme and open it."""
    archive.write(path, programme=Programme.objects.current(), dated=clock.now(), told=quiet)
    return ZipFile(path)


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_an_edition_lies_there_with_the_data_its_checksum_is_of(tmp_path):
    edition = world.published()

    with packed(tmp_path / "a.zip") as found:
        stem = f"ausgaben/{edition.publication.slug}-1"
        data = found.read(f"{stem}/daten.json")
        pdf = found.read(f"{stem}/bericht.pdf")
        told = rows(found.read("daten/ausgaben.csv"))[1]

    assert json.loads(data) == edition.snapshot
    assert hashlib.sha256(data).hexdigest() == edition.snapshot_sha256 == told[-1]
    assert hashlib.sha256(pdf).hexdigest() == edition.pdf_sha256 == told[-2]


def test_every_checksum_of_the_archive_verifies(tmp_path):
    world.published()

    with packed(tmp_path / "a.zip") as found:
        lines = found.read("SHA256SUMS.txt").decode().splitlines()
        told = dict(reversed(line.split("  ", 1)) for line in lines)
        counted = {name: hashlib.sha256(found.read(name)).hexdigest() for name in told}

    assert told == counted


def test_orders_are_counted_by_month_and_name_nobody(tmp_path):
    edition = world.published()
    for copies in (3, 4):
        order = OrderFactory(full_name="Käthe Strauß", status=OrderStatus.SENT, sent_at=clock.now())
        OrderItemFactory(order=order, publication=edition.publication, copies=copies)

    with packed(tmp_path / "a.zip") as found:
        table = rows(found.read("daten/bestellungen.csv"))
        whole = b"".join(found.read(name) for name in found.namelist())

    month = f"{clock.today():%m.%Y}"
    assert table[1:] == [[edition.publication.title, month, "2", "7"]]
    assert "Strauß".encode() not in whole


def test_no_cell_of_the_archive_is_a_formula(tmp_path):
    edition = world.published()
    order = OrderFactory(status=OrderStatus.SENT, sent_at=clock.now())
    OrderItemFactory(order=order, publication=edition.publication, copies=3)
    DownloadCount.objects.create(
        edition=edition, format=DownloadFormat.PDF, day=clock.today(), count=5
    )

    for title in FORMULAS:
        Publication.objects.update(title=title, subtitle=title)
        with packed(tmp_path / "a.zip") as found:
            tables = [name for name in found.namelist() if name.endswith(".csv")]
            cells = {cell for name in tables for row in rows(found.read(name)) for cell in row}

        assert len(tables) == 4
        assert f"'{title}" in cells
        assert not [cell for cell in cells if cell.lstrip()[:1] in RUN]


def test_downloads_stand_there_day_by_day(tmp_path):
    edition = world.published()
    DownloadCount.objects.create(
        edition=edition, format=DownloadFormat.PDF, day=clock.today(), count=5
    )

    with packed(tmp_path / "a.zip") as found:
        table = rows(found.read("daten/abrufe.csv"))

    day = f"{clock.today():%d.%m.%Y}"
    assert table[1:] == [[edition.publication.title, "1", "PDF", day, "5"]]


def test_a_file_that_is_gone_is_named_instead_of_left_out_silently(tmp_path):
    edition = world.published()
    edition.pdf.storage.delete(edition.pdf.name)

    with packed(tmp_path / "a.zip") as found:
        index = found.read("index.html").decode()

    assert "fehlt: PDF" in index


def test_the_manuscript_is_markdown_in_the_order_of_the_report(tmp_path):
    report, _ = world.compiled()
    first, second = report.chapters.all()[:2]

    with packed(tmp_path / "a.zip") as found:
        text = found.read(f"manuskripte/{report.slug}.md").decode()

    assert text.startswith(f"# {report.title}\n")
    assert text.index(f"## {first.title}") < text.index(f"## {second.title}")


def test_the_page_says_what_can_be_packed(client, django_assert_max_num_queries):
    world.published()
    client.force_login(world.office_person())

    with django_assert_max_num_queries(12):
        response = client.get(reverse("publications:leaving"))

    assert "1 veröffentlichte Ausgabe als PDF/A" in response.content.decode()


def test_released_summaries_lie_there_in_each_language_and_drafts_do_not(tmp_path):
    report = world.published().publication
    SummaryFactory(publication=report, public=True, public_reviewers="Prüfgruppe Lahn")
    easy = SummaryFactory(
        publication=report, public=True, variant=Variant.EASY, title="Leicht", body="Eins.\nZwei."
    )
    Summary.objects.filter(pk=easy.pk).update(body="Noch nicht geprüft")
    SummaryFactory(publication=report, variant=Variant.ENGLISH, title="Draft")

    with packed(tmp_path / "a.zip") as found:
        names = [name for name in found.namelist() if name.startswith("zusammenfassungen/")]
        german, simple = (found.read(name).decode() for name in names)
        index = found.read("index.html").decode()
        sums = found.read("SHA256SUMS.txt").decode()

    assert names == [f"zusammenfassungen/{report.slug}-{one}.md" for one in ("de", "de-ls")]
    assert german.startswith("# Das Wichtigste in Kürze\n")
    assert "Sechs Behörden haben ihren Service verbessert." in german
    assert "Geprüft von: Prüfgruppe Lahn" in german
    assert f"Freigegeben am: {clock.today():%d.%m.%Y}" in german
    assert "# Leicht\n\n" in simple
    assert "Eins.  \nZwei." in simple
    assert "Noch nicht geprüft" not in simple
    assert all(f'<a href="{name}">' in index and f"  {name}\n" in sums for name in names)
    assert f"{report.title}: Leichte Sprache</a>" in index
    assert "Draft" not in index


def test_a_summary_made_from_an_earlier_edition_says_so_in_the_archive(tmp_path):
    report = world.published().publication
    SummaryFactory(publication=report, public=True, public_based_on="ab" * 32)

    with packed(tmp_path / "a.zip") as found:
        text = found.read(f"zusammenfassungen/{report.slug}-de.md").decode()
        index = found.read("index.html").decode()

    assert "**Es gibt eine neuere Ausgabe." in text
    assert "die Vorlage hat sich seitdem geändert" in index


def test_the_known_mistakes_of_an_edition_lie_beside_it_and_the_index_tells_them(tmp_path):
    edition = world.published()
    first = ErratumFactory(edition=edition, number=1)
    taken_back = clock.now()
    ErratumFactory(edition=edition, number=2, passage="=1+1", withdrawn_at=taken_back)

    with packed(tmp_path / "a.zip") as found:
        name = f"ausgaben/{edition.publication.slug}-1/korrekturen.csv"
        table = rows(found.read(name))
        index = found.read("index.html").decode()
        sums = found.read("SHA256SUMS.txt").decode()
        whole = b"".join(found.read(each) for each in found.namelist() if "ausgaben/" in each)

    day = f"{clock.day_of(taken_back):%d.%m.%Y}"
    assert table[0][1:5] == ["Kapitel", "steht dort", "richtig ist", "bekannt seit"]
    assert table[1:] == [
        ["1", "Hintergrund", "zehn Ländern", "elf Ländern", "01.08.2017", "ja", ""],
        ["2", "Hintergrund", "'=1+1", "elf Ländern", "01.08.2017", "nein", day],
    ]
    assert "1 Korrektur, siehe korrekturen.csv; 1 zurückgenommen" in index
    assert f'<a href="{name}">' in index
    assert f"  {name}\n" in sums
    assert first.noted_by.email.encode() not in whole


def test_an_edition_without_mistakes_has_no_list_of_them(tmp_path):
    world.published()

    with packed(tmp_path / "a.zip") as found:
        names, index = found.namelist(), found.read("index.html").decode()

    assert not [name for name in names if name.endswith("korrekturen.csv")]
    assert "<td>keine</td>" in index


def test_pictures_of_editions_and_manuscripts_lie_there_once_and_whole(tmp_path):
    report, by = world.compiled()
    block = photos.with_picture(report, by)
    world.sign(report)
    editions.publish(publication=report, by=by)
    Edition.objects.update(status=EditionStatus.PUBLISHED)
    photos.with_picture(report, by)
    address = block.picture.address

    with packed(tmp_path / "a.zip") as found:
        names = [name for name in found.namelist() if name.startswith("bilder/")]
        content = found.read(f"bilder/{address}")
        manuscript = found.read(f"manuskripte/{report.slug}.md").decode()

    assert names == [f"bilder/{address}"]
    assert f"{hashlib.sha256(content).hexdigest()}.png" == address
    assert manuscript.count(f"![{photos.ALT}](../bilder/{address})") == 2


def test_a_picture_that_is_gone_is_named_in_the_index(tmp_path):
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    picture.file.storage.delete(picture.file.name)

    with packed(tmp_path / "a.zip") as found:
        index = found.read("index.html").decode()

    assert f"fehlt: {picture.address}" in index
