"""Understands what somebody notes about a contact with a site."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.filters import ALL, FilterForm
from programme.forms.versions import VersionedForm
from programme.models import Programme
from sites.enums import CommunicationKind
from sites.forms.days import day_field
from sites.rules.communications import CommunicationDraft
from sites.rules.lifecycle import lies_outside


class CommunicationForm(VersionedForm):
    """A contact: when, how, with whom, about what, with which result, what comes next."""

    happened_on = day_field("Datum", required=True)
    kind = forms.ChoiceField(
        label="Art", choices=[("", "Bitte wählen"), *CommunicationKind.choices]
    )
    partner = forms.CharField(
        label="Mit wem (Funktion)",
        max_length=160,
        help_text="Bitte die Funktion angeben, keinen Namen, zum Beispiel „Amtsleitung“.",
    )
    topic = forms.CharField(label="Worum ging es?", max_length=160)
    text = forms.CharField(
        label="Ergebnis",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    outside_reason = forms.CharField(
        label="Warum stimmt das Datum außerhalb der Laufzeit?", max_length=200, required=False
    )
    due_on = day_field(
        "Wiedervorlage am", help_text="Steht auf Ihrer Startseite, bis es erledigt ist."
    )
    done_on = day_field("Erledigt am")

    def __init__(self, *args: Any, programme: Programme, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        if is_new:
            del self.fields["done_on"]
        self.fields["outside_reason"].sometimes_required = True  # type: ignore[attr-defined]
        if not self._asks_back():
            del self.fields["outside_reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _asks_back(self) -> bool:
        """Show the reason only to those who need it: a day outside the run time."""
        try:
            day = forms.DateField(required=False).clean(self["happened_on"].value())
        except forms.ValidationError:
            return False
        return lies_outside(day, self.programme.starts_on, self.programme.ends_on)

    def _layout(self) -> Layout:
        contact = ["happened_on", "outside_reason", "kind", "partner", "topic", "text"]
        later = ["due_on", "done_on"]
        return Layout(
            Fieldset("Der Kontakt", *[name for name in contact if name in self.fields]),
            Fieldset("Wiedervorlage", *[name for name in later if name in self.fields]),
            "seen_at",
        )

    def draft(self) -> CommunicationDraft:
        """Return the contact as it was written."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "seen_at"}
        return CommunicationDraft(**values)


class CommunicationFilterForm(FilterForm):
    """Narrows the contacts by kind and open follow-ups."""

    art = forms.ChoiceField(label="Art", required=False, choices=[ALL, *CommunicationKind.choices])
    stand = forms.ChoiceField(
        label="Wiedervorlage", required=False, choices=[ALL, ("offen", "nur offene")]
    )
