"""The clock of the funding: every date that follows from the rules, and how far advances went."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from programme import clock
from programme.enums import DrawdownStatus, ParameterKey, ProofKind, ProofStatus, SourceKey
from programme.models import (
    Drawdown,
    DrawdownShare,
    FundingSource,
    Programme,
    ProofCheck,
    ProofOfUse,
    RuleParameter,
)
from programme.queries.packed import packed, unpacked
from programme.queries.parameters import fact
from programme.queries.proof_checks import final_checks
from programme.queries.use_by import source_uses
from programme.rules.funding.dates import Deadline, DrawnOn, MoneyToUse, Sent, Terms, dates
from programme.rules.funding.parameters import ParameterSet
from programme.rules.money import written

_PACKED: dict[str, tuple[type[Any], str, tuple[str, ...]]] = {
    "sources_of": (
        FundingSource,
        "programme",
        ("id", "key", "position", "name", "granted_eur"),
    ),
    "numbers_of": (
        RuleParameter,
        "source__programme",
        ("source_id", "key", "value", "unit", "valid_from", "valid_to", "basis", "is_confirmed"),
    ),
    "drawdowns_of": (
        Drawdown,
        "programme",
        ("id", "number", "requested_on", "spent_eur", "status"),
    ),
    "shares_of": (
        DrawdownShare,
        "drawdown__programme",
        ("drawdown_id", "source_id", "requested_eur", "received_eur"),
    ),
    "final_checks_of": (
        ProofCheck,
        "proof__programme",
        ("source_id", "issued_on", "recognised_eur"),
    ),
    "proofs_of": (
        ProofOfUse,
        "programme",
        ("id", "kind", "number", "status", "drawdown_id", "submitted_on"),
    ),
}


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


@dataclass(frozen=True)
class ClockRows:
    """What the clock is reckoned from: sources with their numbers, drawdowns, parts, proofs."""

    sources: list[FundingSource]
    parameters: list[RuleParameter]
    drawdowns: list[Drawdown]
    shares: list[DrawdownShare]
    final_checks: list[ProofCheck]
    proofs: list[ProofOfUse]


def packed_rows() -> dict[str, Subquery]:
    """Return the rows of the clock as columns of a programme; read with `clock_rows`."""
    rows = {ProofCheck: final_checks()}
    return {
        name: packed(
            rows.get(model, model.objects).filter(**{by: OuterRef("pk")}), by=by, columns=columns
        )
        for name, (model, by, columns) in _PACKED.items()
    }


def clock_rows(found: Mapping[str, Any]) -> ClockRows:
    """Read what `packed_rows` packed, in the order of the sources and the drawdowns."""
    sources = sorted(unpacked(FundingSource, found["sources_of"]), key=lambda row: row.position)
    by_key = {source.pk: source for source in sources}
    parameters = unpacked(RuleParameter, found["numbers_of"])
    for row in parameters:
        row.source = by_key[row.source_id]
    return ClockRows(
        sources=sources,
        parameters=sorted(
            parameters, key=lambda row: (row.source.position, row.key, row.valid_from)
        ),
        drawdowns=sorted(unpacked(Drawdown, found["drawdowns_of"]), key=lambda row: row.number),
        shares=unpacked(DrawdownShare, found["shares_of"]),
        final_checks=unpacked(ProofCheck, found["final_checks_of"]),
        proofs=sorted(unpacked(ProofOfUse, found["proofs_of"]), key=lambda row: -row.pk),
    )


def funding_clock(
    *, programme: Programme, as_of: date, with_use: bool = True, rows: ClockRows | None = None
) -> FundingClock:
    """Return dates and gauge as of a day; one query without `rows`, two more `with_use`.

    `with_use` adds until when the money that came in has to be used.
    """
    if rows is None:
        found = Programme.objects.filter(pk=programme.pk).annotate(**packed_rows())
        rows = clock_rows(found.values(*_PACKED).get())
    numbers = ParameterSet(tuple(fact(row) for row in rows.parameters))
    counted = {
        row.pk: row
        for row in rows.drawdowns
        if row.requested_on <= as_of and row.status != DrawdownStatus.REJECTED
    }
    proved, sent = _proofs(rows.proofs, as_of)
    return FundingClock(
        as_of=as_of,
        deadlines=dates(
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            terms=_terms(numbers, rows.sources, as_of),
            drawn=[
                DrawnOn(row.number, row.requested_on, row.spent_eur, proved.get(row.pk))
                for row in counted.values()
            ],
            to_use=_to_use(programme, rows.sources, numbers, as_of) if with_use else [],
            sent=sent,
        ),
        gauge=_gauge(rows, _drawn(rows.shares, counted), numbers, as_of),
    )


def _drawn(shares: list[DrawdownShare], counted: Mapping[int, Drawdown]) -> dict[int, Decimal]:
    """Return what each source paid in advance: what came in, until then what was asked for."""
    drawn: dict[int, Decimal] = defaultdict(lambda: Decimal("0.00"))
    for share in shares:
        if share.drawdown_id in counted:
            got = share.requested_eur if share.received_eur is None else share.received_eur
            drawn[share.source_id] += got
    return drawn


def _proofs(rows: list[ProofOfUse], as_of: date) -> tuple[Mapping[int | None, date], Sent]:
    """Return when the proof of each drawdown, of each year, and the final one first went out."""
    submitted = [
        (row.submitted_on, row)
        for row in rows
        if row.status in {ProofStatus.SUBMITTED, ProofStatus.REPLACED}
        and row.submitted_on is not None
        and row.submitted_on <= as_of
    ]
    interim: dict[int | None, date] = {}
    yearly: dict[int, date] = {}
    final = None
    for on, row in sorted(submitted, key=lambda pair: pair[0], reverse=True):
        if row.kind == ProofKind.FINAL:
            final = on
        elif row.drawdown_id is None:
            yearly[row.number] = on
        else:
            interim[row.drawdown_id] = on
    return interim, Sent(final, yearly)


def _terms(numbers: ParameterSet, sources: list[FundingSource], on: date) -> Terms:
    interval = numbers.strictest(ParameterKey.DRAWDOWN_INTERVAL_MONTHS, on=on)
    interim = numbers.find(ParameterKey.INTERIM_PROOF_MONTHS, source=SourceKey.AMIF, on=on)
    final = [
        (source.short_name, numbers.find(ParameterKey.FINAL_PROOF_MONTHS, source=source.key, on=on))
        for source in sources
    ]
    key = ParameterKey.INTERIM_PROOF_MONTHS
    yearly = [
        (source.short_name, numbers.find(key, source=source.key, on=on))
        for source in sources
        if source.key == SourceKey.LAND
    ]
    return Terms(
        interval=int(interval) if interval is not None else None,
        interim=int(interim) if interim is not None else None,
        final=tuple((name, int(months)) for name, months in final if months is not None),
        yearly=tuple((name, int(months)) for name, months in yearly if months is not None),
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


def _gauge(
    rows: ClockRows, drawn: Mapping[int, Decimal], numbers: ParameterSet, on: date
) -> AdvanceGauge | None:
    """Return the gauge of the first source with a cap that has not been finally checked."""
    checked = {row.source_id for row in rows.final_checks if row.issued_on <= on}
    for source in rows.sources:
        cap = numbers.find(ParameterKey.ADVANCE_CAP, source=source.key, on=on)
        warning = numbers.find(ParameterKey.ADVANCE_WARNING, source=source.key, on=on)
        if cap is not None and source.pk not in checked:
            return AdvanceGauge(
                name=source.short_name,
                granted_eur=source.granted_eur,
                drawn_eur=drawn[source.pk],
                warning=warning or cap,
                cap=cap,
            )
    return None
