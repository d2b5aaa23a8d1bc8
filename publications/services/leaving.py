"""What remains when the portal is switched off, packed by the worker (B16)."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.models import Printout, Programme, User
from programme.services import printouts
from publications.exports import archive, site_copy


@transaction.atomic
def pack_site(*, programme: Programme, by: User) -> Printout:
    """Ask for a copy of the public pages that needs no server; refuses nothing."""
    printout = _asked("Kopie der öffentlichen Seiten", "portalkopie", by)
    make_site.enqueue(printout=str(printout.pk), programme_id=programme.pk)
    return printout


@transaction.atomic
def pack_archive(*, programme: Programme, by: User) -> Printout:
    """Ask for the publications with all editions and figures; refuses nothing."""
    printout = _asked("Archiv der Publikationen", "publikationsarchiv", by)
    make_archive.enqueue(printout=str(printout.pk), programme_id=programme.pk)
    return printout


def _asked(title: str, stem: str, by: User) -> Printout:
    return printouts.ask(
        title=title,
        download_name=f"{stem}-{clock.today():%Y-%m-%d}.zip",
        back_url=reverse("publications:leaving"),
        by=by,
    )


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_site(*, printout: str, programme_id: int) -> None:
    """Copy the public pages and hand the file over; may be repeated."""
    _make(printout, programme_id, site_copy.write)


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_archive(*, printout: str, programme_id: int) -> None:
    """Write the archive and hand the file over; may be repeated."""
    _make(printout, programme_id, archive.write)


def _make(printout: str, programme_id: int, write: Callable[..., object]) -> None:
    row = Printout.objects.filter(pk=printout).first()
    if row is None:
        return
    with (
        printouts.making(pk=printout),
        tempfile.TemporaryDirectory(prefix="abgabe-") as folder,
    ):
        path = Path(folder) / "abgabe.zip"
        programme = Programme.objects.get(pk=programme_id)
        told = partial(_note, printout)
        write(path, programme=programme, dated=clock.now(), told=told)
        with path.open("rb") as content:
            printouts.finish_with(pk=printout, content=File(content))


def _note(printout: str, done: int, whole: int, what: str) -> None:
    printouts.note_progress(pk=printout, done=done, whole=whole, what=what)
