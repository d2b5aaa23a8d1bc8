"""Understands searches in the directory and details of contacts."""

from typing import Any

from django import forms

from network.enums import ContactKind, OrganisationKind, Region
from network.queries.directory import STATES
from network.rules.contacts import Details


class DirectoryForm(forms.Form):
    """Narrows the directory; sent by GET, so that a search can be kept as an address."""

    use_required_attribute = False

    search = forms.CharField(
        label="Name, Ort oder Kontakt",
        required=False,
        max_length=80,
    )
    kind = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle Arten"), *OrganisationKind.choices]
    )
    region = forms.ChoiceField(
        label="Regierungsbezirk", required=False, choices=[("", "ganz Hessen"), *Region.choices]
    )
    state = forms.ChoiceField(label="Stand", required=False, choices=STATES)

    def chosen(self) -> dict[str, str]:
        """Return what was understood; anything else is ignored, a filter is no place for errors."""
        self.is_valid()  # understands what it can
        understood = getattr(self, "cleaned_data", {})
        return {name: understood.get(name, "") for name in self.fields}


class ContactForm(forms.Form):
    """Whom mail to an organisation goes to."""

    kind = forms.ChoiceField(label="Art", choices=ContactKind.choices)
    name = forms.CharField(
        label="Name",
        required=False,
        max_length=120,
        help_text="Bei einem Funktionspostfach kann der Name fehlen.",
    )
    function = forms.CharField(label="Funktion", required=False, max_length=120)
    email = forms.EmailField(label="E-Mail-Adresse", max_length=254)
    is_active = forms.BooleanField(
        label="Wird angeschrieben",
        required=False,
        initial=True,
        help_text="Einladungen gehen an aktive Hauptkontakte und Funktionspostfächer.",
    )
    gets_copies = forms.BooleanField(
        label="Bekommt Anmeldungen seiner Stelle in Kopie",
        required=False,
        help_text="Erfährt per E-Mail, wer angemeldet, nachgerückt oder abgemeldet ist; ohne die "
        "Links der Personen und ohne Angaben zu Verpflegung und Barrierefreiheit.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") != ContactKind.MAILBOX and not cleaned.get("name"):
            self.add_error("name", "Bitte geben Sie einen Namen an oder wählen Sie ein Postfach.")
        return cleaned

    def details(self) -> Details:
        """Return the contact as it was typed."""
        return Details(**self.cleaned_data)
