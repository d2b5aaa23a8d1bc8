"""Editions: freeze everything, then let the worker set it; never changed afterwards."""

import logging
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from programme import audit, clock, jobs
from programme.documents import Document
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import EditionStatus
from publications.exports import preflight
from publications.exports.pdf import pdf_of
from publications.models import Edition, Publication
from publications.queries import snapshots
from publications.rules.snapshots import check_frozen, checksum
from publications.services import deposits, edition_files

STAGES = {"waiting": "wartet auf den Druck", "data": "Daten prüfen", "pages": "Seiten setzen"}
UNEXPECTED = "Beim Setzen ist ein Fehler aufgetreten. Das Portal versucht es noch einmal."
UNFINISHED = (EditionStatus.QUEUED, EditionStatus.RENDERING)

logger = logging.getLogger(__name__)


@transaction.atomic
def publish(*, publication: Publication, by: User) -> Edition:
    """Freeze the manuscript with all figures as the next edition and queue its setting.

    A second call while an edition is being set returns that one. Refuses what the preflight
    stops (W04, W05, F31, open comments, fewer than two sign-offs of exactly this state) and a
    manuscript that says the same as the newest edition. A failed edition was never seen by
    anybody, so its number is used again.
    """
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    newest = publication.editions.order_by("-number").first()
    if newest is not None and newest.status in UNFINISHED:
        return newest
    failed = newest is not None and newest.status == EditionStatus.FAILED
    looked = preflight.run(publication)
    frozen = looked.frozen
    _refuse_unready(looked, newest)
    if newest is not None and failed:
        newest.delete()
    edition = Edition.objects.create(
        publication=publication,
        number=snapshots.next_number(newest),
        stage=STAGES["waiting"],
        snapshot=frozen,
        snapshot_sha256=checksum(frozen),
        frozen_by=by,
        isbn=frozen["imprint"]["isbn"],
        first_signed_by=looked.signed.valid[0].by,
        second_signed_by=looked.signed.valid[1].by,
    )
    render.enqueue(edition_id=edition.pk)
    audit.record(
        by=by,
        verb="edition.frozen",
        subject=edition,
        sentence=f"{edition} wurde eingefroren und in Auftrag gegeben.",
    )
    return edition


def _refuse_unready(looked: preflight.Preflight, newest: Edition | None) -> None:
    if newest is not None and newest.status == EditionStatus.PUBLISHED:
        before, now = snapshots.content_of(newest.snapshot), snapshots.content_of(looked.frozen)
        if before == now:
            raise RuleBroken(
                f"Seit Ausgabe {newest.number} hat sich nichts geändert. "
                "Eine neue Ausgabe ist nicht nötig."
            )
    if looked.refusal:
        raise RuleBroken(looked.refusal)


@transaction.atomic
def retry(*, edition: Edition, by: User) -> Edition:
    """Queue a failed edition again; refuses nothing, an edition in work stays as it is."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.status == EditionStatus.FAILED:
        edition.status, edition.progress, edition.failure = EditionStatus.QUEUED, 0, ""
        edition.stage = STAGES["waiting"]
        edition.save(update_fields=["status", "progress", "failure", "stage"])
        render.enqueue(edition_id=edition.pk)
        audit.record(
            by=by,
            verb="edition.retried",
            subject=edition,
            sentence=f"{edition} wurde erneut in Auftrag gegeben.",
        )
    return edition


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3, base_delay=20)
def render(*, edition_id: int) -> None:
    """Set an edition from its snapshot, keep the PDF and publish it; may be repeated.

    Each step is saved at once, so that the page can tell how far the work is.
    """
    edition = Edition.objects.select_related("publication").filter(pk=edition_id).first()
    if edition is None or edition.status == EditionStatus.PUBLISHED:
        return
    try:
        _step(edition, 10, STAGES["data"])
        check_frozen(edition.snapshot, edition.snapshot_sha256)
        _step(edition, 30, STAGES["pages"])
        document = pdf_of(edition)
        _step(edition, 85, "PDF prüfen")
        _check(document)
        _keep(edition, document)
    except RuleBroken as broken:
        _fail(edition, broken.message)
    except Exception:
        _fail(edition, UNEXPECTED)
        raise


def _step(edition: Edition, progress: int, stage: str) -> None:
    Edition.objects.filter(pk=edition.pk).exclude(status=EditionStatus.PUBLISHED).update(
        status=EditionStatus.RENDERING, progress=progress, stage=stage, failure=""
    )


def _check(document: Document) -> None:
    """Refuse a file that does not say of itself that it is accessible (W04)."""
    marks = (b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfaid:part>3</pdfaid:part>")
    whole = document.pages > 0 and document.content.startswith(b"%PDF-")
    if not whole or not all(mark in document.content for mark in marks):
        raise RuleBroken("Das PDF ist nicht barrierefrei geworden. Bitte melden Sie den Fehler.")


def _keep(edition: Edition, document: Document) -> None:
    digest = sha256(document.content).hexdigest()
    storage = Edition._meta.get_field("pdf").storage
    name = f"publikationen/{edition.publication.slug}-{edition.number}-{digest[:12]}.pdf"
    if not storage.exists(name):
        name = storage.save(name, ContentFile(document.content))
    with transaction.atomic():
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        if row.status == EditionStatus.PUBLISHED:
            return
        row.pdf, row.pdf_sha256 = name, digest
        row.pdf_bytes, row.pdf_pages = len(document.content), document.pages
        row.status, row.progress, row.stage = EditionStatus.PUBLISHED, 100, "fertig"
        row.failure, row.published_at = "", clock.now()
        row.save()
        audit.record(
            by=None, verb="edition.published", subject=row, sentence=f"{row} wurde veröffentlicht."
        )
        deposits.owe(edition=row)
        edition_files.order(edition=row)


def _fail(edition: Edition, reason: str) -> None:
    logger.warning("edition %s failed: %s", edition.pk, reason)
    Edition.objects.filter(pk=edition.pk).exclude(status=EditionStatus.PUBLISHED).update(
        status=EditionStatus.FAILED, stage="nicht gelungen", failure=reason[:300]
    )
