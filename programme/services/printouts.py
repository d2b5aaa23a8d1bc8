"""Printouts: somebody asks for a PDF, the worker makes it, the person fetches it.

The floor that knows the document brings its own job, which takes the key of the printout as
`printout` (text) and calls `finish` or `finish_with`. After seven days file and row are gone.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from programme import audit, clock, documents, jobs
from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import Printout, User
from programme.queries.printouts import is_late, progress_key

KEEP = timedelta(days=7)
KEEP_PROGRESS_SECONDS = 60 * 60
ONCE_A_DAY = 24 * 60 * 60
UNEXPECTED = "Beim Erstellen ist ein Fehler aufgetreten. Bitte versuchen Sie es noch einmal."

logger = logging.getLogger(__name__)


@transaction.atomic
def ask(*, title: str, download_name: str, back_url: str, by: User) -> Printout:
    """Note that somebody wants a document; the caller then enqueues the job that makes it.

    `download_name` is the name of the file with its ending, `back_url` the path of the page it
    was asked on. Refuses nothing; each asking is a document of its own.
    """
    printout = Printout.objects.create(
        title=title[:160], download_name=download_name[:120], back_url=back_url, requested_by=by
    )
    audit.record(
        by=by,
        verb="printout.asked",
        subject=printout,
        sentence=f"Ausdruck angefordert: {title}.",
    )
    return printout


@transaction.atomic
def note_progress(
    *, pk: str | UUID, done: int, whole: int, what: str, span: tuple[int, int] = (0, 100)
) -> None:
    """Tell the page of the printout that `done` of `whole` parts are ready; `what` says which.

    `span` is where this step begins and ends in the whole work, in percent. Kept beside the
    record, because it is of no use afterwards. Call it outside a transaction.
    """
    start, end = span
    percent = start + (end - start) * done // max(whole, 1)
    cache.set(progress_key(pk), (percent, done, whole, what), KEEP_PROGRESS_SECONDS)


@contextmanager
def making(*, pk: str | UUID) -> Iterator[None]:
    """Say on the page of the printout why it failed, if what happens inside fails.

    A broken rule ends the work, any other error goes on to the job, which tries again.
    """
    try:
        yield
    except RuleBroken as broken:
        fail(pk=pk, reason=broken.message)
    except Exception:
        fail(pk=pk, reason=UNEXPECTED)
        raise


def finish(*, pk: str | UUID, template: str, context: dict[str, object], identifier: str) -> None:
    """Set a template of templates/pdf/ as tagged PDF and hand it over; may be repeated.

    `identifier` is what makes the data this data; a printout that is gone or ready stays so.
    """
    printout = Printout.objects.filter(pk=pk).exclude(status=PrintoutStatus.READY).first()
    if printout is None:
        return
    with making(pk=pk):
        document = documents.render_pdf(
            template=template,
            context=context,
            dated=printout.requested_at,
            identifier=identifier,
        )
        finish_with(pk=pk, content=document.content, pages=document.pages)


@transaction.atomic
def finish_with(*, pk: str | UUID, content: bytes | File[bytes], pages: int | None = None) -> None:
    """Hand over a finished file; may be repeated, the first one stays.

    A large one comes as an open file, so that it is never whole in memory.
    """
    printout = Printout.objects.select_for_update().filter(pk=pk).first()
    if printout is None or printout.status == PrintoutStatus.READY:
        return
    _delete_file(printout)
    kept = ContentFile(content) if isinstance(content, bytes) else content
    printout.file.save(_file_name(printout), kept, save=False)
    printout.status, printout.pages, printout.error = PrintoutStatus.READY, pages, ""
    printout.save(update_fields=["file", "status", "pages", "error"])


@transaction.atomic
def fail(*, pk: str | UUID, reason: str) -> None:
    """Note in German why the document could not be made; a finished one stays finished."""
    logger.warning("printout %s failed", pk)
    rows = Printout.objects.filter(pk=pk).exclude(status=PrintoutStatus.READY)
    rows.update(status=PrintoutStatus.FAILED, error=reason[:300])


@transaction.atomic
def retry(*, printout: Printout, by: User) -> Printout:
    """Start the job of a failed or late printout again; one that is ready stays as it is.

    Refuses (RuleBroken) when the job is no longer known, and work that is not late yet.
    """
    printout = Printout.objects.select_for_update().get(pk=printout.pk)
    if printout.status == PrintoutStatus.READY:
        return printout
    if printout.status == PrintoutStatus.WAITING and not is_late(printout):
        raise RuleBroken("Der Ausdruck wird gerade erstellt.")
    made_by = DBTaskResult.objects.filter(args_kwargs__kwargs__printout=str(printout.pk))
    job = made_by.order_by("-enqueued_at").first()
    if job is None:
        raise RuleBroken("Bitte fordern Sie den Ausdruck dort noch einmal an, wo Sie herkommen.")
    printout.status, printout.error = PrintoutStatus.WAITING, ""
    printout.save(update_fields=["status", "error"])
    job.task.enqueue(**job.args_kwargs["kwargs"])
    audit.record(
        by=by,
        verb="printout.retried",
        subject=printout,
        sentence=f"Ausdruck noch einmal angefordert: {printout.title}.",
    )
    return printout


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_printouts() -> int:
    """Delete printouts after seven days, the file first; return how many. May be repeated."""
    rows = list(Printout.objects.filter(requested_at__lt=clock.now() - KEEP))
    for printout in rows:
        _delete_file(printout)
        printout.delete()
    return len(rows)


def _file_name(printout: Printout) -> str:
    return f"{printout.pk}.{printout.download_name.rpartition('.')[2] or 'pdf'}"


def _delete_file(printout: Printout) -> None:
    """Delete the file, also one whose row was lost with a killed worker."""
    storage: Any = printout.file.storage
    storage.delete(printout.file.name or f"ausdrucke/{_file_name(printout)}")
