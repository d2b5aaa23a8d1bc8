"""Sources with their notices and the numbers of their rules."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from programme.models import FundingSource, GrantNotice, PlannedFunding, Programme
from programme.queries.funding import approved_plan
from programme.queries.parameters import parameter_set
from programme.rules.funding.parameters import Parameter
from programme.rules.grants import in_force


@dataclass(frozen=True)
class ParameterRow:
    """A number of the rules as the table shows it; only the latest of a name can be followed."""

    label: str
    parameter: Parameter
    is_latest: bool


@dataclass(frozen=True)
class SourceNotices:
    """One source with its notices, newest last, the one in force, and its numbers."""

    source: FundingSource
    notices: tuple[GrantNotice, ...]
    in_force: GrantNotice | None
    parameters: tuple[ParameterRow, ...]


def sources(*, programme: Programme) -> QuerySet[FundingSource]:
    """Return the sources of a programme in their order."""
    return FundingSource.objects.filter(programme=programme).order_by("position")


def notices(*, programme: Programme) -> QuerySet[GrantNotice]:
    """Return all notices of a programme with source and file."""
    found = GrantNotice.objects.filter(source__programme=programme)
    return found.select_related("source", "document", "recorded_by")


def sources_with_notices(*, programme: Programme) -> tuple[SourceNotices, ...]:
    """Return every source with notices and numbers, in three queries."""
    numbers = parameter_set(programme=programme).rows
    prefetch = Prefetch("notices", notices(programme=programme).order_by("issued_on", "pk"))
    return tuple(
        SourceNotices(
            source=source,
            notices=tuple(source.notices.all()),
            in_force=in_force(source.notices.all()),
            parameters=_rows([row for row in numbers if row.source == source.key]),
        )
        for source in sources(programme=programme).prefetch_related(prefetch)
    )


def planned_by_source(*, programme: Programme) -> dict[int, Decimal]:
    """Return what the approved plan counts on from each source, by its key in the table, in EUR."""
    plan = approved_plan(programme=programme)
    rows = PlannedFunding.objects.filter(plan=plan) if plan else PlannedFunding.objects.none()
    return dict(rows.values_list("source_id", "planned_eur"))


def _rows(numbers: list[Parameter]) -> tuple[ParameterRow, ...]:
    latest = {row.key: row.valid_from for row in numbers}
    return tuple(
        ParameterRow(row.label, row, is_latest=latest[row.key] == row.valid_from) for row in numbers
    )
