"""Made-up notices, two versions of the financing plan and a contract, made by the real services."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from programme.enums import CostCategory, NoticeKind, SourceKey
from programme.exports.sample_files import sample_pdf
from programme.models import (
    Contract,
    FinancingPlan,
    FundingDocument,
    FundingSource,
    GrantNotice,
    Programme,
    User,
)
from programme.rules.contracts import ContractEntry
from programme.rules.grants import NoticeEntry
from programme.rules.money import written
from programme.rules.plans import LineEntry, PlanEntry
from programme.rules.reallocations import Reallocation
from programme.rules.uploads import checked
from programme.services import contracts, grants, plans, reallocations
from programme.services.funding_documents import NewPaper
from programme.services.master_texts import SOURCES

DRAFTED_ON = date(2015, 9, 28)
APPROVED_ON = date(2015, 10, 1)
MOVED_ON = date(2016, 5, 30)
LINES = (
    (CostCategory.SUBCONTRACTING, "Prozessbegleitung der Standorte", "140000.00"),
    (CostCategory.CONSUMABLES_SERVICES, "Netzwerktreffen und Abschlussveranstaltung", "26000.00"),
    (CostCategory.TRAVEL, "Reisekosten", "12000.00"),
    (CostCategory.SUBCONTRACTING, "Fortbildungen", "18000.00"),
    (CostCategory.PUBLICITY, "Publikation und Öffentlichkeitsarbeit", "16000.00"),
)
FUNDING = {"land": Decimal("112000.00"), "amif": Decimal("100000.00")}
NOTICES = (
    (SourceKey.LAND, "BEISPIEL-LAND-2015-01", date(2015, 9, 14)),
    (SourceKey.AMIF, "BEISPIEL-AMIF-2015-01", date(2015, 9, 21)),
)
CONDITIONS = (
    "Beispiel, erfunden: Die Mittel sind wirtschaftlich und sparsam zu verwenden. Abruf nach "
    "Bedarf. Auf die Förderung ist bei jeder Veröffentlichung hinzuweisen."
)
REASON = (
    "Die erste Runde der Netzwerktreffen war teurer als geplant, die Prozessbegleitung günstiger "
    "vergeben."
)
MOVED_EUR = Decimal("1200.00")
COACHING = ContractEntry(
    title="Prozessbegleitung der Standorte",
    contractor="Werkstatt Verwaltung GmbH (Beispiel)",
    reference="BEISPIEL-V-2015-3",
    concluded_on=date(2015, 11, 30),
    value_eur=Decimal("117647.05"),
    procedure="Öffentliche Ausschreibung",
    offers=3,
)


@transaction.atomic
def load_notices(*, programme: Programme, by: User) -> None:
    """Record one notice a source over the amount that is publicly known.

    The public amounts are rounded ("ca."), so the sources keep that mark and their true basis.
    """
    for key, reference, issued_on in NOTICES:
        source = FundingSource.objects.get(programme=programme, key=key)
        entry = NoticeEntry(
            source=source,
            kind=NoticeKind.GRANT,
            reference=reference,
            issued_on=issued_on,
            valid_from=programme.starts_on,
            valid_to=programme.ends_on,
            granted_eur=source.granted_eur,
            conditions=CONDITIONS,
        )
        facts = [source.name, f"Aktenzeichen {reference}", written(source.granted_eur)]
        paper = _paper(f"Bescheid {reference}.pdf", "Zuwendungsbescheid", facts)
        grants.record(entry=entry, paper=paper, by=by, at=_at(issued_on))
        source.save(update_fields=["is_approximate", "basis"])


@transaction.atomic
def load_plan(*, programme: Programme, finance: Mapping[str, User]) -> None:
    """Make the first version: one person hands it in, the other approves it."""
    draft = plans.begin(programme=programme, by=finance["finanzen"], at=_at(DRAFTED_ON))
    entry = PlanEntry(
        lines=tuple(
            LineEntry(None, category, title, Decimal(amount)) for category, title, amount in LINES
        ),
        funding_eur=FUNDING,
        reason="Beispielplan zum Antrag",
        raised_rate_reason="",
        indirect_base="",
        is_publicly_procured=False,
        decided_on=None,
        decision_reference="",
    )
    edited = plans.edit(
        plan=draft,
        seen_revision=draft.revision,
        entry=entry,
        paper=None,
        by=finance["finanzen"],
        at=_at(DRAFTED_ON),
    )
    proposed = plans.hand_in(
        plan=edited, seen_revision=edited.revision, by=finance["finanzen"], at=_at(DRAFTED_ON)
    )
    _approve(proposed, finance["finanzen2"], APPROVED_ON)


@transaction.atomic
def move_money(*, programme: Programme, finance: Mapping[str, User]) -> None:
    """Move money from the coaching to the meetings: the second version, on a day in 2016."""
    lines = {line.position: line for line in programme.plans.get(version=1).lines.all()}
    entry = Reallocation(lines[1], lines[2], MOVED_EUR, REASON)
    proposed = reallocations.propose(
        programme=programme,
        entry=entry,
        paper=None,
        by=finance["finanzen2"],
        confirmed=True,
        at=_at(MOVED_ON - timedelta(days=3)),
    )
    _approve(proposed, finance["finanzen"], MOVED_ON)


@transaction.atomic
def load_contract(*, programme: Programme, by: User) -> Contract:
    """Record the contract of the coaching with its award note."""
    facts = [COACHING.contractor, f"{COACHING.procedure}, {COACHING.offers} Angebote"]
    return contracts.keep_contract(
        contract=Contract(programme=programme),
        entry=COACHING,
        paper=_paper("Vergabevermerk Prozessbegleitung.pdf", "Vergabevermerk", facts),
        by=by,
        at=_at(date(2015, 11, 30)),
    )


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out plans, contracts, notices and their papers; the sources are as first loaded."""
    for plan in FinancingPlan.objects.filter(programme=programme).order_by("-version"):
        plan.delete()
    Contract.objects.filter(programme=programme).delete()
    GrantNotice.objects.filter(source__programme=programme).delete()
    papers = FundingDocument.objects.filter(programme=programme)
    for paper in papers:
        storage, name = paper.file.storage, paper.file.name or ""
        transaction.on_commit(partial(storage.delete, name), robust=True)
    papers.delete()
    for row in SOURCES:
        known = {name: row[name] for name in ("granted_eur", "is_approximate", "basis")}
        FundingSource.objects.filter(programme=programme, key=row["key"]).update(**known)


def _approve(plan: FinancingPlan, by: User, day: date) -> None:
    plans.approve(plan=plan, seen_revision=plan.revision, by=by, at=_at(day))


def _paper(name: str, title: str, facts: Sequence[str]) -> NewPaper:
    content = sample_pdf(title=f"{title} (Beispiel, erfunden)", lines=facts)
    return NewPaper(checked(name=name, content=content), ContentFile(content, name=name))


def _at(day: date) -> datetime:
    """Return nine in the morning of a day."""
    return datetime.combine(day, time(9), tzinfo=ZoneInfo(settings.TIME_ZONE))
