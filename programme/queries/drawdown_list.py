"""The page of all drawdowns: rows, sums by source, room until the cap, use of the money."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.models import Drawdown, Programme
from programme.queries import drawdowns as queries
from programme.queries.drawdowns import SourceDraws, source_draws
from programme.queries.funding import approved_plan
from programme.queries.parameters import parameter_set
from programme.queries.use_by import SourceUse, source_uses
from programme.rules.drawdowns import room_eur


@dataclass(frozen=True)
class DrawdownOverview:
    """Everything the page shows, as it stands on a day; amounts in EUR."""

    as_of: date
    rows: tuple[Drawdown, ...]
    sources: tuple[SourceDraws, ...]
    uses: tuple[SourceUse, ...]
    room_eur: Decimal
    has_plan: bool = True

    @property
    def granted_eur(self) -> Decimal:
        return sum((source.granted_eur for source in self.sources), Decimal("0.00"))

    @property
    def requested_eur(self) -> Decimal:
        return sum((source.requested_eur for source in self.sources), Decimal("0.00"))

    @property
    def received_eur(self) -> Decimal:
        return sum((source.received_eur for source in self.sources), Decimal("0.00"))

    @property
    def late_eur(self) -> Decimal:
        return sum((use.late_eur for use in self.uses), Decimal("0.00"))


def overview(*, programme: Programme, as_of: date) -> DrawdownOverview:
    """Return the drawdowns with sums and use-by check, in seven queries for any number of rows."""
    plan = approved_plan(programme=programme)
    rows = tuple(queries.drawdowns(programme=programme))
    if plan is None:
        return DrawdownOverview(as_of, rows, (), (), Decimal("0.00"), has_plan=False)
    numbers = parameter_set(programme=programme)
    purses = queries.purses(plan=plan, numbers=numbers, on=as_of)
    return DrawdownOverview(
        as_of=as_of,
        rows=rows,
        sources=source_draws(rows=rows, purses=purses),
        uses=source_uses(
            programme=programme,
            sources=[(purse.key, purse.name) for purse in purses],
            numbers=numbers,
            as_of=as_of,
        ),
        room_eur=room_eur(purses),
    )
