"""Understands what came to the shelf of printed copies, left it or was counted there."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from publications.enums import StockMovementKind

BY_HAND = (
    StockMovementKind.COUNTED,
    StockMovementKind.ARRIVED,
    StockMovementKind.RETURNED,
    StockMovementKind.LOST,
)
MOST = 1_000_000


class StockForm(forms.Form):
    """What happened and how many copies; counted copies are all that lie there."""

    kind = forms.TypedChoiceField(
        label="Was ist geschehen?",
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        coerce=StockMovementKind,
        initial=StockMovementKind.COUNTED,
        widget=forms.RadioSelect,
    )
    copies = forms.IntegerField(
        label="Exemplare",
        min_value=0,
        max_value=MOST,
        help_text="Beim Zählen alle, die auf Lager liegen; sonst nur die Veränderung.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Bitte geben Sie eine ganze Zahl zwischen 0 und 1.000.000 an.",
        ),
    )
    note = forms.CharField(label="Bemerkung", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
