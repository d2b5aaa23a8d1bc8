"""The records of the funding as they are handed over: each with facts, tables and papers (B16).

Vouchers, drawdowns and proofs have papers of their own and are not among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from programme.models import (
    ArchiveOffer,
    AuditFinding,
    AuditSample,
    Contract,
    FinancingPlan,
    FundingDocument,
    GrantNotice,
    Programme,
    SiteCheck,
    User,
)
from programme.queries import contracts, findings, grants, plans, samples
from programme.queries.parameters import parameter_set
from programme.rules.funding.finding import day_text
from programme.rules.money import written

NONE = "–"
AMOUNT = "Betrag"


@dataclass(frozen=True)
class Table:
    """A table of a record, every cell as people read it."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Record:
    """One transaction: where it lies in the file, what it says, and the papers that prove it."""

    kind: str
    path: str
    title: str
    facts: tuple[tuple[str, str], ...]
    on: date | None = None
    amount_eur: Decimal | None = None
    state: str = ""
    tables: tuple[Table, ...] = ()
    papers: tuple[FundingDocument, ...] = ()


def records(*, programme: Programme) -> Iterator[Record]:
    """Yield all records in the order of the file."""
    for notice in grants.notices(programme=programme):
        yield _notice(notice)
    yield _parameters(programme)
    for plan in plans.plans_with_details(programme=programme).order_by("version"):
        yield _plan(plan)
    for contract in contracts.contracts(programme=programme):
        yield _contract(contract)
    yield _assets(programme)
    checks = SiteCheck.objects.filter(programme=programme).order_by("checked_on", "pk")
    for check in checks.select_related("report", "recorded_by"):
        yield _site_check(check)
    for sample in samples.samples(programme=programme).prefetch_related("vouchers"):
        yield _sample(sample)
    people = findings.findings(programme=programme).select_related("found_by", "answered_by")
    for finding in people.order_by("number"):
        yield _finding(finding)
    offers = ArchiveOffer.objects.filter(programme=programme).select_related("recorded_by")
    for offer in offers.order_by("offered_on", "pk"):
        yield _offer(offer)


def _notice(row: GrantNotice) -> Record:
    return Record(
        kind="Bescheid",
        path=f"bescheide/bescheid-{row.pk}",
        title=str(row),
        on=row.issued_on,
        amount_eur=row.granted_eur,
        state=row.get_kind_display(),
        facts=(
            ("Förderquelle", row.source.name),
            ("Aktenzeichen", row.reference),
            ("Bescheid vom", day_text(row.issued_on)),
            ("Bewilligungszeitraum", f"{day_text(row.valid_from)} bis {day_text(row.valid_to)}"),
            ("Zuwendung nach diesem Bescheid", written(row.granted_eur)),
            ("Nebenbestimmungen", row.conditions or NONE),
            ("erfasst", person_text(row.recorded_by, row.recorded_at)),
        ),
        papers=_papers(row.document),
    )


def _parameters(programme: Programme) -> Record:
    rows = parameter_set(programme=programme).rows
    table = Table(
        title="Regelgrößen",
        headers=("Regelgröße", "Förderquelle", "Wert", "Geltung", "Rechtsgrundlage"),
        rows=tuple(
            (row.label, row.source_name, row.value_text, row.validity, row.basis) for row in rows
        ),
    )
    return Record(
        kind="Regelgrößen",
        path="bescheide/regelgroessen",
        title="Regelgrößen mit ihrer Geltung",
        facts=(("Anzahl", str(len(rows))),),
        tables=(table,),
    )


def _plan(row: FinancingPlan) -> Record:
    lines, funding = list(row.lines.all()), list(row.funding.all())
    total = sum((line.planned_eur for line in lines), Decimal("0.00"))
    return Record(
        kind="Finanzierungsplan",
        path=f"plan/fassung-{row.version}",
        title=str(row),
        on=row.approved_on,
        amount_eur=total,
        state=row.get_status_display(),
        facts=(
            ("Stand", row.get_status_display()),
            ("genehmigt am", _day(row.approved_on)),
            ("vorgelegt", person_text(row.proposed_by, row.proposed_at)),
            ("genehmigt von", str(row.approved_by or NONE)),
            ("Grund der Fassung", row.reason or row.note or NONE),
            ("Entscheidung der Bewilligungsbehörde", _day(row.decided_on)),
            ("Aktenzeichen der Entscheidung", row.decision_reference or NONE),
        ),
        tables=(
            Table(
                "Ausgaben",
                ("Einzelansatz", "Kostenart", AMOUNT),
                (
                    *(
                        (str(line), line.get_category_display(), written(line.planned_eur))
                        for line in lines
                    ),
                    ("Summe", "", written(total)),
                ),
            ),
            Table(
                "Finanzierung",
                ("Förderquelle", AMOUNT),
                tuple((part.source.name, written(part.planned_eur)) for part in funding),
            ),
        ),
        papers=_papers(row.document),
    )


