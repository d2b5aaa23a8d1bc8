"""Understands what somebody writes about a measure."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction, Programme
from sites.enums import Balance, MeasureStatus
from sites.forms.days import day_widget
from sites.models import Measure
from sites.rules.lifecycle import lies_outside
from sites.services.measures import MeasureDraft


class MeasureForm(VersionedForm):
    """A measure; `seen_at` is the version the person opened, empty for a new one."""

    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.none(), label="Handlungsfeld", empty_label="Bitte wählen"
    )
    title = forms.CharField(label="Maßnahme", max_length=160, help_text="In wenigen Worten.")
    description = forms.CharField(
        label="Was wurde getan?", max_length=4000, required=False, widget=forms.Textarea
    )
    effect = forms.CharField(
        label="Was hat es bewirkt?", max_length=4000, required=False, widget=forms.Textarea
    )
    status = forms.ChoiceField(label="Stand", choices=MeasureStatus)
    responsible = forms.CharField(
        label="Zuständig",
        max_length=120,
        required=False,
        help_text="Bitte die Funktion angeben, keinen Namen, zum Beispiel „Teamleitung Empfang“.",
    )
    starts_on = forms.DateField(label="Beginn", required=False, widget=day_widget())
    due_on = forms.DateField(label="Geplant bis", required=False, widget=day_widget())
    balance = forms.TypedChoiceField(
        label="Welchen Aufgaben dient die Maßnahme?",
        choices=Balance.choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=(
            "Ordnungs- und Integrationsaufgaben sind beide gesetzlicher Auftrag der Behörde."
        ),
    )
    reconciliation = forms.CharField(
        label="Wie wurden beide Aufgaben vereinbart?",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=(
            "Nötig, sobald die Maßnahme einer Seite mehr dient: Wie wurde die andere gewahrt?"
        ),
    )
    is_public = forms.BooleanField(
        label="Auf der öffentlichen Seite des Standorts zeigen", required=False, initial=True
    )
    outside_reason = forms.CharField(
        label="Warum stimmt das Datum außerhalb der Laufzeit?",
        max_length=200,
        required=False,
        help_text="Ein Datum liegt vor dem Beginn oder nach dem Ende des Programms.",
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, programme: Programme, measure: Measure | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        fields = FieldOfAction.objects.filter(is_cross_cutting=False)
        self.fields["field_of_action"].queryset = fields  # type: ignore[attr-defined]
        # A documented measure without a weight may keep it open; a new one says what it serves.
        self.fields["balance"].required = measure is None or measure.balance is not None
        self.fields["reconciliation"].sometimes_required = True  # type: ignore[attr-defined]
        if not self._asks_back():
            del self.fields["outside_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _asks_back(self) -> bool:
        """Show the reason only to those who need it: a date outside the run time."""
        values = [self["starts_on"].value(), self["due_on"].value()]
        field = forms.DateField(required=False)
        try:
            days = [field.clean(value) for value in values]
        except forms.ValidationError:
            return False
        run_time = (self.programme.starts_on, self.programme.ends_on)
        return any(lies_outside(day, *run_time) for day in days)

    def _layout(self) -> Layout:
        dates = ["status", "starts_on", "due_on", "responsible"]
        if "outside_reason" in self.fields:
            dates.insert(3, "outside_reason")
        return Layout(
            Fieldset("Die Maßnahme", "field_of_action", "title", "description", "effect"),
            Fieldset("Stand und Zeit", *dates),
            Fieldset("Ordnung und Integration", "balance", "reconciliation"),
            Fieldset("Veröffentlichung", "is_public"),
            "seen_at",
        )

    def draft(self) -> MeasureDraft:
        """Return the measure as the person wrote it."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "seen_at"}
        return MeasureDraft(**values)
