"""How long the file of the funding is kept, what is in it, and what the archive decided (F33)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Max, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce

from programme import clock
from programme.enums import FindingState, ParameterKey, ProofKind, ProofStatus
from programme.models import (
    ArchiveOffer,
    Asset,
    AuditFinding,
    AuditSample,
    Contract,
    Drawdown,
    FinancingPlan,
    FundingDocument,
    GrantNotice,
    PeriodLock,
    Programme,
    ProofCheck,
    ProofOfUse,
    SiteCheck,
    Voucher,
    VoucherFile,
)
from programme.queries.parameters import parameter_set
from programme.rules.funding.checks import FundingFile, kept_until, may_be_deleted
from programme.rules.funding.finding import Finding

PARTS: tuple[tuple[str, type[Model], str], ...] = (
    ("Belege", Voucher, "programme"),
    ("Dateien zu Belegen", VoucherFile, "voucher__programme"),
    ("Gegenstände im Inventar", Asset, "voucher__programme"),
    ("Mittelabrufe", Drawdown, "programme"),
    ("Verwendungsnachweise", ProofOfUse, "programme"),
    ("Prüfbescheide", ProofCheck, "proof__programme"),
    ("abgeschlossene Halbjahre", PeriodLock, "programme"),
    ("Finanzierungspläne", FinancingPlan, "programme"),
    ("Bescheide", GrantNotice, "source__programme"),
    ("Aufträge", Contract, "programme"),
    ("Unterlagen der Förderung", FundingDocument, "programme"),
    ("Prüfungen vor Ort", SiteCheck, "programme"),
    ("Stichproben", AuditSample, "programme"),
    ("Feststellungen", AuditFinding, "programme"),
)


@dataclass(frozen=True)
class FundingArchive:
    """The file of the funding: its parts with their numbers, its last day, the archive's word.

    `finding` says why it may not be deleted yet, None if nothing is in the way.
    """

    parts: tuple[tuple[str, int], ...]
    proved_on: date | None
    years: int | None
    kept_until: date | None
    offer: ArchiveOffer | None
    open_findings: int
    finding: Finding | None

    @property
    def is_empty(self) -> bool:
        return not any(number for _, number in self.parts)

    @property
    def may_go(self) -> bool:
        """Whether rule F33 and the audits let the file go."""
        return self.finding is None and not self.open_findings and not self.is_empty


def funding_archive(*, programme: Programme) -> FundingArchive:
    """Return how the file of a programme stands today; three queries.

    The longest retention of all sources counts, from the day the final proof was last submitted.
    """
    names = [f"part_{position}" for position, _ in enumerate(PARTS)]
    counts = {name: _count(model, by) for name, (_, model, by) in zip(names, PARTS, strict=True)}
    found: dict[str, Any] = (
        Programme.objects.filter(pk=programme.pk)
        .annotate(**counts, open_findings=_open_findings(), proved_on=_proved_on())
        .values(*counts, "open_findings", "proved_on")
        .get()
    )
    proved_on = found["proved_on"]
    years = _years(programme, proved_on)
    offer = latest_offer(programme=programme)
    file = FundingFile(proved_on, offer is not None, offer is None or offer.is_taken is not None)
    return FundingArchive(
        parts=tuple((label, found[name]) for name, (label, *_) in zip(names, PARTS, strict=True)),
        proved_on=proved_on,
        years=years,
        kept_until=kept_until(proved_on, years=years) if proved_on and years else None,
        offer=offer,
        open_findings=found["open_findings"],
        finding=may_be_deleted(file, years=years, today=clock.today()),
    )


def latest_offer(*, programme: Programme) -> ArchiveOffer | None:
    """Return the last offer of the file to the state archive, with who recorded it."""
    rows = ArchiveOffer.objects.filter(programme=programme).select_related("recorded_by")
    return rows.order_by("-offered_on", "-pk").first()


def _years(programme: Programme, proved_on: date | None) -> int | None:
    """Return the longest retention that held when the proof went out or holds today."""
    numbers = parameter_set(programme=programme)
    days = {clock.today(), proved_on or clock.today()}
    found = [numbers.longest(ParameterKey.RETENTION_YEARS, on=day) for day in days]
    known = [int(years) for years in found if years is not None]
    return max(known, default=None)


def _count(model: type[Any], by: str) -> Coalesce:
    rows = model.objects.filter(**{by: OuterRef("pk")}).order_by()
    number = Subquery(rows.values(by).annotate(number=Count("pk")).values("number"))
    return Coalesce(number, 0, output_field=IntegerField())


def _open_findings() -> Coalesce:
    rows = AuditFinding.objects.filter(programme=OuterRef("pk")).exclude(state=FindingState.CLOSED)
    number = Subquery(
        rows.order_by().values("programme").annotate(number=Count("pk")).values("number")
    )
    return Coalesce(number, 0, output_field=IntegerField())


def _proved_on() -> Subquery:
    sent = ProofOfUse.objects.filter(
        programme=OuterRef("pk"),
        kind=ProofKind.FINAL,
        status__in=[ProofStatus.SUBMITTED, ProofStatus.REPLACED],
    )
    last = sent.order_by().values("programme").annotate(last=Max("submitted_on"))
    return Subquery(last.values("last"))
