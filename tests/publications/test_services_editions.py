"""Editions: frozen once, set by the worker, never changed."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from itertools import pairwise
from threading import Barrier
from unittest.mock import patch

import pikepdf
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from programme.documents import Document
from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import AuditEntry, Voucher, VoucherShare
from publications.enums import EditionStatus
from publications.exports.pdf import pdf_of
from publications.exports.reading import reading
from publications.models import Block, DownloadCount, Edition
from publications.rules.snapshots import checksum
from publications.rules.visitors import Visit
from publications.services import demo_report, downloads, editions, manuscripts
from sites.models import Measure
from tests.factories.programme import UserFactory
from tests.pdf import failures
from tests.publications import world

pytestmark = pytest.mark.django_db

FINE = Document(b"%PDF-1.7 <pdfuaid:part>1</pdfuaid:part><pdfaid:part>3</pdfaid:part>", 12)
PRINT = "publications.services.editions.pdf_of"


def jobs_waiting():
    return DBTaskResult.objects.filter(task_path__endswith="editions.render").count()


def test_publishing_freezes_everything_and_queues_the_setting_once():
    report, by = world.compiled()

    edition = editions.publish(publication=report, by=by)
    again = editions.publish(publication=report, by=by)

    assert (edition.number, edition.status, again.pk) == (1, EditionStatus.QUEUED, edition.pk)
    assert checksum(edition.snapshot) == edition.snapshot_sha256
    assert (Edition.objects.count(), jobs_waiting()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_publish_at_once_get_one_edition():
    report, by = world.compiled()
    gate = Barrier(2)

    def publish():
        try:
            gate.wait()
            return editions.publish(publication=report, by=by).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        first, second = [hand.result() for hand in [people.submit(publish) for _ in range(2)]]

    assert first == second
    assert (Edition.objects.count(), jobs_waiting()) == (1, 1)


def test_the_snapshot_survives_every_later_change():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)
    before = edition.snapshot_sha256

    Measure.objects.update(title="Anders")
    _pay_more()
    Block.objects.update(body="Anders")
    edition.refresh_from_db()

    assert checksum(edition.snapshot) == before
    assert "Terminvergabe 1" in str(edition.snapshot)


def _pay_more():
    """Approve the voucher that waits, so that the sums of the sources change."""
    voucher = Voucher.objects.get(status=VoucherStatus.RECORDED)
    source = voucher.programme.sources.first()
    VoucherShare.objects.create(
        voucher=voucher,
        source=source,
        amount_eur=voucher.gross_eur,
        ratio_numerator=1,
        ratio_denominator=1,
    )
    voucher.status, voucher.arithmetic_check_by = VoucherStatus.APPROVED, UserFactory()
    voucher.save()


def test_private_measures_and_people_stay_out_of_the_snapshot():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)

    frozen = str(edition.snapshot)
    assert "Intern" not in frozen
    assert "Jörg" not in frozen
    assert "@example.org" not in frozen.replace("integration@example.org", "").replace(
        "poststelle@example.org", ""
    )


def test_a_missing_duty_forbids_publishing():
    report, by = world.compiled()
    report.programme.election_notice = ""
    report.programme.save()
    Block.objects.filter(kind="imprint").update(is_included=False)

    with pytest.raises(RuleBroken) as broken:
        editions.publish(publication=report, by=by)

    assert broken.value.message == (
        "Im Impressum fehlt der Hinweis zur Wahlwerbung. "
        "Das Impressum ist nicht Teil des Manuskripts."
    )
    assert Edition.objects.count() == 0


def test_an_empty_manuscript_cannot_be_published():
    report = world.build()

    with pytest.raises(RuleBroken, match="noch kein Manuskript"):
        editions.publish(publication=report, by=world.office_person())


def test_a_second_edition_needs_a_change():
    report, by = world.compiled()
    first = editions.publish(publication=report, by=by)
    with patch(PRINT, return_value=FINE):
        editions.render.call(edition_id=first.pk)

    with pytest.raises(RuleBroken, match="Seit Ausgabe 1 hat sich nichts geändert"):
        editions.publish(publication=report, by=by)

    manuscripts.edit_block(
        block=Block.objects.get(key="dank"), body="Neu", version=1, values={}, by=by
    )
    world.sign(report)
    second = editions.publish(publication=report, by=by)
    first.refresh_from_db()
    assert (second.number, first.status) == (2, EditionStatus.PUBLISHED)


def test_a_failure_is_told_and_can_be_repeated():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)
    with patch(PRINT, side_effect=RuleBroken("Das Setzen hat zu lange gedauert.")):
        editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()
    assert (edition.status, edition.failure) == (
        EditionStatus.FAILED,
        "Das Setzen hat zu lange gedauert.",
    )

    editions.retry(edition=edition, by=by)
    with patch(PRINT, return_value=FINE):
        editions.render.call(edition_id=edition.pk)
        editions.render.call(edition_id=edition.pk)

    edition.refresh_from_db()
    assert (edition.status, edition.progress, edition.pdf_pages, edition.failure) == (
        EditionStatus.PUBLISHED,
        100,
        12,
        "",
    )
    assert jobs_waiting() == 2


def test_an_accident_is_told_and_left_to_the_queue():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)

    with patch(PRINT, side_effect=MemoryError), pytest.raises(MemoryError):
        editions.render.call(edition_id=edition.pk)

    edition.refresh_from_db()
    assert (edition.status, edition.failure) == (EditionStatus.FAILED, editions.UNEXPECTED)


@pytest.mark.parametrize("broken", ["data", "file"])
def test_nothing_broken_is_published(broken):
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)
    if broken == "data":
        Edition.objects.update(snapshot_sha256="0" * 64)

    with patch(PRINT, return_value=Document(b"%PDF-1.4 bare", 1)):
        editions.render.call(edition_id=edition.pk)

    edition.refresh_from_db()
    assert edition.status == EditionStatus.FAILED
    assert edition.failure


def test_the_number_of_a_failed_edition_is_used_again():
    report, by = world.compiled()
    failed = editions.publish(publication=report, by=by)
    Edition.objects.update(status=EditionStatus.FAILED)

    edition = editions.publish(publication=report, by=by)

    assert (edition.number, Edition.objects.count()) == (1, 1)
    editions.render.call(edition_id=failed.pk)


def test_downloads_are_counted_by_day():
    edition = editions.publish(publication=(made := world.compiled())[0], by=made[1])
    day = date(2026, 11, 23)
    visits = [Visit(edition.pk, "pdf", day, visitor) for visitor in "abcb"]

    downloads.count(visits=visits[:2])
    downloads.count(visits=visits[2:])

    assert list(DownloadCount.objects.values_list("count", flat=True)) == [3]


def headings(node, found):
    """Collect the roles of the structure tree in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            headings(kid, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append((str(node.S), node))
        if "/K" in node:
            headings(node.K, found)


def test_the_real_pdf_is_accessible_complete_and_always_the_same():
    edition = world.published()
    with edition.pdf.open("rb") as stored:
        content = stored.read()

    assert edition.status == EditionStatus.PUBLISHED, edition.failure
    assert pdf_of(edition).content == content
    for profile in ("ua1", "3a"):
        assert failures(content, profile) == []
    with pikepdf.open(BytesIO(content)) as pdf:
        found = []
        headings(pdf.Root.StructTreeRoot.K, found)
        levels = [int(role[2]) for role, _ in found if re.fullmatch(r"/H[1-6]", role)]
        figures = [node for role, node in found if role == "/Figure"]
        heads = [node for role, node in found if role == "/TH"]
        with pdf.open_outline() as outline:
            assert [str(entry.title) for entry in outline.root] == ["Abschlussbericht"]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(figures) >= 6
        assert all(str(node.Alt) for node in figures)
        assert heads
        assert all(str(node.A.Scope) in {"/Column", "/Row"} for node in heads)
        assert data_of(pdf) == {*(t.key + ".csv" for t in tables_of(edition)), "daten.json"}
        assert len({file.objgen for file in pdf.Root.AF}) == len(pdf.Root.AF) == len(data_of(pdf))
        assert {str(file.AFRelationship) for file in pdf.Root.AF} == {"/Data"}
        assert fonts_are_embedded(pdf)
        assert edition.pdf_pages == len(pdf.pages) >= 10


def data_of(pdf):
    return set(pdf.attachments)


def tables_of(edition):
    return reading(edition.snapshot).tables


def fonts_are_embedded(pdf):
    described = [
        entry
        for entry in pdf.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/FontDescriptor"
    ]
    return described and all("/FontFile2" in e or "/FontFile3" in e for e in described)


def test_setting_an_edition_again_keeps_the_file_that_is_there():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)
    with patch(PRINT, return_value=FINE):
        editions.render.call(edition_id=edition.pk)
        first = Edition.objects.get().pdf.name
        Edition.objects.update(status=EditionStatus.RENDERING)

        editions.render.call(edition_id=edition.pk)

    again = Edition.objects.get()
    assert (again.pdf.name, again.status) == (first, EditionStatus.PUBLISHED)


def test_of_two_workers_that_set_one_edition_only_the_first_publishes():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)

    def overtaken(slow):
        with patch(PRINT, return_value=FINE):
            editions.render.call(edition_id=slow.pk)
        return Document(FINE.content + b" later", 13)

    with patch(PRINT, side_effect=overtaken):
        editions.render.call(edition_id=edition.pk)

    published = Edition.objects.get()
    assert (published.pdf_pages, published.pdf_bytes) == (12, len(FINE.content))
    assert AuditEntry.objects.filter(verb="edition.published").count() == 1


def test_removing_the_demo_report_removes_its_files():
    report, by = world.compiled()
    edition = editions.publish(publication=report, by=by)
    with patch(PRINT, return_value=FINE):
        editions.render.call(edition_id=edition.pk)
    kept = Edition.objects.get().pdf
    assert kept.storage.exists(kept.name)

    demo_report.remove(programme=report.programme)

    assert not kept.storage.exists(kept.name)
    assert not Edition.objects.exists()
    assert not Block.objects.exists()
