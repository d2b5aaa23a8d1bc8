"""Made-up work of the audit: a check on the spot, a sample, two findings, one answered."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from programme import audit, clock
from programme.exports.sample_files import sample_pdf
from programme.models import (
    ArchiveOffer,
    AuditFinding,
    AuditSample,
    FundingDocument,
    FundingRelease,
    Programme,
    SiteCheck,
    User,
)
from programme.rules.inspections import FindingEntry
from programme.rules.uploads import checked
from programme.services import findings, samples, site_checks
from programme.services.funding_documents import NewPaper
from programme.services.samples import SampleEntry
from programme.services.site_checks import CheckEntry

TEN = time(10)
SEED = 2017
FOUND_ON = date(2017, 7, 11)
ANSWERED_ON = date(2017, 7, 18)
NO_PERIOD = "Auf der Rechnung fehlt der Zeitraum der Leistung. Bitte nachreichen."
NO_LIST = "Zum Anlass liegt keine Anwesenheitsliste bei."

CHECKED = CheckEntry(
    checked_on=date(2017, 7, 4),
    checker="Prüfstelle des Landes (Beispiel)",
    findings="Belege und Aktenführung sind geordnet. Zwei Belege werden noch näher angesehen.",
    follow_up_on=date(2017, 9, 15),
)


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Check on the spot, draw five vouchers and write two findings.

    `people` are the demo accounts by e-mail. Does nothing if the programme has findings
    already, or no voucher to find something at.
    """
    if AuditFinding.objects.filter(programme=programme).exists():
        return
    if not programme.vouchers.exists():
        return
    _check_on_the_spot(programme, people["pruefung@example.org"])
    auditor, clerk = people["pruefung@example.org"], people["finanzen@example.org"]
    found_at = clock.at(FOUND_ON, TEN)
    sample = samples.draw(
        programme=programme, entry=SampleEntry(size=5, seed=SEED), by=auditor, at=found_at
    )
    first, second = sample.vouchers.order_by("number")[:2]
    entries = (
        FindingEntry("voucher", first.number, NO_PERIOD, follow_up_on=date(2017, 8, 15)),
        FindingEntry(
            "voucher", second.number, NO_LIST, Decimal("120.00"), follow_up_on=date(2017, 9, 1)
        ),
    )
    answered, _ = [
        findings.record(programme=programme, entry=entry, by=auditor, at=found_at)
        for entry in entries
    ]
    findings.answer(
        finding=answered,
        seen_revision=1,
        text="Der Anbieter hat den Zeitraum bestätigt; das Schreiben liegt in der Akte.",
        by=clerk,
        at=clock.at(ANSWERED_ON, TEN),
    )


def _check_on_the_spot(programme: Programme, by: User) -> None:
    content = sample_pdf(title="Prüfbericht (Beispiel, erfunden)", lines=[CHECKED.findings])
    name = "Prüfbericht Juli 2017.pdf"
    paper = NewPaper(checked(name=name, content=content), ContentFile(content, name=name))
    site_checks.record(
        programme=programme, entry=CHECKED, by=by, paper=paper, at=clock.at(CHECKED.checked_on, TEN)
    )


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all findings, samples, checks and offers to the archive of a programme."""
    checks = SiteCheck.objects.filter(programme=programme)
    reports = list(FundingDocument.objects.filter(pk__in=checks.values("report")))
    with audit.erasing(reason="Beispieldaten entfernen"):
        for model in (AuditFinding, AuditSample, SiteCheck, FundingRelease, ArchiveOffer):
            model.objects.filter(programme=programme).delete()
        for report in reports:
            storage, name = report.file.storage, report.file.name or ""
            report.delete()
            transaction.on_commit(partial(storage.delete, name), robust=True)
