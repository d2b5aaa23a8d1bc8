"""What stands in the memo of the selection board: the data for its template."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sites.models import Application, Call, Criterion
from sites.queries.applications import Scoring, sheets_of
from sites.rules.applications import SHEETS_NEEDED, average


@dataclass(frozen=True)
class MemoRow:
    """One application with its place; for each criterion all points and their mean."""

    rank: int
    application: Application
    scoring: Scoring
    criteria: tuple[tuple[Criterion, tuple[int | None, ...], Decimal | None], ...]


def memo(*, call: Call, rows: Iterable[Application]) -> dict[str, object]:
    """Return call, criteria and the decided applications, the best result first.

    Equal results share a place; undecided applications are not in the memo.
    """
    criteria = list(call.criteria.all())
    scored = [(row, sheets_of(application=row)) for row in rows]
    results = [scoring.average or Decimal(0) for _, scoring in scored]
    ranked = [
        MemoRow(
            rank=1 + sum(other > result for other in results),
            application=row,
            scoring=scoring,
            criteria=_by_criterion(criteria, scoring),
        )
        for (row, scoring), result in zip(scored, results, strict=True)
    ]
    return {
        "programme": call.programme,
        "call": call,
        "criteria": criteria,
        "needed": SHEETS_NEEDED,
        "rows": sorted(ranked, key=lambda row: (row.rank, row.application.organisation.name)),
    }


def _by_criterion(
    criteria: list[Criterion], scoring: Scoring
) -> tuple[tuple[Criterion, tuple[int | None, ...], Decimal | None], ...]:
    found = []
    for place, criterion in enumerate(criteria):
        points = tuple(sheet.points[place] for sheet in scoring.sheets)
        given = [Decimal(each) for each in points if each is not None]
        found.append((criterion, points, average(given)))
    return tuple(found)
