"""One value with everything behind it, as far as a reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.shortcuts import get_object_or_404

from programme.models import AuditEntry, User
from programme.units import unit_of
from sites.enums import ValueMethod
from sites.models import (
    Indicator,
    IndicatorEvidence,
    IndicatorGroup,
    IndicatorReading,
    IndicatorValue,
    Site,
)
from sites.queries.indicator_versions import definition_of
from sites.queries.indicators import groups_of, with_groups
from sites.rules.breakdowns import may_show
from sites.rules.comparisons import Cell, cell, with_unit
from sites.rules.indicator_details import Spread, may_show_readings, spread
from sites.rules.indicator_lines import DAYS, LABELS
from sites.rules.indicator_values import COLUMNS, shown_number, written
from sites.rules.small_numbers import HIDDEN

MOST_STEPS = 50
NUMBERS = {"value", "numerator", "denominator", "n"}
EMPTY = {"None", ""}


class Change(NamedTuple):
    """One part of a step: what it was before and after."""

    label: str
    before: str
    after: str


class Step(NamedTuple):
    """One entry of the history of a value."""

    at: datetime
    actor: User | None
    what: str
    changes: tuple[Change, ...]


class ShownRow(NamedTuple):
    """A reading or a group as the page shows it."""

    name: str
    text: str
    n: str
    note: str = ""


@dataclass(frozen=True)
class ValuePage:
    """A value and what stands behind it; hidden rows are not in it at all."""

    value: IndicatorValue
    cell: Cell
    readings: tuple[ShownRow, ...]
    readings_hidden: bool
    spread: Spread | None
    groups: tuple[ShownRow, ...]
    groups_hidden: bool
    groups_leave: bool
    evidence: tuple[IndicatorEvidence, ...]
    history: tuple[Step, ...]
    old_definition: str

    @property
    def own_text(self) -> str:
        """Return the value as those read it who enter it."""
        row = self.value
        if row.value is None:
            return self.cell.text
        parts = (row.numerator, row.denominator)
        return with_unit(shown_number(row.value, row.indicator, parts), row.indicator)

    @property
    def spread_sentence(self) -> str:
        """Say where the readings lie."""
        if self.spread is None:
            return ""
        if self.spread.count == 1:
            return "Es gibt eine Einzelmessung."
        indicator, spread_of = self.value.indicator, self.spread
        lowest, highest, middle = (
            written(shown_number(number, indicator))
            for number in (spread_of.lowest, spread_of.highest, spread_of.middle)
        )
        return (
            f"{spread_of.count} Messungen von {lowest} bis {highest} {indicator.unit}, in der "
            f"Mitte (Median) {middle} {unit_of(spread_of.middle, indicator.unit)}."
        )


def value_of(*, site: Site, pk: int) -> IndicatorValue:
    """Return a value of this site with its groups; Http404 where it belongs elsewhere."""
    rows = with_groups(IndicatorValue.objects.filter(site=site))
    value = get_object_or_404(rows.select_related("indicator", "entered_by"), pk=pk)
    value.site = site
    return value


def value_page(*, value: IndicatorValue, full: bool) -> ValuePage:
    """Return the page of a value; `full` is for those who enter, others see what may leave."""
    indicator = value.indicator
    readings = list(value.readings.order_by("measured_on", "pk"))
    groups = groups_of({value.phase: value})[value.phase]
    shown = cell(phase=value.phase, indicator=indicator, value=value)
    leave = may_show(indicator=indicator, value=value, groups=groups)
    told = full or may_show_readings(value=value, is_hidden=shown.is_hidden, readings=readings)
    return ValuePage(
        value=value,
        cell=shown,
        readings=tuple(_reading(indicator, row) for row in readings) if told else (),
        readings_hidden=bool(readings) and not told,
        spread=spread(value=value, readings=readings) if told else None,
        groups=tuple(_group(indicator, row) for row in groups) if full or leave else (),
        groups_hidden=bool(groups) and not (full or leave),
        groups_leave=leave,
        evidence=tuple(value.evidence.select_related("by")),
        history=history(value=value, full=full),
        old_definition=_old_definition(value),
    )


def _reading(indicator: Indicator, row: IndicatorReading) -> ShownRow:
    number = shown_number(row.value, indicator)
    return ShownRow(
        f"{row.measured_on:%d.%m.%Y}", with_unit(number, indicator), _n(row.n), row.note
    )


def _group(indicator: Indicator, row: IndicatorGroup) -> ShownRow:
    number = shown_number(row.value, indicator, (row.numerator, row.denominator))
    return ShownRow(row.label, with_unit(number, indicator), _n(row.n))


def _n(n: int | None) -> str:
    return "" if n is None else written(n)


def history(*, value: IndicatorValue, full: bool) -> tuple[Step, ...]:
    """Return who changed what of a value, newest first; one query, at most 50 steps.

    For readers who do not enter values the numbers stay out of it: they may be small.
    """
    key = value.indicator.key
    entered = Q(
        subject_type="sites.site",
        subject_id=str(value.site_id),
        verb="indicators.saved",
        changes__phase__0=value.phase,
        changes__has_any_keys=[f"{key}.{column}" for column in COLUMNS],
    )
    behind = Q(subject_type="sites.indicatorvalue", subject_id=str(value.pk))
    rows = AuditEntry.objects.filter(entered | behind).select_related("actor")[:MOST_STEPS]
    return tuple(_step(row, key, full=full) for row in rows)


def _step(row: AuditEntry, key: str, *, full: bool) -> Step:
    is_value = row.verb == "indicators.saved"
    start = f"{key}."
    changes = [
        (name.removeprefix(start), *pair)
        for name, pair in row.changes.items()
        if not is_value or name.startswith(start)
    ]
    secret = NUMBERS if is_value else None
    kept = row.verb.startswith("indicator_value.evidence")
    return Step(
        row.at,
        row.actor,
        "Wert" if is_value else row.sentence.rpartition(": ")[2].rstrip("."),
        tuple(_changes(changes, secret=set() if full or kept else secret)),
    )


def _changes(changes: Iterable[tuple[str, str, str]], *, secret: set[str] | None) -> list[Change]:
    """Write changes; `secret` are the columns whose content stays out, None means all."""
    return [
        Change(LABELS.get(name, name), HIDDEN, HIDDEN)
        if secret is None or name in secret
        else Change(LABELS.get(name, name), _told(name, before), _told(name, after))
        for name, before, after in changes
    ]


def _told(column: str, text: str) -> str:
    """Write what the logbook keeps as Python wrote it the way people read it."""
    if text in EMPTY:
        return "leer"
    if column in NUMBERS:
        return written(Decimal(text))
    if column in DAYS:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    return str(ValueMethod(text).label) if column == "method" else text


def _old_definition(value: IndicatorValue) -> str:
    """Return what the indicator meant when the value was measured; empty if it still does."""
    if value.definition_version == value.indicator.version:
        return ""
    definition, _ = definition_of(indicator=value.indicator, version=value.definition_version)
    return definition


def details_table(*, site: Site) -> list[list[str]]:
    """Return every reading and group of a site, one line each; two queries.

    What may not leave the entry page is one line that says so, for everybody: a file travels.
    """
    values = with_groups(IndicatorValue.objects.filter(site=site)).select_related("indicator")
    rows = []
    for value in values.prefetch_related("readings").order_by("indicator__position", "pk"):
        shown = cell(phase=value.phase, indicator=value.indicator, value=value)
        rows += _reading_lines(value, is_hidden=shown.is_hidden)
        rows += _group_lines(value)
    return rows


def _reading_lines(value: IndicatorValue, *, is_hidden: bool) -> list[list[str]]:
    indicator, readings = value.indicator, list(value.readings.all())
    start = [indicator.key, indicator.name, str(value.get_phase_display()), "Einzelmessung"]
    if not readings:
        return []
    if not may_show_readings(value=value, is_hidden=is_hidden, readings=readings):
        return [[*start, "alle", HIDDEN, "", "", "", ""]]
    return [
        [*start, f"{row.measured_on:%d.%m.%Y}", written(row.value), "", "", _n(row.n), row.note]
        for row in readings
    ]


def _group_lines(value: IndicatorValue) -> list[list[str]]:
    groups = groups_of({value.phase: value})[value.phase]
    indicator = value.indicator
    start = [indicator.key, indicator.name, str(value.get_phase_display()), "Gruppe"]
    if not groups:
        return []
    if not may_show(indicator=indicator, value=value, groups=groups):
        return [[*start, "alle", HIDDEN, "", "", "", ""]]
    return [
        [
            *start,
            row.label,
            written(row.value),
            _n(row.numerator),
            _n(row.denominator),
            _n(row.n),
            "",
        ]
        for row in groups
    ]
