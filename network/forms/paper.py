"""Understands which letters are printed, codes, and return forms on paper."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from network.enums import Answer, AttendanceMode
from network.models import Invitation
from network.services.paper import PaperAnswer
from network.services.registrations import Person

MOST_ROWS = 10


class PrintForm(forms.Form):
    """For whom letters are printed, and whether they invite or remind."""

    invitations = forms.TypedMultipleChoiceField(
        label="Für wen?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens eine Organisation aus."},
    )
    kind = forms.ChoiceField(
        label="Was steht darin?",
        choices=[("invitation", "Einladung"), ("reminder", "Erinnerung an die Einladung")],
        widget=forms.RadioSelect,
        initial="invitation",
    )

    def __init__(self, *args: Any, rows: list[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitations"].choices = [  # type: ignore[attr-defined]  # a choice field
            (row.pk, self._label(row)) for row in rows
        ]

    @staticmethod
    def _label(row: Any) -> str:
        notes = [
            "" if row.organisation.contacts.all() else "kein Kontakt mit E-Mail-Adresse",
            "schon gedruckt" if row.printed else "",
        ]
        return ", ".join(filter(None, [row.organisation.short_name, *notes]))


class CodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label="Code auf dem Brief",
        max_length=20,
        help_text="Er steht oben rechts auf dem Antwortbogen, zum Beispiel 00042-69.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}
        ),
    )


class PaperForm(forms.Form):
    """What stands on a return form: one of three answers, and the people who come."""

    answer = forms.ChoiceField(
        label="Was ist angekreuzt?",
        choices=[
            (Answer.COMING, "Wir kommen"),
            (Answer.DECLINED, "Wir kommen nicht"),
            (Answer.REPRESENTED, "Wir lassen uns vertreten"),
        ],
        widget=forms.RadioSelect,
        initial=Answer.COMING,
    )
    reason = forms.CharField(label="Grund der Absage", max_length=300, required=False)
    represented_by = forms.CharField(label="Vertreten durch", max_length=200, required=False)

    def __init__(self, *args: Any, rows: int, is_hybrid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = [row for row in range(1, MOST_ROWS + 1) if self.data.get(f"name_{row}")]
        self.rows = range(1, max(1, min(rows, MOST_ROWS), *typed) + 1)
        self.is_hybrid = is_hybrid
        for row in self.rows:
            self._add_row(row)
        self.fields["represented_by"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "answer",
            *map(self._draw_row, self.rows),
            Fieldset("Nur wenn niemand kommt", "reason", "represented_by"),
        )

    def _add_row(self, row: int) -> None:
        whose = f", {row}. Person"
        self.fields[f"name_{row}"] = forms.CharField(
            label=f"Vor- und Nachname{whose}", max_length=120, required=False
        )
        self.fields[f"email_{row}"] = forms.EmailField(
            label=f"E-Mail-Adresse{whose}", max_length=254, required=False
        )
        self.fields[f"function_{row}"] = forms.CharField(
            label=f"Funktion{whose}", max_length=120, required=False
        )
        if self.is_hybrid:
            self.fields[f"mode_{row}"] = forms.ChoiceField(
                label=f"Teilnahme{whose}", choices=AttendanceMode, required=False
            )
        for name in ("name", "email"):
            field: Any = self.fields[f"{name}_{row}"]
            field.sometimes_required = True

    def _draw_row(self, row: int) -> Fieldset:
        names = [f"name_{row}", f"email_{row}", f"function_{row}"]
        lines = [Row(*names), f"mode_{row}"] if self.is_hybrid else [Row(*names)]
        return Fieldset(f"{row}. Person", *lines)

    def clean(self) -> dict[str, Any]:
        """Ask for the half of a row that is missing, and for a name if somebody represents."""
        cleaned = super().clean() or self.cleaned_data
        answer = cleaned.get("answer")
        if answer == Answer.REPRESENTED and not cleaned.get("represented_by"):
            self.add_error("represented_by", "Bitte geben Sie an, wer die Stelle vertritt.")
        if answer == Answer.COMING:
            for row in self.rows:
                self._check_row(row, cleaned)
        return cleaned

    def _check_row(self, row: int, cleaned: dict[str, Any]) -> None:
        name, email = cleaned.get(f"name_{row}"), cleaned.get(f"email_{row}")
        wrong = self.errors.keys() & {f"name_{row}", f"email_{row}"}
        if not wrong and (email or row == 1) and not name:
            self.add_error(f"name_{row}", "Bitte geben Sie den Namen an.")
        if not wrong and name and not email:
            self.add_error(
                f"email_{row}",
                "Bitte geben Sie eine E-Mail-Adresse an; dorthin gehen Bestätigung und Kalender.",
            )

    def given(self) -> PaperAnswer:
        """Return the answer as it was written."""
        data = self.cleaned_data
        people = tuple(
            Person(
                full_name=data[f"name_{row}"],
                email=data[f"email_{row}"],
                function=data[f"function_{row}"],
                mode=data.get(f"mode_{row}", ""),
                row=row,
            )
            for row in self.rows
            if data[f"name_{row}"]
        )
        return PaperAnswer(
            answer=data["answer"],
            people=people,
            reason=data["reason"],
            represented_by=data["represented_by"],
        )
