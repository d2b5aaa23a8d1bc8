"""Single readings and groups behind a value: what they must bring along, what they tell."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from statistics import median
from typing import NamedTuple

from programme.errors import RuleBroken
from programme.units import unit_of
from sites.enums import IndicatorKind
from sites.models import Indicator, IndicatorGroup, IndicatorReading, IndicatorValue
from sites.rules.breakdowns import figure_of
from sites.rules.indicator_values import LARGEST, PLACES, written
from sites.rules.lifecycle import lies_outside
from sites.rules.small_numbers import SMALLEST, Figure, Safe, leaves_small_rest, safe

MOST_READINGS = 60
MOST_GROUPS = 20
# From so many cases on a share with two places no longer tells its numerator to the unit.
EXACT_UP_TO = 10_000


class RowFlaw(NamedTuple):
    """Something wrong with one column of one row."""

    row: int
    column: str
    message: str


class RowsBroken(RuleBroken):
    """Rows that do not stand up to the rules; every flaw with its place."""

    def __init__(self, flaws: Sequence[RowFlaw]) -> None:
        super().__init__(flaws[0].message, field=f"{flaws[0].column}_{flaws[0].row}")
        self.flaws = flaws


@dataclass(frozen=True)
class ReadingDraft:
    """One reading as written; of a share the numerator, whose n is the base."""

    measured_on: date | None = None
    value: Decimal | None = None
    numerator: int | None = None
    n: int | None = None
    note: str = ""


@dataclass(frozen=True)
class GroupDraft:
    """One group as written; of a share and a ratio numerator and denominator."""

    label: str = ""
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Spread:
    """Where the readings lie, and whether the value of the phase lies among them."""

    count: int
    lowest: Decimal
    highest: Decimal
    middle: Decimal
    value_lies_outside: bool


def reading_draft(row: IndicatorReading, indicator: Indicator) -> ReadingDraft:
    """Return a stored reading as it would be written."""
    if indicator.kind == IndicatorKind.PERCENT:
        return ReadingDraft(row.measured_on, None, _part(row), row.n, row.note)
    return ReadingDraft(row.measured_on, row.value, None, row.n, row.note)


def group_draft(row: IndicatorGroup, indicator: Indicator) -> GroupDraft:
    """Return a stored group as it would be written."""
    if indicator.kind == IndicatorKind.PERCENT:
        return GroupDraft(row.label, None, row.numerator, row.denominator, None)
    if row.numerator is not None:
        return GroupDraft(row.label, None, row.numerator, row.denominator, row.n)
    return GroupDraft(row.label, row.value, None, None, row.n)


def mark(drafts: Sequence[ReadingDraft] | Sequence[GroupDraft]) -> str:
    """Return a short mark of the rows a person saw, to tell later whether somebody changed them."""
    told = [[_told(part) for part in astuple(draft)] for draft in drafts]
    return sha256(repr(told).encode()).hexdigest()[:16]


def _told(part: object) -> str:
    return written(part) if isinstance(part, Decimal) else str(part)


def _part(row: IndicatorReading) -> int | None:
    return None if row.n is None else round(row.value * row.n / 100)


def share(part: int, whole: int, *, percent: bool) -> Decimal:
    """Return a share in percent or a plain ratio, with two places."""
    value = Decimal(part * (100 if percent else 1)) / whole
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)


def value_of(draft: ReadingDraft | GroupDraft, indicator: Indicator) -> Decimal:
    """Return the value of a draft without flaws, computed where it has parts."""
    whole = draft.denominator if isinstance(draft, GroupDraft) else draft.n
    if draft.numerator is not None and whole:
        percent = indicator.kind == IndicatorKind.PERCENT
        return share(draft.numerator, whole, percent=percent)
    return draft.value if draft.value is not None else Decimal(0)


def words(
    drafts: Sequence[ReadingDraft] | Sequence[GroupDraft], indicator: Indicator
) -> dict[str, str]:
    """Write rows as people read them, by day or by the name of the group."""
    found = {}
    for draft in drafts:
        if isinstance(draft, ReadingDraft):
            name = f"Messung {draft.measured_on:%d.%m.%Y}" if draft.measured_on else "Messung"
        else:
            name = f"Gruppe {draft.label}"
        value = value_of(draft, indicator)
        number = f"{written(value)} {unit_of(value, indicator.unit)}"
        base = draft.n if draft.n is not None else getattr(draft, "denominator", None)
        found[name] = number if base is None else f"{number} (n = {written(base)})"
    return found


def reading_flaws(
    *,
    drafts: Sequence[ReadingDraft],
    indicator: Indicator,
    value: IndicatorValue,
    run_time: tuple[date, date],
    today: date,
) -> list[RowFlaw]:
    """Return everything wrong with the readings; a day outside the run time needs a note."""
    found: list[RowFlaw] = []
    days: set[date] = set()
    for row, draft in enumerate(drafts):
        found += _day_flaws(row, draft, days, run_time, today)
        found += _figure_flaws(row, draft, indicator, whole="n")
        if draft.measured_on:
            days.add(draft.measured_on)
    return found


def _day_flaws(
    row: int, draft: ReadingDraft, days: set[date], run_time: tuple[date, date], today: date
) -> Iterator[RowFlaw]:
    day = draft.measured_on
    if day is None:
        yield RowFlaw(row, "measured_on", "Bitte geben Sie an, wann gemessen wurde.")
    elif day > today:
        yield RowFlaw(row, "measured_on", "Dieser Tag liegt in der Zukunft.")
    elif day in days:
        yield RowFlaw(row, "measured_on", "Für diesen Tag gibt es schon eine Messung.")
    elif lies_outside(day, *run_time) and not draft.note.strip():
        yield RowFlaw(
            row,
            "note",
            "Der Tag liegt außerhalb der Laufzeit. Bitte prüfen Sie ihn oder begründen Sie ihn "
            "hier.",
        )


def group_flaws(
    *, drafts: Sequence[GroupDraft], indicator: Indicator, value: IndicatorValue
) -> list[RowFlaw]:
    """Return everything wrong with the groups; together they are never more than the value."""
    found: list[RowFlaw] = []
    labels: set[str] = set()
    for row, draft in enumerate(drafts):
        label = draft.label.strip().casefold()
        if not label:
            found.append(RowFlaw(row, "label", "Bitte benennen Sie die Gruppe."))
        elif label in labels:
            found.append(RowFlaw(row, "label", "Diese Gruppe kommt zweimal vor."))
        labels.add(label)
        found += _figure_flaws(row, draft, indicator, whole="denominator")
    return found or list(_sum_flaws(drafts, indicator, value))


def _figure_flaws(
    row: int, draft: ReadingDraft | GroupDraft, indicator: Indicator, *, whole: str
) -> Iterator[RowFlaw]:
    kind, base = indicator.kind, getattr(draft, whole)
    if kind == IndicatorKind.PERCENT or (whole != "n" and draft.numerator is not None):
        if draft.numerator is None:
            yield RowFlaw(row, "numerator", "Ein Anteil braucht Zähler und Nenner.")
        if not base:
            yield RowFlaw(row, whole, "Bitte geben Sie den Nenner an, mindestens 1.")
        elif kind == IndicatorKind.PERCENT and (draft.numerator or 0) > base:
            yield RowFlaw(row, "numerator", "Der Zähler ist größer als der Nenner.")
    elif draft.value is None:
        yield RowFlaw(row, "value", "Bitte geben Sie einen Wert an.")
    elif kind == IndicatorKind.SCALE and not 1 <= draft.value <= 5:
        yield RowFlaw(row, "value", "Die Skala geht von 1 bis 5.")
    elif not 0 <= draft.value <= LARGEST:
        yield RowFlaw(row, "value", "Bitte geben Sie eine Zahl ab 0 an.")


def _sum_flaws(
    drafts: Sequence[GroupDraft], indicator: Indicator, value: IndicatorValue
) -> Iterator[RowFlaw]:
    adding = {"numerator": "Zähler", "denominator": "Nenner", "n": "n"}
    if indicator.kind == IndicatorKind.NUMBER and indicator.counts_cases:
        adding["value"] = "Wert"
    for column, name in adding.items():
        whole = getattr(value, column)
        parts = [getattr(draft, column) for draft in drafts]
        total = sum(part for part in parts if part is not None)
        if whole is not None and total > whole:
            last = max(row for row, part in enumerate(parts) if part is not None)
            yield RowFlaw(
                last,
                column,
                f"Die Gruppen ergeben zusammen {written(total)}, eingetragen ist für alle "
                f"{written(whole)} ({name}). Bitte prüfen Sie, ob sich Gruppen überschneiden.",
            )


def spread(*, value: IndicatorValue, readings: Sequence[IndicatorReading]) -> Spread | None:
    """Return lowest, highest and median reading; None without readings.

    The value of the phase stays what was entered, even where it lies outside the readings.
    """
    numbers = [row.value for row in readings]
    if not numbers:
        return None
    lowest, highest = min(numbers), max(numbers)
    outside = value.value is not None and not lowest <= value.value <= highest
    return Spread(len(numbers), lowest, highest, median(numbers), outside)


def may_show_readings(
    *, value: IndicatorValue, is_hidden: bool, readings: Sequence[IndicatorReading]
) -> bool:
    """Say whether the readings may leave the entry page: all of them or none (B13)."""
    if is_hidden or not all(_is_safe(value.indicator, row) for row in readings):
        return False
    figures = [_figure(value.indicator, row) for row in readings]
    return value.value is None or not leaves_small_rest(figure_of(value.indicator, value), figures)


def _figure(indicator: Indicator, row: IndicatorReading) -> Figure:
    part = _part(row) if indicator.kind == IndicatorKind.PERCENT else None
    return Figure(
        kind=indicator.kind,
        counts_cases=indicator.counts_cases,
        value=row.value,
        numerator=part,
        denominator=row.n if part is not None else None,
        n=row.n,
    )


def _is_safe(indicator: Indicator, row: IndicatorReading) -> bool:
    figure = _figure(indicator, row)
    part, n = figure.numerator, figure.n
    if part is not None and n is not None and n >= EXACT_UP_TO:
        doubt = n // (2 * EXACT_UP_TO) + 1
        if min(part, n - part) < SMALLEST + doubt:
            return False
    return safe(figure) == Safe(figure.value, figure.n)
