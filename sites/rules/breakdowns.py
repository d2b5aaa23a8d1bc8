"""A value by group, before and after, as far as it may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from programme.units import unit_of
from sites.enums import IndicatorPhase
from sites.models import Indicator, IndicatorGroup, IndicatorValue
from sites.rules.indicator_values import shown_number, written
from sites.rules.small_numbers import HIDDEN, Figure, shows_breakdown

NONE = "–"


class GroupCell(NamedTuple):
    """One group at one time; empty `n` where none was noted."""

    text: str = NONE
    n: str = ""
    number: Decimal | None = None


class GroupLine(NamedTuple):
    """One group before and after."""

    label: str
    before: GroupCell
    after: GroupCell
    change: str


@dataclass(frozen=True)
class Breakdown:
    """The groups that may be shown; `hidden` names the times whose groups stay inside."""

    lines: tuple[GroupLine, ...]
    hidden: tuple[str, ...]

    @property
    def note(self) -> str:
        """Say which groups are not shown, or nothing."""
        if not self.hidden:
            return ""
        return (
            f"Nach Gruppen {HIDDEN} ({', '.join(self.hidden)}): Mindestens eine Gruppe oder der "
            "Rest beruht auf sehr wenigen Fällen. Deshalb bleibt die ganze Aufgliederung verborgen."
        )


def figure_of(
    indicator: Indicator,
    row: IndicatorValue | IndicatorGroup,
) -> Figure:
    """Return the number behind a value or a group, ready to be judged."""
    return Figure(
        kind=indicator.kind,
        counts_cases=indicator.counts_cases,
        value=row.value if row.value is not None else Decimal(0),
        numerator=row.numerator,
        denominator=row.denominator,
        n=row.n,
    )


def may_show(
    *, indicator: Indicator, value: IndicatorValue, groups: Sequence[IndicatorGroup]
) -> bool:
    """Say whether the groups of a value may leave the entry page, all or none (B13)."""
    if value.value is None:
        return False
    return shows_breakdown(
        figure_of(indicator, value), [figure_of(indicator, group) for group in groups]
    )


def breakdown(
    *,
    indicator: Indicator,
    phases: tuple[str, str],
    values: Mapping[str, IndicatorValue],
    groups: Mapping[str, Sequence[IndicatorGroup]],
    exact: bool = False,
) -> Breakdown | None:
    """Return the groups of the first and the latest value; None where there are none.

    `exact` keeps both places of a share, for files.
    """
    shown: list[dict[str, GroupCell]] = []
    hidden = []
    for phase in phases:
        value, rows = values.get(phase), groups.get(phase, ())
        if value is None or not rows:
            shown.append({})
        elif may_show(indicator=indicator, value=value, groups=rows):
            shown.append({row.label: _cell(indicator, row, exact=exact) for row in rows})
        else:
            shown.append({})
            hidden.append(str(IndicatorPhase(phase).label))
    before, after = shown
    if not (before or after or hidden):
        return None
    versions = {values[phase].definition_version for phase in phases if phase in values}
    return Breakdown(
        lines=tuple(
            _line(label, before.get(label), after.get(label), comparable=len(versions) == 1)
            for label in dict.fromkeys((*before, *after))
        ),
        hidden=tuple(hidden),
    )


def _cell(indicator: Indicator, row: IndicatorGroup, *, exact: bool) -> GroupCell:
    number = row.value
    if not exact:
        number = shown_number(number, indicator, (row.numerator, row.denominator))
    n = "" if row.n is None else written(row.n)
    return GroupCell(f"{written(number)} {unit_of(number, indicator.unit)}", n, number)


def _line(
    label: str, before: GroupCell | None, after: GroupCell | None, *, comparable: bool
) -> GroupLine:
    first, last = before or GroupCell(), after or GroupCell()
    if first.number is None or last.number is None or not comparable:
        return GroupLine(label, first, last, NONE)
    change = last.number - first.number
    sign = "+" if change > 0 else "−"
    told = "unverändert" if change == 0 else f"{sign}{written(abs(change))}"
    return GroupLine(label, first, last, told)


def told(lines: Sequence[GroupLine]) -> str:
    """Write a breakdown in one cell of a table: "Familien 20 → 31 Fälle; …"."""
    return "; ".join(f"{line.label}: {line.before.text} → {line.after.text}" for line in lines)