def _contract(row: Contract) -> Record:
    return Record(
        kind="Auftrag",
        path=f"auftraege/auftrag-{row.pk}",
        title=str(row),
        on=row.concluded_on,
        amount_eur=row.value_eur,
        facts=(
            ("Gegenstand", row.title),
            ("Auftragnehmer", row.contractor),
            ("Vertragsnummer", row.reference or NONE),
            ("geschlossen am", _day(row.concluded_on)),
            ("Auftragswert (netto)", written(row.value_eur)),
            ("Vergabeverfahren", row.procedure or NONE),
            ("Angebote", str(row.offers)),
        ),
        papers=_papers(row.award_note),
    )


def _assets(programme: Programme) -> Record:
    rows = list(contracts.assets(programme=programme))
    table = Table(
        title="Gegenstände",
        headers=("Gegenstand", "Inventarnummer", "Standort", "Beleg", "Nettopreis"),
        rows=tuple(
            (
                row.title,
                row.inventory_number or NONE,
                row.place or NONE,
                str(row.voucher.number),
                written(row.net_eur),
            )
            for row in rows
        ),
    )
    return Record(
        kind="Inventar",
        path="auftraege/inventar",
        title="Inventar der Förderung",
        facts=(("Gegenstände", str(len(rows))),),
        tables=(table,) if rows else (),
    )


def _site_check(row: SiteCheck) -> Record:
    return Record(
        kind="Prüfung vor Ort",
        path=f"pruefung/vor-ort-{row.pk}",
        title=str(row),
        on=row.checked_on,
        facts=(
            ("geprüft am", day_text(row.checked_on)),
            ("prüfende Stelle", row.checker),
            ("Ergebnis", row.findings or NONE),
            ("Nachverfolgung am", _day(row.follow_up_on)),
            ("erfasst von", str(row.recorded_by)),
        ),
        papers=_papers(row.report),
    )


def _sample(row: AuditSample) -> Record:
    numbers = sorted(voucher.number for voucher in row.vouchers.all())
    return Record(
        kind="Stichprobe",
        path=f"pruefung/stichprobe-{row.pk}",
        title=str(row),
        on=timezone.localtime(row.drawn_at).date(),
        facts=(
            ("gezogen", person_text(row.drawn_by, row.drawn_at)),
            ("Startwert", str(row.seed)),
            ("Belege in der Auswahl", str(row.population)),
            ("gezogene Belege", ", ".join(map(str, numbers)) or NONE),
        ),
    )


def _finding(row: AuditFinding) -> Record:
    amount = NONE if row.amount_eur is None else written(row.amount_eur)
    return Record(
        kind="Feststellung",
        path=f"pruefung/feststellung-{row.number}",
        title=f"{row}: {row.subject_title}",
        on=timezone.localtime(row.found_at).date(),
        amount_eur=row.amount_eur,
        state=row.get_state_display(),
        facts=(
            ("Gegenstand", row.subject_title),
            ("Feststellung", row.text),
            ("beanstandeter Betrag", amount),
            ("festgestellt", person_text(row.found_by, row.found_at)),
            ("Antwort", row.answer or NONE),
            ("beantwortet", person_text(row.answered_by, row.answered_at)),
            ("Stand", row.get_state_display()),
        ),
    )


def _offer(row: ArchiveOffer) -> Record:
    return Record(
        kind="Anbietung",
        path=f"archiv/anbietung-{row.pk}",
        title=str(row),
        on=row.offered_on,
        state=decision_text(row),
        facts=(
            ("angeboten am", day_text(row.offered_on)),
            ("Entscheidung des Landesarchivs", decision_text(row)),
            ("entschieden am", _day(row.decided_on)),
            ("Bemerkung", row.note or NONE),
            ("erfasst von", str(row.recorded_by)),
        ),
    )


def decision_text(row: ArchiveOffer) -> str:
    """Return what the archive decided, in words."""
    if row.is_taken is None:
        return "noch offen"
    return "übernommen" if row.is_taken else "nicht übernommen"


def _papers(*found: FundingDocument | None) -> tuple[FundingDocument, ...]:
    return tuple(paper for paper in found if paper is not None)


def _day(day: date | None) -> str:
    return NONE if day is None else day_text(day)


def person_text(person: User | None, at: datetime | None) -> str:
    """Name who did something and on which day, as far as it is known."""
    if person is None or at is None:
        return str(person or NONE)
    return f"{person}, {day_text(timezone.localtime(at).date())}"
