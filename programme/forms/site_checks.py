"""The form of a check on the spot."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from programme.forms.days import day_input
from programme.forms.filters import OUR_TIME
from programme.forms.uploads import OneFileField
from programme.services.site_checks import CheckEntry


class SiteCheckForm(forms.Form):
    """Who checked when, what came out, the report, and when to follow up (F34)."""

    checked_on = forms.DateField(label="geprüft am", widget=day_input(), validators=OUR_TIME)
    checker = forms.CharField(label="prüfende Stelle", max_length=160)
    findings = forms.CharField(
        label="Ergebnis",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    follow_up_on = forms.DateField(
        label="Nachverfolgung am", required=False, widget=day_input(), validators=OUR_TIME
    )
    report = OneFileField(
        label="Prüfbericht (Datei)",
        required=False,
        help_text="PDF, PNG oder JPG, höchstens 20 MB.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("checked_on", "checker"), "findings", Row("follow_up_on", "report")
        )

    @property
    def entry(self) -> CheckEntry:
        """Return the fields of a valid form without the file."""
        names = CheckEntry.__dataclass_fields__
        return CheckEntry(**{name: self.cleaned_data[name] for name in names})
