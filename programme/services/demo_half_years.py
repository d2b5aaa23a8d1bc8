"""The made-up half-years: two are closed, and a credit note came after the second was."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from programme import clock
from programme.enums import VoucherFileKind
from programme.exports.sample_files import sample_pdf
from programme.models import PeriodLock, Programme, User, Voucher
from programme.queries.vouchers import plan_lines
from programme.rules.half_years import half_years_of
from programme.rules.money import written
from programme.rules.uploads import checked
from programme.rules.vouchers import VoucherEntry
from programme.services import approvals, half_years, vouchers
from programme.services.vouchers import NewFile

MORNING = time(10)
CLOSED_ON = (date(2016, 5, 2), date(2016, 9, 1))
CREDITED_INVOICE = "2016/081"
CREDIT_NOTE = "GS 2016/012"
CREDITED_EUR = Decimal("-126.00")
CREDIT_FOUND_ON, CREDIT_CHECKED_ON = date(2016, 9, 20), date(2016, 9, 22)


@transaction.atomic
def load(*, programme: Programme, finance: Mapping[str, User]) -> None:
    """Close the first two half-years, then book what came back in the second of them.

    The vouchers are there already. `finance` are the two accounts by the name in their address.
    """
    first, second = finance["finanzen"], finance["finanzen2"]
    for half, day in zip(half_years_of(programme), CLOSED_ON, strict=False):
        half_years.lock(
            programme=programme,
            half=half,
            reason="Die Zahlen sind dem Land gemeldet.",
            by=first,
            at=clock.at(day, MORNING),
        )
    paid = programme.vouchers.get(invoice_number=CREDITED_INVOICE)
    _credit(paid, recorder=second, checker=first)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out the locks of half-years; the vouchers go with all others."""
    PeriodLock.objects.filter(programme=programme).delete()


def _credit(paid: Voucher, *, recorder: User, checker: User) -> None:
    entry = VoucherEntry(
        line=plan_lines(programme=paid.programme).get(position=paid.line.position),
        payee=paid.payee,
        invoice_number=CREDIT_NOTE,
        invoiced_on=date(2016, 6, 20),
        paid_on=date(2016, 6, 30),
        gross_eur=CREDITED_EUR,
        reason="Gutschrift für nicht abgerufene Essen am Fachtag im April 2016",
        is_credit_note=True,
        credits=paid,
    )
    note = vouchers.record(
        programme=paid.programme,
        entry=entry,
        files=_files(entry),
        by=recorder,
        confirmed=True,
        at=clock.at(CREDIT_FOUND_ON, MORNING),
    )
    at = clock.at(CREDIT_CHECKED_ON, MORNING)
    approvals.approve(voucher=note, seen_version=1, by=checker, at=at)


def _files(entry: VoucherEntry) -> list[NewFile]:
    facts = [entry.payee, entry.reason, f"Betrag: {written(entry.gross_eur)}"]
    papers = (
        (VoucherFileKind.INVOICE, "Gutschrift GS-2016-012.pdf", "Gutschrift"),
        (VoucherFileKind.PROOF_OF_PAYMENT, "Eingang GS-2016-012.pdf", "Zahlungseingang"),
    )
    return [
        NewFile(
            kind=kind,
            checked=checked(name=name, content=content),
            content=ContentFile(content, name=name),
        )
        for kind, name, title in papers
        for content in [sample_pdf(title=f"{title} (Beispiel, erfunden)", lines=facts)]
    ]
