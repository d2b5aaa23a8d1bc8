"""The list of vouchers as a table, written by the worker however long it is."""

import tempfile
from datetime import date
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.exports.voucher_table import write_vouchers
from programme.models import Printout, Programme, User
from programme.queries import vouchers as queries
from programme.rules.progress import counted
from programme.services import printouts


@transaction.atomic
def export(
    *, programme: Programme, as_of: date, status: str, position: int | None, kind: str, by: User
) -> Printout:
    """Ask the worker for the vouchers that count on a day as "csv" or "xlsx"; refuses nothing.

    `status` and `position` (number of a plan line) narrow them as on the page.
    """
    printout = printouts.ask(
        title="Belegliste als Tabelle",
        download_name=f"belege-{clock.today():%Y-%m-%d}.{kind}",
        back_url=reverse("programme:vouchers"),
        by=by,
    )
    make_table.enqueue(
        printout=str(printout.pk),
        programme_id=programme.pk,
        kind=kind,
        as_of=as_of.isoformat(),
        status=status,
        position=position,
    )
    return printout


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_table(
    *,
    printout: str,
    programme_id: int,
    kind: str,
    as_of: str,
    status: str,
    position: int | None,
) -> None:
    """Write the vouchers as they stand now, for the eyes of who asked; may be repeated."""
    asked = Printout.objects.select_related("requested_by").filter(pk=printout).first()
    if asked is None:
        return
    programme = Programme.objects.get(pk=programme_id)
    chosen = queries.voucher_list(
        programme=programme, as_of=date.fromisoformat(as_of), status=status, position=position
    )

    def tell(done: int, whole: int) -> None:
        printouts.note_progress(pk=printout, done=done, whole=whole, what="Belegen geschrieben")

    with printouts.making(pk=printout), tempfile.TemporaryDirectory(prefix="belege-") as folder:
        path = Path(folder) / f"belege.{kind}"
        rows = counted(queries.in_batches(chosen=chosen), whole=chosen.count(), tell=tell)
        sources = [source.short_name for source in programme.sources.order_by("position")]
        write_vouchers(path, rows=rows, sources=sources, reader=asked.requested_by)
        with path.open("rb") as content:
            printouts.finish_with(pk=printout, content=File(content))
