"""Further formats of an edition: made once by the worker, format by format, never again."""

import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count

from programme import audit, clock, jobs
from programme.documents import Document
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import DownloadFormat, EditionStatus, FileStatus
from publications.exports import files
from publications.models import Edition, EditionFile
from publications.rules import snapshots as rules
from publications.rules.formats import FORMS

UNEXPECTED = "Beim Erzeugen ist ein Fehler aufgetreten."
HOUR = 60 * 60

logger = logging.getLogger(__name__)


@transaction.atomic
def order(*, edition: Edition) -> None:
    """Queue every format the edition does not have yet; one that is there stays as it is."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = set(edition.files.values_list("format", flat=True))
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, format=form) for form in files.KNOWN if form not in known
    )
    edition.files.filter(status=FileStatus.FAILED).update(status=FileStatus.QUEUED, failure="")
    make.enqueue(edition_id=edition.pk)


@transaction.atomic
def retry(*, edition: Edition, by: User) -> None:
    """Queue what is missing or failed again; refuses an edition that is not published."""
    if edition.status != EditionStatus.PUBLISHED:
        raise RuleBroken("Weitere Formate entstehen, sobald die Ausgabe veröffentlicht ist.")
    order(edition=edition)
    audit.record(
        by=by,
        verb="edition.files_ordered",
        subject=edition,
        sentence=f"Die weiteren Formate von {edition} wurden in Auftrag gegeben.",
    )


@jobs.job(every=HOUR)
@transaction.atomic
def complete() -> None:
    """Order the formats of editions that were published before these formats existed."""
    rows = Edition.objects.published().defer("snapshot").annotate(known=Count("files"))
    for edition in rows.filter(known__lt=len(files.KNOWN)):
        order(edition=edition)


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3, base_delay=20)
def make(*, edition_id: int) -> None:
    """Make each queued format from the snapshot and keep it; may be repeated.

    Each format is saved at once, so that the page can tell how far the work is. One that cannot
    be made does not hold up the others.
    """
    edition = Edition.objects.published().select_related("publication").filter(pk=edition_id)
    for found in edition:
        rows = {row.format: row for row in found.files.exclude(status=FileStatus.READY)}
        for form in files.KNOWN:
            if form in rows:
                _make_one(found, rows[form])


def _make_one(edition: Edition, row: EditionFile) -> None:
    _note(row, FileStatus.MAKING)
    try:
        rules.check_frozen(edition.snapshot, edition.snapshot_sha256)
        _keep(edition, row, files.made(edition, row.format))
    except RuleBroken as broken:
        _note(row, FileStatus.FAILED, broken.message)
    except Exception:
        _note(row, FileStatus.FAILED, UNEXPECTED)
        raise


def _note(row: EditionFile, status: FileStatus, failure: str = "") -> None:
    if failure:
        logger.warning("file %s of an edition failed: %s", row.pk, failure)
    same = EditionFile.objects.filter(pk=row.pk).exclude(status=FileStatus.READY)
    same.update(status=status, failure=failure[:300])


def _keep(edition: Edition, row: EditionFile, document: Document) -> None:
    """Keep the file under a name that tells its bytes; of two workers the first one counts."""
    digest = files.digest(document.content)
    storage = EditionFile._meta.get_field("file").storage
    stem = f"{edition.publication.slug}-{edition.number}-{digest[:12]}"
    name = f"publikationen/{stem}{FORMS[DownloadFormat(row.format)].suffix}"
    if not storage.exists(name):
        name = storage.save(name, ContentFile(document.content))
    with transaction.atomic():
        current = EditionFile.objects.select_for_update().get(pk=row.pk)
        if current.is_ready:
            return
        current.file, current.sha256, current.failure = name, digest, ""
        current.bytes, current.pages = len(document.content), document.pages
        current.status, current.made_at = FileStatus.READY, clock.now()
        current.save()
