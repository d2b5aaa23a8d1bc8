"""What a value of an indicator has to bring along, and how it is written."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple, Self

from programme.charts import plain
from programme.errors import RuleBroken
from sites.enums import IndicatorKind, ValueMethod
from sites.models import Indicator, IndicatorValue
from sites.rules.lifecycle import lies_outside

PLACES = Decimal("0.01")
SHOWN_PLACES = Decimal("0.1")
LARGEST = Decimal(9999999999)
LARGEST_COUNT = 2_000_000_000
FIGURES = ("value", "numerator", "denominator")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?|[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]{1,2})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[. ][0-9]{3})+")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


class Flaw(NamedTuple):
    """Something wrong with one column of a draft."""

    column: str
    message: str


@dataclass(frozen=True)
class ValueDraft:
    """What somebody wrote about one indicator in one phase; all empty means "no entry"."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None
    measured_on: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    method: str = ""
    source: str = ""
    outside_events: str = ""
    unavailable_reason: str = ""
    outside_reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all was written."""
        return self == ValueDraft()

    @property
    def has_figure(self) -> bool:
        """Say whether a number was written."""
        return any(getattr(self, column) is not None for column in FIGURES)


COLUMNS = tuple(column.name for column in fields(ValueDraft))


def draft_of(value: IndicatorValue | None) -> ValueDraft:
    """Return a stored value as it would be written; an empty draft where there is none."""
    if value is None:
        return ValueDraft()
    return ValueDraft(**{column: getattr(value, column) for column in COLUMNS})


def parse_number(text: str) -> Decimal:
    """Read "1.234,5", "1234.5" or "1 234"; refuses everything else and negative numbers."""
    typed = _SPACES.sub(" ", text).strip()
    if not _NUMBER.fullmatch(typed):
        raise RuleBroken("Bitte geben Sie eine Zahl mit höchstens zwei Nachkommastellen an.")
    if "," in typed or _GROUPED.fullmatch(typed):
        typed = typed.replace(".", "").replace(",", ".")
    try:
        number = Decimal(typed.replace(" ", ""))
    except InvalidOperation as broken:
        raise RuleBroken("Bitte geben Sie eine Zahl an.") from broken
    if number > LARGEST:
        raise RuleBroken("Diese Zahl ist zu groß.")
    return number


def written(value: Decimal | int) -> str:
    """Write a number as charts do, the German way without superfluous places: "1.234,5"."""
    return plain(Decimal(value).quantize(PLACES, rounding=ROUND_HALF_UP))


def shown_number(
    number: Decimal, indicator: Indicator, parts: tuple[int | None, int | None] = (None, None)
) -> Decimal:
    """Return a number as pages and charts show it: a share with one place, all else as it is.

    `parts` are numerator and denominator; with them the share is rounded once only.
    """
    if indicator.kind != IndicatorKind.PERCENT:
        return number
    part, whole = parts
    exact = number if part is None or not whole else Decimal(part * 100) / whole
    return exact.quantize(SHOWN_PLACES, rounding=ROUND_HALF_UP)


def fingerprint(draft: ValueDraft) -> str:
    """Return a short mark of what a person saw, to tell later who changed it."""
    figure = "" if draft.value is None else written(draft.value)
    words = [str(getattr(draft, column)) for column in COLUMNS if column != "value"]
    return hashlib.sha256("\x1f".join([figure, *words]).encode()).hexdigest()[:16]


class Seen(NamedTuple):
    """What a person saw of one line: the mark of its value and the version of its definition."""

    mark: str
    version: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a hidden field; an unreadable one counts as never seen."""
        mark, _, version = text.partition(":")
        known = version.isascii() and version.isdigit() and len(version) < 6
        return cls(mark, int(version) if known else 0)

    def written(self) -> str:
        """Return what the hidden field holds."""
        return f"{self.mark}:{self.version}"


def completed(draft: ValueDraft, indicator: Indicator) -> ValueDraft:
    """Return the draft with what follows from it: the share or ratio, and n of a share."""
    whole, part = draft.denominator, draft.numerator
    if not whole or part is None or indicator.kind in {IndicatorKind.NUMBER, IndicatorKind.SCALE}:
        return draft
    is_share = indicator.kind == IndicatorKind.PERCENT
    value = Decimal(part * (100 if is_share else 1)) / whole
    columns = {column: getattr(draft, column) for column in COLUMNS}
    columns["value"] = value.quantize(PLACES, rounding=ROUND_HALF_UP)
    if is_share:
        columns["n"] = whole
    return ValueDraft(**columns)


