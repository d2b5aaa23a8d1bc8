"""Understands what somebody writes about imprint and identifiers."""

from collections.abc import Callable

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.errors import RuleBroken
from programme.forms.versions import VersionedForm
from publications.enums import Licence
from publications.models import Imprint
from publications.rules import identifiers
from publications.services.imprints import ImprintDraft

ISBN_HELP = (
    "13 Ziffern, zum Beispiel 978-3-16-148410-0. Freiwillig; jede Ausgabe hat eine eigene ISBN."
)
DOI_HELP = "Zum Beispiel 10.5555/bericht.1, ohne https://doi.org/."


def checked(rule: Callable[[str], str], written: str) -> str:
    """Return what a rule makes of an identifier; its refusal becomes an error at the field."""
    try:
        return rule(written)
    except RuleBroken as broken:
        raise forms.ValidationError(broken.message) from broken


class NumberedForm(VersionedForm):
    """A form about a record that counts its versions; `seen` is the one the person opened."""

    seen_at = None  # type: ignore[assignment]
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def version_seen(self, number: int) -> None:
        """Take note that the person now sees this version; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(number)  # type: ignore[index]


class ImprintForm(NumberedForm, forms.ModelForm[Imprint]):
    """The imprint of the next edition; what stays empty comes from the contact data."""

    isbn = forms.CharField(label="ISBN", required=False, max_length=30, help_text=ISBN_HELP)
    print_run = forms.IntegerField(
        label="Auflage",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Gedruckte Exemplare dieser Ausgabe.",
    )
    licence = forms.ChoiceField(label="Lizenz", choices=Licence, widget=forms.RadioSelect)

    class Meta:
        model = Imprint
        fields = (
            "editor_name",
            "responsible",
            "editing",
            "layout",
            "photo_credits",
            "printer",
            "print_run",
            "as_of",
            "order_address",
            "isbn",
            "doi",
            "licence",
            "keywords",
        )
        widgets = {
            "photo_credits": forms.Textarea(attrs={"rows": 3}),
            "order_address": forms.Textarea(attrs={"rows": 3}),
            "as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "editor_name": "Leer lassen, wenn es der Herausgeber der Anbieterangaben ist.",
            "responsible": "Leer lassen, wenn es dieselbe Person wie in den Anbieterangaben ist.",
            "photo_credits": "Eine Angabe je Zeile: Bild, Urheberin oder Urheber.",
            "as_of": "Leer lassen, wenn der Tag des Veröffentlichens gilt.",
            "order_address": "Zusätzlich zum Postfach für Bestellungen, eine Angabe je Zeile.",
            "doi": f"Gilt für alle Ausgaben zusammen. {DOI_HELP}",
            "keywords": "Mit Komma getrennt. Leer lassen für die Vorgabe des Portals.",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Wer dahintersteht", "editor_name", "responsible", "editing"),
            Fieldset("Herstellung", "layout", "photo_credits", "printer", "print_run", "as_of"),
            Fieldset("Bestellung", "order_address"),
            Fieldset("Gefunden und zitiert werden", "isbn", "doi", "keywords", "licence"),
            "seen",
        )

    def clean_isbn(self) -> str:
        return checked(identifiers.isbn, self.cleaned_data["isbn"])

    def clean_doi(self) -> str:
        return checked(identifiers.doi, self.cleaned_data["doi"])

    def draft(self) -> ImprintDraft:
        """Return the imprint as the person wrote it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ImprintDraft(**values)


class IdentifierForm(forms.Form):
    """The identifiers of an edition that is out."""

    isbn = forms.CharField(label="ISBN", required=False, max_length=30, help_text=ISBN_HELP)
    doi = forms.CharField(label="DOI", required=False, max_length=200, help_text=DOI_HELP)
    urn = forms.CharField(
        label="URN",
        required=False,
        max_length=200,
        help_text="Vergibt die Bibliothek, zum Beispiel urn:nbn:de:gbv:089-3321752945.",
    )

    def clean_isbn(self) -> str:
        return checked(identifiers.isbn, self.cleaned_data["isbn"])

    def clean_doi(self) -> str:
        return checked(identifiers.doi, self.cleaned_data["doi"])

    def clean_urn(self) -> str:
        return checked(identifiers.urn, self.cleaned_data["urn"])
