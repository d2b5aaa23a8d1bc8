"""Forms of requests after a deadline."""

from django import forms

from network.services.late_requests import LONGEST


class AskForm(forms.Form):
    """Who asks, and for what."""

    message = forms.CharField(
        label="Ihr Anliegen",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Zum Beispiel: Wer noch kommen möchte, mit Name und E-Mail-Adresse",
    )
    name = forms.CharField(
        label="Ihr Name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Dorthin geht die Antwort",
    )


class RejectForm(forms.Form):
    """Why it does not work any more, in one sentence the person reads."""

    sentence = forms.CharField(
        label="Was die Person liest",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial="Die Plätze sind vergeben, und die Vorbereitungen sind abgeschlossen.",
    )
