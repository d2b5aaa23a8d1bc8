"""A field for numbers as people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programme.errors import RuleBroken
from sites.rules.indicator_values import parse_number, written


class FigureField(forms.CharField):
    """Reads "1.234,5"; what was typed stays in the field."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if typed in self.empty_values:
            return None
        try:
            return parse_number(typed)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else written(value)
