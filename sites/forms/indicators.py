"""Understands the values of one phase, all on one page."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.formats import date_format

from programme import clock
from programme.forms.versions import Difference, differing
from sites.enums import IndicatorKind, ValueMethod
from sites.forms.days import day_widget
from sites.forms.figures import FigureField
from sites.models import Indicator, IndicatorValue, Site
from sites.rules.comparisons import with_unit
from sites.rules.indicator_values import (
    COLUMNS,
    Seen,
    ValueDraft,
    completed,
    draft_of,
    fingerprint,
    flaws,
    written,
)
from sites.services.indicators import ValueClash

SHARED = ("measured_on", "period_from", "period_to", "method", "source")
METHODS = [("", "Bitte wählen"), *ValueMethod.choices]
LABELS = {
    "value": "Wert",
    "numerator": "Zähler",
    "denominator": "Nenner",
    "n": "Zahl der Fälle (n)",
    "measured_on": "Gemessen am",
    "period_from": "Zeitraum von",
    "period_to": "Zeitraum bis",
    "method": "Methode",
    "source": "Quelle",
    "outside_events": "Ereignisse von außen",
    "unavailable_reason": "Nicht verfügbar, weil",
    "outside_reason": "Warum stimmt ein Datum außerhalb der Laufzeit?",
}
LENGTHS = {"outside_events": 300, "unavailable_reason": 300}
# Rarely said for one line alone: behind a line of text, so that the page stays short on a phone.
MORE = (
    "method",
    "unavailable_reason",
    "measured_on",
    "period_from",
    "period_to",
    "source",
    "outside_events",
    "outside_reason",
)


WITHOUT_BASELINE = (
    "Diese Werte werden nicht erwartet, denn zum Vergleich fehlt der Ausgangswert. Sie können sie "
    "trotzdem eintragen."
)


class Row(NamedTuple):
    """The fields of one indicator as the page draws them."""

    indicator: Indicator
    figures: list[forms.BoundField]
    more: list[forms.BoundField]
    seen: forms.BoundField
    is_open: bool
    entered: IndicatorValue | None
    told: str
    is_wrong: bool


@dataclass(frozen=True)
class Lines:
    """Lines of the page that belong together; those not due now are folded."""

    title: str
    hint: str
    rows: list[Row]
    fold: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether something behind the fold needs to be seen."""
        return any(row.is_wrong for row in self.rows)


def _field(column: str) -> forms.Field:
    """Return the field of one column; none is required, the rules say what is missing."""
    options: dict[str, Any] = {"label": LABELS[column], "required": False}
    if column == "value":
        return FigureField(**options)
    if column in {"numerator", "denominator", "n"}:
        number = forms.NumberInput(attrs={"min": 0, "step": 1, "inputmode": "numeric"})
        return forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=number, **options)
    if column in {"measured_on", "period_from", "period_to"}:
        return forms.DateField(widget=day_widget(), **options)
    if column == "method":
        return forms.ChoiceField(choices=METHODS, **options)
    return forms.CharField(max_length=LENGTHS.get(column, 200), **options)


