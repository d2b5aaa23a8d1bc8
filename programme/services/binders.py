"""The binder of a sample or of one voucher, made by the worker."""

import tempfile
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.exports import binders
from programme.models import AuditSample, Printout, Programme, User, Voucher
from programme.queries.samples import drawn_vouchers
from programme.queries.vouchers import vouchers_with_details
from programme.rules.progress import counted
from programme.services import printouts


@transaction.atomic
def of_sample(*, sample: AuditSample, by: User) -> Printout:
    """Ask for the binder of all vouchers of a sample; refuses nothing."""
    printout = printouts.ask(
        title=f"Nachweismappe zur {sample}",
        download_name=f"nachweismappe-stichprobe-{sample.pk}.zip",
        back_url=reverse("programme:sample", args=[sample.pk]),
        by=by,
    )
    keys = list(drawn_vouchers(sample=sample).values_list("pk", flat=True))
    make_binder.enqueue(printout=str(printout.pk), vouchers=keys)
    return printout


@transaction.atomic
def of_voucher(*, voucher: Voucher, by: User) -> Printout:
    """Ask for the binder of one voucher; refuses nothing."""
    printout = printouts.ask(
        title=f"Nachweismappe zu {voucher}",
        download_name=f"nachweismappe-beleg-{voucher.number}.zip",
        back_url=reverse("programme:voucher_chain", args=[voucher.number]),
        by=by,
    )
    make_binder.enqueue(printout=str(printout.pk), vouchers=[voucher.pk])
    return printout


@jobs.job(lane=jobs.DOCUMENTS, max_attempts=3)
def make_binder(*, printout: str, vouchers: list[int]) -> None:
    """Write the binder to disk and hand it over; may be repeated."""
    row = Printout.objects.filter(pk=printout).first()
    if row is None:
        return

    def tell(done: int, whole: int) -> None:
        printouts.note_progress(pk=printout, done=done, whole=whole, what="Belegen gepackt")

    with (
        printouts.making(pk=printout),
        tempfile.TemporaryDirectory(prefix="nachweismappe-") as folder,
    ):
        path = Path(folder) / "mappe.zip"
        programme = Programme.objects.get(vouchers=vouchers[0])
        found = vouchers_with_details(programme=programme).select_related("programme")
        rows = found.filter(pk__in=vouchers).order_by("number").iterator(chunk_size=20)
        binders.write(
            path,
            vouchers=counted(rows, whole=len(vouchers), tell=tell, every=1),
            programme=programme,
            title=row.title,
            dated=clock.now(),
        )
        with path.open("rb") as content:
            printouts.finish_with(pk=printout, content=File(content))
