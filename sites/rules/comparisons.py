"""Before and after, told so that it cannot mislead: safe numbers, n, method, one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from programme.charts import BarChart, Series
from programme.units import unit_of
from sites.enums import Better, IndicatorKind, IndicatorPhase
from sites.models import Indicator, IndicatorGroup, IndicatorValue
from sites.rules.breakdowns import Breakdown, breakdown
from sites.rules.indicator_values import shown_number, written
from sites.rules.small_numbers import HIDDEN, Figure, difference, safe

TONES = {"baseline": "planned", "mid": "neutral", "end": "actual"}


@dataclass(frozen=True)
class Cell:
    """One value as it may be shown; `number` is None where there is nothing to show."""

    phase: str
    label: str
    number: Decimal | None = None
    text: str = "–"
    n: str = ""
    method: str = ""
    when: str = ""
    source: str = ""
    outside_events: str = ""
    is_hidden: bool = False
    version: int = 0


@dataclass(frozen=True)
class Comparison:
    """One indicator at one site, from the first to the latest value."""

    site_name: str
    site_slug: str
    indicator: Indicator
    cells: tuple[Cell, ...]
    before: Cell
    after: Cell
    change: str
    sentence: str
    notes: tuple[str, ...]
    breakdown: Breakdown | None = None

    @property
    def is_drawn(self) -> bool:
        """Say whether both numbers may stand side by side."""
        return bool(self.change)


def cell(
    *, phase: str, indicator: Indicator, value: IndicatorValue | None, exact: bool = False
) -> Cell:
    """Return what may be shown of a value; "–" where nothing was entered.

    `exact` is for files: a share keeps both places.
    """
    label = IndicatorPhase(phase).label
    if value is None:
        return Cell(phase, label)
    if value.value is None:
        return Cell(phase, label, text=f"nicht verfügbar: {value.unavailable_reason}")
    shown = safe(
        Figure(
            kind=indicator.kind,
            counts_cases=indicator.counts_cases,
            value=value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            n=value.n,
        )
    )
    number = shown.value
    if number is not None and not exact:
        number = shown_number(number, indicator, (value.numerator, value.denominator))
    return Cell(
        phase=phase,
        label=label,
        number=number,
        text=HIDDEN if number is None else with_unit(number, indicator),
        n=_n_text(value.n, shown.n),
        method=value.get_method_display(),
        when=_when(value.measured_on, value.period_from, value.period_to),
        source=value.source,
        outside_events=value.outside_events,
        is_hidden=number is None,
        version=value.definition_version,
    )


def with_unit(number: Decimal, indicator: Indicator) -> str:
    """Write a number with its unit."""
    return f"{written(number)} {unit_of(number, indicator.unit)}"


def _n_text(stored: int | None, shown: int | None) -> str:
    if stored is None:
        return ""
    return HIDDEN if shown is None else written(Decimal(shown))


def _when(day: date | None, start: date | None, end: date | None) -> str:
    if start and end:
        return f"{date_format(start, 'd.m.Y')} bis {date_format(end, 'd.m.Y')}"
    return date_format(day, "d.m.Y") if day else ""


def compare(
    *,
    site_name: str,
    site_slug: str,
    indicator: Indicator,
    values: Mapping[str, IndicatorValue],
    groups: Mapping[str, Sequence[IndicatorGroup]],
    exact: bool = False,
) -> Comparison:
    """Set the first value against the latest one, as far as both may be shown.

    `groups` are the breakdowns by phase. The change is the one of the numbers as they are shown;
    `exact` keeps both places of a share, for files. Values of two definitions are never set
    against each other.
    """
    cells = tuple(
        cell(phase=phase, indicator=indicator, value=values.get(phase), exact=exact)
        for phase in IndicatorPhase.values
    )
    before, mid, end = cells
    after = end if end.text != "–" or mid.text == "–" else mid
    change = difference(before.number, after.number) if _same(before, after) else None
    return Comparison(
        site_name=site_name,
        site_slug=site_slug,
        indicator=indicator,
        cells=cells,
        before=before,
        after=after,
        change="" if change is None else _change_text(change, indicator),
        sentence=_sentence(site_name, indicator, before, after),
        notes=tuple(_notes(before, after)),
        breakdown=breakdown(
            indicator=indicator,
            phases=(before.phase, after.phase),
            values=values,
            groups=groups,
            exact=exact,
        ),
    )


def _same(before: Cell, after: Cell) -> bool:
    return before.version == after.version


def _change_text(change: Decimal, indicator: Indicator) -> str:
    unit = "Prozentpunkte" if indicator.kind == IndicatorKind.PERCENT else indicator.unit
    if change == 0:
        return "unverändert"
    sign = "+" if change > 0 else "−"
    worth = judged(change, indicator)
    return f"{sign}{written(abs(change))} {unit_of(change, unit)}" + (
        f" ({worth})" if worth else ""
    )


def judged(change: Decimal, indicator: Indicator) -> str:
    """Return "besser" or "schlechter"; nothing where the indicator is not judged."""
    if change == 0 or indicator.better == Better.NEUTRAL:
        return ""
    return "besser" if (change > 0) == (indicator.better == Better.HIGHER) else "schlechter"


def _sentence(site: str, indicator: Indicator, before: Cell, after: Cell) -> str:
    name = f"„{indicator.name}“ am Standort {site}"
    if before.is_hidden or after.is_hidden:
        return f"{name}: Mindestens ein Wert beruht auf sehr wenigen Fällen und wird nicht gezeigt."
    if before.number is None and after.number is None:
        return f"{name}: Es liegt noch kein Wert vor."
    if before.number is None:
        return f"{name}: Ohne Ausgangswert lässt sich der {after.label} nicht vergleichen."
    if after.number is None:
        begun = in_dative(before.text)
        return f"{name} lag zu Beginn bei {begun}{_basis(before)}; ein späterer Wert fehlt."
    if not _same(before, after):
        return f"{name}: Die Werte folgen verschiedenen Definitionen und werden nicht verglichen."
    return _told(name, indicator, before, after)


def _told(name: str, indicator: Indicator, before: Cell, after: Cell) -> str:
    change = (after.number or Decimal(0)) - (before.number or Decimal(0))
    if change == 0:
        return f"{name} blieb bei {in_dative(before.text)}{_basis(before, after)}."
    verb = "stieg" if change > 0 else "sank"
    worth = judged(change, indicator)
    direction = f"; {indicator.get_better_display()}" if worth else ""
    course = f"von {in_dative(before.text)} auf {after.text}"
    return f"{name} {verb} {course}{_basis(before, after)}{direction}."


def in_dative(text: str) -> str:
    """Write a number with its unit as it stands after "von" and "bei": "34 Tagen"."""
    number, space, unit = text.partition(" ")
    noun, gap, rest = unit.partition(" ")
    ending = "n" if number != "1" and noun.endswith(("e", "el", "er")) else ""
    return f"{number}{space}{noun}{ending}{gap}{rest}"


def _basis(*cells: Cell) -> str:
    """Write on how many cases the numbers rest: " (n = 120 und 98)"."""
    numbers = [entry.n for entry in cells]
    if not all(numbers) or HIDDEN in numbers:
        return ""
    return f" (n = {' und '.join(numbers)})"


def _notes(before: Cell, after: Cell) -> list[str]:
    notes = []
    if before.method and after.method and before.method != after.method:
        notes.append(
            f"Verschieden erhoben ({before.method}, dann {after.method}): nur eingeschränkt "
            "vergleichbar."
        )
    events = dict.fromkeys(entry.outside_events for entry in (before, after))
    return notes + [f"Ereignisse von außen: {event}" for event in events if event]


def chart(*, key: str, comparison: Comparison) -> BarChart | None:
    """Return the bars of one indicator at one site; None where fewer than two may be shown."""
    shown = [entry for entry in comparison.cells if entry.number is not None]
    shown = [entry for entry in shown if entry.version == comparison.after.version]
    if not comparison.is_drawn:
        return None
    return BarChart(
        key=key,
        title=f"{comparison.indicator.name}, {comparison.site_name}",
        description=comparison.sentence,
        unit=comparison.indicator.unit,
        categories=(comparison.indicator.name,),
        series=tuple(
            Series(entry.label, (entry.number or Decimal(0),), TONES[entry.phase])
            for entry in shown
        ),
    )
