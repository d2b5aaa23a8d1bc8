"""Understands steps of a site's life, contacts and agreements."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.forms.uploads import FilesField, FilesInput, Upload
from programme.rules.uploads import DOCUMENTS, checked_document
from sites.enums import SiteContactKind
from sites.forms.days import day_field
from sites.services.lifecycle import Step

ACCEPT = ".pdf,.png,.jpg,.jpeg,.docx,.odt"


class BeginForm(forms.Form):
    """From when on a site is accompanied."""

    day = day_field("Begleitung seit", required=True)
    reason = forms.CharField(
        label="Anmerkung",
        max_length=300,
        required=False,
        help_text="Nötig, wenn der Tag außerhalb der Laufzeit des Programms liegt.",
    )

    def step(self) -> Step:
        """Return the step as the person described it."""
        return Step(day=self.cleaned_data["day"], reason=self.cleaned_data["reason"])


class CompleteForm(BeginForm):
    """When and on what occasion the coaching ended as agreed."""

    day = day_field("Abgeschlossen am", required=True)
    reason = forms.CharField(
        label="Anlass", max_length=300, help_text="Zum Beispiel „Ende der Laufzeit, Urkunde“."
    )


class WithdrawForm(forms.Form):
    """When and why a site left; both may be unknown."""

    day = day_field("Ausgeschieden am", help_text="Bleibt leer, wenn der Tag nicht bekannt ist.")
    reason = forms.CharField(
        label="Grund",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht auf der öffentlichen Seite des Standorts.",
    )
    is_unknown = forms.BooleanField(label="Der Grund ist nicht bekannt", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].sometimes_required = True  # type: ignore[attr-defined]

    def step(self) -> Step:
        """Return the step as the person described it."""
        return Step(**self.cleaned_data)


class SiteContactForm(forms.Form):
    """Somebody who answers questions or steers."""

    kind = forms.ChoiceField(label="Aufgabe", choices=SiteContactKind)
    function = forms.CharField(
        label="Funktion", max_length=120, help_text="Zum Beispiel „Teamleitung Empfang“."
    )
    name = forms.CharField(label="Name", max_length=120, required=False)
    email = forms.EmailField(
        label="E-Mail-Adresse",
        required=False,
        help_text="Am besten ein Postfach der Behörde.",
    )
    is_public = forms.BooleanField(
        label="Auf der öffentlichen Seite zeigen",
        required=False,
        help_text="Bitte nur mit Einverständnis der Person.",
    )


class AgreementForm(forms.Form):
    """The signed agreement as a file."""

    agreed_on = day_field("Vereinbart am", required=True)
    uploads = FilesField(
        label="Datei",
        check=checked_document,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=f"{DOCUMENTS}, ohne Makros, höchstens 20 MB. Bitte ohne Angaben zu einzelnen "
        "ausländischen Personen.",
    )
    note = forms.CharField(label="Anmerkung", max_length=300, required=False)
    outside_reason = forms.CharField(
        label="Warum stimmt ein Datum außerhalb der Laufzeit?", max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outside_reason"].sometimes_required = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Die Vereinbarung", "agreed_on", "uploads", "note", "outside_reason")
        )

    def clean_uploads(self) -> list[Upload]:
        """Take exactly one file."""
        chosen: list[Upload] = self.cleaned_data["uploads"]
        if len(chosen) > 1:
            raise forms.ValidationError("Bitte wählen Sie nur eine Datei aus.")
        return chosen

    def upload(self) -> Upload:
        """Return the file that passed the check."""
        chosen: list[Upload] = self.cleaned_data["uploads"]
        return chosen[0]
