"""What files say as e-invoices, and the files that wait for a voucher."""

import time
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from programme import attachments
from programme.enums import VoucherFileKind
from programme.errors import RuleBroken
from programme.models import ParkedFile, User
from programme.rules.invoices.invoice import Invoice, Reading, from_json
from programme.rules.invoices.reading import invoice_of

# Each PDF costs about a second; what does not fit is kept without being read.
READING_SECONDS = 5


def parked_files(*, by: User, form_key: UUID) -> QuerySet[ParkedFile]:
    """Return the files a person has chosen in one form, oldest first."""
    return ParkedFile.objects.filter(by=by, form_key=form_key)


def reading_of(*, name: str, content: bytes) -> Reading:
    """Return what a file says as an e-invoice, or the problem with it; pictures say nothing."""
    try:
        if content.startswith(b"%PDF-"):
            xml = attachments.invoice_xml(content, name=name)
        else:
            xml = content if name.endswith(".xml") else None
        return Reading(invoice=invoice_of(xml, name=name) if xml is not None else None)
    except RuleBroken as broken:
        return Reading(problem=broken.message)


def new_readings(*, files: Iterable[ParkedFile]) -> dict[int, Reading]:
    """Read the parked invoices nobody has read yet, by key, for `READING_SECONDS` at most."""
    found: dict[int, Reading] = {}
    started = time.monotonic()
    for parked in files:
        if parked.kind != VoucherFileKind.INVOICE or parked.reading is not None:
            continue
        if time.monotonic() - started > READING_SECONDS:
            found[parked.pk] = Reading()
            continue
        with parked.file.open("rb") as file:
            found[parked.pk] = reading_of(name=parked.name, content=file.read())
    return found


def invoices_in(*, files: Iterable[ParkedFile]) -> list[Invoice]:
    """Return the e-invoices among files that were read; the same invoice twice counts once."""
    found: dict[tuple[str, str], Invoice] = {}
    for parked in files:
        invoice = from_json(parked.reading).invoice if parked.reading else None
        if invoice is not None:
            found.setdefault((invoice.number, str(invoice.amounts.gross_eur)), invoice)
    return list(found.values())
