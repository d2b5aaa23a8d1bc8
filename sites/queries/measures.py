"""Measures sorted by field of action."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.models import FieldOfAction
from sites.models import Measure


@dataclass(frozen=True)
class FieldMeasures:
    """The measures of one field of action."""

    field: FieldOfAction
    measures: tuple[Measure, ...]


def by_field(*, measures: Iterable[Measure]) -> tuple[FieldMeasures, ...]:
    """Sort measures by field of action in the order of the fields; empty fields are left out."""
    groups: dict[FieldOfAction, list[Measure]] = {}
    for measure in measures:
        groups.setdefault(measure.field_of_action, []).append(measure)
    ordered = sorted(groups.items(), key=lambda group: group[0].position)
    return tuple(FieldMeasures(field, tuple(rows)) for field, rows in ordered)
