"""A field for amounts as people in Germany write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programme.errors import RuleBroken
from programme.rules.money import as_typed, parse_amount, parse_signed


class AmountField(forms.CharField):
    """Reads "1.234,56", "1234.56" or "1 234,56 €" as EUR; what was typed stays in the field."""

    def __init__(
        self, *, may_be_zero: bool = False, may_be_negative: bool = False, **kwargs: Any
    ) -> None:
        self.may_be_zero, self.may_be_negative = may_be_zero, may_be_negative
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the amount as Decimal with two places."""
        typed = super().clean(value)
        if typed in self.empty_values:
            return None
        try:
            read = parse_signed if self.may_be_negative else parse_amount
            return read(typed, may_be_zero=self.may_be_zero)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from broken

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, Decimal) else value