def flaws(
    *, draft: ValueDraft, indicator: Indicator, run_time: tuple[date, date], today: date
) -> list[Flaw]:
    """Return everything wrong with a draft; an empty one has no flaws.

    A date outside the run time is a question: it asks for a reason and then stands.
    """
    if draft.is_empty:
        return []
    if draft.unavailable_reason:
        return [
            Flaw("unavailable_reason", "Bitte geben Sie entweder einen Wert oder den Grund an.")
        ] * draft.has_figure
    return [
        *_figure_flaws(draft, indicator),
        *_origin_flaws(draft, indicator),
        *_date_flaws(draft, run_time, today),
    ]


def _figure_flaws(draft: ValueDraft, indicator: Indicator) -> Iterator[Flaw]:
    parts = (draft.numerator, draft.denominator)
    if indicator.kind == IndicatorKind.PERCENT:
        yield from _share_flaws(draft)
    elif indicator.kind == IndicatorKind.RATIO and any(part is not None for part in parts):
        if None in parts or not draft.denominator:
            yield Flaw("denominator", "Bitte geben Sie beide Zahlen an, die zweite größer als 0.")
    elif draft.value is None:
        yield Flaw("value", "Bitte geben Sie einen Wert an oder den Grund, warum er fehlt.")
    elif indicator.kind == IndicatorKind.SCALE and not 1 <= draft.value <= 5:
        yield Flaw("value", "Die Skala geht von 1 bis 5.")
    elif not 0 <= draft.value <= LARGEST:
        yield Flaw("value", "Bitte geben Sie eine Zahl ab 0 an.")
    if any(number is not None and number > LARGEST_COUNT for number in (*parts, draft.n)):
        yield Flaw("n", "Diese Zahl ist zu groß.")


def _share_flaws(draft: ValueDraft) -> Iterator[Flaw]:
    if draft.numerator is None:
        yield Flaw("numerator", "Ein Anteil braucht Zähler und Nenner. Bitte ergänzen Sie beide.")
    if not draft.denominator:
        yield Flaw("denominator", "Bitte geben Sie die Grundmenge an, mindestens 1.")
    elif draft.numerator is not None and draft.numerator > draft.denominator:
        yield Flaw("numerator", "Der Zähler ist größer als der Nenner.")


def _origin_flaws(draft: ValueDraft, indicator: Indicator) -> Iterator[Flaw]:
    if not draft.method:
        yield Flaw("method", "Bitte wählen Sie, wie der Wert erhoben wurde.")
    if not draft.source:
        yield Flaw("source", "Bitte nennen Sie die Quelle, zum Beispiel „Strichliste Empfang“.")
    needs_n = draft.method == ValueMethod.SURVEY or indicator.kind == IndicatorKind.SCALE
    if needs_n and draft.n is None:
        yield Flaw("n", "Bitte geben Sie an, wie viele Antworten dahinterstehen.")


def _date_flaws(draft: ValueDraft, run_time: tuple[date, date], today: date) -> Iterator[Flaw]:
    start, end = draft.period_from, draft.period_to
    if draft.measured_on is None:
        yield Flaw("measured_on", "Bitte geben Sie an, wann gemessen wurde.")
    elif draft.measured_on > today:
        yield Flaw("measured_on", "Dieser Tag liegt in der Zukunft.")
    if (start is None) != (end is None):
        yield Flaw("period_to", "Bitte geben Sie Beginn und Ende des Zeitraums an.")
    elif start and end and end < start:
        yield Flaw("period_to", "Das Ende des Zeitraums liegt vor dem Beginn.")
    days = (draft.measured_on, start, end)
    if any(lies_outside(day, *run_time) for day in days) and not draft.outside_reason:
        yield Flaw(
            "outside_reason",
            "Ein Datum liegt außerhalb der Laufzeit. Bitte prüfen Sie es oder begründen Sie es.",
        )
