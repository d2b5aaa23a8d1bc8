"""Forms of the answer page: who comes, why not, who instead."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from network.enums import AttendanceMode
from network.services.registrations import Person

MOST_ROWS = 10


class PeopleForm(forms.Form):
    """One row a person; empty rows are left out, the first row is always needed.

    A form that was sent keeps every row that was typed, even if the office has fewer seats by
    now, so that nothing typed is lost.
    """

    def __init__(self, *args: Any, rows: int, is_hybrid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = [row for row in range(1, MOST_ROWS + 1) if self.data.get(f"name_{row}")]
        self.rows = range(1, max(1, min(rows, MOST_ROWS), *typed) + 1)
        for row in self.rows:
            self._add_row(row, is_hybrid=is_hybrid)
        self.helper = FormHelper()
        self.helper.layout = Layout(*(self._draw_row(row, is_hybrid) for row in self.rows))

    def _add_row(self, row: int, *, is_hybrid: bool) -> None:
        needed = row == 1
        whose = "" if needed else f", {row}. Person"  # so that the error summary tells rows apart
        self.fields[f"name_{row}"] = forms.CharField(
            label=f"Vor- und Nachname{whose}", max_length=120, required=needed
        )
        self.fields[f"email_{row}"] = forms.EmailField(
            label=f"E-Mail-Adresse{whose}", max_length=254, required=needed
        )
        self.fields[f"function_{row}"] = forms.CharField(
            label=f"Funktion{whose}", max_length=120, required=False
        )
        if is_hybrid:
            self.fields[f"mode_{row}"] = forms.ChoiceField(
                label=f"Teilnahme{whose}", choices=AttendanceMode, required=False
            )

    def _draw_row(self, row: int, is_hybrid: bool) -> Fieldset:  # noqa: FBT001  layout, no switch
        names = [f"name_{row}", f"email_{row}", f"function_{row}"]
        lines = [Row(*names), f"mode_{row}"] if is_hybrid else [Row(*names)]
        legend = f"{row}. Person" if row == 1 else f"{row}. Person, wenn noch jemand kommt"
        return Fieldset(legend if len(self.rows) > 1 else "", *lines)

    def clean(self) -> dict[str, Any]:
        """Ask for the missing half of a row, and for different addresses in different rows."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for row in self.rows:
            name, email = cleaned.get(f"name_{row}", ""), cleaned.get(f"email_{row}", "")
            if email and not name and f"name_{row}" not in self.errors:
                self.add_error(f"name_{row}", "Bitte geben Sie den Namen an.")
            if name and not email and f"email_{row}" not in self.errors:
                self.add_error(f"email_{row}", "Bitte geben Sie die E-Mail-Adresse an.")
            if email and email.lower() in seen:
                self.add_error(
                    f"email_{row}",
                    "Diese E-Mail-Adresse steht schon in einer Zeile darüber. "
                    "Jede Person braucht eine eigene.",
                )
            seen.add(email.lower())
        return cleaned

    def people(self) -> list[Person]:
        """Return the people of the rows that were filled in."""
        return [
            Person(
                full_name=self.cleaned_data[f"name_{row}"],
                email=self.cleaned_data[f"email_{row}"],
                function=self.cleaned_data[f"function_{row}"],
                mode=self.cleaned_data.get(f"mode_{row}", ""),
                row=row,
            )
            for row in self.rows
            if self.cleaned_data[f"name_{row}"]
        ]


class DeclineForm(forms.Form):
    """The office does not come; a reason helps to plan but is not needed."""

    decline_reason = forms.CharField(label="Grund", max_length=300, required=False)


class RepresentForm(forms.Form):
    """Somebody else comes for the office."""

    represented_by = forms.CharField(
        label="Wer vertritt Sie?",
        max_length=200,
        help_text="Name der Organisation oder der Person, zum Beispiel „Landkreis Fulda“",
    )
