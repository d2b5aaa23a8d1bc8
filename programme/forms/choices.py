"""Choices too many to stand open on a phone."""

from django import forms


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in named groups: what is chosen stands first, the groups open on demand."""
