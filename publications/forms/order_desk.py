"""Understands which orders somebody ticked, and on which labels they are printed."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from publications.enums import LabelSheet


class ChosenOrdersForm(forms.Form):
    """The orders somebody ticked in the list."""

    orders = forms.Field(required=False, widget=forms.SelectMultiple)

    def clean_orders(self) -> list[int]:
        """Keep what can be the key of an order; anything else was not ticked in our list."""
        ticked = self.cleaned_data["orders"] or []
        return [int(value) for value in ticked if re.fullmatch(r"[0-9]{1,12}", value)]


class PackForm(ChosenOrdersForm):
    """The ticked orders and the sheet of labels they are printed on."""

    sheet = forms.ChoiceField(label="Etikettenbogen", choices=LabelSheet)
    first_label = forms.IntegerField(
        label="Erstes freies Etikett",
        min_value=1,
        max_value=24,
        initial=1,
        help_text="1 bei einem neuen Bogen; gezählt wird zeilenweise von links oben.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Bitte geben Sie eine ganze Zahl von 1 bis 24 an.",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("sheet", "first_label")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("orders"):
            self.add_error(None, "Bitte wählen Sie mindestens eine Bestellung aus der Liste.")
        return cleaned
