"""Whether changes of the plan were decided before money was spent on them (rule F09)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.rules.funding.finding import Finding
from programme.rules.funding.plan import PlanChange, change_decided_in_time
from programme.rules.funding.use_by import DayAmount
from programme.rules.money import at_most


@dataclass(frozen=True)
class ApprovedVersion:
    """A version in force: title and plan (EUR) by number of the line, and its decision."""

    version: int
    lines: Mapping[int, tuple[str, Decimal]]
    decided_on: date | None
    has_document: bool


def late_changes(
    versions: Sequence[ApprovedVersion],
    payments: Mapping[int, Sequence[DayAmount]],
    *,
    tolerance: Decimal,
) -> Iterator[Finding]:
    """Ask F09 about each line a version raised beyond the tolerance (0.20 = 20 %).

    `versions` in their order, `payments` by number of the line. What a line may cost is counted
    from what the granting authority last agreed to, so that small steps do not add up unseen.
    """
    if not versions:
        return
    agreed = _amounts(versions[0])
    for version in versions[1:]:
        for position, (title, planned_eur) in version.lines.items():
            limit = at_most(agreed.get(position, Decimal(0)) * (1 + tolerance))
            if planned_eur <= limit:
                continue
            change = PlanChange(
                f"{title} in Fassung {version.version}",
                is_beyond_tolerance=True,
                decided_on=version.decided_on,
                has_document=version.has_document,
                spent_on=_first_beyond(payments.get(position, ()), limit),
            )
            finding = change_decided_in_time(change)
            if finding is not None:
                yield finding
        if version.decided_on is not None:
            agreed = _amounts(version)


def _amounts(version: ApprovedVersion) -> dict[int, Decimal]:
    return {position: planned for position, (_, planned) in version.lines.items()}


def _first_beyond(payments: Sequence[DayAmount], limit: Decimal) -> date | None:
    """Return the first day the payments of a line together went beyond its limit."""
    spent = Decimal(0)
    for payment in sorted(payments, key=lambda each: each.on):
        spent += payment.amount_eur
        if spent > limit:
            return payment.on
    return None
