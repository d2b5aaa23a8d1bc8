"""Understands what is decided about a workshop."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from network.forms.meetings import ClockField, SeatsField
from network.models import Meeting
from network.rules.workshops import WorkshopPlan, objections
from programme.models import FieldOfAction

JUDGED = frozenset({"begins", "ends", "seats"})


class WorkshopForm(forms.Form):
    """One workshop; only the title is needed."""

    title = forms.CharField(label="Titel", max_length=160)
    description = forms.CharField(
        label="Worum es geht",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    begins = ClockField(label="Beginn", required=False)
    ends = ClockField(label="Ende", required=False)
    room = forms.CharField(label="Raum", max_length=120, required=False)
    seats = SeatsField(
        label="Plätze",
        required=False,
        min_value=0,
        help_text="Leer: alle mit einem Platz im Treffen können kommen.",
    )
    speaker = forms.CharField(label="Leitung", max_length=160, required=False)
    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.all(),
        label="Handlungsfeld",
        required=False,
        empty_label="keine Angabe",
        help_text="Auch das Querschnittsthema ist möglich.",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title",
            "description",
            Row("begins", "ends", "seats", css_class="form__row--short"),
            "room",
            "speaker",
            "field_of_action",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not JUDGED & self.errors.keys():
            times = {"starts_at": self.meeting.starts_at, "ends_at": self.meeting.ends_at}
            for field, message in objections(self.plan(), **times):
                self.add_error(field, message)
        return cleaned

    def plan(self) -> WorkshopPlan:
        """Return what was decided."""
        return WorkshopPlan(**{"title": "", **self.cleaned_data})
