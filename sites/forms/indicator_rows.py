"""Understands the rows behind a value, all on one page: single readings, groups."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms

from programme import clock
from programme.forms.uploads import FilesField, FilesInput
from programme.forms.versions import Difference, differing
from programme.rules.uploads import DOCUMENTS, checked_document
from sites.enums import IndicatorKind
from sites.forms.days import day_field
from sites.forms.figures import FigureField
from sites.models import IndicatorValue
from sites.rules.indicator_details import (
    MOST_GROUPS,
    MOST_READINGS,
    GroupDraft,
    ReadingDraft,
    RowFlaw,
    group_flaws,
    mark,
    reading_flaws,
    words,
)
from sites.services.indicator_details import NewEvidence, RowsClash

ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp"
NO_INDIVIDUALS = "Bitte ohne Angaben zu einzelnen ausländischen Personen."
TOO_LONG = 2_000_000_000


def _whole_number(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"min": 0, "step": 1, "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=TOO_LONG, widget=widget, required=False
    )


class Row(NamedTuple):
    """The fields of one row as the page draws them."""

    legend: str
    fields: list[forms.BoundField]


class RowsForm(forms.Form):
    """Rows of one kind; what is left blank is taken away, a few blank ones wait at the end."""

    noun: ClassVar[str]
    most: ClassVar[int]
    blank: ClassVar[int] = 4
    draft_class: ClassVar[type[ReadingDraft | GroupDraft]]

    def __init__(
        self,
        *args: Any,
        value: IndicatorValue,
        stands: Sequence[ReadingDraft] | Sequence[GroupDraft],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.value, self.stands = value, stands
        self.count = min(self._sent() or len(stands) + self.blank, self.most)
        self.columns = tuple(self.made())
        for index in range(self.count):
            for column, field in self.made().items():
                field.required = False
                field.sometimes_required = True  # type: ignore[attr-defined]
                field.initial = getattr(stands[index], column) if index < len(stands) else None
                self.fields[f"{column}_{index}"] = field
        for name, initial in (("seen", mark(stands)), ("row_count", self.count)):
            self.fields[name] = forms.CharField(
                required=False, widget=forms.HiddenInput, max_length=16, initial=initial
            )

    def _sent(self) -> int:
        """Return how many rows the page had that was sent."""
        sent = str(self.data.get(self.add_prefix("row_count"), ""))
        return int(sent) if sent.isdecimal() and len(sent) < 4 else 0

    def made(self) -> dict[str, forms.Field]:
        """Return new fields of one row by column."""
        raise NotImplementedError

    def flaws(self, drafts: Sequence[Any]) -> list[RowFlaw]:
        """Return what is wrong with the rows."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        places, drafts = self._written()
        for flaw in self.flaws(drafts):
            name = f"{flaw.column}_{places[flaw.row]}"
            self.add_error(name if name in self.fields else None, flaw.message)
        return cleaned

    def _written(self) -> tuple[list[int], list[Any]]:
        places, drafts = [], []
        for index in range(self.count):
            told: dict[str, Any] = {
                column: self.cleaned_data.get(f"{column}_{index}") for column in self.columns
            }
            told = {column: part for column, part in told.items() if part not in {None, ""}}
            if told:
                places.append(index)
                drafts.append(self.draft_class(**told))
        return places, drafts

    def drafts(self) -> list[Any]:
        """Return the rows that are not blank."""
        return self._written()[1]

    def rows(self) -> Iterator[Row]:
        """Return the rows of the page."""
        for index in range(self.count):
            bound = [self[f"{column}_{index}"] for column in self.columns]
            yield Row(f"{self.noun} {index + 1}", bound)

    def now_seen(self, clash: RowsClash) -> None:
        """Take what stands as seen, so that saving once more is a decision."""
        data = dict(self.data.items())
        data[self.add_prefix("seen")] = mark(clash.current)
        self.data = data

    def differences(self, clash: RowsClash) -> list[Difference]:
        """Return the rows of which two versions exist."""
        stands = words(clash.current, self.value.indicator)
        mine = words(self.drafts(), self.value.indicator)
        return differing(
            (name, stands.get(name, "fehlt"), mine.get(name, "fehlt"))
            for name in dict.fromkeys((*stands, *mine))
        )


class ReadingsForm(RowsForm):
    """All readings of one value."""

    noun = "Messung"
    most = MOST_READINGS
    draft_class = ReadingDraft

    def made(self) -> dict[str, forms.Field]:
        note = forms.CharField(label="Anmerkung", max_length=200)
        if self.value.indicator.kind == IndicatorKind.PERCENT:
            return {
                "measured_on": day_field("Gemessen am"),
                "numerator": _whole_number("Zähler"),
                "n": _whole_number("Nenner (n)"),
                "note": note,
            }
        return {
            "measured_on": day_field("Gemessen am"),
            "value": FigureField(label="Wert"),
            "n": _whole_number("Zahl der Fälle (n)"),
            "note": note,
        }

    def flaws(self, drafts: Sequence[Any]) -> list[RowFlaw]:
        programme = self.value.site.programme
        return reading_flaws(
            drafts=drafts,
            indicator=self.value.indicator,
            value=self.value,
            run_time=(programme.starts_on, programme.ends_on),
            today=clock.today(),
        )


class GroupsForm(RowsForm):
    """All groups of one value."""

    noun = "Gruppe"
    most = MOST_GROUPS
    draft_class = GroupDraft

    def made(self) -> dict[str, forms.Field]:
        label: dict[str, forms.Field] = {"label": forms.CharField(label="Gruppe", max_length=80)}
        parts: dict[str, forms.Field] = {
            "numerator": _whole_number("Zähler"),
            "denominator": _whole_number("Nenner"),
        }
        whole: dict[str, forms.Field] = {
            "value": FigureField(label="Wert"),
            "n": _whole_number("Zahl der Fälle (n)"),
        }
        if self.value.indicator.kind == IndicatorKind.PERCENT:
            return label | parts
        if self.value.indicator.kind == IndicatorKind.RATIO:
            return label | parts | whole
        return label | whole

    def flaws(self, drafts: Sequence[Any]) -> list[RowFlaw]:
        return group_flaws(drafts=drafts, indicator=self.value.indicator, value=self.value)


class EvidenceForm(forms.Form):
    """Files that show where a value comes from."""

    uploads = FilesField(
        label="Dateien",
        check=checked_document,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=f"Eine oder mehrere Dateien: {DOCUMENTS}, ohne Makros, je höchstens 20 MB. "
        f"{NO_INDIVIDUALS}",
    )
    note = forms.CharField(
        label="Worum es geht",
        max_length=200,
        required=False,
        help_text="Zum Beispiel „Strichlisten der Kalenderwochen 9 und 10“.",
    )

    def evidence(self) -> list[NewEvidence]:
        """Return the files that passed the check."""
        return [NewEvidence(row.checked, row.content) for row in self.cleaned_data["uploads"]]
