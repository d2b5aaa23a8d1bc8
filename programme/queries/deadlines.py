"""The clock of the funding: every date that follows from the rules, and how far advances went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from programme import clock
from programme.enums import DrawdownStatus, ParameterKey, ProofKind, ProofStatus, SourceKey
from programme.models import Drawdown, DrawdownShare, FundingSource, Programme, ProofOfUse
from programme.queries.parameters import parameter_set
from programme.queries.use_by import source_uses
from programme.rules.funding.dates import Deadline, DrawnOn, MoneyToUse, Terms, dates
from programme.rules.funding.parameters import ParameterSet
from programme.rules.money import written

_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class AdvanceGauge:
    """How much of a grant was paid in advance, in EUR, with warning and cap as shares (0.80)."""

    name: str
    granted_eur: Decimal
    drawn_eur: Decimal
    warning: Decimal
    cap: Decimal

    @property
    def share(self) -> Decimal:
        return self.drawn_eur / self.granted_eur if self.granted_eur else Decimal(0)

    @property
    def state(self) -> str:
        """Return "reached" at the cap, "close" from the warning on, else "free"."""
        if self.share >= self.cap:
            return "reached"
        return "close" if self.share >= self.warning else "free"

    @property
    def left_eur(self) -> Decimal:
        return max(self.granted_eur * self.cap - self.drawn_eur, Decimal("0.00"))


@dataclass(frozen=True)
class FundingClock:
    """All dates in order of the calendar as they stand on a day, and the gauge of advances."""

    as_of: date
    deadlines: tuple[Deadline, ...]
    gauge: AdvanceGauge | None

    @property
    def next(self) -> Deadline | None:
        """Return the open date that comes first, an overdue one before all others."""
        return next((each for each in self.deadlines if self.state(each) != "done"), None)

    @property
    def rows(self) -> tuple[tuple[Deadline, str, str], ...]:
        """Return each date with its state and its words."""
        return tuple((each, self.state(each), self.told(each)) for each in self.deadlines)

    def state(self, deadline: Deadline) -> str:
        """Return how a date stands on the day of the clock."""
        return deadline.state(self.as_of)

    def told(self, deadline: Deadline) -> str:
        """Return the same in words."""
        return deadline.told(self.as_of)


def day_of_view(programme: Programme) -> date:
    """Return the day a page of dates speaks of: today, with demo data inside the run time."""
    if programme.demo_loaded_at:
        return clock.default_as_of(programme.starts_on, programme.ends_on)
    return clock.today()


def funding_clock(*, programme: Programme, as_of: date, with_use: bool = True) -> FundingClock:
    """Return dates and gauge as of a day; four queries, two more `with_use` of what came in."""
    numbers = parameter_set(programme=programme)
    sources = list(_sources(programme, as_of))
    drawn = Drawdown.objects.filter(programme=programme, requested_on__lte=as_of)
    drawn = drawn.exclude(status=DrawdownStatus.REJECTED).order_by("number")
    proved, final_on = _proofs(programme, as_of)
    return FundingClock(
        as_of=as_of,
        deadlines=dates(
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            terms=_terms(numbers, sources, as_of),
            drawn=[
                DrawnOn(row.number, row.requested_on, row.spent_eur, proved.get(row.pk))
                for row in drawn
            ],
            to_use=_to_use(programme, sources, numbers, as_of) if with_use else [],
            final_on=final_on,
        ),
        gauge=_gauge(sources, numbers, as_of),
    )


def _sources(programme: Programme, as_of: date) -> QuerySet[FundingSource]:
    asked = DrawdownShare.objects.filter(
        source=OuterRef("pk"), drawdown__requested_on__lte=as_of
    ).exclude(drawdown__status=DrawdownStatus.REJECTED)
    total = asked.order_by().values("source")
    total = total.annotate(total=Sum(Coalesce("received_eur", "requested_eur")))
    rows = FundingSource.objects.filter(programme=programme).order_by("position")
    return rows.annotate(
        drawn_eur=Coalesce(Subquery(total.values("total")), Decimal(0), output_field=_EUR)
    )


def _proofs(programme: Programme, as_of: date) -> tuple[Mapping[int | None, date], date | None]:
    """Return when the interim proof of each drawdown was submitted, and when the final one."""
    rows = ProofOfUse.objects.filter(
        programme=programme,
        status__in=[ProofStatus.SUBMITTED, ProofStatus.REPLACED],
        submitted_on__lte=as_of,
    ).order_by("-submitted_on", "-pk")
    interim: dict[int | None, date] = {}
    final = None
    for row in rows:
        if row.submitted_on is None:
            continue
        if row.kind == ProofKind.FINAL:
            final = row.submitted_on
        else:
            interim[row.drawdown_id] = row.submitted_on
    return interim, final


def _terms(numbers: ParameterSet, sources: list[FundingSource], on: date) -> Terms:
    interval = numbers.strictest(ParameterKey.DRAWDOWN_INTERVAL_MONTHS, on=on)
    interim = numbers.find(ParameterKey.INTERIM_PROOF_MONTHS, source=SourceKey.AMIF, on=on)
    final = [
        (source.short_name, numbers.find(ParameterKey.FINAL_PROOF_MONTHS, source=source.key, on=on))
        for source in sources
    ]
    return Terms(
        interval=int(interval) if interval is not None else None,
        interim=int(interim) if interim is not None else None,
        final=tuple((name, int(months)) for name, months in final if months is not None),
    )


def _to_use(
    programme: Programme, sources: list[FundingSource], numbers: ParameterSet, on: date
) -> list[MoneyToUse]:
    names = [(source.key, source.short_name) for source in sources]
    found = source_uses(programme=programme, sources=names, numbers=numbers, as_of=on)
    return [
        MoneyToUse(use.name, written(use.unused_eur), use.use_until)
        for use in found
        if use.use_until is not None
    ]


def _gauge(sources: list[FundingSource], numbers: ParameterSet, on: date) -> AdvanceGauge | None:
    for source in sources:
        cap = numbers.find(ParameterKey.ADVANCE_CAP, source=source.key, on=on)
        warning = numbers.find(ParameterKey.ADVANCE_WARNING, source=source.key, on=on)
        if cap is not None:
            return AdvanceGauge(
                name=source.short_name,
                granted_eur=source.granted_eur,
                drawn_eur=source.drawn_eur,  # type: ignore[attr-defined]
                warning=warning or cap,
                cap=cap,
            )
    return None
