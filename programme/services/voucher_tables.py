"""The list of vouchers as a table, written by the worker however long it is."""

import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.exports.voucher_table import write_vouchers
from programme.models import Printout, Programme, User
from programme.queries import vouchers as queries
from programme.queries.voucher_search import named
from programme.rules.progress import counted
from programme.services import printouts


@dataclass(frozen=True)
class Narrowed:
    """What the page was narrowed by: a state, the number of a plan line, a word."""

    status: str = ""
    position: int | None = None
    words: str = ""


@transaction.atomic
def export(
    *, programme: Programme, as_of: date, narrowed: Narrowed, kind: str, by: User
) -> Printout:
    """Ask the worker for the vouchers that count on a day as "csv" or "xlsx"; refuses nothing."""
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
        narrowed=asdict(narrowed),
    )
    return printout


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_table(
    *,
    printout: str,
    programme_id: int,
    kind: str,
    as_of: str,
    narrowed: dict[str, Any],
) -> None:
    """Write the vouchers as they stand now, for the eyes of who asked; may be repeated."""
    asked = Printout.objects.select_related("requested_by").filter(pk=printout).first()
    if asked is None:
        return
    programme = Programme.objects.get(pk=programme_id)
    choice = Narrowed(**narrowed)
    chosen = queries.voucher_list(
        programme=programme,
        as_of=date.fromisoformat(as_of),
        status=choice.status,
        position=choice.position,
        named=named(choice.words, reader=asked.requested_by),
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
