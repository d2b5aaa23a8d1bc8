"""The table of the values of one site: how a line is written and understood."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from programme.errors import RuleBroken
from programme.rules.sheets import Line, Problem
from sites.enums import IndicatorPhase, ValueMethod
from sites.models import Indicator, IndicatorValue
from sites.rules.comparisons import cell
from sites.rules.indicator_values import COLUMNS, ValueDraft, parse_number, written
from sites.rules.small_numbers import HIDDEN

HEADERS = (
    "Kennung", "Kennzahl", "Zeitpunkt", "Wert", "Zähler", "Nenner", "n", "Gemessen am",
    "Zeitraum von", "Zeitraum bis", "Methode", "Quelle", "Ereignisse von außen",
    "Nicht verfügbar, weil", "Begründung Datum",
)  # fmt: skip
KEY, PHASE = HEADERS[0], HEADERS[2]
LABELS = dict(zip(COLUMNS, HEADERS[3:], strict=True))
WHOLE = ("numerator", "denominator", "n")
DAYS = ("measured_on", "period_from", "period_to")
LENGTHS = {"source": 200, "outside_events": 300, "unavailable_reason": 300, "outside_reason": 200}
PHASES = {phase.label.casefold(): str(phase) for phase in IndicatorPhase}
METHODS = {method.label.casefold(): str(method) for method in ValueMethod}


class Written(NamedTuple):
    """One line as understood; `draft` is None where a hidden number leaves all as it is."""

    line: int
    key: str
    phase: str
    draft: ValueDraft | None


def cells_of(indicator: Indicator, phase: str, value: IndicatorValue | None) -> list[str]:
    """Write one line; the numbers of a small value read "nicht gezeigt"."""
    start = [indicator.key, indicator.name, str(IndicatorPhase(phase).label)]
    if value is None:
        return [*start, *[""] * len(COLUMNS)]
    shown = cell(phase=phase, indicator=indicator, value=value)
    small = {"value", "numerator", "denominator"} if shown.is_hidden else set()
    if shown.n == HIDDEN:
        small.add("n")
    return [
        *start,
        *(
            HIDDEN if column in small and getattr(value, column) is not None
            else _cell(value, column)
            for column in COLUMNS
        ),
    ]  # fmt: skip


def _cell(value: IndicatorValue, column: str) -> str:
    told = getattr(value, column)
    if told is None:
        return ""
    if isinstance(told, date):
        return f"{told:%d.%m.%Y}"
    if column == "method":
        return str(value.get_method_display())
    return told if isinstance(told, str) else written(told).replace(".", "")


def understood(lines: Sequence[Line]) -> tuple[list[Written], list[Problem]]:
    """Return what the lines say and what is wrong with them, cell by cell."""
    found: list[Written] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for line in lines:
        key, phase = line.cells[KEY], PHASES.get(line.cells[PHASE].casefold(), "")
        if not phase:
            problems.append(Problem(line.number, PHASE, "Bitte „Ausgangswert“, „Zwischenstand“ "
                                    "oder „Endstand“ angeben."))  # fmt: skip
            continue
        if (key, phase) in seen:
            problems.append(Problem(line.number, KEY, "Diese Zeile kommt zweimal vor."))
        seen.add((key, phase))
        found.append(Written(line.number, key, phase, _draft(line, problems)))
    return found, problems


def _draft(line: Line, problems: list[Problem]) -> ValueDraft | None:
    if HIDDEN in line.cells.values():
        return None
    columns: dict[str, object] = {}
    for column, label in LABELS.items():
        text = line.cells[label]
        try:
            if text:
                columns[column] = _read(column, text)
        except RuleBroken as broken:
            problems.append(Problem(line.number, label, broken.message))
    return ValueDraft(**columns)  # type: ignore[arg-type]  # made by _read for each column


def _read(column: str, text: str) -> object:
    if column in LENGTHS:
        if len(text) > LENGTHS[column]:
            raise RuleBroken(f"Höchstens {LENGTHS[column]} Zeichen.")
        return text
    if column in DAYS:
        return _day(text)
    if column == "method":
        if text.casefold() not in METHODS:
            raise RuleBroken("Bitte „Zählung“, „Schätzung“ oder „Befragung“ angeben.")
        return METHODS[text.casefold()]
    number = parse_number(text)
    if column in WHOLE:
        if number != number.to_integral_value():
            raise RuleBroken("Bitte geben Sie eine ganze Zahl an.")
        return int(number)
    return number


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a calendar day
    except ValueError as broken:
        raise RuleBroken("Bitte als Tag.Monat.Jahr angeben, zum Beispiel 29.02.2016.") from broken