def columns_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the columns a person fills in: a share has no value of its own, a count no parts."""
    if indicator.kind == IndicatorKind.PERCENT:
        return tuple(column for column in COLUMNS if column not in {"value", "n"})
    if indicator.kind == IndicatorKind.RATIO:
        return COLUMNS
    return tuple(column for column in COLUMNS if column not in {"numerator", "denominator"})


class ValuesForm(forms.Form):
    """All indicators of one phase; what is said once on top holds for every line left blank."""

    def __init__(
        self,
        *args: Any,
        site: Site,
        indicators: tuple[Indicator, ...],
        values: Mapping[int, IndicatorValue],
        due: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.indicators, self.values, self.due = site, indicators, values, due
        for column in SHARED:
            self._add(f"all_{column}", _field(column))
        for indicator in indicators:
            stands = draft_of(values.get(indicator.pk))
            for column in columns_of(indicator):
                field = _field(column)
                field.initial = getattr(stands, column)
                field.line = indicator.name  # type: ignore[attr-defined]
                self._add(f"{column}_{indicator.pk}", field)
            seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=22)
            seen.initial = Seen(fingerprint(stands), indicator.version).written()
            self.fields[f"seen_{indicator.pk}"] = seen

    def _add(self, name: str, field: forms.Field) -> None:
        field.sometimes_required = True  # type: ignore[attr-defined]
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        programme = self.site.programme
        for indicator in self.indicators:
            draft = self.draft_of(indicator)
            if draft == draft_of(self.values.get(indicator.pk)):
                continue
            for flaw in flaws(
                draft=draft,
                indicator=indicator,
                run_time=(programme.starts_on, programme.ends_on),
                today=clock.today(),
            ):
                self._blame(indicator, flaw.column, flaw.message)
        return cleaned

    def _blame(self, indicator: Indicator, column: str, message: str) -> None:
        name = f"{column}_{indicator.pk}"
        if name not in self.errors:
            self.add_error(name if name in self.fields else None, f"{indicator.name}: {message}")

    def add_error(self, field: str | None, error: Any) -> None:
        """Leave the name of the indicator out where the line of the field says it already."""
        if field in self.fields and isinstance(error, str):
            error = error.removeprefix(f"{getattr(self.fields[field], 'line', '')}: ")
        super().add_error(field, error)

    def draft_of(self, indicator: Indicator) -> ValueDraft:
        """Return what was written in one line, completed by what was said for all lines."""
        own = {
            column: self.cleaned_data.get(f"{column}_{indicator.pk}")
            for column in columns_of(indicator)
        }
        typed = {column: told for column, told in own.items() if told not in {None, ""}}
        draft = ValueDraft(**typed)
        if draft.has_figure:
            shared = {column: self.cleaned_data.get(f"all_{column}") for column in SHARED}
            draft = ValueDraft(**{key: told for key, told in shared.items() if told} | typed)
        return completed(draft, indicator)

    def drafts(self) -> dict[int, ValueDraft]:
        """Return what was written, by indicator."""
        return {indicator.pk: self.draft_of(indicator) for indicator in self.indicators}

    def seen(self) -> dict[int, Seen]:
        """Return what the person opened, by indicator."""
        told = {row.pk: self.cleaned_data.get(f"seen_{row.pk}", "") for row in self.indicators}
        return {pk: Seen.read(text) for pk, text in told.items()}

    def shared(self) -> list[forms.BoundField]:
        """Return the fields that hold for all lines."""
        return [self[f"all_{column}"] for column in SHARED]

    def rows(self) -> Iterator[Row]:
        """Return the lines of the page, with the rarer fields apart."""
        for indicator in self.indicators:
            columns, value = columns_of(indicator), self.values.get(indicator.pk)
            more = [self[f"{column}_{indicator.pk}"] for column in MORE]
            figures = [self[f"{name}_{indicator.pk}"] for name in columns if name not in MORE]
            yield Row(
                indicator=indicator,
                figures=figures,
                more=more,
                seen=self[f"seen_{indicator.pk}"],
                is_open=bool(self[f"unavailable_reason_{indicator.pk}"].value())
                or (self.is_bound and any(field.errors for field in more)),
                entered=value,
                told=_entered(value, indicator) if value else "",
                is_wrong=self.is_bound and any(field.errors for field in (*figures, *more)),
            )

    def groups(self) -> list[Lines]:
        """Return the lines that are due, then those with an entry, then those not asked for."""
        rows = list(self.rows())
        blank = [row for row in rows if not row.entered]
        asked = [row for row in blank if row.indicator.pk in self.due]
        others = [row for row in blank if row.indicator.pk not in self.due]
        entered = [row for row in rows if row.entered]
        groups = [
            Lines("Noch einzutragen", "", asked),
            Lines("Schon eingetragen", "Zum Ändern bitte aufklappen.", entered, "each"),
            Lines("Ohne Ausgangswert", WITHOUT_BASELINE, others, "all"),
        ]
        return [group for group in groups if group.rows]

    def now_seen(self, clash: ValueClash) -> None:
        """Take what stands as seen, so that saving once more is a decision."""
        data, seen = dict(self.data.items()), self.seen()
        for pk in clash.current.keys() | clash.redefined.keys():
            now = seen[pk]
            if pk in clash.current:
                now = now._replace(mark=fingerprint(clash.current[pk]))
            if pk in clash.redefined:
                now = now._replace(version=clash.redefined[pk].version)
            data[self.add_prefix(f"seen_{pk}")] = now.written()
        self.data = data

    def differences(self, clash: ValueClash) -> list[Difference]:
        """Return the cells of which two versions exist."""
        rows = {row.pk: row for row in self.indicators}
        versions = [
            (rows[pk], stands, self.draft_of(rows[pk])) for pk, stands in clash.current.items()
        ]
        return differing(
            (f"{row.name}: {LABELS[column]}", _told(stands, column), _told(mine, column))
            for row, stands, mine in versions
            for column in COLUMNS
        )


def _entered(value: IndicatorValue, indicator: Indicator) -> str:
    """Say in a line what is entered."""
    if value.value is None:
        return "nicht verfügbar"
    number = with_unit(value.value, indicator)
    return f"{number}, n = {value.n}" if value.n is not None else number


def _told(draft: ValueDraft, column: str) -> str:
    """Write one cell as people read it."""
    found = getattr(draft, column)
    if found in {None, ""}:
        return "leer"
    if isinstance(found, date):
        return date_format(found, "d.m.Y")
    if column == "method":
        return str(ValueMethod(found).label)
    return found if isinstance(found, str) else written(found)


class NoFields(forms.Form):
    """Only a button."""
