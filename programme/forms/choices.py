"""Choices too many to stand open on a phone, and choices of rows."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST_KEY = 18  # digits; a longer one fits into no column of keys


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in named groups: what is chosen stands first, the groups open on demand."""


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Several rows of a table; a key too long for the database is an unknown choice."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                told = self.error_messages["invalid_choice"]
                raise ValidationError(told, code="invalid_choice", params={"value": key})
        return super().clean(value)
