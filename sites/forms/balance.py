"""Understands what a reader wants to know about how both tasks were reconciled."""

from typing import Any

from django import forms

from programme.forms.filters import FilterForm
from sites.queries.balance import WEIGHTS, Choices, Wanted

ALL = ("", "alle")


class SolutionFilterForm(FilterForm):
    """Narrows the measures by field of action, weight, legal basis and site."""

    handlungsfeld = forms.ChoiceField(label="Handlungsfeld", required=False)
    gewicht = forms.ChoiceField(
        label="Welchen Aufgaben sie dient",
        required=False,
        choices=[ALL, *((key, label) for key, (label, _) in WEIGHTS.items())],
    )
    norm = forms.ChoiceField(label="Rechtsgrundlage", required=False)
    standort = forms.ChoiceField(label="Standort", required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "handlungsfeld": choices.fields,
            "norm": choices.norms,
            "standort": choices.sites,
        }
        for name, found in offered.items():
            self.fields[name].choices = [ALL, *found]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what was asked for; nonsense asks for everything."""
        return Wanted(
            field=self.value("handlungsfeld"),
            weight=self.value("gewicht"),
            norm=self.value("norm"),
            site=self.value("standort"),
        )
