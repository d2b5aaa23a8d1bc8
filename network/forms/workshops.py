"""Understands what is decided about a workshop."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from network.forms.meetings import ClockField, SeatsField
from network.models import Meeting, Workshop
from network.rules.workshops import WorkshopPlan, fingerprint, objections
from programme.forms.versions import Difference, differing, told
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
        help_text="Leer: ohne Grenze.",
    )
    speaker = forms.CharField(label="Leitung", max_length=160, required=False)
    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.all(),
        label="Handlungsfeld",
        required=False,
        empty_label="keine Angabe",
        help_text="Auch das Querschnittsthema ist möglich.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

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
            "seen",
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
        data = {"title": "", **self.cleaned_data}
        return WorkshopPlan(**{name: value for name, value in data.items() if name != "seen"})

    def now_seen(self, current: Workshop) -> list[Difference]:
        """Compare what stands now with what was written; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = fingerprint(current)  # type: ignore[index]
        return differing(
            (
                str(self.fields[name].label),
                told(getattr(current, name), self.fields[name]),
                told(value, self.fields[name]),
            )
            for name, value in self.plan().columns().items()
        )
