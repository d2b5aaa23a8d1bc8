"""Made-up drawdowns of the run time: four requests, their receipts, one amount used too late."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db import transaction

from programme import audit, clock
from programme.models import Drawdown, FundingDocument, Programme, User
from programme.rules.drawdowns import DrawdownEntry, Receipt
from programme.services import drawdown_decisions, drawdown_receipts, drawdowns

TEN = time(10)


class Row(NamedTuple):
    """One drawdown with its check and the days on which Land and AMIF paid."""

    requested_on: date
    requested_eur: str
    checked_on: date
    land_on: date
    amif_on: date
    recorder: str
    reason: str


ROWS = (
    Row(
        date(2015, 12, 28),
        "40000.00",
        date(2015, 12, 29),
        date(2016, 2, 1),
        date(2016, 1, 25),
        "finanzen",
        "Bis Juni 2016 stehen die Ist-Analysen an den Standorten, der Fachtag im April und die "
        "erste Fortbildung an.",
    ),
    Row(
        date(2016, 6, 28),
        "39500.00",
        date(2016, 6, 29),
        date(2016, 7, 25),
        date(2016, 7, 18),
        "finanzen2",
        "Im zweiten Halbjahr 2016 sind das 2. Quartal der Prozessbegleitung, die Reisekosten und "
        "das Landesnetzwerktreffen zu bezahlen.",
    ),
    Row(
        date(2016, 12, 28),
        "70000.00",
        date(2016, 12, 30),
        date(2017, 1, 23),
        date(2017, 1, 30),
        "finanzen",
        "Ausgaben seit Juli 2016 sind noch nicht gedeckt; bis Juni 2017 folgen die Umsetzung an "
        "den Standorten und zwei Fortbildungen.",
    ),
    Row(
        date(2017, 5, 29),
        "9500.00",
        date(2017, 5, 30),
        date(2017, 6, 12),
        date(2017, 6, 19),
        "finanzen2",
        "Bis zum Ende der Laufzeit sind Abschlussveranstaltung und Publikation zu bezahlen.",
    ),
)


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Draw 159,000.00 EUR in four requests, each recorded and checked by two people.

    Does nothing if the programme has drawdowns already. `people` are the demo accounts by e-mail.
    """
    if programme.drawdowns.exists():
        return
    finance = {name: people[f"{name}@example.org"] for name in ("finanzen", "finanzen2")}
    for row in ROWS:
        _make(programme, row, finance)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all drawdowns with their signed copies."""
    rows = Drawdown.objects.filter(programme=programme)
    papers = FundingDocument.objects.filter(pk__in=rows.values("signed_copy"))
    copies = list(papers)
    with audit.erasing(reason="Beispieldaten entfernen"):
        rows.delete()
        for paper in copies:
            storage, name = paper.file.storage, paper.file.name or ""
            paper.delete()
            transaction.on_commit(partial(storage.delete, name), robust=True)


def _make(programme: Programme, row: Row, finance: Mapping[str, User]) -> None:
    recorder = finance[row.recorder]
    checker = next(person for person in finance.values() if person != recorder)
    drawdown = drawdowns.record(
        programme=programme,
        entry=DrawdownEntry(row.requested_on, Decimal(row.requested_eur), row.reason),
        by=recorder,
        seen_warnings={"F13", "F15"},
        at=clock.at(row.requested_on, TEN),
    )
    drawdown_decisions.approve(
        drawdown=drawdown, seen_revision=1, by=checker, at=clock.at(row.checked_on, TEN)
    )
    days = {"land": row.land_on, "amif": row.amif_on}
    receipts = {
        share.source.key: Receipt(share.requested_eur, days[share.source.key])
        for share in drawdown.shares.select_related("source")
    }
    drawdown_receipts.receive(
        drawdown=drawdown,
        seen_revision=2,
        receipts=receipts,
        by=recorder,
        at=clock.at(max(days.values()), TEN),
    )
