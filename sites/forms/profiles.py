"""Understands what an office says about itself."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.versions import VersionedForm
from sites.rules.profiles import ProfileDraft


class ProfileForm(VersionedForm):
    """The public profile of an office; everything may stay open."""

    version = "profile_changed_at"

    tasks = forms.CharField(
        label="Was die Behörde macht",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In einfachen Sätzen: Für wen ist sie da, was kann man dort erledigen?",
    )
    head = forms.CharField(
        label="Leitung (Funktion)",
        max_length=120,
        required=False,
        help_text="Bitte die Funktion angeben, keinen Namen, zum Beispiel „Amtsleitung“.",
    )
    languages = forms.CharField(
        label="Sprachen am Schalter",
        max_length=200,
        required=False,
        help_text="Mit Komma getrennt, zum Beispiel „Deutsch, Englisch, Arabisch“.",
    )
    opening_hours = forms.CharField(
        label="Öffnungszeiten",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ein Tag je Zeile, zum Beispiel „Montag 8 bis 12 Uhr“.",
    )
    website = forms.URLField(
        label="Internetseite",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="Die Seite der Behörde, zum Beispiel „https://www.example.org“.",
        error_messages={"invalid": "Bitte geben Sie eine Adresse an, die mit https:// beginnt."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Die Behörde", "tasks", "head", "website"),
            Fieldset("Am Schalter", "languages", "opening_hours"),
            "seen_at",
        )

    def clean_website(self) -> str:
        """Take addresses of pages only."""
        address: str = self.cleaned_data["website"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(
                "Bitte geben Sie eine Adresse an, die mit https:// beginnt."
            )
        return address

    def draft(self) -> ProfileDraft:
        """Return the profile as it was written."""
        names = ProfileDraft.__dataclass_fields__
        return ProfileDraft(
            **{name: self.cleaned_data[name].replace("\r\n", "\n") for name in names}
        )
