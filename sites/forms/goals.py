"""Understands what somebody writes about a goal."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.versions import VersionedForm
from programme.models import FieldOfAction
from sites.enums import GoalStatus
from sites.services.goals import GoalDraft


class GoalForm(VersionedForm):
    """A goal; a new one is open, one that stands says what became of it."""

    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.none(), label="Handlungsfeld", empty_label="Bitte wählen"
    )
    title = forms.CharField(
        label="Ziel",
        max_length=160,
        help_text="Zum Beispiel „Niemand wartet ohne Termin länger als eine halbe Stunde“.",
    )
    target = forms.CharField(
        label="Woran ist zu erkennen, dass es erreicht ist?", max_length=300, required=False
    )
    status = forms.ChoiceField(label="Stand", choices=GoalStatus, widget=forms.RadioSelect)
    status_note = forms.CharField(
        label="Begründung des Standes",
        max_length=300,
        required=False,
        help_text="Nötig, sobald das Ziel nicht mehr in Arbeit ist.",
    )
    is_public = forms.BooleanField(
        label="Auf der öffentlichen Seite des Standorts zeigen", required=False, initial=True
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = FieldOfAction.objects.filter(is_cross_cutting=False)
        self.fields["field_of_action"].queryset = fields  # type: ignore[attr-defined]
        self.fields["status_note"].sometimes_required = True  # type: ignore[attr-defined]
        states = ["status", "status_note"]
        if is_new:
            for name in states:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Das Ziel", "field_of_action", "title", "target"),
            *([] if is_new else [Fieldset("Was daraus wurde", *states)]),
            Fieldset("Veröffentlichung", "is_public"),
            "seen_at",
        )

    def draft(self) -> GoalDraft:
        """Return the goal as the person wrote it."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "seen_at"}
        return GoalDraft(**values)
