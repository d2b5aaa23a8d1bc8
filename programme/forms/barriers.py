"""What somebody says about a barrier."""

from crispy_forms.helper import FormHelper
from django import forms


class ReportBarrierForm(forms.Form):
    message = forms.CharField(
        label="Welche Barriere ist Ihnen begegnet?",
        help_text="Beschreiben Sie bitte, was nicht funktioniert hat. Nennen Sie gern auch das "
        "Gerät und die Hilfsmittel, mit denen Sie arbeiten. Hier können Sie auch Inhalte in einer "
        "anderen Form anfordern.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    page_url = forms.CharField(
        label="Auf welcher Seite?",
        help_text="Die Adresse oder der Name der Seite.",
        max_length=400,
        required=False,
    )
    email = forms.EmailField(
        label="E-Mail-Adresse für die Antwort",
        help_text="Ohne Adresse können wir Ihnen nicht antworten, prüfen Ihren Hinweis aber "
        "trotzdem.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper
