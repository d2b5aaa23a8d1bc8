"""Measures sorted by field of action, and their weight between order and integration."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.models import FieldOfAction, Programme
from sites.enums import Balance
from sites.models import Measure


@dataclass(frozen=True)
class FieldMeasures:
    """The measures of one field of action."""

    field: FieldOfAction
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class FieldBalance:
    """How many measures of one field carry which weight; `open` were not weighed."""

    field: FieldOfAction
    counts: tuple[tuple[Balance, int], ...]
    open: int

    @property
    def total(self) -> int:
        return self.open + sum(count for _, count in self.counts)


def by_field(*, measures: Iterable[Measure]) -> tuple[FieldMeasures, ...]:
    """Sort measures by field of action in the order of the fields; empty fields are left out."""
    groups: dict[FieldOfAction, list[Measure]] = {}
    for measure in measures:
        groups.setdefault(measure.field_of_action, []).append(measure)
    ordered = sorted(groups.items(), key=lambda group: group[0].position)
    return tuple(FieldMeasures(field, tuple(rows)) for field, rows in ordered)


def public_measures(*, programme: Programme) -> list[Measure]:
    """Return every public measure of every public site, with site and field; one query."""
    rows = Measure.objects.public().filter(site__programme=programme)
    return list(
        rows.exclude(site__status="applied")
        .select_related("site", "field_of_action")
        .order_by("site__name", "field_of_action__position", "pk")
    )


def balance_by_field(*, programme: Programme) -> tuple[FieldBalance, ...]:
    """Count the weights of the public measures in each field of action; one query."""
    return tuple(
        FieldBalance(
            field=group.field,
            counts=tuple(
                (step, sum(row.balance == step for row in group.measures)) for step in Balance
            ),
            open=sum(row.balance is None for row in group.measures),
        )
        for group in by_field(measures=public_measures(programme=programme))
    )
