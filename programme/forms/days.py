"""The input for a calendar day, as browsers know it."""

from django import forms


def day_input() -> forms.DateInput:
    """Return an input of type date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
