"""Understands the dates of a phase."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.versions import VersionedForm
from sites.forms.days import day_field
from sites.rules.phases import PhaseDates, PhaseDraft


class PhaseForm(VersionedForm):
    """Planned and actual dates of one phase; everything may stay open."""

    planned_from = day_field("Geplant von")
    planned_to = day_field("Geplant bis")
    actual_from = day_field("Begonnen am")
    actual_to = day_field("Abgeschlossen am", help_text="Solange die Phase läuft, bleibt es leer.")
    note = forms.CharField(
        label="Anmerkung",
        max_length=300,
        required=False,
        help_text="Zum Beispiel, warum sich etwas verschoben hat; wird öffentlich gezeigt.",
    )
    outside_reason = forms.CharField(
        label="Warum stimmt ein Datum außerhalb der Laufzeit?",
        max_length=200,
        required=False,
        help_text="Nötig, wenn ein Datum vor dem Beginn oder nach dem Ende des Programms liegt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outside_reason"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Plan", "planned_from", "planned_to"),
            Fieldset("Tatsächlich", "actual_from", "actual_to"),
            Fieldset("Hinweise", "note", "outside_reason"),
            "seen_at",
        )

    def draft(self) -> PhaseDraft:
        """Return the phase as the person wrote it."""
        data = self.cleaned_data
        days = ("planned_from", "planned_to", "actual_from", "actual_to")
        return PhaseDraft(
            PhaseDates(*(data[name] for name in days)), data["note"], data["outside_reason"]
        )
