"""Made-up financing plan and vouchers, so that the funding pages have something to show."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from programme import audit
from programme.enums import VoucherFileKind
from programme.exports.sample_files import sample_pdf
from programme.models import (
    Asset,
    Contract,
    Programme,
    User,
    Voucher,
    VoucherFile,
)
from programme.queries.occasion_choices import OccasionChoice, occasion_choices
from programme.queries.vouchers import plan_lines
from programme.rules.money import written
from programme.rules.uploads import checked
from programme.rules.vouchers import VoucherEntry
from programme.services import approvals, demo_half_years, demo_plan, vouchers
from programme.services.vouchers import NewFile

TABLE = Path(__file__).resolve().parent.parent / "data" / "demo_vouchers.csv"
COACHING = "1"
REJECTED_BECAUSE = "Diese Rechnung ist schon mit dem vorigen Beleg abgerechnet."


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Make the plan (212,000.00 EUR), its vouchers and locks, as their days would have seen them.

    Does nothing if the programme has a plan already. `people` are the demo accounts by e-mail;
    what one of the two finance accounts records, the other checks.
    """
    if programme.plans.exists():
        return
    finance = {name: people[f"{name}@example.org"] for name in ("finanzen", "finanzen2")}
    demo_plan.load_notices(programme=programme, by=finance["finanzen"])
    demo_plan.load_plan(programme=programme, finance=finance)
    contract = demo_plan.load_contract(programme=programme, by=finance["finanzen"])
    occasions = occasion_choices(programme=programme)
    between = [
        (demo_plan.MOVED_ON, demo_plan.move_money),
        (demo_half_years.CREDIT_CHECKED_ON, demo_half_years.load),
    ]
    for row in _rows():
        while between and date.fromisoformat(row["paid_on"]) > between[0][0]:
            between.pop(0)[1](programme=programme, finance=finance)
        _make_voucher(programme, row, finance, contract=contract, occasions=occasions)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all vouchers with their files and the plan, approved ones too."""
    found = VoucherFile.objects.filter(voucher__programme=programme)
    stored = [(file.file.storage, file.file.name or "") for file in found]
    with audit.erasing(reason="Beispieldaten entfernen"):
        Asset.objects.filter(voucher__programme=programme).delete()
        booked = Voucher.objects.filter(programme=programme)
        # A voucher names only earlier ones: those it takes back, replaces or credits.
        for later in booked.exclude(corrects=None, replaces=None, credits=None).order_by("-number"):
            later.delete()
        booked.delete()
        demo_plan.remove(programme=programme)
        demo_half_years.remove(programme=programme)

    def forget_files() -> None:
        for storage, name in stored:
            storage.delete(name)

    transaction.on_commit(forget_files, robust=True)


def _make_voucher(
    programme: Programme,
    row: Mapping[str, str],
    finance: Mapping[str, User],
    *,
    contract: Contract,
    occasions: Iterable[OccasionChoice],
) -> None:
    recorder = finance[row["recorder"]]
    checker = next(person for person in finance.values() if person != recorder)
    paid_on = date.fromisoformat(row["paid_on"])
    entry = VoucherEntry(
        line=plan_lines(programme=programme).get(position=int(row["line"])),
        payee=row["payee"],
        invoice_number=row["invoice_number"],
        invoiced_on=date.fromisoformat(row["invoiced_on"]),
        paid_on=paid_on,
        gross_eur=Decimal(row["gross_eur"]),
        reason=row["reason"],
        contract=contract if row["line"] == COACHING else None,
    )
    if occasion := _occasion(entry.reason, occasions):
        entry = replace(entry, occasion_key=occasion.key, occasion_title=occasion.title)
    voucher = vouchers.record(
        programme=programme,
        entry=entry,
        files=[] if row["status"] == "rejected" else list(_files(entry)),
        by=recorder,
        confirmed=True,
        at=_at(paid_on + timedelta(days=1)),
    )
    checked_at = _at(paid_on + timedelta(days=3))
    if row["status"] == "approved":
        approvals.approve(voucher=voucher, seen_version=1, by=checker, at=checked_at)
    if row["status"] == "rejected":
        approvals.reject(
            voucher=voucher, seen_version=1, reason=REJECTED_BECAUSE, by=checker, at=checked_at
        )


def _occasion(reason: str, occasions: Iterable[OccasionChoice]) -> OccasionChoice | None:
    """Return the meeting whose name stands in the reason."""
    return next((each for each in occasions if each.title.partition(" (")[0] in reason), None)


def _files(entry: VoucherEntry) -> Iterator[NewFile]:
    facts = [
        entry.payee,
        f"Rechnung {entry.invoice_number} vom {entry.invoiced_on:%d.%m.%Y}",
        entry.reason,
        f"Betrag: {written(entry.gross_eur)}",
    ]
    name = "".join(c if c.isalnum() else "-" for c in entry.invoice_number)
    papers = (
        (VoucherFileKind.INVOICE, f"Rechnung {name}.pdf", "Rechnung (Beispiel, erfunden)"),
        (
            VoucherFileKind.PROOF_OF_PAYMENT,
            f"Zahlung {name}.pdf",
            f"Zahlung vom {entry.paid_on:%d.%m.%Y} (Beispiel, erfunden)",
        ),
    )
    for kind, file_name, title in papers:
        content = sample_pdf(title=title, lines=facts)
        yield NewFile(
            kind=kind,
            checked=checked(name=file_name, content=content),
            content=ContentFile(content, name=file_name),
        )


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=";"))


def _at(day: date) -> datetime:
    """Return ten in the morning of a day, as a clerk would have worked."""
    return datetime.combine(day, time(10), tzinfo=ZoneInfo(settings.TIME_ZONE))
