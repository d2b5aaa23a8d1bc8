"""Understands what somebody writes about a measure."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.choices import FoldedCheckboxes, RowsField
from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction
from sites.enums import Balance, MeasureStatus, NormKind
from sites.forms.days import day_widget
from sites.models import Goal, LegalNorm, Measure, Site
from sites.queries.measures import selectable_norms
from sites.rules.lifecycle import lies_outside
from sites.services.measures import MeasureDraft

GROUPS = {NormKind.ORDER: "Ordnungsaufgaben", NormKind.INTEGRATION: "Integrationsaufgaben"}


class MeasureForm(VersionedForm):
    """A measure; `seen_at` is the version the person opened, empty for a new one.

    Only a new measure is asked for its state; later it changes by steps with a reason.
    """

    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label="Ziel, dem sie dient",
        empty_label="kein Ziel dieses Standorts",
        required=False,
    )

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
    effect_n = forms.IntegerField(
        label="Wie viele Fälle wurden beobachtet? (n)",
        min_value=0,
        max_value=2_000_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"min": 0, "step": 1, "inputmode": "numeric"}),
        help_text="Nötig, sobald die Wirkung Zahlen nennt, zum Beispiel 120 Vorsprachen.",
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
    norms = RowsField(
        LegalNorm.objects.none(),
        label="Rechtsgrundlagen",
        required=False,
        widget=FoldedCheckboxes,
        help_text="Welche gesetzlichen Aufgaben berührt die Maßnahme? Zwei Listen zum Aufklappen.",
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
        self, *args: Any, site: Site, measure: Measure | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.programme = site, site.programme
        fields = FieldOfAction.objects.filter(is_cross_cutting=False)
        self.fields["field_of_action"].queryset = fields  # type: ignore[attr-defined]
        self.fields["goal"].queryset = Goal.objects.filter(site=site)  # type: ignore[attr-defined]
        self._offer_norms()
        # A documented measure without a weight may keep it open; a new one says what it serves.
        self.fields["balance"].required = measure is None or measure.balance is not None
        for name in ("reconciliation", "effect_n"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]
        if measure is not None:
            del self.fields["status"]
        self.fields["outside_reason"].sometimes_required = True  # type: ignore[attr-defined]
        if not self._asks_back():
            del self.fields["outside_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _offer_norms(self) -> None:
        """Offer the legal bases in force during the run time, in the two groups of tasks."""
        run_time = {"starts_on": self.programme.starts_on, "ends_on": self.programme.ends_on}
        norms = selectable_norms(**run_time)
        self.fields["norms"].queryset = norms  # type: ignore[attr-defined]
        self.fields["norms"].choices = [  # type: ignore[attr-defined]
            (label, [(norm.pk, _told(norm)) for norm in norms if norm.kind == kind])
            for kind, label in GROUPS.items()
        ]

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
        wanted = ["status", "starts_on", "due_on", "outside_reason", "responsible"]
        dates = [name for name in wanted if name in self.fields]
        what = ["field_of_action", "goal", "title", "description", "effect", "effect_n"]
        return Layout(
            Fieldset("Die Maßnahme", *what),
            Fieldset("Zeit und Zuständigkeit", *dates),
            Fieldset("Ordnung und Integration", "balance", "reconciliation", "norms"),
            Fieldset("Veröffentlichung", "is_public"),
            "seen_at",
        )

    def draft(self) -> MeasureDraft:
        """Return the measure as the person wrote it, without its state."""
        left_out = {"seen_at", "status", "norms"}
        values = {key: value for key, value in self.cleaned_data.items() if key not in left_out}
        return MeasureDraft(**values, norms=tuple(self.cleaned_data["norms"]))


def _told(norm: LegalNorm) -> str:
    """Write a legal basis with its task and, where it matters, since when it is in force."""
    return f"{norm.norm}: {norm.task}" + (f" ({norm.note})" if norm.note else "")
