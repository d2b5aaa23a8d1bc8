"""The file of the funding, packed by the worker to be handed over (B16)."""

import tempfile
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.exports import funding_file
from programme.models import Printout, Programme, User
from programme.services import printouts


@transaction.atomic
def pack(*, programme: Programme, by: User) -> Printout:
    """Ask for the whole file as it stands now; refuses nothing, open points stand on the page."""
    printout = printouts.ask(
        title="Förderakte",
        download_name=f"foerderakte-{clock.today():%Y-%m-%d}.zip",
        back_url=reverse("programme:funding_file"),
        by=by,
    )
    make_file.enqueue(printout=str(printout.pk), programme_id=programme.pk)
    return printout


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_file(*, printout: str, programme_id: int) -> None:
    """Write the file to disk and hand it over; may be repeated."""
    row = Printout.objects.filter(pk=printout).first()
    if row is None:
        return
    with (
        printouts.making(pk=printout),
        tempfile.TemporaryDirectory(prefix="foerderakte-") as folder,
    ):
        path = Path(folder) / "akte.zip"
        programme = Programme.objects.get(pk=programme_id)
        funding_file.write(
            path,
            programme=programme,
            title=f"{row.title} „{programme.title}“",
            as_of=clock.default_as_of(programme.starts_on, programme.ends_on),
            dated=clock.now(),
        )
        with path.open("rb") as content:
            printouts.finish_with(pk=printout, content=File(content))
