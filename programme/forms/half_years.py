"""Forms of the half-years: lock one, open one."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from programme.forms.confirmable import ConfirmableForm


class LockForm(ConfirmableForm):
    """Why a half-year is locked."""

    reason = forms.CharField(
        label="Grund des Abschlusses",
        max_length=300,
        help_text="Zum Beispiel: Grundlage des Zwischennachweises.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    confirmed = forms.BooleanField(
        label="Ich habe den Hinweis gelesen. Trotzdem abschließen.",
        required=False,
        widget=forms.HiddenInput,
    )

    helper = FormHelper()
    helper.layout = Layout("reason", "confirmed")


class UnlockForm(forms.Form):
    """Why a half-year is opened again."""

    reason = forms.CharField(
        label="Grund der Öffnung",
        max_length=300,
        help_text="Was lässt sich nicht als Abweichung stehen lassen?",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
